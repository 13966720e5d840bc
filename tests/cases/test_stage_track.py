"""The stages of a process as a line: passed is only what it was really at (Rule D2)."""

from __future__ import annotations

from datetime import date

import pytest

from cases.choices import Stage, StageChangeKind
from cases.models import Process
from cases.selectors.overview import track_of
from cases.services.processes import change_stage
from tests.factories.cases import ProcessFactory, StageChangeFactory

pytestmark = pytest.mark.django_db


def _states(process):
    row = Process.objects.with_stages_gone_through().get(pk=process.pk)
    return {step.label: step.state for step in track_of(row)}


@pytest.fixture
def process():
    process = ProcessFactory(stage=Stage.PREPARATION)
    StageChangeFactory(
        process=process,
        old_stage="",
        new_stage=Stage.PREPARATION,
        kind=StageChangeKind.OPENED,
    )
    return process


def _move(process, stage):
    officer = process.dispute.desk_officer
    change_stage(
        actor=officer, process=process, stage=stage, on=date(2026, 11, 1), reason="It came so."
    )


def test_stages_before_the_first_one_are_not_drawn_as_passed(process):
    states = _states(process)

    assert states[Stage.EARLY_WARNING.label] == "skipped"
    assert states[Stage.PREPARATION.label] == "current"
    assert states[Stage.PRE_NEGOTIATION.label] == "future"


def test_skipped_stage_is_drawn_as_skipped_and_a_passed_one_as_passed(process):
    _move(process, Stage.PRE_NEGOTIATION)
    _move(process, Stage.IMPLEMENTATION)

    states = _states(process)

    assert states[Stage.PRE_NEGOTIATION.label] == "done"
    assert states[Stage.NEGOTIATION.label] == "skipped"
    assert states[Stage.IMPLEMENTATION.label] == "current"


def test_stage_left_again_backwards_is_ahead(process):
    _move(process, Stage.PRE_NEGOTIATION)
    _move(process, Stage.PREPARATION)

    assert _states(process)[Stage.PRE_NEGOTIATION.label] == "future"


def test_process_without_a_stage_has_no_track():
    assert track_of(ProcessFactory(stage="", stage_since=None)) == []
