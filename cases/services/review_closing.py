"""How a review closes: an organ decided, another decision overtook it, or the mandate lapsed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.services import record
from cases.choices import MandateState, ReviewOutcome, ReviewState, ReviewStepKind
from cases.lifecycle import FINAL_REVIEW_STATES
from cases.models import Mandate, MandateReview
from cases.notices import reviews as notices
from cases.selectors.reviews_due import opening_horizon
from cases.services.review_dates import redate_reviews
from common.changes import apply_changes
from institutions.models import Resolution


def open_review_of(mandate: Mandate) -> MandateReview | None:
    """Return the open review of a mandate under lock, if there is one."""
    rows = MandateReview.objects.select_for_update(of=("self",)).select_related(
        "mandate__dispute__desk_officer", "mandate__dispute__unit", "session"
    )
    found = rows.filter(mandate=mandate).exclude(state__in=FINAL_REVIEW_STATES).first()
    if found is not None:
        found.mandate = mandate
    return found


@transaction.atomic
def decide_review(
    *,
    actor: User,
    review: MandateReview,
    outcome: ReviewOutcome,
    resolution: Resolution,
    on: date,
) -> MandateReview:
    """Close a review by the organ's decision; steps that were never done stay so.

    Args:
        on: the day of the decision.
    """
    values = {
        "state": ReviewState.DECIDED,
        "outcome": outcome,
        "resolution": resolution,
        "closed_on": on,
    }
    changes = apply_changes(review, values)
    review.full_clean()
    review.save()
    step = review.steps.get(kind=ReviewStepKind.DECISION)
    step.done_on, step.done_by = on, actor
    step.full_clean()
    step.save()
    notices.tell([notices.closed(review, actor=actor)])
    record(
        actor=actor,
        verb="cases.review_decided",
        target=review,
        subject=review.file,
        changes=changes,
    )
    return review


@transaction.atomic
def settle_review(
    *,
    actor: User,
    mandate: Mandate,
    outcome: ReviewOutcome,
    resolution: Resolution,
    on: date,
) -> None:
    """Mark the open review of a mandate decided by a decision that was recorded outside it."""
    review = open_review_of(mandate)
    if review is not None:
        decide_review(actor=actor, review=review, outcome=outcome, resolution=resolution, on=on)


@transaction.atomic
def follow_extension(*, actor: User, mandate: Mandate, on: date) -> None:
    """Let the open review follow a technical extension (Rule M4).

    Where the new end lies so far ahead that its review is not open yet, the present one is overtaken
    and the mandate is active again; a new one opens in time. Otherwise the steps are re-dated.

    Args:
        on: the day of the extension.
    """
    review = open_review_of(mandate)
    if review is None:
        return
    horizon = opening_horizon(on, is_exercise=mandate.dispute.is_exercise)
    if mandate.review_day is None or mandate.review_day <= horizon:
        redate_reviews(actor=actor, reviews=[review], on=on)
        return
    changes = apply_changes(review, {"state": ReviewState.OVERTAKEN, "closed_on": on})
    review.full_clean()
    review.save()
    resume_mandate(mandate)
    notices.tell([notices.closed(review, actor=actor)])
    record(
        actor=actor,
        verb="cases.review_overtaken",
        target=review,
        subject=review.file,
        changes=changes,
    )


def resume_mandate(mandate: Mandate) -> dict[str, list[Any]]:
    """Write a mandate active again whose review closed while it runs on; return what changed."""
    if mandate.state != MandateState.UNDER_REVIEW:
        return {}
    changes = apply_changes(mandate, {"state": MandateState.ACTIVE})
    mandate.full_clean()
    mandate.save()
    return changes
