"""Dates as the Secretariat writes them: Gregorian with Hijri beside; imprecise ones by bounds."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.utils import formats
from django.utils.translation import get_language, pgettext
from hijridate import Gregorian

FIRST_HIJRI_DAY = date(1924, 8, 1)
LAST_HIJRI_DAY = date(2077, 11, 16)


def hijri_month_names() -> tuple[str, ...]:
    """Return the twelve months in the reader's language."""
    return (
        pgettext("Hijri month", "Muharram"),
        pgettext("Hijri month", "Safar"),
        pgettext("Hijri month", "Rabi I"),
        pgettext("Hijri month", "Rabi II"),
        pgettext("Hijri month", "Jumada I"),
        pgettext("Hijri month", "Jumada II"),
        pgettext("Hijri month", "Rajab"),
        pgettext("Hijri month", "Shaban"),
        pgettext("Hijri month", "Ramadan"),
        pgettext("Hijri month", "Shawwal"),
        pgettext("Hijri month", "Dhu al-Qadah"),
        pgettext("Hijri month", "Dhu al-Hijjah"),
    )


def hijri(day: date) -> str:
    """Return the Umm al-Qura date in words, or nothing outside the calendar's range (1343–1500 AH)."""
    if not FIRST_HIJRI_DAY <= day <= LAST_HIJRI_DAY:
        return ""
    value = Gregorian(day.year, day.month, day.day).to_hijri()
    return f"{value.day} {hijri_month_names()[value.month - 1]} {value.year}"


def gregorian(day: date) -> str:
    """Return the date in words in the reader's language; French writes the first day 1er."""
    return _gregorian(day, get_language() or "")


@lru_cache(maxsize=4096)
def _gregorian(day: date, language: str) -> str:
    text = formats.date_format(day, "DATE_FORMAT")
    if day.day == 1 and language.startswith("fr"):
        return text.replace("1 ", "1er ", 1)
    return text


def both(day: date) -> str:
    """Return the date in both calendars, Hijri first in Arabic."""
    pair = [gregorian(day), hijri(day)]
    if (get_language() or "en").startswith("ar"):
        pair.reverse()
    return " · ".join(part for part in pair if part)
