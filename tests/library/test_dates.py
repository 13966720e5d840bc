"""The reader of dates: bounds of what is known, never an error."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.importing.dates import read_date


@pytest.mark.parametrize(
    ("cell", "earliest", "latest"),
    [
        ("2016-09-22", date(2016, 9, 22), date(2016, 9, 22)),
        (" 2016-09-22 00:00:00 ", date(2016, 9, 22), date(2016, 9, 22)),
        ("2016-09", date(2016, 9, 1), date(2016, 9, 30)),
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016/9/2", date(2016, 9, 2), date(2016, 9, 2)),
        ("٢٠١٦-٠٩-٢٢", date(2016, 9, 22), date(2016, 9, 22)),
        ("4/21/77", date(1977, 4, 21), date(1977, 4, 21)),
        ("21/4/1977", date(1977, 4, 21), date(1977, 4, 21)),
        ("21-04-1977", date(1977, 4, 21), date(1977, 4, 21)),
        ("21.4.05", date(2005, 4, 21), date(2005, 4, 21)),
        ("21 April 1977", date(1977, 4, 21), date(1977, 4, 21)),
        ("April 21st, 1977", date(1977, 4, 21), date(1977, 4, 21)),
        ("Apr. 1977", date(1977, 4, 1), date(1977, 4, 30)),
        ("33284", date(1991, 2, 15), date(1991, 2, 15)),
        ("33284.0", date(1991, 2, 15), date(1991, 2, 15)),
    ],
)
def test_date_of_each_written_form_is_read(cell, earliest, latest):
    read = read_date(cell)

    assert (read.earliest, read.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("cell", "earliest", "latest"),
    [
        ("1//75", date(1975, 1, 1), date(1975, 1, 31)),
        ("/21/77", date(1977, 1, 1), date(1977, 12, 31)),
        ("//75", date(1975, 1, 1), date(1975, 12, 31)),
        ("2016-02-31", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016-13-01", date(2016, 1, 1), date(2016, 12, 31)),
        ("13/13/99", date(1999, 1, 1), date(1999, 12, 31)),
    ],
)
def test_missing_or_impossible_part_widens_the_bounds(cell, earliest, latest):
    read = read_date(cell)

    assert (read.earliest, read.latest) == (earliest, latest)
    assert read.as_written == cell


def test_date_readable_both_ways_spans_both_readings():
    read = read_date("3/4/1999")

    assert (read.earliest, read.latest) == (date(1999, 3, 4), date(1999, 4, 3))


@pytest.mark.parametrize("cell", ["", "NA", "-99", " na "])
def test_missing_date_has_neither_bounds_nor_words(cell):
    read = read_date(cell)

    assert (read.earliest, read.latest, read.as_written) == (None, None, "")


@pytest.mark.parametrize("cell", ["some time in spring", "0000-01-01", "99999", "Smarch 1, 1999x"])
def test_unreadable_date_keeps_its_words(cell):
    read = read_date(cell)

    assert (read.earliest, read.latest, read.as_written) == (None, None, cell)


_DIGITS = st.text(alphabet="0123456789", max_size=5)
_DATE_LIKE = st.builds(
    lambda first, a, second, b, third: f"{first}{a}{second}{b}{third}",
    _DIGITS,
    st.sampled_from(["-", "/", ".", " ", " April "]),
    _DIGITS,
    st.sampled_from(["-", "/", ".", ", ", " of "]),
    _DIGITS,
)


@given(st.one_of(st.text(), _DIGITS, _DATE_LIKE))
def test_any_cell_is_read_without_error_and_with_ordered_bounds(cell):
    read = read_date(cell)

    assert (read.earliest is None) == (read.latest is None)
    assert read.earliest is None or read.earliest <= read.latest


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2100, 12, 31)))
def test_iso_date_is_read_as_itself(day):
    assert read_date(day.isoformat()).earliest == read_date(day.isoformat()).latest == day
