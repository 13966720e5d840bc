"""The working calendar: Sunday to Thursday, holidays as data, two worlds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.calendar import (
    WorkingCalendar,
    add_working_days,
    working_calendar,
    working_day_before,
)
from institutions.choices import HolidayKind
from tests.factories.institutions import HolidayFactory

SUNDAY = date(2026, 11, 1)
THURSDAY, FRIDAY, SATURDAY = date(2026, 11, 5), date(2026, 11, 6), date(2026, 11, 7)
PLAIN = WorkingCalendar()


def test_week_runs_from_sunday_to_thursday() -> None:
    week = [SUNDAY + timedelta(days=n) for n in range(7)]

    assert [PLAIN.is_working_day(day) for day in week] == [True] * 5 + [False] * 2


def test_adding_steps_over_the_weekend() -> None:
    assert PLAIN.add_working_days(THURSDAY, 1) == date(2026, 11, 8)
    assert PLAIN.add_working_days(SUNDAY, 14) == date(2026, 11, 19)


def test_adding_nothing_gives_the_day_or_the_next_working_one() -> None:
    assert PLAIN.add_working_days(THURSDAY, 0) == THURSDAY
    assert PLAIN.add_working_days(FRIDAY, 0) == date(2026, 11, 8)


def test_day_before_moves_back_from_a_day_off() -> None:
    assert PLAIN.working_day_before(SATURDAY) == THURSDAY
    assert PLAIN.working_day_before(THURSDAY) == THURSDAY


def test_days_between_count_the_first_and_not_the_last() -> None:
    assert PLAIN.working_days_between(SUNDAY, date(2026, 11, 8)) == 5
    assert PLAIN.working_days_between(SUNDAY, SUNDAY) == 0


days = st.dates(date(2020, 1, 1), date(2035, 1, 1))
rests = st.frozensets(st.dates(date(2020, 1, 1), date(2035, 1, 1)), max_size=40)


@given(days, st.integers(1, 60), rests)
def test_adding_lands_on_the_working_day_so_many_further(
    day: date, count: int, rest: frozenset[date]
) -> None:
    calendar = WorkingCalendar(rest)
    end = calendar.add_working_days(day, count)

    assert calendar.is_working_day(end)
    assert calendar.working_days_between(day + timedelta(days=1), end + timedelta(days=1)) == count


@pytest.mark.django_db
def test_calendar_reads_holidays_of_its_world() -> None:
    HolidayFactory(starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 3))
    HolidayFactory(starts_on=date(2026, 11, 4), is_exercise=True)
    HolidayFactory(starts_on=date(2026, 11, 5), is_removed=True)

    assert add_working_days(SUNDAY, 1) == date(2026, 11, 4)
    assert add_working_days(SUNDAY, 1, is_exercise=True) == date(2026, 11, 5)
    assert working_day_before(date(2026, 11, 3)) == SUNDAY
    assert working_day_before(date(2026, 11, 4), is_exercise=True) == SUNDAY


@pytest.mark.django_db
def test_calendar_tells_days_of_mourning() -> None:
    HolidayFactory(
        starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 4), kind=HolidayKind.MOURNING
    )
    HolidayFactory(starts_on=date(2026, 11, 10))
    calendar = working_calendar()

    assert calendar.is_mourning(date(2026, 11, 3))
    assert not calendar.is_mourning(date(2026, 11, 10))
    assert not calendar.is_working_day(date(2026, 11, 10))
