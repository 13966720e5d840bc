"""Rule D2: a process opens at any stage, moves a step, skips or goes back, always with a reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.choices import DisputeStatus, Engagement, Stage, StageChangeKind
from cases.lifecycle import STAGES, kind_of_move
from cases.models import Process
from cases.services.disputes import suspend_dispute
from cases.services.processes import (
    change_process,
    change_stage,
    open_process,
    resume_process,
    suspend_process,
)
from common.errors import Refused, Stale
from tests.cases.rules.world import OPENED, TODAY, World
from tests.factories.cases import ConsentFactory, DisputeFactory, PartyFactory, ProcessFactory


def move(world: World, stage: str, **options: object) -> Process:
    values = {"on": TODAY, "reason": "Both sides asked for it", **options}
    return change_stage(actor=world.officer, process=world.process, stage=stage, **values)


@pytest.mark.parametrize("stage", STAGES)
def test_a_process_opens_at_any_stage(world: World, stage: Stage) -> None:
    process = open_process(
        actor=world.officer,
        dispute=world.dispute,
        parties=[world.orvana, world.naruba],
        opened_on=OPENED,
        stage=stage,
        reason="They have met for years",
        title_en="Talks",
    )

    change = process.stage_changes.get()
    assert (process.stage, process.stage_since) == (stage, OPENED)
    assert (change.kind, change.reason) == (StageChangeKind.OPENED, "They have met for years")
    assert set(process.parties.all()) == {world.orvana, world.naruba}


@pytest.mark.parametrize(
    ("stage", "kind"),
    [
        (Stage.PREPARATION, StageChangeKind.BACK),
        (Stage.EARLY_WARNING, StageChangeKind.BACK),
        (Stage.NEGOTIATION, StageChangeKind.STEP),
        (Stage.FRAMEWORK, StageChangeKind.SKIP),
    ],
)
def test_each_move_is_kept_as_what_it_was(world: World, stage: Stage, kind: str) -> None:
    world.agreed(world.orvana, world.naruba)

    process = move(world, stage)

    change = process.stage_changes.get()
    assert (process.stage, process.stage_since) == (stage, TODAY)
    assert (change.old_stage, change.new_stage, change.kind) == (
        Stage.PRE_NEGOTIATION,
        stage,
        kind,
    )
    assert change.by == world.officer


def test_every_pair_of_stages_is_one_move_or_none() -> None:
    for old in STAGES:
        for new in STAGES:
            assert (kind_of_move(old, new) is None) == (old == new)


def test_a_move_needs_a_reason_and_another_stage(world: World) -> None:
    with pytest.raises(Refused) as unreasoned:
        move(world, Stage.PREPARATION, reason="  ")
    with pytest.raises(Refused) as unmoved:
        move(world, Stage.PRE_NEGOTIATION)
    with pytest.raises(Refused) as backdated:
        move(world, Stage.PREPARATION, on=OPENED - timedelta(days=1))

    codes = [error.value.code for error in (unreasoned, unmoved, backdated)]
    assert codes == ["reason_missing", "same_stage", "before_last_move"]
    assert not world.process.stage_changes.exists()


def test_opening_needs_a_reason_and_parties_of_the_file(world: World) -> None:
    opening = {
        "actor": world.officer,
        "dispute": world.dispute,
        "opened_on": OPENED,
        "title_en": "Talks",
    }

    with pytest.raises(Refused) as unreasoned:
        open_process(parties=[world.orvana], reason=" ", **opening)
    with pytest.raises(Refused) as foreign:
        open_process(parties=[PartyFactory()], reason="They asked", **opening)

    assert (unreasoned.value.code, foreign.value.code) == ("reason_missing", "foreign_party")


def test_c7_a_thematic_file_has_no_process(world: World) -> None:
    thematic = DisputeFactory(desk_officer=world.officer, thematic=True)

    with pytest.raises(Refused) as refusal:
        open_process(
            actor=world.officer,
            dispute=thematic,
            parties=[],
            opened_on=OPENED,
            reason="None",
            title_en="Talks",
        )

    assert refusal.value.code == "thematic_file"


def test_a_suspended_process_or_file_stands_still(world: World) -> None:
    rest = {"actor": world.officer, "reason": "Elections", "on": TODAY}
    suspend_process(process=world.process, **rest)
    with pytest.raises(Refused) as by_process:
        move(world, Stage.PREPARATION)
    resume_process(process=world.process, **rest)
    suspend_dispute(dispute=world.dispute, **rest)
    with pytest.raises(Refused) as by_file:
        move(world, Stage.PREPARATION)

    assert by_process.value.code == by_file.value.code == "file_suspended"


def test_suspending_a_process_twice_is_refused(world: World) -> None:
    rest = {"actor": world.officer, "process": world.process, "on": TODAY}

    with pytest.raises(Refused) as resuming:
        resume_process(reason="Too early", **rest)
    with pytest.raises(Refused) as unreasoned:
        suspend_process(reason="", **rest)
    suspend_process(reason="Elections", **rest)
    with pytest.raises(Refused) as again:
        suspend_process(reason="Elections", **rest)

    codes = [error.value.code for error in (resuming, unreasoned, again)]
    assert codes == ["wrong_status", "reason_missing", "wrong_status"]
    assert Process.objects.get(pk=world.process.pk).status == DisputeStatus.SUSPENDED


def test_a_party_with_a_consent_is_not_taken_out(world: World) -> None:
    ConsentFactory(process=world.process, party=world.orvana)
    change = {"actor": world.officer, "process": world.process}

    with pytest.raises(Refused) as refusal:
        change_process(parties=[world.naruba], **change)
    changed = change_process(parties=[world.orvana], **change)

    assert refusal.value.code == "party_has_consent"
    assert list(changed.parties.all()) == [world.orvana]
    assert changed.version == 2


def test_a_stale_change_of_a_process_is_not_written(world: World) -> None:
    move(world, Stage.PREPARATION)

    with pytest.raises(Stale):
        move(world, Stage.EARLY_WARNING, version=1)
    with pytest.raises(Stale):
        change_process(
            actor=world.officer, process=world.process, version=1, title_en="Other talks"
        )


def test_a_file_may_hold_several_processes(world: World) -> None:
    ProcessFactory(dispute=world.dispute, parties=[world.orvana, world.movement])

    assert world.process.dispute.processes.count() == 2
    assert {process.stage for process in world.dispute.processes.all()} == {Stage.PRE_NEGOTIATION}


def test_following_up_without_consent_may_reach_any_stage(world: World) -> None:
    """No act of ours as mediator, hence no consent of Rule C4, in a process that others lead."""
    world.process.engagement = Engagement.POLITICAL_FOLLOW_UP
    world.process.save()

    assert move(world, Stage.NEGOTIATION, on=date(2026, 12, 1)).stage == Stage.NEGOTIATION
