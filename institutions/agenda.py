"""What the register brings to the calendar: the sessions of one's own world."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from common.choices import Classification
from common.extensions import CalendarItem
from institutions.choices import SessionStatus
from institutions.models import Session


def calendar_sessions(user: Any, first: date, last: date, scope: str) -> Iterator[CalendarItem]:
    """Yield the sessions that touch the days; those of which only bounds are known stay out."""
    rows = Session.objects.visible_to(user).of_world(is_exercise=user.is_exercise)
    rows = rows.filter(starts_on__lte=last, ends_on__gte=first, dates_as_written="")
    for session in rows.exclude(status=SessionStatus.POSTPONED).with_names().order_by("starts_on"):
        yield CalendarItem(
            key=f"institutions.session:{session.pk}",
            first_day=session.starts_on,
            last_day=session.ends_on,
            label=session.label,
            bare=session.label,
            kind=_("session"),
            url=reverse("institutions:session_detail", args=[session.pk]),
            classification=Classification.OPEN,
        )
