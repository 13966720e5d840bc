"""Beat's schedule calls tasks that exist, with arguments that they take."""

from __future__ import annotations

import inspect

import pytest

from oicmediation.celery import app
from oicmediation.schedule import beat_schedule

BEAT_SCHEDULE = beat_schedule()


@pytest.mark.parametrize("name", sorted(BEAT_SCHEDULE))
def test_schedule_entry_imports_and_binds(name):
    app.loader.import_default_modules()
    entry = BEAT_SCHEDULE[name]

    task = app.tasks[entry["task"]]

    inspect.signature(task.run).bind(*entry.get("args", ()), **entry.get("kwargs", {}))


@pytest.mark.parametrize("name", sorted(BEAT_SCHEDULE))
def test_schedule_entry_is_not_run_late_in_a_heap(name):
    """Wakes that piled up while no worker ran expire; the next one finds all that is due."""
    assert BEAT_SCHEDULE[name]["options"]["expires"] > 0


def test_worker_loses_no_task_that_was_killed():
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.task_ignore_result
    assert app.conf.accept_content == ["json"]
