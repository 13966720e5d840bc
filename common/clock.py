"""Today in Jeddah, in SQL: rights begin and end on the database's clock, not on a web server's."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Func


class Today(Func):
    """The current day at the seat of the General Secretariat, computed by the database."""

    template = "(now() AT TIME ZONE '%(zone)s')::date"
    output_field = models.DateField()

    def as_sql(self, *args: Any, **extra: Any) -> Any:
        return super().as_sql(*args, zone=settings.TIME_ZONE, **extra)


class TimeOfDay(Func):
    """The present time of day at the seat of the General Secretariat, computed by the database."""

    template = "(now() AT TIME ZONE '%(zone)s')::time"
    output_field = models.TimeField()

    def as_sql(self, *args: Any, **extra: Any) -> Any:
        return super().as_sql(*args, zone=settings.TIME_ZONE, **extra)
