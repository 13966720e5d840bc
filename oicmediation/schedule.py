"""When beat wakes each sweep. A second beat is harmless: the sweeps take what is due, once."""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab

HEARTBEAT = "heartbeat"
LEFTOVERS = "leftovers"

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    HEARTBEAT: {
        "task": "oicmediation.tasks.heartbeat",
        "schedule": 30.0,
        "options": {"expires": 120},
    },
    LEFTOVERS: {
        "task": "oicmediation.tasks.sweep_leftovers",
        "schedule": crontab(hour=1, minute=30),
        "options": {"expires": 60 * 60},
    },
}
