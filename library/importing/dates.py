"""Dates as published sets write them: bounds of what is known, and the words as written.

Never refuses: what cannot be read keeps its words and has no bounds. A part that is missing or
impossible widens the bounds; a date that may be read day first or month first spans both readings.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from common.text import latin_digits
from library.importing.values import known

_YEARS = range(1000, 2101)
_FIRST_YEAR_OF_SETS = 46  # public sets begin in 1946: '46 is 1946, '45 is 2045
_EXCEL_EPOCH = date(1899, 12, 30)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*$")


@dataclass(frozen=True)
class ReadDate:
    """The first and the last day that are meant, both or none, and the cell as written."""

    earliest: date | None
    latest: date | None
    as_written: str


Bounds = tuple[date, date] | None


def read_date(cell: str) -> ReadDate:
    """Return what a cell says about a date; never raises."""
    written = known(cell)
    text = _TIME.sub("", latin_digits(written)).strip()
    for pattern, read in _FORMS:
        if match := pattern.fullmatch(text):
            earliest, latest = read(*match.groups()) or (None, None)
            return ReadDate(earliest, latest, written)
    return ReadDate(None, None, written)


def _whole(year: int, month: int | None = None, day: int | None = None) -> Bounds:
    """Return the narrowest true bounds: the day, else its month, else its year, else nothing."""
    if year not in _YEARS:
        return None
    if month is None or not 1 <= month <= 12:
        return date(year, 1, 1), date(year, 12, 31)
    last = monthrange(year, month)[1]
    if day is None or not 1 <= day <= last:
        return date(year, month, 1), date(year, month, last)
    return date(year, month, day), date(year, month, day)


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (1900 if year >= _FIRST_YEAR_OF_SETS else 2000)


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _iso(year: str, month: str | None, day: str | None) -> Bounds:
    return _whole(int(year), _number(month), _number(day))


def _slashed(first: str, second: str, year: str) -> Bounds:
    """Read ``4/21/77``, ``21/4/1977``, ``1//75``: month first unless that is impossible."""
    month_first = (_number(first), _number(second))
    day_first = (_number(second), _number(first))
    readings = [
        _whole(_year(year), month, day)
        for month, day in {month_first, day_first}
        if month is not None and 1 <= month <= 12 and (day is None or 1 <= day <= 31)
    ]
    if not first or not second:
        readings = [_whole(_year(year), *month_first)]
    return _span([bounds for bounds in readings if bounds]) or _whole(_year(year))


def _span(readings: list[tuple[date, date]]) -> Bounds:
    if not readings:
        return None
    return min(first for first, _ in readings), max(last for _, last in readings)


def _dotted(day: str, month: str, year: str) -> Bounds:
    return _whole(_year(year), int(month), int(day))


def _day_worded(day: str | None, month: str, year: str) -> Bounds:
    return _whole(int(year), _MONTHS.get(month[:3].lower(), 0), _number(day))


def _month_worded(month: str, day: str, year: str) -> Bounds:
    return _day_worded(day, month, year)


def _serial(days: str) -> Bounds:
    """Read a day counted by a spreadsheet from 30 December 1899."""
    day = _EXCEL_EPOCH + timedelta(days=int(days))
    return (day, day) if day.year in _YEARS else None


_FORMS: tuple[tuple[re.Pattern[str], Callable[..., Bounds]], ...] = tuple(
    (re.compile(pattern, re.ASCII), read)
    for pattern, read in (
        (r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?", _iso),
        (r"(\d{0,2})[/-](\d{0,2})[/-](\d{4}|\d{2})", _slashed),
        (r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})", _dotted),
        (r"(?:(\d{1,2})(?:st|nd|rd|th)? +)?([A-Za-z]{3,9})\.?,? +(\d{4})", _day_worded),
        (r"([A-Za-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})", _month_worded),
        (r"(\d{5})(?:\.\d+)?", _serial),
    )
)
