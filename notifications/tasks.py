"""The one job of the outbox: to be woken when a mail was queued."""

from __future__ import annotations

from celery import shared_task

from common import sweeps
from notifications.services.telling import DELIVER, DELIVERY


@shared_task(name=DELIVER)
def deliver_mail() -> None:
    """Deliver what is due; woken too often or by two, it finds nothing to do."""
    sweeps.run(sweeps.named(DELIVERY))
