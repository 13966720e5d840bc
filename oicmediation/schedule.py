"""When beat wakes each sweep. A second beat is harmless: the sweeps take what is due, once."""

from __future__ import annotations

from typing import Any

HEARTBEAT = "heartbeat"

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    HEARTBEAT: {
        "task": "oicmediation.tasks.heartbeat",
        "schedule": 30.0,
        "options": {"expires": 120},
    },
}
