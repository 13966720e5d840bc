"""The page of the watch: what runs by the clock, and how it stands."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common.policies import WATCH_SWEEPS
from common.policy import may
from common.watch import standings


@login_required
@require_GET
def sweeps_page(request: HttpRequest) -> HttpResponse:
    """Show when each sweep last committed, what it found, wrote and left, and since when it is late."""
    if not may(request.user, WATCH_SWEEPS):
        raise Http404
    context = {"title": _("What runs by the clock"), "standings": standings()}
    return render(request, "system/sweeps.html", context)
