"""The working calendar of the General Secretariat: Sunday to Thursday, holidays as data.

Every function is given its dates; none asks what day it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from institutions.choices import HolidayKind
from institutions.models import Holiday

FRIDAY, SATURDAY = 4, 5
WEEKEND = frozenset({FRIDAY, SATURDAY})
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """The days on which the house rests, besides Friday and Saturday.

    Args:
        rest_days: holidays and days of mourning.
        mourning_days: those of them on which no reminder leaves the house (rule N2).
    """

    rest_days: frozenset[date] = frozenset()
    mourning_days: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Tell whether the house works on `day`."""
        return day.weekday() not in WEEKEND and day not in self.rest_days

    def is_mourning(self, day: date) -> bool:
        """Tell whether `day` is one of national mourning."""
        return day in self.mourning_days

    def add_working_days(self, day: date, count: int) -> date:
        """Return the day that lies `count` working days after `day`; `day` itself never counts.

        Args:
            day: where counting begins.
            count: 0 or more; 0 gives `day` itself when the house works, else the next such day.
        """
        if count == 0:
            return day if self.is_working_day(day) else self.add_working_days(day, 1)
        while count:
            day += _ONE_DAY
            count -= self.is_working_day(day)
        return day

    def working_day_before(self, day: date) -> date:
        """Return `day` when the house works on it, otherwise the last working day before it."""
        while not self.is_working_day(day):
            day -= _ONE_DAY
        return day

    def working_days_between(self, first: date, end: date) -> int:
        """Return how many working days lie from `first` to the day before `end`."""
        days = (first + timedelta(days=offset) for offset in range((end - first).days))
        return sum(self.is_working_day(day) for day in days)


def working_calendar(*, is_exercise: bool = False) -> WorkingCalendar:
    """Return the calendar of a world, read from the register; the exercise adds days of its own."""
    world = Q() if is_exercise else Q(is_exercise=False)
    rest: set[date] = set()
    mourning: set[date] = set()
    rows = Holiday.objects.in_force().filter(world)
    for starts_on, ends_on, kind in rows.values_list("starts_on", "ends_on", "kind"):
        days = {starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days + 1)}
        rest |= days
        if kind == HolidayKind.MOURNING:
            mourning |= days
    return WorkingCalendar(frozenset(rest), frozenset(mourning))


def add_working_days(day: date, count: int, *, is_exercise: bool = False) -> date:
    """Return the day `count` working days after `day`, by the register's holidays."""
    return working_calendar(is_exercise=is_exercise).add_working_days(day, count)


def working_day_before(day: date, *, is_exercise: bool = False) -> date:
    """Return `day` or the last working day before it (Rule M5, domain.md: T-90 moves so)."""
    return working_calendar(is_exercise=is_exercise).working_day_before(day)


def rests_on(day: date, *, is_exercise: bool = False) -> bool:
    """Tell whether the house rests on a day, by the register's holidays (``extensions.rest_days``)."""
    return not working_calendar(is_exercise=is_exercise).is_working_day(day)
