"""Rule D7: a concerned State sees a file after two acts, and then its outward parts only."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from cases.choices import OutwardStage, Stage
from cases.lifecycle import STAGES, outward_stage
from cases.models import Activity, Basis, Dispute, Mandate, Process, RootCause, StageChange
from cases.services.disputes import change_dispute
from cases.services.sharing import end_sharing, notify_state, share_with_state
from common.choices import Classification
from common.errors import NotPermitted, Refused
from tests.cases.rules.world import OPENED, World
from tests.factories.accounts import DelegationFactory, StateUserFactory
from tests.factories.cases import (
    ActivityFactory,
    BasisFactory,
    DisputeFactory,
    RootCauseFactory,
    StageChangeFactory,
)
from tests.factories.institutions import StateFactory


def of_state(party: Any) -> User:
    delegation = DelegationFactory(state=party.actor.state)
    return StateUserFactory(delegation=delegation, clearance=Classification.CONFIDENTIAL)


def notify(world: World, **options: Any) -> Any:
    values = {"state": world.orvana.actor.state, "notified_on": OPENED, "instrument": "Note 12"}
    return notify_state(actor=world.asg, dispute=world.dispute, **{**values, **options})


def test_being_a_party_and_being_notified_show_nothing(world: World) -> None:
    orvana = of_state(world.orvana)
    before = Dispute.objects.visible_to(orvana).exists()

    notify(world)

    assert not before
    assert not Dispute.objects.visible_to(orvana).exists()


def test_a_shared_file_is_seen_by_that_state_alone_until_sharing_ends(world: World) -> None:
    orvana, naruba = of_state(world.orvana), of_state(world.naruba)
    notification = notify(world)

    share_with_state(actor=world.asg, notification=notification, on=OPENED)
    seen = [Dispute.objects.visible_to(user).exists() for user in (orvana, naruba)]
    end_sharing(actor=world.asg, notification=notification, on=OPENED)

    assert seen == [True, False]
    assert not Dispute.objects.visible_to(orvana).exists()


def test_a_shared_file_shows_no_inside_part(world: World) -> None:
    orvana = of_state(world.orvana)
    share_with_state(actor=world.asg, notification=notify(world), on=OPENED)
    RootCauseFactory(dispute=world.dispute)
    BasisFactory(process=world.process)
    ActivityFactory(process=world.process)
    StageChangeFactory(process=world.process)
    world.mandate()

    hidden = (RootCause, Basis, Activity, StageChange, Mandate)
    assert [model for model in hidden if model.objects.visible_to(orvana).exists()] == []
    assert Process.objects.visible_to(orvana).get() == world.process


def test_only_the_asg_notifies_and_shares(world: World) -> None:
    with pytest.raises(NotPermitted):
        notify_state(
            actor=world.head,
            dispute=world.dispute,
            state=world.orvana.actor.state,
            notified_on=OPENED,
            instrument="Note 12",
        )


def test_only_a_state_concerned_is_notified_and_only_once(world: World) -> None:
    stranger, concerned = StateFactory(), StateFactory()
    change_dispute(actor=world.officer, dispute=world.dispute, states_concerned=[concerned])

    with pytest.raises(Refused) as refusal:
        notify(world, state=stranger)
    notify(world, state=concerned)
    with pytest.raises(ValidationError):
        notify(world, state=concerned)

    assert refusal.value.code == "not_concerned"


def test_a_state_of_the_other_world_and_a_thematic_file_are_refused(world: World) -> None:
    thematic = DisputeFactory(desk_officer=world.officer, thematic=True)

    with pytest.raises(Refused) as other_world:
        notify(world, state=StateFactory(exercise=True))
    with pytest.raises(Refused) as no_state:
        notify_state(
            actor=world.asg,
            dispute=thematic,
            state=StateFactory(),
            notified_on=OPENED,
            instrument="Note 12",
        )

    assert (other_world.value.code, no_state.value.code) == ("other_world", "thematic")


def test_sharing_and_its_end_have_their_order(world: World) -> None:
    notification = notify(world)
    act = {"actor": world.asg, "notification": notification, "on": OPENED}

    with pytest.raises(Refused) as too_early:
        end_sharing(**act)
    share_with_state(**act)
    with pytest.raises(Refused) as twice:
        share_with_state(**act)
    end_sharing(**act)
    share_with_state(**act)

    assert (too_early.value.code, twice.value.code) == ("not_shared", "shared_already")
    assert Dispute.objects.visible_to(of_state(world.orvana)).exists()


@pytest.mark.parametrize("stage", STAGES)
def test_outward_stages_are_two_and_a_suspension_is_not_told(stage: Stage) -> None:
    early = stage in (Stage.EARLY_WARNING, Stage.PREPARATION)
    late = stage in (Stage.IMPLEMENTATION, Stage.MONITORING)
    expected = OutwardStage.FOLLOW_UP if late else OutwardStage.CONSULTATIONS

    assert outward_stage(stage, is_suspended=False) == (None if early else expected)
    assert outward_stage(stage, is_suspended=True) == (
        None if early else OutwardStage.CONSULTATIONS
    )
