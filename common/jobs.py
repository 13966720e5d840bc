"""Run later: a job is woken after commit; what is due stands in the database, not in the queue."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from celery import current_app
from django.db import transaction
from django.db.models.functions import Now
from kombu.exceptions import KombuError

from common.models import SweepRun

logger = logging.getLogger(__name__)


def enqueue(name: str, **ids: Any) -> None:
    """Wake the task `name` with ids only, once the surrounding transaction has committed.

    A broker that is away is logged and not an error: the next sweep finds what is due.
    """
    transaction.on_commit(partial(_send, name, ids))


def note_run(name: str) -> None:
    """Write down that a worker was woken; health reads from this row that beat and workers live."""
    SweepRun.objects.update_or_create(name=name, defaults={"last_committed_at": Now()})


def _send(name: str, ids: dict[str, Any]) -> None:
    try:
        current_app.send_task(name, kwargs=ids, ignore_result=True)
    except (OSError, KombuError) as error:
        logger.warning("job %s was not woken: %s", name, error)
