"""Rule C4: without the required consent no joint round, proposal or negotiation; contacts stay free."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cases.choices import ActivityKind, ActivityState, ConsentRole, ConsentState, Engagement, Stage
from cases.models import Activity
from cases.services.activities import (
    cancel_activity,
    mark_activity_held,
    plan_activity,
    resume_activity,
)
from cases.services.processes import change_stage, suspend_process
from common.choices import Audience
from common.errors import Refused
from tests.cases.rules.world import TODAY, World
from tests.factories.cases import ActivityFactory, BasisFactory, ConsentFactory, PartyFactory
from tests.factories.institutions import StateFactory

JOINT = (ActivityKind.JOINT_ROUND, ActivityKind.PROPOSAL)
FREE = (
    ActivityKind.SOUNDING,
    ActivityKind.TALKS_ABOUT_TALKS,
    ActivityKind.SEPARATE_CONTACT,
    ActivityKind.HUMANITARIAN,
)


def plan(world: World, kind: str, **options: Any) -> Activity:
    values = {
        "process": world.process,
        "planned_on": TODAY,
        "purpose": "To hear both sides",
        **options,
    }
    return plan_activity(actor=world.officer, kind=kind, **values)


@pytest.mark.parametrize("kind", JOINT)
def test_one_consent_of_two_is_refused_and_the_other_government_is_named(
    world: World, kind: str
) -> None:
    BasisFactory(process=world.process)
    world.agreed(world.orvana)

    with pytest.raises(Refused) as refusal:
        plan(world, kind)

    assert refusal.value.code == "consent_missing"
    assert refusal.value.missing == ("Naruba",)
    assert "Naruba" in str(refusal.value.message)
    assert "Orvana" not in str(refusal.value.message)
    assert not Activity.objects.exists()


@pytest.mark.parametrize("kind", JOINT)
def test_recording_the_missing_instrument_makes_it_succeed(world: World, kind: str) -> None:
    BasisFactory(process=world.process)
    world.agreed(world.orvana, world.naruba)

    activity = plan(world, kind)

    assert activity.state == ActivityState.PLANNED
    assert "good offices" in activity.footing


@pytest.mark.parametrize("kind", FREE)
def test_contacts_need_neither_consent_nor_basis(world: World, kind: str) -> None:
    assert plan(world, kind).footing == ""


def test_a_joint_round_needs_a_basis_too(world: World) -> None:
    world.agreed(world.orvana, world.naruba)

    with pytest.raises(Refused) as refusal:
        plan(world, ActivityKind.JOINT_ROUND)

    assert refusal.value.code == "no_basis"


def test_a_mediation_needs_consent_to_mediation_and_the_movements_agreement(world: World) -> None:
    world.mediation.places.create(party=world.movement)
    BasisFactory(process=world.mediation)
    options = {"process": world.mediation, "role": ConsentRole.MEDIATION}
    world.agreed(world.orvana, world.naruba, **options)

    with pytest.raises(Refused) as refusal:
        plan(world, ActivityKind.JOINT_ROUND, process=world.mediation)
    world.agreed(world.movement, **options)

    assert refusal.value.missing == ("The movement",)
    assert plan(world, ActivityKind.JOINT_ROUND, process=world.mediation)


def test_consent_to_good_offices_is_no_consent_to_mediation(world: World) -> None:
    BasisFactory(process=world.mediation)
    world.agreed(world.orvana, world.naruba, process=world.mediation)

    with pytest.raises(Refused) as refusal:
        plan(world, ActivityKind.JOINT_ROUND, process=world.mediation)

    assert set(refusal.value.missing) == {"Orvana", "Naruba"}


def test_who_is_no_party_on_the_day_is_not_asked(world: World) -> None:
    BasisFactory(process=world.process)
    world.agreed(world.orvana)
    world.naruba.valid_to = TODAY - timedelta(days=1)
    world.naruba.save()

    assert plan(world, ActivityKind.JOINT_ROUND)
    with pytest.raises(Refused):
        plan(world, ActivityKind.JOINT_ROUND, planned_on=TODAY - timedelta(days=1))


@pytest.mark.parametrize("stage", [Stage.NEGOTIATION, Stage.COMPREHENSIVE, Stage.MONITORING])
def test_no_process_enters_negotiation_by_our_act_without_consent(
    world: World, stage: Stage
) -> None:
    move = {"actor": world.officer, "process": world.process, "stage": stage, "on": TODAY}

    with pytest.raises(Refused) as refusal:
        change_stage(reason="They meet", **move)
    world.agreed(world.orvana, world.naruba)

    assert refusal.value.code == "consent_missing"
    assert change_stage(reason="They meet", **move).stage == stage


def test_once_negotiating_a_process_moves_on_though_consent_has_gone(world: World) -> None:
    """Rule C5: agreements and monitoring duties stay."""
    world.process.stage = Stage.FRAMEWORK
    world.process.save()

    moved = change_stage(
        actor=world.officer,
        process=world.process,
        stage=Stage.IMPLEMENTATION,
        on=TODAY,
        reason="Signed",
    )

    assert moved.stage == Stage.IMPLEMENTATION


# Missions ---------------------------------------------------------------------------------------


def visit(world: World, **options: Any) -> Activity:
    return plan(
        world,
        ActivityKind.MISSION,
        **{
            "state_visited": world.orvana.actor.state,
            "agreed_by_state_on": TODAY,
            "agreed_by_state_how": "Note 14",
            **options,
        },
    )


def test_a_mission_needs_a_basis_and_the_agreement_of_the_state_visited(world: World) -> None:
    with pytest.raises(Refused) as baseless:
        visit(world)
    BasisFactory(process=world.process)
    with pytest.raises(Refused) as unasked:
        visit(world, agreed_by_state_on=None, agreed_by_state_how="")
    with pytest.raises(Refused) as nowhere:
        visit(world, state_visited=None, agreed_by_state_on=None)

    assert baseless.value.code == "no_basis"
    assert (unasked.value.code, unasked.value.missing) == ("host_agreement_missing", ("Orvana",))
    assert nowhere.value.code == "host_agreement_missing"
    assert visit(world).state_visited == world.orvana.actor.state


def test_a_mission_needs_no_consent_of_the_other_side(world: World) -> None:
    BasisFactory(process=world.process)

    assert visit(world)


def test_disputed_territory_needs_the_secretary_generals_own_decision(world: World) -> None:
    BasisFactory(process=world.process)

    with pytest.raises(Refused) as undecided:
        visit(world, is_disputed_territory=True)
    with pytest.raises(Refused) as by_another:
        visit(world, is_disputed_territory=True, decided_in_person_by=world.asg)
    decided = visit(
        world,
        is_disputed_territory=True,
        decided_in_person_by=world.secretary_general,
        decided_in_person_on=TODAY,
    )

    assert undecided.value.code == "personal_decision_missing"
    assert by_another.value.code == "no_personal_decision"
    assert decided.decided_in_person_by == world.secretary_general


def test_only_a_mission_visits_and_only_within_the_world(world: World) -> None:
    with pytest.raises(Refused) as sounding:
        plan(world, ActivityKind.SOUNDING, state_visited=world.orvana.actor.state)
    with pytest.raises(Refused) as stranger:
        visit(world, state_visited=StateFactory(exercise=True))

    assert (sounding.value.code, stranger.value.code) == ("no_visit", "other_world")


# Keeping activities -----------------------------------------------------------------------------


def test_what_took_place_is_recorded_though_consent_has_gone(world: World) -> None:
    activity = ActivityFactory(process=world.process, kind=ActivityKind.JOINT_ROUND)

    held = mark_activity_held(actor=world.officer, activity=activity, on=date(2026, 12, 2))

    assert (held.state, held.planned_on) == (ActivityState.HELD, date(2026, 12, 2))
    with pytest.raises(Refused) as again:
        mark_activity_held(actor=world.officer, activity=activity, on=TODAY)
    with pytest.raises(Refused) as cancelled:
        cancel_activity(actor=world.officer, activity=activity, reason="Too late")
    assert again.value.code == cancelled.value.code == "not_planned"


def test_an_activity_on_hold_resumes_only_on_what_its_kind_needs(world: World) -> None:
    activity = ActivityFactory(
        process=world.process,
        kind=ActivityKind.JOINT_ROUND,
        state=ActivityState.ON_HOLD,
        stopped_by=ConsentFactory(),
    )
    again = {"actor": world.officer, "activity": activity, "planned_on": TODAY}

    with pytest.raises(Refused) as refusal:
        resume_activity(**again)
    BasisFactory(process=world.process)
    world.agreed(world.orvana, world.naruba)
    resumed = resume_activity(**again)
    with pytest.raises(Refused) as planned:
        resume_activity(**again)

    assert refusal.value.code == "consent_missing"
    assert (resumed.state, resumed.hold_reason) == (ActivityState.PLANNED, "")
    assert planned.value.code == "not_on_hold"


def test_a_suspended_process_convenes_nothing_and_keeps_its_contacts(world: World) -> None:
    BasisFactory(process=world.process)
    world.agreed(world.orvana, world.naruba)
    suspend_process(actor=world.officer, process=world.process, reason="Mourning", on=TODAY)

    with pytest.raises(Refused) as round_:
        plan(world, ActivityKind.JOINT_ROUND)
    with pytest.raises(Refused) as mission:
        visit(world)

    assert round_.value.code == mission.value.code == "file_suspended"
    assert plan(world, ActivityKind.HUMANITARIAN)


def test_an_activity_goes_to_a_party_of_its_file_only(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        plan(
            world,
            ActivityKind.SOUNDING,
            audience=Audience.PARTY,
            audience_party=PartyFactory(),
        )

    assert refusal.value.code == "foreign_party"


def test_an_activity_is_never_classified_below_its_file(world: World) -> None:
    assert plan(world, ActivityKind.SOUNDING, classification=0).classification == (
        world.dispute.classification
    )


@pytest.mark.parametrize(
    ("engagement", "code"),
    [
        (Engagement.POLITICAL_FOLLOW_UP, "political_follow_up"),
        (Engagement.NATIONAL_PROCESS, "national_process"),
    ],
)
def test_c6_who_follows_or_observes_convenes_nothing(
    world: World, engagement: str, code: str
) -> None:
    BasisFactory(process=world.process)
    world.agreed(world.orvana, world.naruba)
    world.agreed(world.orvana, world.naruba, role=ConsentRole.MEDIATION)
    world.process.engagement = engagement
    world.process.national_role = "observer" if code == "national_process" else ""
    world.process.save()

    with pytest.raises(Refused) as refusal:
        plan(world, ActivityKind.JOINT_ROUND)

    assert refusal.value.code == code
    assert plan(world, ActivityKind.SEPARATE_CONTACT)


def test_a_consent_on_conditions_not_met_is_named_as_such(world: World) -> None:
    BasisFactory(process=world.process)
    world.agreed(world.orvana)
    world.consent(
        world.naruba, ConsentState.SOUGHT, ConsentState.CONDITIONAL, conditions=["No press"]
    )

    with pytest.raises(Refused) as refusal:
        plan(world, ActivityKind.JOINT_ROUND)

    assert "conditions of Naruba" in str(refusal.value.message)
