"""Every mandate by the session that must decide on it, with what is missing."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.filters import BySessionFilter
from cases.selectors import by_session
from common.api.pagination import page_of


@login_required
@require_GET
def mandates_by_session(request: HttpRequest) -> HttpResponse:
    """Show the mandates under their sessions: dated, without days, postponed, none named."""
    user: Any = request.user
    rows = by_session.with_names(by_session.mandates_by_session(user))
    narrowed = BySessionFilter(request.GET, rows, request=request)
    page = page_of(narrowed.qs if narrowed.is_valid() else rows.none(), request.GET.get("page"))
    context = {
        "title": _("Mandates by session"),
        "filter_form": narrowed.form,
        "page": page,
        "groups": by_session.grouped(user, page),
        "tells_what_is_missing": user.is_secretariat,
    }
    return render(request, "cases/mandates_by_session.html", context)
