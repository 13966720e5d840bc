"""What the sweeps are held against: a job of its own for each row that is due."""

from __future__ import annotations

from celery import shared_task
from django.db import transaction

from cases.choices import TaskState
from cases.models import Task

RETURN_ONE = "benchmarks.per_row.return_one"


@shared_task(name=RETURN_ONE)
def return_one(pk: str) -> None:
    """Take one task off hold."""
    with transaction.atomic():
        task = Task.objects.select_for_update().get(pk=pk)
        task.state, task.held_until = TaskState.OPEN, None
        task.save(update_fields=["state", "held_until"])
