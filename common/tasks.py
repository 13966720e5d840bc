"""The one job of the clock: to run a sweep that it names."""

from __future__ import annotations

from celery import shared_task

from common import sweeps

RUN_SWEEP = "common.tasks.run_sweep"


@shared_task(name=RUN_SWEEP)
def run_sweep(name: str) -> None:
    """Deal with what is due today; woken too often or by two, it finds nothing to do."""
    sweeps.run(sweeps.named(name))
