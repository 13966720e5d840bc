"""The working calendar: holidays added and removed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from common.changes import lock
from common.errors import Refused
from common.policy import require
from institutions.models import Holiday
from institutions.services.base import change_and_keep, create

MANAGE = "institutions.manage_holidays"


@transaction.atomic
def add_holiday(
    *,
    actor: Any,
    starts_on: date,
    ends_on: date,
    kind: str,
    source: str = "",
    **names: str,
) -> Holiday:
    """Add days on which the house does not work, in the actor's world.

    Args:
        actor: who keeps the calendar.
        starts_on: first day.
        ends_on: last day.
        kind: a value of ``HolidayKind``; on days of mourning no reminder leaves the house (N2).
        source: the circular or decision.
        names: ``name_en``, ``name_fr``, ``name_ar``; one at least.

    Raises:
        NotPermitted: the person does not keep the calendar.
        ValidationError: the days are out of order, or the holiday stands in the calendar already.
    """
    require(actor, MANAGE)
    holiday: Holiday = create(
        Holiday(
            starts_on=starts_on,
            ends_on=ends_on,
            kind=kind,
            source=source,
            is_exercise=actor.is_exercise,
            **names,
        )
    )
    record(actor=actor, verb="institutions.holiday_added", target=holiday)
    return holiday


@transaction.atomic
def remove_holiday(*, actor: Any, holiday: Holiday, version: int | None = None) -> Holiday:
    """Take a holiday out of the calendar; the row stays, so that the data do not bring it back.

    Args:
        actor: who keeps the calendar.
        holiday: the holiday.
        version: the version that the person had before them.

    Raises:
        NotPermitted: the person does not keep the calendar of this world.
        Refused: it was removed already.
        Stale: somebody else changed it meanwhile.
    """
    holiday = lock(holiday, version=version)
    require(actor, MANAGE, holiday)
    if holiday.is_removed:
        raise Refused("holiday_removed_already", _("This holiday was removed already."))
    changes = change_and_keep(holiday, {"is_removed": True})
    record(actor=actor, verb="institutions.holiday_removed", target=holiday, changes=changes)
    return holiday
