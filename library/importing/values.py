"""Cells made clean, and refused with the column's name where that cannot be done."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from library.choices import LEVELS

_UNKNOWN = frozenset({"", "na", "n/a", "nan", "null", "-99", "-99.0", "."})
_WHOLE = re.compile(r"(-?\d+)(?:\.0+)?", re.ASCII)
_ISO3 = re.compile(r"[A-Z]{3}")
_SPACE = re.compile(r"\s+")
_LINE_END = re.compile(r"\r\n?")


class BadValue(Exception):
    """A cell that cannot be taken; the message names column and value."""


def known(cell: str) -> str:
    """Return a cell without stray spaces at its edges; nothing where it is marked as missing."""
    text = unicodedata.normalize("NFC", cell).strip().strip("\ufeff\u200b").strip()
    return "" if text.casefold() in _UNKNOWN else text


def one_line(cell: str) -> str:
    """Return a name or a title on one line."""
    return _SPACE.sub(" ", known(cell))


def paragraphs(cell: str) -> str:
    """Return a longer text with its lines, each without spaces at the end."""
    return "\n".join(line.rstrip() for line in _LINE_END.sub("\n", known(cell)).split("\n"))


def code(column: str, cell: str, limit: int = 40) -> str:
    """Return a short code; a number that a spreadsheet made a decimal is whole again.

    Raises:
        BadValue: it is longer than any code.
    """
    text = one_line(cell)
    if len(text) > limit:
        raise BadValue(
            _("%(column)s: “%(value)s…” is longer than %(limit)d characters")
            % {"column": column, "value": text[:20], "limit": limit}
        )
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else text


def iso3(column: str, cell: str) -> str:
    """Return a country's code of three letters, or nothing.

    Raises:
        BadValue: it is something else.
    """
    text = known(cell)
    if text and not _ISO3.fullmatch(text.upper()):
        raise BadValue(
            _("%(column)s: “%(value)s” is not a code of three letters")
            % {"column": column, "value": text[:20]}
        )
    return text.upper()


def level(column: str, cell: str) -> int:
    """Return how far a provision goes, 0 where it is absent or not coded.

    Raises:
        BadValue: it is no whole number from 0 to 3.
    """
    text = known(cell)
    whole = _WHOLE.fullmatch(text)
    value = int(whole[1]) if whole and len(text) < 10 else -1
    if text and value not in (0, *LEVELS):
        raise BadValue(
            _("%(column)s: “%(value)s” is not a level from 0 to 3")
            % {"column": column, "value": text[:20]}
        )
    return value if text else 0
