"""The one job of the composition root: to leave a sign that beat, broker and worker all work."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from common.models import SweepRun
from oicmediation.schedule import HEARTBEAT


@shared_task(name="oicmediation.tasks.heartbeat")
def heartbeat() -> None:
    """Write down that a beat reached a worker; `/readyz` reads it."""
    SweepRun.objects.update_or_create(
        name=HEARTBEAT, defaults={"last_committed_at": timezone.now()}
    )
