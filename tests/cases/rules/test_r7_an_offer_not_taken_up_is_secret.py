"""Rules M0 and R7: bases of acting; an offer of good offices not taken up is secret, never counted."""

from __future__ import annotations

from typing import Any

import pytest

from cases.choices import BasisKind, BasisState, Level
from cases.lifecycle import BASIS_MOVES
from cases.models import Basis
from cases.selectors.situation import Situation
from cases.services.bases import (
    change_basis_state,
    offer_good_offices,
    record_agreement_basis,
    record_invitation,
)
from common.choices import Classification
from common.errors import Refused, Stale
from tests.cases.rules.world import OPENED, TODAY, World
from tests.factories.cases import AgreementFactory, BasisFactory
from tests.factories.institutions import ActorFactory, StateFactory


def offered(world: World, **options: Any) -> Basis:
    return offer_good_offices(
        actor=world.officer, process=world.process, offered_on=OPENED, **options
    )


def became(world: World, basis: Basis, state: str, **options: Any) -> Basis:
    values = {"on": TODAY, **options}
    return change_basis_state(actor=world.officer, basis=basis, state=state, **values)


def test_an_offer_not_taken_up_is_seen_with_secret_clearance_only(world: World) -> None:
    basis = became(world, offered(world), BasisState.NOT_TAKEN_UP)

    assert basis.classification == Classification.SECRET
    assert not Basis.objects.visible_to(world.officer).exists()
    assert Basis.objects.visible_to(world.asg).exists()


def test_an_offer_is_no_footing_until_it_is_accepted(world: World) -> None:
    basis = offered(world)
    before = Situation(world.process, TODAY).footing

    became(world, basis, BasisState.ACCEPTED)

    assert before == ""
    assert "good offices" in Situation(world.process, TODAY).footing
    assert Situation(world.process, OPENED).live_bases, "since the day it was offered"


def test_an_ended_basis_is_no_footing_after_its_last_day(world: World) -> None:
    basis = BasisFactory(process=world.process)

    became(world, basis, BasisState.ENDED, note="Handed over")

    basis.refresh_from_db()
    assert (basis.ends_on, basis.note) == (TODAY, "Handed over")
    assert Situation(world.process, TODAY).footing == ""


@pytest.mark.parametrize("old", BasisState)
@pytest.mark.parametrize("new", BasisState)
def test_only_moves_of_the_table_are_made(world: World, old: str, new: str) -> None:
    basis = BasisFactory(process=world.process, state=old)

    if new in BASIS_MOVES[BasisState(old)]:
        assert became(world, basis, new).state == new
        return
    with pytest.raises(Refused) as refusal:
        became(world, basis, new)
    assert refusal.value.code == "no_such_move"


def test_a_basis_moves_forward_in_time_and_not_twice_at_once(world: World) -> None:
    basis = offered(world)

    with pytest.raises(Refused) as backdated:
        became(world, basis, BasisState.ACCEPTED, on=OPENED.replace(day=1))
    became(world, basis, BasisState.NO_REPLY)
    with pytest.raises(Stale):
        became(world, basis, BasisState.ACCEPTED, version=1)

    assert backdated.value.code == "before_last_step"


def test_good_offices_may_be_entrusted_to_another_of_the_same_world(world: World) -> None:
    assert offered(world, holder=ActorFactory()).holder is not None

    with pytest.raises(Refused) as refusal:
        offered(world, holder=ActorFactory(exercise=True))

    assert refusal.value.code == "other_world"


def test_only_a_state_of_the_world_invites(world: World) -> None:
    invitation = {
        "actor": world.officer,
        "process": world.process,
        "invited_on": OPENED,
        "level": Level.MINISTER,
        "scope": "To hear both sides",
        "form": "Letter",
    }

    basis = record_invitation(inviting=StateFactory().actor, **invitation)
    with pytest.raises(Refused) as movement:
        record_invitation(inviting=ActorFactory(), **invitation)
    with pytest.raises(Refused) as stranger:
        record_invitation(inviting=StateFactory(exercise=True).actor, **invitation)

    assert (basis.kind, basis.state) == (BasisKind.INVITATION, BasisState.IN_FORCE)
    assert (movement.value.code, stranger.value.code) == ("no_state", "other_world")
    assert "invitation" in Situation(world.process, TODAY).footing


def test_an_agreement_is_a_basis_when_it_is_signed_names_the_oic_and_is_of_the_file(
    world: World,
) -> None:
    def record(agreement: Any) -> Basis:
        return record_agreement_basis(
            actor=world.officer, process=world.process, agreement=agreement, since=OPENED
        )

    with pytest.raises(Refused) as foreign:
        record(AgreementFactory(names_oic=True))
    with pytest.raises(Refused) as silent:
        record(AgreementFactory(process=world.process))
    basis = record(AgreementFactory(process=world.process, names_oic=True))

    assert (foreign.value.code, silent.value.code) == (
        "foreign_agreement",
        "agreement_names_nobody",
    )
    assert basis.kind == BasisKind.AGREEMENT
    assert "agreement of the parties" in Situation(world.process, TODAY).footing


def test_a_basis_replaces_no_consent(world: World) -> None:
    BasisFactory(process=world.process)

    assert len(Situation(world.process, TODAY).missing_consents("good_offices")) == 2
