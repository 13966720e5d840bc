"""Rules M5 and M6: past its end without a decision a mandate is expired; what stays allowed, stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from cases.choices import ActivityKind, DisputeStatus, MandateEnd, MandateState, ReviewState
from cases.models import Dispute, Mandate
from cases.selectors.situation import is_in_force
from cases.services.activities import mark_activity_held, plan_activity
from cases.services.documents import file_document
from cases.services.mandates import adopt_mandate, draft_mandate
from cases.services.reviews import open_review
from common import sweeps
from common.choices import Audience
from common.errors import Refused
from tests.cases.rules.reviews import council, opened, run, run_all, state_of, told, until
from tests.cases.rules.world import TODAY, World
from tests.factories.cases import ActivityFactory, DisputeFactory, MandateFactory
from tests.factories.uploads import pdf

LAST = TODAY - timedelta(days=1)


def test_m5_the_day_after_its_last_day_a_mandate_is_expired_and_its_review_lapses(
    world: World, events: Callable[..., Any]
) -> None:
    asg, head = world.asg, world.head
    mandate = until(world, LAST)
    review = opened(world, mandate, LAST - timedelta(days=90))

    on_its_last_day = run("follow_dates", LAST).written
    after = run("follow_dates", TODAY).written

    assert (on_its_last_day, after) == (0, 1)
    assert state_of(mandate) == MandateState.EXPIRED
    review.refresh_from_db()
    assert (review.state, review.closed_on) == (ReviewState.LAPSED, TODAY)
    assert told("mandate_lapsed") == {world.officer.email, head.email, asg.email}
    assert events("cases.mandate_lapsed")[0].actor_id == ""
    assert not mandate.assignments.filter(is_occupying=True).exists()
    assert run("follow_dates", TODAY).written == 0


def test_m5_new_outward_acts_are_refused_naming_resolution_and_date(world: World) -> None:
    mandate = until(world, LAST)
    world.agreed(world.orvana, world.naruba)
    run("follow_dates", TODAY)

    with pytest.raises(Refused) as refusal, translation.override("en"):
        plan_activity(
            actor=world.officer,
            process=world.process,
            kind=ActivityKind.JOINT_ROUND,
            planned_on=TODAY,
            purpose="The first round",
        )

    assert refusal.value.code == "mandate_lapsed"
    assert str(mandate.resolution) in str(refusal.value.message)
    assert "1 November 2026" in str(refusal.value.message)


@pytest.mark.parametrize(
    "kind",
    [ActivityKind.HUMANITARIAN, ActivityKind.SEPARATE_CONTACT, ActivityKind.SOUNDING],
)
def test_m5_leaving_safely_and_contacts_stay_allowed(world: World, kind: str) -> None:
    until(world, LAST)
    run("follow_dates", TODAY)

    assert plan_activity(
        actor=world.officer,
        process=world.process,
        kind=kind,
        planned_on=TODAY,
        purpose="Safe departure of the mission",
    )


@pytest.mark.parametrize("kind", [ActivityKind.MISSION, ActivityKind.JOINT_ROUND])
def test_m5_a_running_contact_is_finished(world: World, kind: str) -> None:
    until(world, LAST)
    running = ActivityFactory(process=world.process, kind=kind, planned_on=LAST)
    run("follow_dates", TODAY)

    assert mark_activity_held(actor=world.officer, activity=running, on=TODAY).state == "held"


def test_m5_reporting_and_handover_stay_allowed(world: World) -> None:
    until(world, LAST)
    run("follow_dates", TODAY)

    report = file_document(
        actor=world.officer,
        dispute=world.dispute,
        file=pdf(name="handover.pdf", text="What is left to do"),
        title="Handover",
        audience=Audience.TEAM,
    )

    assert report.pk


def test_m5_nothing_is_deleted_and_the_file_goes_on(world: World) -> None:
    mandate = until(world, LAST)
    review = opened(world, mandate, LAST - timedelta(days=90))

    run_all(TODAY)

    assert Mandate.objects.filter(pk=mandate.pk).exists()
    assert review.steps.count() == 5
    assert Dispute.objects.get(pk=world.dispute.pk).status == DisputeStatus.ACTIVE


def test_m5_what_is_expired_is_not_reviewed(world: World) -> None:
    mandate = until(world, LAST)
    run("follow_dates", TODAY)

    with pytest.raises(Refused) as refusal:
        open_review(actor=world.officer, mandate=mandate, on=TODAY)

    assert refusal.value.code == "not_reviewed"


@pytest.mark.parametrize("state", [MandateState.ADOPTED, MandateState.SUSPENDED])
def test_m1_adopted_and_suspended_mandates_expire_too(world: World, state: str) -> None:
    mandate = until(world, LAST, state=state)

    run("follow_dates", TODAY)

    assert state_of(mandate) == MandateState.EXPIRED


@pytest.mark.parametrize(
    "state", [MandateState.DRAFT, MandateState.RENEWED, MandateState.TERMINATED]
)
def test_m5_other_words_stay(world: World, state: str) -> None:
    over = {"terminated_on": LAST, "termination_reason": "Settled"}
    options: dict[str, Any] = over if state == MandateState.TERMINATED else {}
    if options:
        options["terminated_by_resolution"] = world.resolution()
    mandate = until(world, LAST, state=state, **options)

    assert run("follow_dates", TODAY).written == 0
    assert state_of(mandate) == state


def test_m4_a_mandate_until_further_decision_never_lapses(world: World) -> None:
    mandate = world.mandate(active=True, end_kind=MandateEnd.DECISION, ends_on=None, review_on=LAST)

    run_all(TODAY + timedelta(days=3650))

    assert state_of(mandate) == MandateState.UNDER_REVIEW
    assert is_in_force(mandate, TODAY + timedelta(days=3650))


def test_m1_a_mandate_resumed_during_its_review_is_under_review(world: World) -> None:
    mandate = until(world, TODAY + timedelta(days=30))
    opened(world, mandate, TODAY)
    Mandate.objects.update(state=MandateState.ACTIVE)

    run("follow_dates", TODAY)

    assert state_of(mandate) == MandateState.UNDER_REVIEW


def test_m4_a_lapse_without_a_review_is_taken_back_with_its_date(world: World) -> None:
    mandate = until(world, LAST)
    run("follow_dates", TODAY)
    Mandate.objects.update(ends_on=TODAY + timedelta(days=200))

    run("follow_dates", TODAY)

    assert state_of(mandate) == MandateState.ACTIVE


def test_m4_a_lapse_by_a_wrong_date_is_taken_back_and_its_review_goes_on(world: World) -> None:
    end = TODAY + timedelta(days=60)
    mandate = until(world, end)
    review = opened(world, mandate, TODAY)
    due = list(review.steps.order_by("pk").values_list("due_on", flat=True))
    Mandate.objects.update(ends_on=LAST)
    run("follow_dates", TODAY)
    Mandate.objects.update(ends_on=end)

    run("follow_dates", TODAY)

    review.refresh_from_db()
    assert (review.state, review.ends_on, review.closed_on) == (ReviewState.OPEN, end, None)
    assert list(review.steps.order_by("pk").values_list("due_on", flat=True)) == due


def test_published_history_is_left_as_it_was_written(world: World) -> None:
    mandate = MandateFactory(dispute=DisputeFactory(history=True), active=True, ends_on=LAST)

    run_all(TODAY)

    assert state_of(mandate) == MandateState.ACTIVE


def test_a_lapse_that_cannot_be_recorded_is_undone_and_stays_due(
    world: World, broken_record: None
) -> None:
    mandate = until(world, LAST)

    outcome = sweeps.named("cases.follow_dates").run(TODAY)

    assert (outcome.written, outcome.left) == (0, 1)
    assert state_of(mandate) == MandateState.ACTIVE


# M6: urgent mandates of the Executive Committee -------------------------------------------------


def urgent(world: World, closes: date | None) -> Mandate:
    return world.mandate(
        active=True,
        organ=world.committee,
        is_urgent=True,
        end_kind=MandateEnd.SESSION,
        ends_on=None,
        end_session=council(world, closes),
        holders=[world.holder],
    )


def test_m6_an_urgent_mandate_lapses_at_the_close_of_the_next_council(world: World) -> None:
    mandate = urgent(world, LAST)

    run("follow_dates", TODAY)

    assert state_of(mandate) == MandateState.EXPIRED


def test_m6_unless_the_council_confirms_it(world: World) -> None:
    mandate = urgent(world, TODAY)
    confirmed = draft_mandate(
        actor=world.officer,
        dispute=world.dispute,
        type=mandate.type,
        holders=[world.holder],
        processes=[world.process],
        succeeds=mandate,
        end_kind=MandateEnd.DATE,
        ends_on=TODAY + timedelta(days=400),
    )
    adopt_mandate(actor=world.officer, mandate=confirmed, **world.decision())

    run("follow_dates", TODAY + timedelta(days=1))

    assert state_of(mandate) == MandateState.RENEWED


def test_m6_a_postponed_council_leaves_it_running(world: World) -> None:
    mandate = urgent(world, None)

    run("follow_dates", TODAY + timedelta(days=900))

    assert state_of(mandate) == MandateState.ACTIVE


# Simulated time ---------------------------------------------------------------------------------


def test_ten_years_of_the_clock_end_no_file(world: World) -> None:
    world.head, world.asg  # noqa: B018 - they must be there to own their steps
    until(world, TODAY + timedelta(days=200))
    world.mandate(
        active=True,
        type="enquiry",
        end_kind=MandateEnd.DECISION,
        ends_on=None,
        review_on=TODAY + timedelta(days=500),
    )

    for week in range(0, 520, 4):
        run_all(TODAY + timedelta(weeks=week))

    assert not Dispute.objects.filter(status=DisputeStatus.ENDED).exists()
    states = set(Mandate.objects.values_list("state", flat=True))
    assert states == {MandateState.EXPIRED, MandateState.UNDER_REVIEW}
