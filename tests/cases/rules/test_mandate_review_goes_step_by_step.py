"""Rules M5 to M7: assessed, countersigned by another, proposed by the ASG, submitted to who may decide."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from cases.choices import MandateState, Recommendation, ReviewState, ReviewStepKind
from cases.lifecycle import REVIEW_STEPS
from cases.models import MandateReview
from cases.services import reviews
from common.errors import NotPermitted, Refused, Stale
from common.policy import may
from institutions.models import Organ
from tests.cases.rules.reviews import council, opened, run, told, until
from tests.cases.rules.world import TODAY, World
from tests.factories.accounts import AbsenceFactory, UserFactory
from tests.factories.institutions import SessionFactory
from tests.factories.reviews import ReviewFactory

END = TODAY + timedelta(days=90)
WORDS = {
    "progress": "Two rounds were held",
    "consent": "Both Governments stand by it",
    "recommendation": Recommendation.RENEW,
}
DRAFTS = {
    "draft_en": "Decides to renew the mandate",
    "draft_fr": "Décide de renouveler le mandat",
    "draft_ar": "يقرر تجديد الولاية",
}


def review_of(world: World, **traits: Any) -> MandateReview:
    mandate = until(world, END, state=MandateState.UNDER_REVIEW)
    return ReviewFactory(mandate=mandate, **traits)


def step_of(review: MandateReview, kind: str) -> Any:
    return review.steps.get(kind=kind)


def refusal_of(act: Any, **options: Any) -> Refused:
    with pytest.raises(Refused) as refusal:
        act(**options)
    return refusal.value


# The way ----------------------------------------------------------------------------------------


def test_a_review_goes_from_assessment_to_submission(world: World) -> None:
    world.head, world.asg  # noqa: B018 - they must be there to own their steps
    review = opened(world, until(world, END), TODAY)
    session = council(world, END - timedelta(days=10))

    reviews.assess_mandate(actor=world.officer, review=review, on=TODAY, **WORDS)
    reviews.countersign_assessment(actor=world.head, review=review, on=TODAY)
    reviews.draft_decision(actor=world.officer, review=review, **DRAFTS)
    reviews.propose_to_organ(
        actor=world.asg, review=review, proposal="For a year", session=session, on=TODAY
    )
    done = reviews.submit_to_session(actor=world.officer, review=review, session=session, on=TODAY)

    assert (done.state, done.session, done.decide_by) == ("submitted", session, session.ends_on)
    by = {step.kind: step.done_by for step in done.steps.all()}
    assert by == {
        "assessment": world.officer,
        "countersignature": world.head,
        "proposal": world.asg,
        "submission": world.officer,
        "decision": None,
    }
    assert told("review_awaited") == {world.head.email, world.asg.email, world.officer.email}


def test_the_steps_follow_one_another_in_the_table() -> None:
    rules = list(REVIEW_STEPS.values())

    assert [rule.leads_to for rule in rules[:-1]] == [rule.done_from for rule in rules[1:]]
    assert rules[0].done_from == ReviewState.OPEN
    assert list(REVIEW_STEPS) == list(ReviewStepKind)


@pytest.mark.parametrize(
    ("trait", "open_acts"),
    [
        ("", {"assess_review", "draft_decision"}),
        ("assessed", {"draft_decision", "countersign_review", "return_review"}),
        ("countersigned", {"draft_decision", "propose_review", "return_review"}),
        ("proposed", {"draft_decision", "submit_review", "return_review"}),
        ("submitted", {"take_back_review"}),
    ],
)
def test_only_the_next_step_is_open_and_a_decision_always(
    world: World, trait: str, open_acts: set[str]
) -> None:
    review = review_of(world, **({trait: True} if trait else {}))
    acts = (
        "assess_review",
        "draft_decision",
        "countersign_review",
        "return_review",
        "propose_review",
        "submit_review",
        "take_back_review",
        "decide_review",
    )

    found = {act for act in acts if may(world.asg, f"cases.{act}", review)}

    assert found == open_acts | {"decide_review"}
    closed = may(world.asg, "cases.assess_review", review_of_closed(world))
    assert closed.code == "review_closed"  # type: ignore[union-attr]


def review_of_closed(world: World) -> MandateReview:
    mandate = world.mandate(adopted=True, type="enquiry", state=MandateState.EXPIRED)
    return ReviewFactory(mandate=mandate, state=ReviewState.LAPSED, closed_on=TODAY)


# Assessment -------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["progress", "consent", "recommendation"])
def test_an_assessment_lacks_nothing(world: World, part: str) -> None:
    error = refusal_of(
        reviews.assess_mandate,
        actor=world.officer,
        review=review_of(world),
        on=TODAY,
        **{**WORDS, part: " "},
    )

    assert (error.code, error.field) == ("assessment_incomplete", part)


def test_an_assessment_of_an_old_state_is_stale(world: World) -> None:
    review = review_of(world)
    reviews.draft_decision(actor=world.officer, review=review, draft_en="First")

    with pytest.raises(Stale):
        reviews.assess_mandate(
            actor=world.officer, review=review, on=TODAY, version=review.version, **WORDS
        )


# Countersignature -------------------------------------------------------------------------------


def test_nobody_countersigns_their_own_assessment(world: World) -> None:
    review = review_of(world)
    reviews.assess_mandate(actor=world.head, review=review, on=TODAY, **WORDS)

    error = refusal_of(reviews.countersign_assessment, actor=world.head, review=review, on=TODAY)

    assert error.code == "same_person"
    assert reviews.countersign_assessment(actor=world.asg, review=review, on=TODAY)


def test_a_desk_officer_does_not_countersign(world: World) -> None:
    with pytest.raises(NotPermitted):
        reviews.countersign_assessment(
            actor=world.officer, review=review_of(world, assessed=True), on=TODAY
        )


def stand_in_for(user: User, **options: Any) -> User:
    stand_in: User = UserFactory(desk_officer=True, clearance=user.clearance, **options)
    AbsenceFactory(user=user, stand_in=stand_in)
    return User.objects.get(pk=stand_in.pk)


def test_whoever_stands_in_for_the_head_countersigns(world: World) -> None:
    review = review_of(world, assessed=True)

    done = reviews.countersign_assessment(actor=stand_in_for(world.head), review=review, on=TODAY)

    assert done.state == ReviewState.COUNTERSIGNED


def test_a_power_lent_by_whoever_assessed_does_not_countersign(world: World) -> None:
    review = review_of(world, assessed=True, assessor=world.head)
    stand_in = stand_in_for(world.head)

    error = refusal_of(reviews.countersign_assessment, actor=stand_in, review=review, on=TODAY)

    assert error.code == "same_person"


# Sent back --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trait", "reader"), [("assessed", "head"), ("countersigned", "asg"), ("proposed", "asg")]
)
def test_a_reader_sends_the_assessment_back_with_the_reason(
    world: World, trait: str, reader: str
) -> None:
    review = review_of(world, **{trait: True})

    back = reviews.return_assessment(
        actor=getattr(world, reader), review=review, reason="Whose consent?", on=TODAY
    )

    assert (back.state, back.returned_because) == (ReviewState.OPEN, "Whose consent?")
    assert not back.steps.filter(done_on__isnull=False).exists()
    assert back.steps.filter(due_on__gte=TODAY).count() == 5
    assert told("review_returned") == {world.officer.email}


def test_a_head_does_not_send_back_what_the_asg_reads(world: World) -> None:
    with pytest.raises(NotPermitted):
        reviews.return_assessment(
            actor=world.head, review=review_of(world, countersigned=True), reason="No", on=TODAY
        )


def test_a_return_has_something_to_return_and_a_reason(world: World) -> None:
    nothing = refusal_of(
        reviews.return_assessment, actor=world.asg, review=review_of(world), reason="No", on=TODAY
    )
    unreasoned = refusal_of(
        reviews.return_assessment,
        actor=world.head,
        review=ReviewFactory(
            mandate=until(world, END, type="enquiry", state=MandateState.UNDER_REVIEW),
            assessed=True,
        ),
        reason=" ",
        on=TODAY,
    )

    assert (nothing.code, unreasoned.code) == ("step_not_next", "reason_missing")


def test_a_new_assessment_takes_the_remark_away(world: World) -> None:
    review = review_of(world, returned_because="Whose consent?")

    assert (
        reviews.assess_mandate(
            actor=world.officer, review=review, on=TODAY, **WORDS
        ).returned_because
        == ""
    )


# Proposal and submission ------------------------------------------------------------------------


def test_only_the_asg_proposes(world: World) -> None:
    with pytest.raises(NotPermitted):
        reviews.propose_to_organ(
            actor=world.head,
            review=review_of(world, countersigned=True),
            proposal="For a year",
            on=TODAY,
        )


def test_a_proposal_says_something(world: World) -> None:
    review = review_of(world, countersigned=True)

    error = refusal_of(
        reviews.propose_to_organ, actor=world.asg, review=review, proposal=" ", on=TODAY
    )

    assert (error.code, error.field) == ("proposal_missing", "proposal")
    assert reviews.propose_to_organ(actor=world.asg, review=review, proposal="Go on", on=TODAY)


def submit(world: World, review: MandateReview, **options: Any) -> MandateReview:
    values = {"session": council(world, END - timedelta(days=1)), "on": TODAY, **options}
    return reviews.submit_to_session(actor=world.officer, review=review, **values)


def test_a_submission_stands_in_three_languages_and_names_the_missing_ones(world: World) -> None:
    review = review_of(world, proposed=True, draft_fr="", draft_ar=" ")

    error = refusal_of(submit, world=world, review=review)

    assert (error.code, error.missing) == ("draft_missing", ("French", "Arabic"))


def test_nothing_is_submitted_to_a_session_that_is_over_or_of_the_other_world(
    world: World,
) -> None:
    review = review_of(world, proposed=True)
    past = council(world, TODAY - timedelta(days=1))
    play = SessionFactory(exercise=True)

    codes = [refusal_of(submit, world=world, review=review, session=s).code for s in (past, play)]

    assert codes == ["session_over", "other_world"]
    assert submit(world, review, session=council(world, None)).decide_by == END


def test_m6_only_an_organ_that_may_renew_is_asked_to_renew(world: World) -> None:
    review = review_of(world, proposed=True)
    mandate = review.mandate
    mandate.is_reserved_to_adopter = True
    mandate.save()

    def ask(organ: Organ) -> str:
        session = council(world, END, organ=organ)
        return refusal_of(submit, world=world, review=review, session=session).code

    assert ask(world.committee) == "renewal_reserved"
    assert submit(world, review, session=council(world, END, organ=world.summit))


def test_m7_only_the_same_or_a_higher_organ_is_asked_to_end(world: World) -> None:
    review = review_of(world, proposed=True, recommendation=Recommendation.END)
    session = council(world, END, organ=world.committee)

    error = refusal_of(submit, world=world, review=review, session=session)

    assert (error.code, error.field) == ("organ_too_low_to_end", "session")


def test_what_is_submitted_is_not_redrafted(world: World) -> None:
    error = refusal_of(
        reviews.draft_decision,
        actor=world.officer,
        review=review_of(world, submitted=True),
        draft_en="Another",
    )

    assert error.code == "step_not_next"


def test_a_submission_is_taken_back_from_a_session_that_will_not_decide(world: World) -> None:
    review = review_of(world, submitted=True)
    unreasoned = refusal_of(
        reviews.take_submission_back, actor=world.officer, review=review, reason="", on=TODAY
    )

    back = reviews.take_submission_back(
        actor=world.officer, review=review, reason="Another agenda", on=TODAY
    )

    assert unreasoned.code == "reason_missing"
    assert (back.state, back.session, back.decide_by) == (ReviewState.PROPOSED, None, END)
    assert step_of(back, "submission").done_on is None
    assert step_of(back, "proposal").done_on is not None
    assert (
        refusal_of(
            reviews.take_submission_back, actor=world.officer, review=back, reason="Again", on=TODAY
        ).code
        == "step_not_next"
    )


def test_another_than_the_owner_may_do_a_step_of_the_team(world: World) -> None:
    world.head, world.asg  # noqa: B018 - they must be there to own their steps
    review = opened(world, until(world, END), TODAY)

    assert reviews.assess_mandate(actor=world.head, review=review, on=TODAY, **WORDS)
    assert run("open_reviews", TODAY).written == 0


def test_nothing_is_submitted_to_a_session_that_is_over(world: World) -> None:
    review = review_of(world, proposed=True)
    session = world.session()

    refusal = refusal_of(
        reviews.submit_to_session,
        actor=world.officer,
        review=review,
        session=session,
        on=session.ends_on + timedelta(days=1),
    )

    assert refusal.code == "session_over"


def test_m7_the_organ_that_adopted_it_may_be_asked_to_end_it(world: World) -> None:
    review = review_of(world, proposed=True, recommendation=Recommendation.END)
    session = council(world, END - timedelta(days=10))

    done = reviews.submit_to_session(actor=world.officer, review=review, session=session, on=TODAY)

    assert done.state == ReviewState.SUBMITTED
