"""Reviews of mandates: assessed, countersigned, proposed, submitted to a session (Rules M4 to M7).

What the organ decides is recorded by :mod:`cases.services.review_decisions`; what the clockwork does
is in :mod:`cases.services.review_clock`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.models import User
from audit.services import record
from cases.choices import Recommendation, ReviewState, ReviewStepKind
from cases.lifecycle import REVIEW_STEPS
from cases.models import Mandate, MandateReview
from cases.notices import reviews as notices
from cases.services.mandate_rules import require_own_world
from cases.services.review_clock import open_reviews
from cases.services.review_dates import Calendars, date_steps, decision_day, session_at_end
from common.changes import apply_changes, lock
from common.errors import Refused
from common.i18n import LANGUAGE_CODES
from common.policy import refuse_unless, require
from institutions.lifecycle import may_end, may_renew
from institutions.models import Session

DRAFT_TEXTS = tuple(f"draft_{code}" for code in LANGUAGE_CODES)
_LANGUAGES = dict(
    zip(
        DRAFT_TEXTS,
        (gettext_lazy("English"), gettext_lazy("French"), gettext_lazy("Arabic")),
        strict=True,
    )
)
#: The steps that a returned assessment undoes.
_UNDONE = (ReviewStepKind.ASSESSMENT, ReviewStepKind.COUNTERSIGNATURE, ReviewStepKind.PROPOSAL)


@transaction.atomic
def open_review(*, actor: User, mandate: Mandate, on: date) -> MandateReview:
    """Open the review of a mandate before its day; on its day it opens by itself (Rule M5).

    Raises:
        Refused: the mandate is a draft or over, or a review of it is open.
    """
    mandate = lock(mandate)
    require(actor, "cases.open_review", mandate)
    return open_reviews(actor=actor, mandates=[mandate], on=on)[0]


@transaction.atomic
def assess_mandate(
    *,
    actor: User,
    review: MandateReview,
    progress: str,
    consent: str,
    recommendation: str,
    on: date,
    obstacles: str = "",
    version: int | None = None,
) -> MandateReview:
    """Assess what came of a mandate and recommend what becomes of it (Rule M5).

    Args:
        progress: measured by the terms of reference.
        consent: where the consent of the parties stands.
        recommendation: a value of ``Recommendation``.
        on: the day of the assessment.

    Raises:
        Refused: the assessment is not awaited, or a part of it is missing.
        Stale: somebody else changed the review meanwhile.
    """
    review = lock(review, version=version)
    require(actor, "cases.assess_review", review)
    parts = {"progress": progress, "consent": consent, "recommendation": recommendation}
    for name, text in parts.items():
        if not text.strip():
            raise Refused("assessment_incomplete", _("This part is missing."), field=name)
    values = {
        **parts,
        "obstacles": obstacles,
        "returned_because": "",
    }
    return _do_step(actor, review, ReviewStepKind.ASSESSMENT, on, "cases.review_assessed", values)


@transaction.atomic
def countersign_assessment(*, actor: User, review: MandateReview, on: date) -> MandateReview:
    """Countersign the assessment, as another person than the one who made it.

    Raises:
        Refused: no assessment waits, or the same person made it.
    """
    review = lock(review)
    require(actor, "cases.countersign_review", review)
    kind = ReviewStepKind.COUNTERSIGNATURE
    return _do_step(actor, review, kind, on, "cases.review_countersigned", {})


@transaction.atomic
def return_assessment(
    *, actor: User, review: MandateReview, reason: str, on: date
) -> MandateReview:
    """Send the assessment back to the desk officer; what followed it is to be done anew.

    Raises:
        Refused: nothing is there to send back, or no reason is given.
    """
    review = lock(review)
    require(actor, "cases.return_review", review)
    if not reason.strip():
        raise Refused("reason_missing", _("Give the reason."), field="reason")
    changes = apply_changes(review, {"state": ReviewState.OPEN, "returned_because": reason})
    review.full_clean()
    review.save()
    _undo(review, *_UNDONE)
    date_steps(review, on, Calendars()[review.file.is_exercise])
    notices.tell([notices.returned(review, actor=actor)])
    _record(actor, "cases.review_returned", review, changes)
    return review


@transaction.atomic
def draft_decision(
    *, actor: User, review: MandateReview, version: int | None = None, **texts: str
) -> MandateReview:
    """Draft the text that the organ is asked to adopt, in its three languages.

    Args:
        texts: ``draft_en``, ``draft_fr``, ``draft_ar``.

    Raises:
        Refused: the text was submitted, or the review is closed.
        Stale: somebody else changed the review meanwhile.
    """
    review = lock(review, version=version)
    require(actor, "cases.draft_decision", review)
    changes = apply_changes(review, {name: texts[name] for name in DRAFT_TEXTS if name in texts})
    review.full_clean()
    review.save()
    _record(actor, "cases.review_drafted", review, changes)
    return review


@transaction.atomic
def propose_to_organ(
    *,
    actor: User,
    review: MandateReview,
    proposal: str,
    on: date,
    session: Session | None = None,
) -> MandateReview:
    """Propose to the organ what becomes of the mandate, as the Assistant Secretary General (M7).

    Args:
        proposal: what is proposed, and why.
        session: which session is to decide; its days drive the steps that are left.

    Raises:
        Refused: nothing countersigned waits, the proposal is empty, or the session's organ may not
            decide so.
    """
    review = lock(review)
    require(actor, "cases.propose_review", review)
    if not proposal.strip():
        raise Refused("proposal_missing", _("Say what is proposed, and why."), field="proposal")
    values: dict[str, Any] = {"proposal": proposal}
    if session is not None:
        _require_decider(review, session, on)
        values |= {"session": session}
    return _do_step(actor, review, ReviewStepKind.PROPOSAL, on, "cases.review_proposed", values)


@transaction.atomic
def submit_to_session(
    *, actor: User, review: MandateReview, session: Session, on: date
) -> MandateReview:
    """Submit the proposal and its draft decision to a named session of an organ that may decide.

    Raises:
        Refused: nothing proposed waits, the draft lacks a language, the session is over or of the
            other world, or its organ may not decide so (Rule M6).
    """
    review = lock(review)
    require(actor, "cases.submit_review", review)
    _require_decider(review, session, on)
    missing = [str(_LANGUAGES[name]) for name in DRAFT_TEXTS if not getattr(review, name).strip()]
    if missing:
        raise Refused(
            "draft_missing",
            _("The draft decision is not there in all languages. Missing: %(languages)s.")
            % {"languages": pgettext("between two reasons", "; ").join(missing)},
            missing=missing,
        )
    values = {"session": session}
    kind = ReviewStepKind.SUBMISSION
    return _do_step(actor, review, kind, on, "cases.review_submitted", values)


@transaction.atomic
def take_submission_back(
    *, actor: User, review: MandateReview, reason: str, on: date
) -> MandateReview:
    """Take a submission back from a session that will not decide.

    Raises:
        Refused: nothing is submitted, or no reason is given.
    """
    review = lock(review)
    require(actor, "cases.take_back_review", review)
    if not reason.strip():
        raise Refused("reason_missing", _("Give the reason."), field="reason")
    session = session_at_end(review.mandate)
    changes = apply_changes(
        review,
        {
            "state": ReviewState.PROPOSED,
            "session": session,
            "decide_by": decision_day(review.mandate, session),
        },
    )
    review.full_clean()
    review.save()
    _undo(review, ReviewStepKind.SUBMISSION)
    date_steps(review, on, Calendars()[review.file.is_exercise])
    _tell_next(actor, review)
    _record(actor, "cases.review_taken_back", review, changes, reason=reason)
    return review


def _do_step(
    actor: User,
    review: MandateReview,
    kind: ReviewStepKind,
    on: date,
    verb: str,
    values: dict[str, Any],
) -> MandateReview:
    """Write a step as done, lead the review on and tell whoever owes the next step."""
    values |= {"state": REVIEW_STEPS[kind].leads_to}
    if "session" in values:
        values |= {"decide_by": decision_day(review.mandate, values["session"])}
    changes = apply_changes(review, values)
    review.full_clean()
    review.save()
    step = review.steps.select_for_update().get(kind=kind)
    step.done_on, step.done_by = on, actor
    step.full_clean()
    step.save()
    if "decide_by" in changes:
        date_steps(review, on, Calendars()[review.file.is_exercise])
    _tell_next(actor, review)
    _record(actor, verb, review, changes)
    return review


def _undo(review: MandateReview, *kinds: ReviewStepKind) -> None:
    review.steps.filter(kind__in=kinds).update(
        done_on=None, done_by=None, due_on=None, reminded_on=None, escalated_on=None
    )


def _tell_next(actor: User, review: MandateReview) -> None:
    kind = notices.awaited_kind(review)
    step = review.steps.select_related("owner").get(kind=kind)
    notices.tell([notices.awaited(review, step, actor=actor)])


def _record(
    actor: User, verb: str, review: MandateReview, changes: dict[str, list[Any]], **facts: Any
) -> None:
    record(actor=actor, verb=verb, target=review, subject=review.file, changes=changes, **facts)


def _require_decider(review: MandateReview, session: Session, on: date) -> None:
    """Refuse a session that cannot decide what is recommended (Rules M6, M7)."""
    mandate = review.mandate
    require_own_world(mandate.dispute, session, "session")
    if session.ends_on is not None and session.ends_on < on:
        raise Refused("session_over", _("This session is over."), field="session")
    assert mandate.organ is not None  # noqa: S101 - what is under review was adopted
    if review.recommendation == Recommendation.END:
        refuse_unless(may_end(session.organ, mandate.organ), field="session")
        return
    is_reserved = mandate.is_reserved_to_adopter
    verdict = may_renew(session.organ, mandate.organ, is_reserved=is_reserved)
    refuse_unless(verdict, field="session")
