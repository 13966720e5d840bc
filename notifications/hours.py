"""Quiet hours: pure arithmetic of the clock at the seat of the Secretariat."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings


def end_of_quiet(
    now: datetime, quiet_from: time | None, quiet_until: time | None
) -> datetime | None:
    """Return when the quiet hours in which `now` lies end; None when it lies in none.

    Args:
        now: an instant, in any zone.
        quiet_from: the first quiet minute; hours may run over midnight.
        quiet_until: the first minute that is not quiet any more.
    """
    if quiet_from is None or quiet_until is None:
        return None
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    clock = local.time()
    if quiet_from < quiet_until:
        is_quiet = quiet_from <= clock < quiet_until
    else:
        is_quiet = clock >= quiet_from or clock < quiet_until
    if not is_quiet:
        return None
    day = local.date() if clock < quiet_until else local.date() + timedelta(days=1)
    return datetime.combine(day, quiet_until, tzinfo=local.tzinfo)
