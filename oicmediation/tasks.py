"""The one job of the composition root: to leave a sign that beat, broker and worker all work."""

from __future__ import annotations

from celery import shared_task

from common.jobs import note_run
from oicmediation.schedule import HEARTBEAT


@shared_task(name="oicmediation.tasks.heartbeat")
def heartbeat() -> None:
    """Write down that a beat reached a worker; `/readyz` reads it."""
    note_run(HEARTBEAT)
