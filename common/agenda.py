"""The calendar: the entries of every provider of ``common.extensions.calendar``, day by day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from common import dates
from common.extensions import CalendarItem, calendar
from common.worklist import MINE, week_of, weekday

_ONE_DAY = timedelta(days=1)
_MONTH = timedelta(days=31)
#: The months that may be looked at: from the Organisation's first year on.
FIRST_MONTH, LAST_MONTH = date(1969, 1, 1), date(2199, 12, 1)


@dataclass(frozen=True)
class Day:
    """A day of the grid with what falls on it."""

    on: date
    is_of_month: bool
    is_today: bool
    items: list[CalendarItem] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The day in full: Monday 23 November 2026."""
        return weekday(self.on)

    @property
    def hijri(self) -> str:
        """The day in the other calendar, without the year, which the heading tells."""
        return dates.hijri(self.on).rpartition(" ")[0]


def entries(user: Any, first: date, last: date, scope: str = MINE) -> list[CalendarItem]:
    """Return what falls on the days from `first` to `last`, in their order."""
    found = [item for _key, items in calendar for item in items(user, first, last, scope)]
    return sorted(found, key=lambda item: (item.first_day, str(item.label), item.key))


def days_of_month(user: Any, month: date, today: date, scope: str = MINE) -> list[Day]:
    """Return the days of whole weeks, Sunday to Saturday, that hold a month, each with its entries.

    Args:
        user: whose calendar it is.
        month: its first day.
        today: marked.
        scope: ``mine``, or ``unit`` for all that the person oversees.
    """
    first, last = week_of(month)[0], week_of(last_of_month(month))[-1]
    count = (last - first).days + 1
    days = {
        day: Day(day, (day.year, day.month) == (month.year, month.month), day == today)
        for day in (first + n * _ONE_DAY for n in range(count))
    }
    for item in entries(user, first, last, scope):
        day = max(item.first_day, first)
        while day <= min(item.last_day, last):
            days[day].items.append(item)
            day += _ONE_DAY
    return list(days.values())


def last_of_month(month: date) -> date:
    """Return the last day of the month that begins on `month`."""
    following = (month + _MONTH).replace(day=1)
    return following - _ONE_DAY


def month_before(month: date) -> date | None:
    """Return the first day of the month before; None before the years that are told here."""
    return (month - _ONE_DAY).replace(day=1) if month > FIRST_MONTH else None


def month_after(month: date) -> date | None:
    """Return the first day of the month after; None after the years that are told here."""
    return (month + _MONTH).replace(day=1) if month < LAST_MONTH else None
