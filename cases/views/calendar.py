"""The calendar by month, and the addresses at which other calendars read it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.forms.own import ConfirmForm, FeedForm
from accounts.models import FeedToken
from accounts.selectors import feeds_of, owner_of_feed
from accounts.services.feeds import create_feed, revoke_feed
from common import agenda, dates, worklist
from common.icalendar import feed_of
from common.policy import may, require
from common.throttle import is_too_often
from common.web.acts import act_page, attempt, get_visible, posted
from institutions.intervals import span

#: A feed tells of so many days before and after the one on which it is read.
_BEHIND, _AHEAD = timedelta(days=31), timedelta(days=366)
_HOUR = 60 * 60
_PRIVATE = {
    "Cache-Control": "private, no-store",
    "Content-Disposition": 'inline; filename="calendar.ics"',
    "X-Robots-Tag": "noindex, nofollow",
}


@login_required
@require_GET
def calendar_page(request: HttpRequest) -> HttpResponse:
    """Show a month: sessions, ends of mandates, steps of reviews, tasks; as a grid or as a list."""
    user: Any = request.user
    today = timezone.localdate()
    month = _month(request.GET.get("month", ""), today)
    oversees = worklist.may_see_unit(user)
    is_unit = oversees and request.GET.get("scope") == worklist.UNIT
    days = agenda.days_of_month(user, month, today, worklist.UNIT if is_unit else worklist.MINE)
    context = {
        "title": _("Calendar"),
        "month": month,
        "month_name": date_format(month, "YEAR_MONTH_FORMAT"),
        "hijri_span": _hijri_span(month),
        "days": days,
        "has_entries": any(day.items for day in days if day.is_of_month),
        "weekdays": [date_format(day.on, "l") for day in days[:7]],
        "before": _in_words(agenda.month_before(month)),
        "after": _in_words(agenda.month_after(month)),
        "is_list": request.GET.get("view") == "list",
        "is_unit": is_unit,
        "oversees": oversees,
        "may_keep_feed": may(user, "accounts.keep_feed"),
    }
    return render(request, "cases/calendar.html", context)


def _month(text: str, today: date) -> date:
    """Return the first day of the month that was asked for; of this one where it is none."""
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return min(max(month, agenda.FIRST_MONTH), agenda.LAST_MONTH)


def _hijri_span(month: date) -> str:
    """Return the days of a month in the other calendar; nothing outside of that calendar's years."""
    first, last = dates.hijri(month), dates.hijri(agenda.last_of_month(month))
    return span(first, last) if first and last else ""


def _in_words(month: date | None) -> dict[str, str] | None:
    if month is None:
        return None
    return {"key": f"{month:%Y-%m}", "name": date_format(month, "YEAR_MONTH_FORMAT")}


# Feeds ------------------------------------------------------------------------------------------


@login_required
@require_GET
def feed_list(request: HttpRequest) -> HttpResponse:
    """Show at which addresses other calendars read one's own."""
    require(request.user, "accounts.keep_feed")
    context = {
        "title": _("My calendar elsewhere"),
        "feeds": feeds_of(request.user),
        "breadcrumbs": _trail()[:1],
    }
    return render(request, "cases/feed_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def feed_create(request: HttpRequest) -> HttpResponse:
    """Make an address and show it, once."""
    user: Any = request.user
    require(user, "accounts.keep_feed")
    form, status = FeedForm(posted(request)), 200
    if request.method == "POST":
        is_done, made, status = attempt(request, form, partial(create_feed, actor=user), user)
        if is_done:
            address = request.build_absolute_uri(reverse("cases:calendar_feed", args=[made.text]))
            shown = {
                "title": _("The address of your calendar"),
                "address": address,
                "breadcrumbs": _trail(),
            }
            return render(request, "cases/feed_created.html", shown)
    context: dict[str, Any] = {
        "form": form,
        "title": _("Make an address for my calendar"),
        "lead": _(
            "Whoever knows the address reads when something is due, and nothing of what is above "
            "“open”. It is shown once."
        ),
        "submit_label": _("Make the address"),
        "cancel_url": reverse("cases:feed_list"),
        "breadcrumbs": _trail(),
    }
    return render(request, "act.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def feed_revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Revoke an address."""
    user: Any = request.user
    token: FeedToken = get_visible(feeds_of(user), user, pk=pk)
    return act_page(
        request,
        form=ConfirmForm(posted(request)),
        act=partial(revoke_feed, actor=user, token=token),
        done=reverse("cases:feed_list"),
        said=_("The address is revoked."),
        context={
            "title": _("Revoke the address"),
            "lead": token.name,
            "submit_label": _("Revoke"),
            "cancel_url": reverse("cases:feed_list"),
            "consequences": [_("The calendar that reads it finds nothing there any more.")],
            "is_final": True,
            "breadcrumbs": _trail(),
        },
        subject=token.user,
    )


def _trail() -> list[tuple[str, str]]:
    return [
        (_("Calendar"), reverse("cases:calendar")),
        (_("My calendar elsewhere"), reverse("cases:feed_list")),
    ]


@require_GET
def calendar_feed(request: HttpRequest, key: str) -> HttpResponse:
    """Give the calendar of whoever made the address, in their language, by their rights of today.

    Raises:
        Http404: no such address opens: unknown, revoked, its owner's account closed.
    """
    if is_too_often("calendar_feed", key, most=60, seconds=_HOUR):
        return HttpResponse(status=429, headers={"Retry-After": str(_HOUR), **_PRIVATE})
    owner = owner_of_feed(key)
    if owner is None:
        raise Http404
    today = timezone.localdate()
    with translation.override(owner.language or "en"):
        items = agenda.entries(owner, today - _BEHIND, today + _AHEAD)
        body = feed_of(items, name=_("OIC Mediation"), link=request.build_absolute_uri)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    for header, value in _PRIVATE.items():
        response.headers[header] = value
    return response
