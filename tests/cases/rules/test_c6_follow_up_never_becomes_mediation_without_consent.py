"""Rule C6: what the OIC is in a process, and the one change that the States must want."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cases.choices import ConsentRole, Engagement, NationalRole
from cases.lifecycle import ENGAGEMENT_MOVES
from cases.models import Process
from cases.services.processes import change_engagement
from common.errors import Refused
from tests.cases.rules.world import TODAY, World

FOLLOW_UP, MEDIATION = Engagement.POLITICAL_FOLLOW_UP, Engagement.MEDIATION


def change(world: World, engagement: str, **options: Any) -> Process:
    values = {"reason": "The organ's text foresees it", "on": TODAY, **options}
    return change_engagement(
        actor=world.officer, process=world.process, engagement=engagement, **values
    )


def in_engagement(world: World, engagement: str) -> None:
    world.process.engagement = engagement
    national = engagement == Engagement.NATIONAL_PROCESS
    world.process.national_role = NationalRole.OBSERVER if national else ""
    world.process.save()


def test_follow_up_becomes_mediation_only_with_the_consent_of_the_states(world: World) -> None:
    in_engagement(world, FOLLOW_UP)
    world.agreed(world.orvana, role=ConsentRole.MEDIATION)

    with pytest.raises(Refused) as refusal:
        change(world, MEDIATION)
    world.agreed(world.naruba, role=ConsentRole.MEDIATION)

    assert (refusal.value.code, refusal.value.missing) == ("consent_missing", ("Naruba",))
    assert change(world, MEDIATION).engagement == MEDIATION


def test_consent_to_good_offices_does_not_open_the_way(world: World) -> None:
    in_engagement(world, FOLLOW_UP)
    world.agreed(world.orvana, world.naruba)

    with pytest.raises(Refused):
        change(world, MEDIATION)


@pytest.mark.parametrize("old", Engagement)
@pytest.mark.parametrize("new", Engagement)
def test_only_changes_of_the_table_are_made(world: World, old: str, new: str) -> None:
    in_engagement(world, old)
    world.agreed(world.orvana, world.naruba, role=ConsentRole.MEDIATION)
    role = NationalRole.SUPPORT if new == Engagement.NATIONAL_PROCESS else ""

    if new in ENGAGEMENT_MOVES[Engagement(old)]:
        assert change(world, new, national_role=role).engagement == new
        return
    with pytest.raises(Refused) as refusal:
        change(world, new, national_role=role)
    assert refusal.value.code == "no_such_move"


def test_a_national_process_says_what_role_the_oic_has(world: World) -> None:
    with pytest.raises(ValidationError):
        change(world, Engagement.NATIONAL_PROCESS)
    with pytest.raises(ValidationError):
        change(world, FOLLOW_UP, national_role=NationalRole.OBSERVER)

    process = change(world, Engagement.NATIONAL_PROCESS, national_role=NationalRole.NONE)
    assert process.national_role == NationalRole.NONE


def test_a_change_of_engagement_needs_a_reason(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        change(world, FOLLOW_UP, reason=" ")

    assert refusal.value.code == "reason_missing"
