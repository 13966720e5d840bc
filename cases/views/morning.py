"""The first page after log-in: "My morning" for whoever works on files, other pages for others."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.views.disputes import my_files
from common import dates, worklist
from common.web.navigation import shown_to


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Lead everybody to where their day begins: their work, their State's files, or their role."""
    user: Any = request.user
    if not user.may_see_files:
        return _start(request)
    if user.state_actor_id is not None:
        return my_files(request)
    return _morning(request)


def _start(request: HttpRequest) -> HttpResponse:
    """Show a person who has no files what the role is for, and where it leads."""
    user: Any = request.user
    context = {
        "title": _("Welcome"),
        "role": user.kind,
        "entries": shown_to(user, request.path),
    }
    return render(request, "cases/start.html", context)


def _morning(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person, or for those they oversee, by date."""
    user: Any = request.user
    today = timezone.localdate()
    oversees = worklist.may_see_unit(user)
    is_unit = oversees and request.GET.get("scope") == worklist.UNIT
    is_week = not is_unit and request.GET.get("view") == "week"
    until = worklist.horizon(today)
    items = worklist.work_of(user, until, worklist.UNIT if is_unit else worklist.MINE)
    if not is_unit:
        worklist.keep_count(user, items, today)
    arrange = worklist.by_date
    if is_unit:
        arrange = worklist.by_owner
    elif is_week:
        arrange = worklist.by_day
    context = {
        "title": _("My morning"),
        "heading": worklist.weekday(today),
        "hijri": dates.hijri(today),
        "sections": arrange(items, today),
        "is_unit": is_unit,
        "is_week": is_week,
        "oversees": oversees,
        "until": dates.gregorian(until),
    }
    return render(request, "cases/morning.html", context)
