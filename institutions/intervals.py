"""Imprecise dates: read from a source's writing, compared by their bounds, said in words."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.dates import gregorian, hijri

_FORM = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
Bounds = tuple[date | None, date | None]


def parse_bounds(text: str) -> Bounds:
    """Return the earliest and the latest day that a date of a source may mean.

    ``1980`` is a year, ``1980-01`` a month, ``1980-01-15`` a day, ``1984-03..1984-04`` a span,
    ``..2017-11-21`` "by that day", ``2017-11-21..`` "not before that day", nothing "not known".

    Raises:
        ValueError: the text is none of these.
    """
    if not text:
        return None, None
    first, dots, last = text.partition("..")
    if not dots:
        return _whole(text)
    if not first and not last:
        raise ValueError(text)
    earliest = _whole(first)[0] if first else None
    latest = _whole(last)[1] if last else None
    if earliest and latest and earliest > latest:
        raise ValueError(text)
    return earliest, latest


def _whole(text: str) -> tuple[date, date]:
    found = _FORM.match(text)
    if found is None:
        raise ValueError(text)
    year, month, day = (int(part or 0) for part in found.groups())
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if not day:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def in_words(earliest: date | None, latest: date | None) -> str:
    """Return an imprecise date in the reader's language; nothing when it is not known."""
    if earliest is None:
        return _("%(date)s or earlier") % {"date": gregorian(latest)} if latest else ""
    if latest is None:
        return _("%(date)s or later") % {"date": gregorian(earliest)}
    if earliest == latest:
        return gregorian(earliest)
    if (earliest, latest) == _whole(f"{earliest.year:04d}"):
        return str(earliest.year)
    if (earliest, latest) == _whole(f"{earliest:%Y-%m}"):
        return formats.date_format(earliest, "YEAR_MONTH_FORMAT")
    return _("between %(first)s and %(last)s") % {
        "first": gregorian(earliest),
        "last": gregorian(latest),
    }


def span(first: str, last: str) -> str:
    """Return two written days as one span; what they share is said once: 10–11 July 2017.

    Both calendars write the day's number first in all three languages.
    """
    if first == last:
        return first
    number, _space, rest = first.partition(" ")
    if rest and rest == last.partition(" ")[2]:
        return f"{number}–{last}"
    return f"{first} – {last}"


def both_spans(first: date, last: date) -> list[str]:
    """Return a span of days in both calendars, Hijri first in Arabic, as the OIC prints them."""
    spans = [span(gregorian(first), gregorian(last)), span(hijri(first), hijri(last))]
    if (get_language() or "en").startswith("ar"):
        spans.reverse()
    return [words for words in spans if words]
