"""Imprecise dates: read, compared by their bounds, said in words."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from institutions.intervals import both_spans, in_words, parse_bounds, span


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("", None, None),
        ("1980", date(1980, 1, 1), date(1980, 12, 31)),
        ("1980-02", date(1980, 2, 1), date(1980, 2, 29)),
        ("2012-08-15", date(2012, 8, 15), date(2012, 8, 15)),
        ("1984-03..1984-04", date(1984, 3, 1), date(1984, 4, 30)),
        ("..2017-11-21", None, date(2017, 11, 21)),
        ("2017-11-21..", date(2017, 11, 21), None),
    ],
)
def test_bounds_of_a_written_date(text: str, earliest: date | None, latest: date | None) -> None:
    assert parse_bounds(text) == (earliest, latest)


@pytest.mark.parametrize(
    "text", ["soon", "1980-13", "1980-02-30", "..", "1984-04..1984-03", "80", "1//75"]
)
def test_bounds_refuse_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the sentence is the caller's
        parse_bounds(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("1980", "1980"),
        ("1989-03", "March 1989"),
        ("..2017-11-21", "21 November 2017 or earlier"),
        ("2017-11-21..", "21 November 2017 or later"),
        ("1984-03..1984-04", "between 1 March 1984 and 30 April 1984"),
    ],
)
def test_bounds_in_words(text: str, words: str) -> None:
    with translation.override("en"):
        assert in_words(*parse_bounds(text)) == words


def test_bounds_in_words_of_one_day() -> None:
    with translation.override("en"):
        assert in_words(*parse_bounds("2012-08-15")) == "15 August 2012"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("10 July 2017", "11 July 2017", "10–11 July 2017"),
        ("31 May 2019", "1 June 2019", "31 May 2019 – 1 June 2019"),
        ("1 May 2018", "1 May 2018", "1 May 2018"),
        ("", "", ""),
    ],
)
def test_span_says_once_what_its_ends_share(first: str, last: str, words: str) -> None:
    assert span(first, last) == words


def test_span_in_both_calendars_puts_hijri_first_in_arabic() -> None:
    days = date(2017, 7, 10), date(2017, 7, 11)

    with translation.override("en"):
        assert both_spans(*days) == ["10–11 July 2017", "16–17 Shawwal 1438"]
    with translation.override("ar"):
        assert both_spans(*days)[0].endswith("1438")
