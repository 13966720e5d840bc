"""What the clockwork does for reviews on a day: opens, reminds, escalates, follows dates (M4, M5).

Each function takes rows that :mod:`cases.selectors.reviews_due` found, locked by the caller, does all
of them together and returns how many it wrote. Doing it again changes nothing: what was done is a
fact of the row by which it is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from audit.services import NewAct, record, record_many
from cases.choices import MandateState, ReviewState, ReviewStepKind
from cases.lifecycle import FINAL_REVIEW_STATES, REVIEW_STEPS
from cases.models import Mandate, MandateReview, ReviewStep
from cases.notices import reviews as notices
from cases.selectors import reviews_due
from cases.selectors.reviewers import Reviewers
from cases.services.places import refresh_places
from cases.services.review_dates import (
    Calendars,
    date_steps,
    decision_day,
    due_days,
    redate_reviews,
    session_at_end,
)
from common.actor import SYSTEM
from common.changes import apply_changes
from institutions.calendar import WorkingCalendar
from institutions.models import Session

# Opening ----------------------------------------------------------------------------------------


@transaction.atomic
def open_reviews(
    *, actor: Any = SYSTEM, mandates: Sequence[Mandate], on: date
) -> list[MandateReview]:
    """Open the reviews of mandates with their five steps, and tell those concerned (Rule M5).

    An active mandate is written as under review; it acts as before.

    Args:
        actor: who opens it before its day; the clockwork otherwise.
        mandates: locked, with file, officer, unit and sessions joined.
        on: the day of opening.
    """
    reviewers, calendars = Reviewers(), Calendars()
    last = dict(
        MandateReview.objects.filter(mandate__in=mandates)
        .order_by()
        .values_list("mandate")
        .annotate(Max("occurrence"))
    )
    reviews = [_new_review(mandate, last.get(mandate.pk, 0) + 1, on) for mandate in mandates]
    MandateReview.objects.bulk_create(reviews)
    ReviewStep.objects.bulk_create(
        step
        for review in reviews
        for step in _new_steps(review, on, reviewers, calendars[review.file.is_exercise])
    )
    active = [mandate for mandate in mandates if mandate.state == MandateState.ACTIVE]
    for mandate in active:
        apply_changes(mandate, {"state": MandateState.UNDER_REVIEW})
    Mandate.objects.bulk_update(active, ["state", "version"])
    notices.tell(
        [notices.opened(review, actor=actor, on=on, reviewers=reviewers) for review in reviews]
    )
    record_many(
        NewAct(
            actor,
            "cases.review_opened",
            review,
            review.file,
            payload={"ends_on": review.ends_on},
        )
        for review in reviews
    )
    return reviews


def _new_review(mandate: Mandate, occurrence: int, on: date) -> MandateReview:
    """Return a review of the mandate's present end; the session at which it ends is to decide."""
    session = session_at_end(mandate)
    return MandateReview(
        mandate=mandate,
        occurrence=occurrence,
        opened_on=on,
        ends_on=mandate.review_day,
        decide_by=decision_day(mandate, session),
        session=session,
    )


def _new_steps(
    review: MandateReview, on: date, reviewers: Reviewers, calendar: WorkingCalendar
) -> list[ReviewStep]:
    due = due_days(review.decide_by, on, calendar)
    return [
        ReviewStep(
            review=review,
            kind=kind,
            owner=reviewers.owner_of(kind, review.file),
            due_on=due[kind],
        )
        for kind in ReviewStepKind
    ]


# Reminders --------------------------------------------------------------------------------------


@transaction.atomic
def remind_of_end(*, reviews: Sequence[MandateReview], on: date) -> int:
    """Remind the owners of open reviews of the end that comes near (Rule M5: T-30, T-7).

    After an outage the latest reminder alone is sent.
    """
    reviewers = Reviewers()
    owners = {
        step.review_id: step.owner
        for step in reviews_due.awaited_steps().filter(review__in=reviews)
    }
    told = []
    for review in reviews:
        days = reviews_due.reminder_due((review.ends_on - on).days) if review.ends_on else None
        if days is None:
            continue
        review.reminded_days = days
        owner = owners.get(review.pk)
        told.append(notices.end_near(review, days, owner=owner, on=on, reviewers=reviewers))
    MandateReview.objects.bulk_update(reviews, ["reminded_days"])
    notices.tell(told)
    return len(told)


@transaction.atomic
def remind_of_steps(*, steps: Sequence[ReviewStep], on: date) -> int:
    """Remind whoever owes a step before it is due."""
    reviewers = Reviewers()
    for step in steps:
        step.reminded_on = on
    ReviewStep.objects.bulk_update(steps, ["reminded_on"])
    notices.tell([notices.step_near(step, on=on, reviewers=reviewers) for step in steps])
    return len(steps)


@transaction.atomic
def escalate_steps(*, steps: Sequence[ReviewStep], on: date) -> int:
    """Tell head of unit and Assistant Secretary General of a step that was not done in time."""
    reviewers = Reviewers()
    for step in steps:
        step.escalated_on = on
    ReviewStep.objects.bulk_update(steps, ["escalated_on"])
    notices.tell([notices.step_late(step, on=on, reviewers=reviewers) for step in steps])
    return len(steps)


# A mandate acts by its dates; the written state follows -----------------------------------------


@transaction.atomic
def follow_dates(*, mandates: Sequence[Mandate], on: date) -> int:
    """Let the written state of mandates follow their dates (Rule M5); return how many moved.

    Past its last day without a decision a mandate is expired and its open review lapses; one whose
    end was corrected since goes back to where it stood; one that became active during a review is
    under review. Nothing is deleted.

    Args:
        mandates: locked, with file and sessions joined.
    """
    reviewers = Reviewers()
    told = []
    moved = 0
    for mandate in mandates:
        last = mandate.last_day
        if mandate.state == MandateState.EXPIRED:
            _take_lapse_back(mandate, on)
        elif last is not None and last < on:
            _lapse(mandate, on)
            told.append(notices.lapsed(mandate, on=on, reviewers=reviewers))
        elif mandate.state == MandateState.ACTIVE:
            _write(mandate, "cases.mandate_under_review", state=MandateState.UNDER_REVIEW)
        else:
            continue
        moved += 1
    notices.tell(told)
    return moved


def _write(mandate: Mandate, verb: str, **values: Any) -> None:
    changes = apply_changes(mandate, values)
    mandate.full_clean()
    mandate.save()
    refresh_places(mandate)
    record(actor=SYSTEM, verb=verb, target=mandate, subject=mandate.dispute, changes=changes)


def _lapse(mandate: Mandate, on: date) -> None:
    rows = mandate.reviews.select_for_update().exclude(state__in=FINAL_REVIEW_STATES)
    for review in rows:
        _write_review(
            review, mandate, "cases.review_lapsed", state=ReviewState.LAPSED, closed_on=on
        )
    _write(
        mandate,
        "cases.mandate_lapsed",
        lapsed_from=mandate.state,
        state=MandateState.EXPIRED,
    )


def _take_lapse_back(mandate: Mandate, on: date) -> None:
    """Bring a mandate back that never lapsed, and its review to the step at which it stood."""
    _write(mandate, "cases.mandate_lapse_corrected", state=mandate.lapsed_from, lapsed_from="")
    review = mandate.reviews.select_for_update().order_by("occurrence").last()
    if review is None or review.state != ReviewState.LAPSED:
        return
    review.mandate = mandate
    _write_review(
        review, mandate, "cases.review_reopened", state=_state_by_steps(review), closed_on=None
    )
    if not redate_reviews(actor=SYSTEM, reviews=[review], on=on):
        date_steps(review, on, Calendars()[review.file.is_exercise])


def _write_review(review: MandateReview, mandate: Mandate, verb: str, **values: Any) -> None:
    changes = apply_changes(review, values)
    review.full_clean()
    review.save()
    record(actor=SYSTEM, verb=verb, target=review, subject=mandate.dispute, changes=changes)


def _state_by_steps(review: MandateReview) -> ReviewState:
    """Return where a review stands: before the first step that is not done."""
    done = set(review.steps.filter(done_on__isnull=False).values_list("kind", flat=True))
    return next(rule.done_from for kind, rule in REVIEW_STEPS.items() if kind not in done)


# Sessions ---------------------------------------------------------------------------------------


@transaction.atomic
def follow_session(*, actor: Any, session: Session, on: date) -> None:
    """Re-date the open reviews that hang on a session whose days changed (Rule M4).

    Args:
        actor: who moved the session.
        on: the day of the change.
    """
    reviews = reviews_due.open_reviews_of_session(session).select_for_update(of=("self",))
    redate_reviews(actor=actor, reviews=list(reviews), on=on)
