"""What an organ decided on a mandate under review: renewed, amended or terminated (Rules M6 to M8).

An organ may decide at any time, whatever step the review stands at; recording a fact is never
refused for that.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from cases.choices import MandateEnd, MandateState, ReviewOutcome
from cases.models import Mandate, MandateReview, TermsOfReference
from cases.services.decisions import resolution_named, terminate_mandate_by_reference
from cases.services.mandate_rules import require_own_world
from cases.services.mandates import (
    activate_mandate,
    add_terms_of_reference,
    adopt_mandate,
    draft_mandate,
)
from cases.services.review_closing import decide_review, resume_mandate
from common.changes import apply_changes, lock
from common.errors import Refused
from common.policy import may, refuse_unless, require
from institutions.lifecycle import may_renew, renews_only_to_next_council
from institutions.models import Resolution, Session

#: What a renewal takes over from the old mandate unless its text says otherwise.
INHERITED = (
    *(f"{stem}_{code}" for stem in ("title", "scope") for code in ("en", "fr", "ar")),
    "is_reserved_to_adopter",
    "terms_waived_reason",
    "is_lead",
)
_TEXTS = ("text_en", "text_fr", "text_ar")


def _apart(texts: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the new terms that were written, and the titles of a resolution."""
    terms = {name: texts[name] for name in _TEXTS if texts.get(name)}
    titles = {name: text for name, text in texts.items() if name not in _TEXTS}
    return terms, titles


@transaction.atomic
def record_renewal(
    *,
    actor: User,
    review: MandateReview,
    session: Session,
    reference: str,
    paragraph: str,
    adopted_on: date,
    end_kind: str,
    on: date,
    ends_on: date | None = None,
    end_session: Session | None = None,
    review_on: date | None = None,
    starts_on: date | None = None,
    **texts: str,
) -> MandateReview:
    """Record that the organ renewed the mandate: a new one succeeds it, the old stays readable (M6).

    Holders, processes, scope and terms of reference go on unless new terms are given; the new mandate
    is active at once where nothing is missing for that (Rule M3).

    Args:
        session: whose organ decided.
        reference: of the resolution, in any written form.
        end_kind: how long the new mandate runs, with `ends_on`, `end_session` or `review_on`.
        on: the day on which it is recorded; from it the new mandate is active.
        starts_on: first day of the new mandate; the day of adoption when omitted.
        texts: ``title_*`` of a resolution that the register lacks; ``text_*`` of new terms of
            reference, which make the decision an amendment.

    Raises:
        Refused: the review is closed by a decision, a successor is drafted already, the organ may
            not renew it (M6), or the new mandate lacks something.
    """
    review = lock(review)
    require(actor, "cases.decide_review", review)
    if Mandate.objects.filter(succeeds=review.mandate_id).exists():
        raise Refused(
            "successor_drafted",
            _("A successor of this mandate is on the file already: record its adoption there."),
        )
    terms, titles = _apart(texts)
    resolution = resolution_named(
        actor=actor, session=session, reference=reference, adopted_on=adopted_on, titles=titles
    )
    outcome = ReviewOutcome.AMENDED if terms else ReviewOutcome.RENEWED
    decide_review(actor=actor, review=review, outcome=outcome, resolution=resolution, on=adopted_on)
    old = review.mandate
    adopted = adopt_mandate(
        actor=actor,
        mandate=_succeed(
            actor,
            old,
            is_urgent=renews_only_to_next_council(session.organ),
            starts_on=starts_on,
            end_kind=end_kind,
            ends_on=ends_on,
            end_session=end_session,
            review_on=review_on,
        ),
        organ=session.organ,
        session=session,
        resolution=resolution,
        paragraph=paragraph,
        adopted_on=adopted_on,
    )
    _give_terms(actor, old, adopted, adopted_on, terms)
    _activate(actor, adopted, on)
    review.mandate = old
    return review


def _succeed(actor: User, old: Mandate, **duration: Any) -> Mandate:
    """Draft the successor of a mandate; what it does not say of its own goes on."""
    return draft_mandate(
        actor=actor,
        dispute=old.dispute,
        type=old.type,
        holders=list(old.holders.all()),
        processes=list(old.processes.all()),
        succeeds=old,
        **{name: getattr(old, name) for name in INHERITED},
        **duration,
    )


def _give_terms(actor: User, old: Mandate, new: Mandate, on: date, terms: dict[str, str]) -> None:
    """Give the new mandate its terms: those that the text sets, or those that go on."""
    last: TermsOfReference | None = old.terms.order_by("number").last()
    if not terms and last is not None:
        terms = {name: getattr(last, name) for name in _TEXTS}
    if terms:
        add_terms_of_reference(actor=actor, mandate=new, adopted_on=on, **terms)


def _activate(actor: User, mandate: Mandate, on: date) -> None:
    """Activate the new mandate where Rule M3 lets it; otherwise its page says what is missing."""
    is_running = mandate.last_day is None or mandate.last_day >= on
    if is_running and may(actor, "cases.activate_mandate", mandate, on=on):
        activate_mandate(actor=actor, mandate=mandate, on=on)


@transaction.atomic
def record_amendment(
    *,
    actor: User,
    review: MandateReview,
    session: Session,
    reference: str,
    adopted_on: date,
    reason: str,
    review_on: date | None = None,
    **texts: str,
) -> MandateReview:
    """Record that the organ amended the terms of reference and let the mandate run on as it does (M8).

    Where the text renews the mandate too, :func:`record_renewal` takes the new terms.

    Args:
        reason: why a new version of the terms.
        review_on: the next review of a mandate until further decision.
        texts: ``text_*`` of the new terms; ``title_*`` of a resolution that the register lacks.

    Raises:
        Refused: the review is closed by a decision, the mandate is over, the organ may not complete
            what another adopted (M6), or the next review is not named.
    """
    review = lock(review)
    require(actor, "cases.decide_review", review)
    mandate = lock(review.mandate)
    _require_running(mandate, session, review_on, adopted_on)
    terms, titles = _apart(texts)
    resolution = resolution_named(
        actor=actor, session=session, reference=reference, adopted_on=adopted_on, titles=titles
    )
    add_terms_of_reference(
        actor=actor, mandate=mandate, adopted_on=adopted_on, reason=reason, **terms
    )
    _run_on(actor, mandate, review_on, resolution)
    review.mandate = mandate
    return decide_review(
        actor=actor,
        review=review,
        outcome=ReviewOutcome.AMENDED,
        resolution=resolution,
        on=adopted_on,
    )


def _require_running(
    mandate: Mandate, session: Session, review_on: date | None, adopted_on: date
) -> None:
    if mandate.state in (MandateState.EXPIRED, MandateState.TERMINATED, MandateState.RENEWED):
        raise Refused("mandate_over", _("The mandate is over; a new one succeeds it."))
    require_own_world(mandate.dispute, session, "session")
    assert mandate.organ is not None  # noqa: S101 - what is under review was adopted
    is_reserved = mandate.is_reserved_to_adopter
    verdict = may_renew(session.organ, mandate.organ, is_reserved=is_reserved)
    refuse_unless(verdict, field="session")
    is_open_ended = mandate.end_kind == MandateEnd.DECISION
    if is_open_ended and (review_on is None or review_on <= adopted_on):
        raise Refused(
            "next_review_missing",
            _("A mandate until further decision needs the date of its next review."),
            field="review_on",
        )


def _run_on(actor: User, mandate: Mandate, review_on: date | None, resolution: Resolution) -> None:
    changes: dict[str, list[Any]] = resume_mandate(mandate)
    if mandate.end_kind == MandateEnd.DECISION:
        changes |= apply_changes(mandate, {"review_on": review_on})
        mandate.full_clean()
        mandate.save()
    record(
        actor=actor,
        verb="cases.mandate_amended",
        target=mandate,
        subject=mandate.dispute,
        changes=changes,
        resolution=resolution,
    )


@transaction.atomic
def record_termination(
    *,
    actor: User,
    review: MandateReview,
    session: Session,
    reference: str,
    terminated_on: date,
    reason: str,
    **titles: str,
) -> MandateReview:
    """Record that the organ ended the mandate, by which resolution and why (Rule M7).

    Args:
        titles: of a resolution that the register lacks.

    Raises:
        Refused: the review is closed by a decision, or see
            :func:`cases.services.mandates.terminate_mandate`.
    """
    review = lock(review)
    require(actor, "cases.decide_review", review)
    terminate_mandate_by_reference(
        actor=actor,
        mandate=review.mandate,
        session=session,
        reference=reference,
        terminated_on=terminated_on,
        reason=reason,
        **titles,
    )
    return lock(review)
