"""Policies of reviews of mandates: who does which step, and when it is next (Rules M5 to M7)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cases.choices import ReviewState, ReviewStepKind
from cases.lifecycle import FINAL_REVIEW_STATES, REVIEW_MOVES, REVIEW_STEPS, REVIEWED_STATES
from cases.models import Mandate, MandateReview
from cases.policies.rights import NO_POWER, WORK, may_change
from common.policy import Allowed, Denied, Verdict, first_denied, policy

#: The states from which a reader sends the assessment back, and whose power it takes.
_READERS = {
    ReviewState.ASSESSED: REVIEW_STEPS[ReviewStepKind.COUNTERSIGNATURE].power,
    ReviewState.COUNTERSIGNED: REVIEW_STEPS[ReviewStepKind.PROPOSAL].power,
    ReviewState.PROPOSED: REVIEW_STEPS[ReviewStepKind.PROPOSAL].power,
}


def _right(user: Any, review: MandateReview, power: str) -> Verdict:
    return may_change(user, review.file, power, needs_team=power == WORK)


def _not_now(review: MandateReview) -> Denied:
    """Return that something else is awaited, or that the review is closed."""
    return Denied(
        "review_closed" if review.is_closed else "step_not_next",
        _("The review stands at: %(state)s.") % {"state": review.get_state_display()},
        is_rule=True,
    )


def _is_next(review: MandateReview, kind: ReviewStepKind) -> Verdict:
    return Allowed() if review.state == REVIEW_STEPS[kind].done_from else _not_now(review)


def _may_do(user: Any, review: MandateReview, kind: ReviewStepKind) -> Verdict:
    return first_denied(_right(user, review, REVIEW_STEPS[kind].power), _is_next(review, kind))


@policy("cases.open_review")
def may_open_review(user: Any, mandate: Mandate) -> Verdict:
    """Rule M5: a review opens by itself; the team may open it before its day."""
    verdict = may_change(user, mandate.dispute)
    if not verdict:
        return verdict
    if mandate.state not in REVIEWED_STATES:
        return Denied(
            "not_reviewed",
            _("A mandate that is “%(state)s” is not reviewed.")
            % {"state": mandate.get_state_display()},
            is_rule=True,
        )
    if mandate.reviews.exclude(state__in=FINAL_REVIEW_STATES).exists():
        return Denied("review_open", _("A review of this mandate is open already."), is_rule=True)
    return verdict


@policy("cases.assess_review")
def may_assess(user: Any, review: MandateReview) -> Verdict:
    """The team assesses what came of the mandate."""
    return _may_do(user, review, ReviewStepKind.ASSESSMENT)


@policy("cases.draft_decision")
def may_draft_decision(user: Any, review: MandateReview) -> Verdict:
    """The team drafts the decision, and whoever proposes it, until it is submitted."""
    power = REVIEW_STEPS[ReviewStepKind.PROPOSAL].power
    right = _right(user, review, power if user.has_power(power) else WORK)
    is_open = not review.is_closed and review.state != ReviewState.SUBMITTED
    return first_denied(right, Allowed() if is_open else _not_now(review))


@policy("cases.countersign_review")
def may_countersign(user: Any, review: MandateReview) -> Verdict:
    """Head of unit or Assistant Secretary General, another person than the one who assessed.

    Whoever stands in acts with the absent person's power, unless it was lent by the one who assessed.
    """
    verdict = _may_do(user, review, ReviewStepKind.COUNTERSIGNATURE)
    if not verdict:
        return verdict
    assessed_by = review.steps.get(kind=ReviewStepKind.ASSESSMENT).done_by_id
    power = REVIEW_STEPS[ReviewStepKind.COUNTERSIGNATURE].power
    if user.pk == assessed_by or not user.has_power(power, apart_from=assessed_by):
        return Denied(
            "same_person",
            _("You made this assessment, or act for whoever did; another person countersigns it."),
            is_rule=True,
        )
    return verdict


@policy("cases.return_review")
def may_return(user: Any, review: MandateReview) -> Verdict:
    """Whoever would countersign or propose next, or has proposed, sends the assessment back."""
    state = ReviewState(review.state)
    if state in _READERS:
        return _right(user, review, _READERS[state])
    if not any(user.has_power(power) for power in _READERS.values()):
        return NO_POWER
    return first_denied(_right(user, review, _READERS[ReviewState.ASSESSED]), _not_now(review))


@policy("cases.propose_review")
def may_propose(user: Any, review: MandateReview) -> Verdict:
    """The Assistant Secretary General proposes to the organ; the organ decides (Rule M7)."""
    return _may_do(user, review, ReviewStepKind.PROPOSAL)


@policy("cases.submit_review")
def may_submit(user: Any, review: MandateReview) -> Verdict:
    """The team submits what was proposed to a named session."""
    return _may_do(user, review, ReviewStepKind.SUBMISSION)


@policy("cases.take_back_review")
def may_take_back(user: Any, review: MandateReview) -> Verdict:
    """The team takes a submission back from a session that will not decide."""
    right = _right(user, review, WORK)
    return first_denied(
        right, Allowed() if review.state == ReviewState.SUBMITTED else _not_now(review)
    )


@policy("cases.decide_review")
def may_record_decision(user: Any, review: MandateReview) -> Verdict:
    """Rule M6: an organ may decide at any time, and after a lapse too; recording it is open."""
    right = _right(user, review, WORK)
    is_open = ReviewState.DECIDED in REVIEW_MOVES[ReviewState(review.state)]
    return first_denied(right, Allowed() if is_open else _not_now(review))
