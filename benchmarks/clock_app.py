"""The house's own workers and beat, in a hurry, and with a wrong clock where one is wanted.

Beat wakes everything every two seconds instead of every one to sixty minutes. ``CLOCK_SHIFT`` sets
the process's clock ahead or behind: all that Python asks of the time, from the start.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import django
import time_machine
from django.conf import settings

from oicmediation.celery import app

WAKES = {"schedule": 2.0, "options": {"expires": 60}}

if settings.CLOCK_SHIFT:
    elsewhere = datetime.now(UTC) + timedelta(seconds=settings.CLOCK_SHIFT)
    time_machine.travel(elsewhere, tick=True).start()

django.setup()
app.conf.beat_schedule = {
    name: {**entry, **WAKES} for name, entry in app.conf.beat_schedule.items()
}
