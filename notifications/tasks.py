"""The one job of the outbox: to be woken."""

from __future__ import annotations

from celery import shared_task

from common.jobs import note_run
from notifications.services.delivery import deliver_due
from notifications.services.telling import DELIVER


@shared_task(name=DELIVER)
def deliver_mail() -> None:
    """Deliver what is due, and leave the sign that somebody did."""
    done = deliver_due()
    note_run("notifications.deliver_mail", found=done.found, done=done.sent)
