"""What case work brings to the calendar and its feeds: steps of reviews, ends of mandates, tasks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.selectors import absentees_of
from cases.choices import MandateEnd
from cases.lifecycle import FINAL_REVIEW_STATES
from cases.models import Dispute, Mandate, ReviewStep, Task
from cases.selectors.mandates_due import UNDECIDED_STATES
from cases.selectors.reviews_due import review_day_of
from common.extensions import CalendarItem
from common.worklist import MINE


def calendar_steps(user: Any, first: date, last: date, scope: str) -> Iterator[CalendarItem]:
    """Yield every step of an open review that is not done yet, also those that come later."""
    rows = ReviewStep.objects.visible_to(user).filter(
        due_on__range=(first, last), done_on__isnull=True
    )
    rows = rows.exclude(review__state__in=FINAL_REVIEW_STATES)
    if scope == MINE:
        rows = rows.filter(Q(owner=user) | Q(owner__in=absentees_of(user)))
    for step in rows.select_related("review__mandate__dispute").order_by("due_on", "pk"):
        mandate = step.review.mandate
        yield CalendarItem(
            key=f"cases.review_step:{step.pk}",
            first_day=step.due_on,
            last_day=step.due_on,
            label=_("%(step)s: %(mandate)s")
            % {"step": step.get_kind_display(), "mandate": mandate},
            bare=_("A review is due"),
            kind=_("review"),
            url=reverse("cases:review_detail", args=[step.review_id]),
            reference=mandate.dispute.reference,
            classification=mandate.dispute.classification,
        )


def calendar_mandates(user: Any, first: date, last: date, scope: str) -> Iterator[CalendarItem]:
    """Yield the ends of mandates, and the review dates of those until further decision."""
    rows = Mandate.objects.visible_to(user).filter(
        state__in=UNDECIDED_STATES, dispute__is_historical=False
    )
    if scope == MINE:
        teams = Dispute.objects.of_team(user).order_by().values("pk")
        rows = rows.filter(Q(dispute__in=teams) | Q(dispute__desk_officer__in=absentees_of(user)))
    rows = rows.annotate(decides_by=review_day_of()).filter(decides_by__range=(first, last))
    for mandate in rows.select_related("dispute").order_by("decides_by", "pk"):
        is_open_ended = mandate.end_kind == MandateEnd.DECISION
        yield CalendarItem(
            key=f"cases.mandate:{mandate.pk}",
            first_day=mandate.decides_by,
            last_day=mandate.decides_by,
            label=(
                _("Review date of the mandate: %(mandate)s")
                if is_open_ended
                else _("The mandate ends: %(mandate)s")
            )
            % {"mandate": mandate},
            bare=_("A review is due") if is_open_ended else _("A mandate ends"),
            kind=_("mandate"),
            url=reverse("cases:mandate_detail", args=[mandate.pk]),
            reference=mandate.dispute.reference,
            classification=mandate.dispute.classification,
        )


def calendar_tasks(user: Any, first: date, last: date, scope: str) -> Iterator[CalendarItem]:
    """Yield the tasks that fall due; one that stands beside no file is never named outside."""
    rows = Task.objects.visible_to(user).waiting().filter(due_on__range=(first, last))
    if scope == MINE:
        rows = rows.filter(Q(owner=user) | Q(owner__in=absentees_of(user)))
    for task in rows.select_related("dispute").order_by("due_on", "pk"):
        yield CalendarItem(
            key=f"cases.task:{task.pk}",
            first_day=task.due_on,
            last_day=task.due_on,
            label=task.title,
            bare=_("A task is due"),
            kind=_("task"),
            url=reverse("cases:task_detail", args=[task.pk]),
            reference=task.dispute.reference if task.dispute else "",
            classification=task.dispute.classification if task.dispute else None,
        )
