"""The days of a review: which end it is about, and when each step is due (Rules M4, M5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import User
from audit.services import record
from cases.choices import MandateEnd, ReviewStepKind
from cases.lifecycle import FINAL_REVIEW_STATES, REVIEW_STEPS
from cases.models import Dispute, Mandate, MandateReview, ReviewStep
from cases.notices import reviews as notices
from cases.selectors.reviewers import OFFICERS
from common.changes import apply_changes
from institutions.calendar import WorkingCalendar, working_calendar
from institutions.choices import SessionStatus
from institutions.models import Session


class Calendars(dict[bool, WorkingCalendar]):
    """The working calendar of each world, read once."""

    def __missing__(self, is_exercise: bool) -> WorkingCalendar:
        self[is_exercise] = working_calendar(is_exercise=is_exercise)
        return self[is_exercise]


def session_at_end(mandate: Mandate) -> Session | None:
    """Return the session at whose close a mandate ends: it is the one that is to decide."""
    if mandate.end_kind != MandateEnd.SESSION:
        return None
    return mandate.extended_to or mandate.end_session


def decision_day(mandate: Mandate, session: Session | None) -> date | None:
    """Return by when the organ must decide: the mandate's end, or the session's close before it.

    None while both wait for a session without dates (Rule M4).
    """
    close = None
    if session is not None and session.status != SessionStatus.POSTPONED:
        close = session.ends_on
    return min((day for day in (mandate.review_day, close) if day is not None), default=None)


def due_days(
    decide_by: date | None, begins_on: date, calendar: WorkingCalendar
) -> dict[ReviewStepKind, date | None]:
    """Return when each step is due: so many days before the decision, moved to the working day before.

    A review that begins later than it should has its steps drawn together in proportion.

    Args:
        decide_by: by when the organ must decide; None leaves every step without a day.
        begins_on: the day from which the work is planned.
    """
    if decide_by is None:
        return dict.fromkeys(ReviewStepKind)
    lead = settings.MANDATE_REVIEW_OPENS
    span = min(lead, max(0, (decide_by - begins_on).days))
    due: dict[ReviewStepKind, date | None] = {}
    for kind in ReviewStepKind:
        ahead = settings.MANDATE_REVIEW_STEPS[kind] * span // lead
        day = decide_by - timedelta(days=ahead)
        due[kind] = max(calendar.working_day_before(day), min(begins_on, day)) if ahead else day
    return due


def date_steps(review: MandateReview, on: date, calendar: WorkingCalendar) -> list[ReviewStep]:
    """Give the steps that are not done yet their days anew, planned from `on`; save them.

    Reminders and escalations of a step begin again with its new day.
    """
    due = due_days(review.decide_by, on, calendar)
    moved = []
    for step in review.steps.select_for_update().filter(done_on__isnull=True):
        new = due[ReviewStepKind(step.kind)]
        if step.due_on != new:
            step.due_on, step.reminded_on, step.escalated_on = new, None, None
            moved.append(step)
    ReviewStep.objects.bulk_update(moved, ["due_on", "reminded_on", "escalated_on"])
    return moved


@transaction.atomic
def redate_reviews(*, actor: Any, reviews: Iterable[MandateReview], on: date) -> int:
    """Let open reviews follow the days of their mandate and session; return how many moved.

    Rule M4: what ends with a session moves with it; without days its steps wait.

    Args:
        actor: who moved the session; None for the clockwork.
        reviews: locked, with ``mandate__dispute`` and both sessions joined.
        on: the day of the change, from which the work is planned anew.
    """
    told = []
    calendars = Calendars()
    for review in reviews:
        changes = _follow(review)
        if not changes:
            continue
        date_steps(review, on, calendars[review.file.is_exercise])
        told.append(notices.redated(review, actor=actor))
        record(
            actor=actor,
            verb="cases.review_redated",
            target=review,
            subject=review.file,
            changes=changes,
        )
    notices.tell(told)
    return len(told)


def _follow(review: MandateReview) -> dict[str, list[Any]]:
    """Take over the days of mandate and session; reminders of the end begin again with a new one."""
    mandate = review.mandate
    changes = apply_changes(
        review,
        {
            "ends_on": mandate.review_day,
            "decide_by": decision_day(mandate, review.session),
        },
    )
    if not changes:
        return {}
    if "ends_on" in changes:
        review.reminded_days = None
    review.full_clean()
    review.save()
    return changes


def hand_over_steps(dispute: Dispute, officer: User) -> None:
    """Give a new desk officer the steps of open reviews that are the desk officer's and not done."""
    kinds = [kind for kind, rule in REVIEW_STEPS.items() if rule.power == OFFICERS]
    open_steps = ReviewStep.objects.filter(
        review__mandate__dispute=dispute, done_on__isnull=True, kind__in=kinds
    ).exclude(review__state__in=FINAL_REVIEW_STATES)
    open_steps.update(owner=officer)
