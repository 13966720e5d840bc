"""The shape of the reference data: which file holds which columns, and how each cell is read.

Nothing here touches the database. A fault names file, line, column and what to do.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from institutions.choices import (
    ActorKind,
    Confidence,
    HolidayKind,
    Membership,
    OrganTier,
    SessionKind,
    SessionStatus,
)
from institutions.intervals import parse_bounds
from institutions.references import parse

Reader = Callable[[str], tuple[Any, ...]]


@dataclass(frozen=True)
class Column:
    """One column of a file.

    Args:
        name: as in the file's first line.
        read: turns a cell into one value per entry of `into`; a ValueError carries what to do.
        into: the fields it fills; the column's own name when empty.
        is_needed: an empty cell is a fault.
    """

    name: str
    read: Reader
    into: tuple[str, ...] = ()
    is_needed: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that the column fills."""
        return self.into or (self.name,)


@dataclass(frozen=True)
class DataRow:
    """One line of a file, read."""

    file: str
    line: int
    values: dict[str, Any]


class BrokenFile(Exception):
    """A data file cannot be used; `faults` say where and what to do."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def fault(file: str, line: int, column: str, what: str) -> str:
    """Return the sentence for one fault."""
    return _("%(file)s, line %(line)d, column %(column)s: %(what)s") % {
        "file": file,
        "line": line,
        "column": column,
        "what": what,
    }


# Cells ------------------------------------------------------------------------------------------


def text(cell: str) -> tuple[str]:
    """Read a text as it stands."""
    return (cell,)


def code_or_null(cell: str) -> tuple[str | None]:
    """Read a unique code that may be missing."""
    return (cell or None,)


def whole_number(cell: str) -> tuple[int | None]:
    """Read a whole number."""
    if cell and not (cell.isascii() and cell.isdigit()):
        raise ValueError(_("Write a whole number in figures."))
    return (int(cell) if cell else None,)


def yes_no(cell: str) -> tuple[bool | None]:
    """Read yes, no, or nothing for "not known"."""
    answers = {"yes": True, "no": False, "": None}
    if cell not in answers:
        raise ValueError(_("Write yes or no."))
    return (answers[cell],)


def day(cell: str) -> tuple[date | None]:
    """Read a day."""
    try:
        return (date.fromisoformat(cell) if cell else None,)
    except ValueError as error:
        raise ValueError(_("Write the day as year-month-day, for instance 2018-05-06.")) from error


def bounds(cell: str) -> tuple[date | None, date | None]:
    """Read a date as precise as it is known."""
    try:
        return parse_bounds(cell)
    except ValueError as error:
        raise ValueError(
            _(
                "Write a year, a month, a day or a span, for instance 1980, 1980-01, "
                "1980-01-15 or 1984-03..1984-04."
            )
        ) from error


def reference(cell: str) -> tuple[int, int, str]:
    """Read the reference of a resolution into number, session and tag."""
    found = parse(cell)
    if found is None:
        raise ValueError(_("Write the reference like 53/45-POL or 45/10-P(IS)."))
    return found.number, found.session, found.tag


def session_key(cell: str) -> tuple[tuple[str, str, int] | None]:
    """Read a session as organ/kind/number."""
    if not cell:
        return (None,)
    organ, _slash, rest = cell.partition("/")
    kind, _slash, number = rest.partition("/")
    if kind not in SessionKind.values or not number.isdigit():
        raise ValueError(_("Write organ/kind/number, for instance CFM/extraordinary/20."))
    return ((organ, kind, int(number)),)


def one_of(choices: type[models.TextChoices]) -> Reader:
    """Return a reader of one of the choices' machine names."""

    def read(cell: str) -> tuple[str]:
        if cell and cell not in choices.values:
            raise ValueError(
                _("Write one of these: %(choices)s.") % {"choices": ", ".join(choices.values)}
            )
        return (cell,)

    return read


# Files ------------------------------------------------------------------------------------------


def _texts(*stems: str) -> tuple[Column, ...]:
    return tuple(Column(f"{stem}_{code}", text) for stem in stems for code in ("en", "fr", "ar"))


_SOURCE = (
    Column("source", text, is_needed=True),
    Column("confidence", one_of(Confidence), is_needed=True),
)
_INTERVAL = (
    Column("from", bounds, ("from_earliest", "from_latest")),
    Column("from_as_written", text),
    Column("to", bounds, ("to_earliest", "to_latest")),
    Column("to_as_written", text),
)
_CODE = Column("code", text, is_needed=True)
_KIND = Column("kind", one_of(ActorKind), is_needed=True)
_POSITION = Column("position", whole_number, is_needed=True)

FILES: dict[str, tuple[Column, ...]] = {
    "actors.csv": (_KIND, _CODE, *_texts("name"), *_SOURCE),
    "states.csv": (
        _CODE,
        Column("iso_alpha2", code_or_null),
        Column("iso_alpha3", code_or_null),
        Column("iso_numeric", code_or_null),
        *_texts("name", "official_name"),
        Column("joined_year", whole_number),
        Column("joined_otherwise", text),
        Column("is_un_member", yes_no),
        *_SOURCE,
    ),
    "organs.csv": (
        _CODE,
        _POSITION,
        Column("tier", one_of(OrganTier), is_needed=True),
        Column("rank", whole_number, is_needed=True),
        Column("abbreviation", text),
        *_texts("name"),
        *(
            Column(name, yes_no, is_needed=True)
            for name in ("may_adopt_mandate", "may_adopt_urgent", "may_task", "may_appoint")
        ),
        *_texts("meets", "note"),
        *_SOURCE,
    ),
    "offices.csv": (_CODE, _POSITION, Column("organ", text), *_texts("name"), *_SOURCE),
    "sessions.csv": (
        Column("organ", text, is_needed=True),
        Column("kind", one_of(SessionKind), is_needed=True),
        Column("number", whole_number),
        Column("joint_with", text),
        Column("status", one_of(SessionStatus), is_needed=True),
        Column("starts_on", day),
        Column("ends_on", day),
        Column("dates_as_written", text),
        *_texts("city"),
        Column("country", text),
        *_texts("theme"),
        *_SOURCE,
    ),
    "membership_statuses.csv": (
        _KIND,
        _CODE,
        Column("status", one_of(Membership), is_needed=True),
        *_INTERVAL,
        Column("decided_at", session_key),
        *_SOURCE,
    ),
    "dated_names.csv": (_KIND, _CODE, *_texts("name", "official_name"), *_INTERVAL, *_SOURCE),
    "regional_groups.csv": (_CODE, _POSITION, *_texts("name"), *_SOURCE),
    "regional_group_memberships.csv": (
        Column("state", text, is_needed=True),
        Column("group", text, is_needed=True),
        Column("valid_from", day),
        Column("valid_to", day),
        *_SOURCE,
    ),
    "office_holdings.csv": (
        Column("office", text, is_needed=True),
        Column("holder_kind", one_of(ActorKind)),
        Column("holder_code", text),
        Column("holder_name", text),
        *_INTERVAL,
        Column("verified_to", day),
        *_SOURCE,
    ),
    "resolutions.csv": (
        Column("organ", text, is_needed=True),
        Column("kind", one_of(SessionKind), is_needed=True),
        Column("reference", reference, ("number", "session_number", "tag"), is_needed=True),
        *_texts("title"),
        Column("adopted_on", day),
        Column("url", text),
        *_SOURCE,
    ),
    "recommendations.csv": (
        Column("number", text, is_needed=True),
        _POSITION,
        *_texts("text"),
        *_SOURCE,
    ),
    "glossary.csv": (
        Column("key", text, is_needed=True),
        Column("domain", text, is_needed=True),
        *_texts("term"),
        *_SOURCE,
    ),
    "holidays.csv": (
        Column("starts_on", day, is_needed=True),
        Column("ends_on", day, is_needed=True),
        Column("kind", one_of(HolidayKind), is_needed=True),
        *_texts("name"),
        *_SOURCE,
    ),
}


def read_files(folder: Path) -> dict[str, list[DataRow]]:
    """Return the rows of every data file in a folder.

    Raises:
        BrokenFile: one or more cannot be read; every fault found is named.
    """
    faults: list[str] = []
    rows = {name: _read_file(folder / name, FILES[name], faults) for name in FILES}
    if faults:
        raise BrokenFile(faults)
    return rows


def _read_file(path: Path, columns: tuple[Column, ...], faults: list[str]) -> list[DataRow]:
    try:
        content = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        faults.append(_("%(file)s is missing: put it back.") % {"file": path.name})
        return []
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        faults.append(fault(path.name, line, "–", _("Save the file in UTF-8.")))
        return []
    try:
        return _read_lines(path.name, content, columns, faults)
    except csv.Error as error:
        faults.append(_("%(file)s is no CSV file: %(why)s") % {"file": path.name, "why": error})
        return []


def _read_lines(
    file: str, content: str, columns: tuple[Column, ...], faults: list[str]
) -> list[DataRow]:
    lines = csv.reader(content.splitlines(keepends=True), strict=True)
    heading = next(lines, [])
    expected = [column.name for column in columns]
    if heading != expected:
        faults.append(_heading_fault(file, heading, expected))
        return []
    rows = []
    for cells in lines:
        if len(cells) != len(expected):
            what = _("The line has %(found)d cells, not %(expected)d: check commas and quotes.") % {
                "found": len(cells),
                "expected": len(expected),
            }
            faults.append(fault(file, lines.line_num, "–", what))
            continue
        values = _read_cells(file, lines.line_num, columns, cells, faults)
        rows.append(DataRow(file, lines.line_num, values))
    return rows


def _heading_fault(file: str, heading: list[str], expected: list[str]) -> str:
    missing = [name for name in expected if name not in heading]
    unknown = [name for name in heading if name not in expected]
    column = (missing or unknown or heading or ["–"])[0]
    what = _("The first line must read: %(columns)s.") % {"columns": ",".join(expected)}
    return fault(file, 1, column, what)


def _read_cells(
    file: str, line: int, columns: tuple[Column, ...], cells: list[str], faults: list[str]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column, cell in zip(columns, cells, strict=True):
        cell = cell.strip()
        if column.is_needed and not cell:
            faults.append(fault(file, line, column.name, _("Fill this cell.")))
            continue
        try:
            values |= dict(zip(column.fields, column.read(cell), strict=True))
        except ValueError as error:
            faults.append(fault(file, line, column.name, str(error)))
    return values
