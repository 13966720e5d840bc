"""Whoever classifies a part keeps the sight of it: nothing is classified above one's own clearance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cases.choices import ActivityKind, Level
from cases.models import Activity, Basis
from cases.services.activities import plan_activity
from cases.services.bases import offer_good_offices, record_agreement_basis, record_invitation
from common.choices import Classification
from common.errors import Refused
from tests.cases.rules.world import OPENED, TODAY, World
from tests.factories.accounts import UserFactory
from tests.factories.cases import AgreementFactory, DisputeFactory
from tests.factories.institutions import StateFactory

pytestmark = pytest.mark.django_db

Make = Callable[..., Activity | Basis]


def sounding(world: World, **values: Any) -> Activity:
    return plan_activity(
        actor=world.officer,
        process=world.process,
        kind=ActivityKind.SOUNDING,
        planned_on=TODAY,
        purpose="To hear both sides",
        **values,
    )


def offer(world: World, **values: Any) -> Basis:
    return offer_good_offices(
        actor=world.officer, process=world.process, offered_on=OPENED, **values
    )


def invitation(world: World, **values: Any) -> Basis:
    return record_invitation(
        actor=world.officer,
        process=world.process,
        inviting=StateFactory().actor,
        invited_on=OPENED,
        level=Level.MINISTER,
        scope="The wells",
        form="Note",
        **values,
    )


@pytest.mark.parametrize("make", [sounding, offer, invitation])
def test_part_above_ones_own_clearance_is_refused(world: World, make: Make) -> None:
    with pytest.raises(Refused) as refusal:
        make(world, classification=Classification.SECRET)

    assert (refusal.value.code, refusal.value.field) == ("above_clearance", "classification")
    assert str(refusal.value) == "You cannot classify anything above your own clearance."
    assert not Activity.objects.exists()
    assert not Basis.objects.exists()


@pytest.mark.parametrize("make", [sounding, offer, invitation])
def test_part_at_ones_own_clearance_stays_in_sight(world: World, make: Make) -> None:
    part = make(world, classification=world.officer.clearance)

    assert part.classification == world.officer.clearance
    assert type(part).objects.visible_to(world.officer).get() == part


def test_part_that_the_house_classifies_is_refused_alike() -> None:
    reader = UserFactory(desk_officer=True, clearance=Classification.OPEN)
    dispute = DisputeFactory(open_to_staff=True, desk_officer=reader)
    agreement = AgreementFactory(process__dispute=dispute, names_oic=True)

    with pytest.raises(Refused) as refusal:
        record_agreement_basis(
            actor=reader, process=agreement.process, agreement=agreement, since=TODAY
        )

    assert refusal.value.code == "above_clearance"
