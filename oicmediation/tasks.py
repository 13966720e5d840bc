"""The jobs of the composition root: a sign that beat, broker and worker all work, and tidying up."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from common import leftovers
from common.jobs import note_run
from oicmediation.schedule import HEARTBEAT, LEFTOVERS

_NO_LONGER_RUNNING = timedelta(days=1)


@shared_task(name="oicmediation.tasks.heartbeat")
def heartbeat() -> None:
    """Write down that a beat reached a worker; `/readyz` reads it."""
    note_run(HEARTBEAT)


@shared_task(name="oicmediation.tasks.sweep_leftovers")
def sweep_leftovers() -> None:
    """Remove the stored files of transactions that a kill cut off a day ago or earlier."""
    count = leftovers.sweep_leftovers(before=timezone.now() - _NO_LONGER_RUNNING)
    note_run(LEFTOVERS, found=count, done=count)
