"""Mandates and tasks by the hundred thousand, one in a hundred due; beside a volume of files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import connection, transaction

from benchmarks.volume import Row, Volume, copy_rows, key, versioned
from institutions.models import Resolution

#: The day on which the sweeps are asked what is due.
ON = date(2026, 3, 1)
ONE_IN = 100


@transaction.atomic
def load(volume: Volume) -> None:
    """Write a mandate and a task for each file; needs the register's resolutions.

    Args:
        volume: the files that were written.
    """
    with connection.cursor() as cursor:
        copy_rows(cursor, "cases_mandate", _mandates(volume))
        copy_rows(cursor, "cases_task", _tasks(volume))


def is_due(number: int) -> bool:
    """Tell which of the rows are due."""
    return number % ONE_IN == 0


def _mandates(volume: Volume) -> Iterator[Row]:
    resolution = Resolution.objects.select_related("session").earliest("pk")
    for number, pk in enumerate(volume.ids):
        days = 60 if is_due(number) else 400 + number % 900
        yield {
            "id": key("mandate", number),
            "dispute_id": pk,
            "type": "monitoring",
            "title_en": f"Monitoring at place {number}",
            "state": "active",
            "organ_id": resolution.session.organ_id,
            "session_id": resolution.session_id,
            "resolution_id": resolution.pk,
            "paragraph": "4",
            "adopted_on": ON - timedelta(days=300),
            "starts_on": ON - timedelta(days=300),
            "is_urgent": False,
            "is_reserved_to_adopter": False,
            "is_lead": False,
            "end_kind": "date",
            "ends_on": ON + timedelta(days=days),
            **versioned(),
        }


def _tasks(volume: Volume) -> Iterator[Row]:
    """Yield tasks on hold, of which one in a hundred returns, and as many open ones that fall due."""
    for number, pk in enumerate(volume.ids):
        is_open = is_due(number + ONE_IN // 2)
        days = 0 if is_due(number) else 1 + number % 900
        yield {
            "id": key("task", number),
            "dispute_id": pk,
            "title": f"Ask for the minutes of place {number}",
            "owner_id": volume.tenth.pk,
            "due_on": ON + timedelta(days=1 if is_open else 30 + days),
            "priority": 1,
            "state": "open" if is_open else "on_hold",
            "held_until": None if is_open else ON + timedelta(days=days),
            "told": 0,
            "is_exercise": True,
            **versioned(),
        }
