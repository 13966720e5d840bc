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


def note_run(name: str, *, found: int = 0, done: int = 0) -> None:
    """Write down that a sweep has run; health reads from this row that beat and workers live.

    Args:
        name: of the sweep.
        found: how many things were due.
        done: how many of them were dealt with.
    """
    values = {"last_committed_at": Now(), "found": found, "written": done}
    SweepRun.objects.update_or_create(name=name, defaults=values)


def _send(name: str, ids: dict[str, Any]) -> None:
    try:
        current_app.send_task(name, kwargs=ids, ignore_result=True)
    except (OSError, KombuError) as error:
        logger.warning("job %s was not woken: %s", name, error)
