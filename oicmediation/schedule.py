"""When beat wakes what runs by the clock. A second beat is harmless: what is due is taken once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from common import sweeps
from common.tasks import RUN_SWEEP

HEARTBEAT = "heartbeat"
#: So long ago that a beat that has just begun wakes everything at once: it catches up.
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def beat_schedule() -> dict[str, dict[str, Any]]:
    """Return beat's entries for all that the apps have registered.

    A wake that no worker took before the next one is due expires: nothing piles up.
    """
    schedule: dict[str, dict[str, Any]] = {
        HEARTBEAT: {
            "task": "oicmediation.tasks.heartbeat",
            "schedule": 30.0,
            "options": {"expires": 120},
        },
    }
    for entry in sweeps.registered():
        seconds = entry.every * 60.0
        schedule[entry.name] = {
            "task": RUN_SWEEP,
            "schedule": seconds,
            "kwargs": {"name": entry.name},
            "options": {"expires": seconds},
            "last_run_at": _LONG_AGO,
        }
    return schedule
