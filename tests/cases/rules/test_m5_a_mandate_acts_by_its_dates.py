"""Rules M4 and M5: an end by date, by session or by decision; the dates decide, not the written state."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cases.choices import ActivityKind, MandateEnd, MandateState
from cases.models import Mandate
from cases.selectors.situation import Situation, is_in_force
from cases.services.activities import mark_activity_held, plan_activity
from cases.services.mandates import draft_mandate, extend_mandate
from common.errors import Refused
from institutions.choices import SessionStatus
from tests.cases.rules.world import TODAY, World
from tests.factories.cases import ActivityFactory
from tests.factories.institutions import SessionFactory

LAST = date(2026, 10, 31)


def round_on(world: World, day: date) -> Any:
    return plan_activity(
        actor=world.officer,
        process=world.process,
        kind=ActivityKind.JOINT_ROUND,
        planned_on=day,
        purpose="The first round",
    )


def test_m5_past_its_end_new_outward_acts_name_resolution_and_date(world: World) -> None:
    mandate = world.mandate(active=True, ends_on=LAST)
    world.agreed(world.orvana, world.naruba)

    assert round_on(world, LAST).footing.startswith("resolution")
    with pytest.raises(Refused) as refusal, translation.override("en"):
        round_on(world, LAST + timedelta(days=1))

    assert mandate.state == MandateState.ACTIVE, "the written state follows later"
    assert refusal.value.code == "mandate_lapsed"
    assert str(mandate.resolution) in str(refusal.value.message)
    assert "31 October 2026" in str(refusal.value.message)


def test_m5_after_the_end_contacts_finish_and_are_recorded(world: World) -> None:
    world.mandate(active=True, ends_on=LAST)
    running = ActivityFactory(process=world.process, kind=ActivityKind.MISSION, planned_on=LAST)

    assert mark_activity_held(actor=world.officer, activity=running, on=TODAY)
    assert plan_activity(
        actor=world.officer,
        process=world.process,
        kind=ActivityKind.HUMANITARIAN,
        planned_on=TODAY,
        purpose="Safe departure",
    )


@pytest.mark.parametrize(
    ("state", "in_force"),
    [
        (MandateState.ADOPTED, False),
        (MandateState.ACTIVE, True),
        (MandateState.UNDER_REVIEW, True),
        (MandateState.RENEWED, True),
        (MandateState.SUSPENDED, False),
        (MandateState.EXPIRED, False),
    ],
)
def test_m5_some_states_act_within_their_dates_and_others_do_not(
    world: World, state: str, in_force: bool
) -> None:
    mandate = world.mandate(adopted=True, state=state, starts_on=TODAY, ends_on=TODAY)

    assert is_in_force(mandate, TODAY) == in_force
    assert not is_in_force(mandate, TODAY - timedelta(days=1))
    assert not is_in_force(mandate, TODAY + timedelta(days=1))


def test_m5_another_mandate_in_force_carries_the_act(world: World) -> None:
    world.mandate(active=True, ends_on=LAST, holders=[world.holder])
    world.mandate(active=True, type="good_offices")

    assert Situation(world.process, TODAY).footing


def test_a_mandate_of_another_process_is_no_footing(world: World) -> None:
    world.mandate(active=True, covering=[world.mediation])

    assert Situation(world.process, TODAY).footing == ""
    assert Situation(world.mediation, TODAY).footing


def test_a_mandate_of_the_whole_file_is_a_footing_in_each_process(world: World) -> None:
    assert world.process.dispute == world.mediation.dispute
    world.mandate(active=True, covering=[])

    assert Situation(world.process, TODAY).footing
    assert Situation(world.mediation, TODAY).footing


# M4 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end_kind", MandateEnd)
def test_m4_each_kind_of_end_names_what_it_needs(world: World, end_kind: str) -> None:
    with pytest.raises(ValidationError):
        draft_mandate(
            actor=world.officer, dispute=world.dispute, type="mediation", end_kind=end_kind
        )


def test_m4_until_further_decision_has_no_last_day_but_a_review(world: World) -> None:
    mandate = draft_mandate(
        actor=world.officer,
        dispute=world.dispute,
        type="mediation",
        end_kind=MandateEnd.DECISION,
        review_on=LAST,
    )

    assert (mandate.last_day, mandate.review_on) == (None, LAST)


def test_m4_the_end_moves_with_its_session(world: World) -> None:
    mandate = world.mandate(active=True, until_session=True)
    session = mandate.end_session
    before = Mandate.objects.get(pk=mandate.pk).last_day

    session.starts_on, session.ends_on, session.status = TODAY, LAST, SessionStatus.PLANNED
    session.starts_on = LAST - timedelta(days=1)
    session.save()

    assert before is None
    assert Mandate.objects.get(pk=mandate.pk).last_day == LAST


def test_m4_a_postponed_session_leaves_the_mandate_running(world: World) -> None:
    session = SessionFactory(status=SessionStatus.POSTPONED, starts_on=LAST, ends_on=LAST)
    mandate = world.mandate(active=True, until_session=True, end_session=session)

    assert mandate.last_day is None
    assert is_in_force(mandate, TODAY)


def test_m4_a_technical_extension_runs_to_the_close_of_that_session(world: World) -> None:
    ended = SessionFactory(starts_on=LAST, ends_on=LAST)
    mandate = world.mandate(active=True, until_session=True, end_session=ended)
    later = SessionFactory(starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 2))

    extended = extend_mandate(
        actor=world.officer, mandate=mandate, session=later, told_on=LAST, reason="Postponed"
    )

    assert (extended.last_day, extended.extension_told_on) == (date(2027, 3, 2), LAST)
    assert extended.assignments.get().ends_on == date(2027, 3, 2)


def test_m4_only_a_running_mandate_with_a_session_is_extended(world: World) -> None:
    def extend(mandate: Mandate, **options: Any) -> None:
        values = {"session": SessionFactory(), **options}
        extend_mandate(
            actor=world.officer, mandate=mandate, told_on=TODAY, reason="Postponed", **values
        )

    refusals = []
    for mandate, options in (
        (world.mandate(active=True), {}),
        (world.mandate(until_session=True), {}),
        (world.mandate(adopted=True, state=MandateState.EXPIRED, until_session=True), {}),
        (
            world.mandate(active=True, until_session=True),
            {"session": SessionFactory(exercise=True)},
        ),
    ):
        with pytest.raises(Refused) as refusal:
            extend(mandate, **options)
        refusals.append(refusal.value.code)

    assert refusals == ["no_session_end", "no_session_end", "mandate_over", "other_world"]


def test_m4_an_extension_never_shortens_a_mandate(world: World) -> None:
    session = SessionFactory(starts_on=LAST, ends_on=LAST)
    mandate = world.mandate(active=True, until_session=True, end_session=session)
    earlier = SessionFactory(starts_on=LAST - timedelta(9), ends_on=LAST - timedelta(8))

    with pytest.raises(Refused) as refusal:
        extend_mandate(
            actor=world.officer, mandate=mandate, session=earlier, told_on=TODAY, reason="Moved"
        )

    assert (refusal.value.code, refusal.value.field) == ("no_extension", "session")
