"""Rules M6 to M8: the organ renews by a chain, amends the terms, or terminates; at any time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cases.choices import MandateEnd, MandateState, ReviewOutcome, ReviewState
from cases.models import Mandate, MandateReview
from cases.selectors.situation import is_in_force
from cases.services.mandates import adopt_mandate, draft_mandate, terminate_mandate
from cases.services.review_decisions import (
    record_amendment,
    record_renewal,
    record_termination,
)
from common.errors import Refused
from institutions.models import Organ, Resolution
from tests.cases.rules.reviews import council, run, state_of, told
from tests.cases.rules.world import TODAY, World
from tests.factories.cases import TermsOfReferenceFactory
from tests.factories.institutions import ResolutionFactory
from tests.factories.reviews import ReviewFactory

END = TODAY + timedelta(days=60)
NEXT = TODAY + timedelta(days=400)


def mandate_under_review(world: World, **options: Any) -> Mandate:
    values = {
        "type": "good_offices",
        "ends_on": END,
        "state": MandateState.UNDER_REVIEW,
        "holders": [world.holder],
        **options,
    }
    return world.mandate(adopted=True, **values)


def review_of(world: World, mandate: Mandate | None = None, **traits: Any) -> MandateReview:
    traits = traits or {"submitted": True}
    return ReviewFactory(mandate=mandate or mandate_under_review(world), **traits)


def decided_by(world: World, organ: Organ | None = None, on: date = TODAY) -> Resolution:
    return ResolutionFactory(session=council(world, on, organ=organ or world.council))


def renew(world: World, review: MandateReview, **options: Any) -> MandateReview:
    resolution = options.pop("resolution", None) or decided_by(world)
    values = {
        "session": resolution.session,
        "reference": resolution.reference,
        "paragraph": "7",
        "adopted_on": TODAY,
        "end_kind": MandateEnd.DATE,
        "ends_on": NEXT,
        "on": TODAY,
        **options,
    }
    return record_renewal(actor=world.officer, review=review, **values)


def amend(world: World, review: MandateReview, **options: Any) -> MandateReview:
    resolution = decided_by(world)
    values = {
        "session": resolution.session,
        "reference": resolution.reference,
        "adopted_on": TODAY,
        "reason": "They sat down",
        "text_en": "And to keep them there",
        **options,
    }
    return record_amendment(actor=world.officer, review=review, **values)


def code_of(act: Callable[..., Any], *given: Any, **options: Any) -> str:
    with pytest.raises(Refused) as refusal:
        act(*given, **options)
    return refusal.value.code


# Renewal ----------------------------------------------------------------------------------------


def test_m6_a_renewal_is_a_new_mandate_in_the_chain(world: World, events: Any) -> None:
    old = mandate_under_review(world, paragraph="4")
    TermsOfReferenceFactory(mandate=old)
    resolution = decided_by(world)

    review = renew(world, review_of(world, old), resolution=resolution)

    new = old.successor
    assert (review.state, review.outcome) == (ReviewState.DECIDED, ReviewOutcome.RENEWED)
    assert (review.resolution, review.closed_on) == (resolution, TODAY)
    assert (new.resolution, new.paragraph, new.ends_on) == (resolution, "7", NEXT)
    assert state_of(old) == MandateState.RENEWED
    assert new.terms.get().text_en == old.terms.get().text_en
    assert list(new.holders.all()) == list(old.holders.all())
    assert list(new.processes.all()) == list(old.processes.all())
    assert len(events("cases.review_decided")) == 1
    assert world.asg.email not in told("review_closed")


def test_m1_the_renewed_mandate_acts_at_once_and_the_old_one_to_its_last_day(
    world: World,
) -> None:
    old = mandate_under_review(world, terms_waived_reason="The text says it all")

    renew(world, review_of(world, old))

    new = Mandate.objects.get(succeeds=old)
    assert new.state == MandateState.ACTIVE
    assert is_in_force(new, TODAY)
    old.refresh_from_db()
    assert is_in_force(old, END)
    assert not is_in_force(old, END + timedelta(days=1))
    assert run("follow_dates", END + timedelta(days=1)).written == 0, "renewed stays the word"


def test_m3_a_renewal_without_terms_waits_for_them(world: World) -> None:
    old = mandate_under_review(world)

    renew(world, review_of(world, old))

    assert Mandate.objects.get(succeeds=old).state == MandateState.ADOPTED


def test_m8_a_renewal_with_new_terms_amends_and_keeps_the_old_ones(world: World) -> None:
    old = mandate_under_review(world)
    TermsOfReferenceFactory(mandate=old, text_en="To bring them to one table")

    review = renew(world, review_of(world, old), text_en="And to keep them there")

    assert review.outcome == ReviewOutcome.AMENDED
    assert old.terms.get().text_en == "To bring them to one table"
    assert old.successor.terms.get().text_en == "And to keep them there"


@pytest.mark.parametrize("state", ["open", "assessed", "countersigned", "proposed"])
def test_an_organ_may_decide_at_any_time(world: World, state: str) -> None:
    traits = {state: True} if state != "open" else {"opened_on": TODAY}

    review = renew(world, review_of(world, **traits))

    steps = {step.kind: step.done_on for step in review.steps.all()}
    assert review.state == ReviewState.DECIDED
    assert steps["decision"] == TODAY
    assert steps["submission"] is None, "what was not done is not said to be"


def test_a_decision_taken_in_time_is_recorded_after_the_lapse(world: World) -> None:
    old = mandate_under_review(world, terms_waived_reason="Clear")
    review = review_of(world, old)
    run("follow_dates", END + timedelta(days=3))
    assert state_of(old) == MandateState.EXPIRED
    resolution = decided_by(world, on=END)

    decided = renew(
        world,
        MandateReview.objects.get(pk=review.pk),
        resolution=resolution,
        adopted_on=END,
        on=END + timedelta(days=4),
    )

    assert decided.state == ReviewState.DECIDED
    assert state_of(old) == MandateState.EXPIRED, "final; a new mandate succeeds it"
    assert is_in_force(Mandate.objects.get(succeeds=old), END + timedelta(days=1))


def test_m6_the_resolution_is_named_in_any_written_form_and_entered_when_new(
    world: World,
) -> None:
    session = council(world, TODAY)

    review = renew(
        world,
        review_of(world),
        session=session,
        reference=f"POL-9/{session.number}",
        title_en="On the crossings",
    )

    assert review.resolution.reference == f"9/{session.number}-POL"
    assert review.resolution.title_en == "On the crossings"


def test_m6_what_the_register_lacks_is_named_with_its_title(world: World) -> None:
    session = council(world, TODAY)

    code = code_of(renew, world, review_of(world), session=session, reference="12-POL")

    assert code == "resolution_unknown"
    assert not MandateReview.objects.filter(state=ReviewState.DECIDED).exists()


def test_m6_the_committee_extends_to_the_next_council_only(world: World) -> None:
    review = review_of(world)
    by_committee = decided_by(world, world.committee)

    code = code_of(renew, world, review, resolution=by_committee)
    renewed = renew(
        world,
        review,
        resolution=by_committee,
        end_kind=MandateEnd.SESSION,
        ends_on=None,
        end_session=council(world, NEXT),
    )

    assert code == "ends_with_next_council"
    assert renewed.mandate.successor.is_urgent


def test_m6_a_reserved_renewal_is_refused_to_another_organ(world: World) -> None:
    old = mandate_under_review(world, organ=world.summit, is_reserved_to_adopter=True)
    review = review_of(world, old)

    assert code_of(renew, world, review) == "renewal_reserved"
    review.refresh_from_db()
    assert review.state == ReviewState.SUBMITTED
    assert renew(world, review, resolution=decided_by(world, world.summit))


def test_a_decided_review_is_not_decided_again(world: World) -> None:
    review = renew(world, review_of(world))

    assert code_of(renew, world, review) == "review_closed"


def test_a_successor_that_is_drafted_is_adopted_on_its_own_page(world: World) -> None:
    old = mandate_under_review(world)
    world.mandate(succeeds=old)

    assert code_of(renew, world, review_of(world, old)) == "successor_drafted"


def test_a_renewal_that_lacks_its_end_is_undone_whole(world: World) -> None:
    review = review_of(world)

    with pytest.raises(ValidationError):
        renew(world, review, ends_on=None)

    review.refresh_from_db()
    assert review.state == ReviewState.SUBMITTED
    assert Mandate.objects.count() == 1


# Amendment --------------------------------------------------------------------------------------


def test_m8_an_amendment_adds_a_version_and_the_mandate_runs_on(world: World, events: Any) -> None:
    mandate = mandate_under_review(world)
    TermsOfReferenceFactory(mandate=mandate)

    review = amend(world, review_of(world, mandate))

    assert (review.state, review.outcome) == (ReviewState.DECIDED, ReviewOutcome.AMENDED)
    assert [terms.number for terms in mandate.terms.all()] == [1, 2]
    assert state_of(mandate) == MandateState.ACTIVE
    assert len(events("cases.mandate_amended")) == 1
    assert run("open_reviews", TODAY).found == 0, "the same end is not reviewed twice"
    run("follow_dates", END + timedelta(days=1))
    assert state_of(mandate) == MandateState.EXPIRED, "amended is not renewed"


def test_m4_an_amended_mandate_until_further_decision_names_its_next_review(world: World) -> None:
    mandate = mandate_under_review(world, end_kind=MandateEnd.DECISION, ends_on=None, review_on=END)
    review = review_of(world, mandate)

    codes = [code_of(amend, world, review, review_on=day) for day in (None, TODAY)]
    amend(world, review, review_on=NEXT)

    assert codes == ["next_review_missing"] * 2
    mandate.refresh_from_db()
    assert mandate.review_on == NEXT
    assert run("open_reviews", TODAY).found == 0
    assert run("open_reviews", NEXT - timedelta(days=80)).written == 1


def test_m6_only_an_organ_that_may_complete_amends(world: World) -> None:
    mandate = mandate_under_review(world, organ=world.summit, is_reserved_to_adopter=True)

    assert code_of(amend, world, review_of(world, mandate)) == "renewal_reserved"


def test_m8_what_is_over_is_not_amended(world: World) -> None:
    mandate = mandate_under_review(world, state=MandateState.EXPIRED)
    review = review_of(world, mandate, state=ReviewState.LAPSED, closed_on=TODAY)

    assert code_of(amend, world, review) == "mandate_over"


# Termination ------------------------------------------------------------------------------------


def end(world: World, review: MandateReview, organ: Organ | None = None) -> MandateReview:
    resolution = decided_by(world, organ)
    return record_termination(
        actor=world.officer,
        review=review,
        session=resolution.session,
        reference=resolution.reference,
        terminated_on=TODAY,
        reason="Settled between them",
    )


def test_m7_a_termination_closes_the_review(world: World) -> None:
    mandate = mandate_under_review(world)

    review = end(world, review_of(world, mandate))

    assert (review.state, review.outcome) == (ReviewState.DECIDED, ReviewOutcome.TERMINATED)
    assert state_of(mandate) == MandateState.TERMINATED


def test_m7_an_organ_below_the_adopter_does_not_end(world: World) -> None:
    assert code_of(end, world, review_of(world), world.committee) == "organ_too_low_to_end"


# Outside the review -----------------------------------------------------------------------------


def test_a_successor_adopted_outside_decides_the_open_review(world: World) -> None:
    old = mandate_under_review(world)
    review = review_of(world, old, assessed=True)
    successor = draft_mandate(
        actor=world.officer,
        dispute=world.dispute,
        type=old.type,
        holders=[world.holder],
        succeeds=old,
        end_kind=MandateEnd.DATE,
        ends_on=NEXT,
    )
    decision = world.decision()

    adopt_mandate(actor=world.officer, mandate=successor, **decision)

    review.refresh_from_db()
    assert (review.state, review.outcome) == (ReviewState.DECIDED, ReviewOutcome.RENEWED)
    assert review.resolution == decision["resolution"]


def test_a_termination_outside_decides_the_open_review(world: World) -> None:
    mandate = mandate_under_review(world)
    review = review_of(world, mandate, opened_on=TODAY)

    terminate_mandate(
        actor=world.officer,
        mandate=mandate,
        resolution=world.resolution(),
        terminated_on=TODAY,
        reason="Settled between them",
    )

    review.refresh_from_db()
    assert review.outcome == ReviewOutcome.TERMINATED


def test_m8_a_suspended_mandate_stays_suspended_under_its_new_terms(world: World) -> None:
    mandate = mandate_under_review(world, state=MandateState.SUSPENDED)

    amend(world, review_of(world, mandate))

    assert state_of(mandate) == MandateState.SUSPENDED
