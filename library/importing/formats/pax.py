"""PA-X Peace Agreements Database and Dataset, version 2, as published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext as _

from library.choices import OTHER_CODES
from library.importing.dates import read_date
from library.importing.formats.base import AgreementEntry, Format, ProcessEntry
from library.importing.tables import Row
from library.importing.values import BadValue, code, iso3, known, level, one_line, paragraphs
from library.provisions import PROVISIONS

_COUNTRY_COLUMNS = ("Loc1ISO", "Loc2ISO")
_PER_CONFLICT = "con:"


class Pax(Format):
    """PA-X: one row an agreement, one column a provision; a row without PP is filed by its Con."""

    name = "pax"
    title = "PA-X Peace Agreements Database, version 2"
    citation = (
        "Bell, Christine, and Sanja Badanjak (2019): Introducing PA-X: A new peace agreement "
        "database and dataset. Journal of Peace Research 56 (3), 452–466."
    )
    required = (
        "Con",
        "PP",
        "PPName",
        "Reg",
        "AgtId",
        "Agt",
        "Dat",
        "Status",
        "Agtp",
        "Stage",
        "StageSub",
        "Part",
        "ThrdPart",
        *_COUNTRY_COLUMNS,
    )
    optional = ("OthAgr", *OTHER_CODES, *PROVISIONS)

    def process_key(self, row: Row) -> str:
        if number := _whole(row, "PP"):
            return number
        conflict = one_line(row.cells["Con"])
        return f"{_PER_CONFLICT}{conflict}" if conflict else ""

    def process(self, rows: Sequence[Row]) -> ProcessEntry:
        conflicts = _distinct(rows, "Con")
        names = _distinct(rows, "PPName") or conflicts or (self.process_key(rows[0]),)
        return ProcessEntry(name=names[0], conflict_names=conflicts, regions=_distinct(rows, "Reg"))

    def source_id(self, row: Row) -> str:
        return _whole(row, "AgtId")

    def countries(self, row: Row) -> tuple[str, ...]:
        return tuple(
            country for name in _COUNTRY_COLUMNS if (country := known(row.cells[name]).upper())
        )

    def agreement(self, row: Row) -> AgreementEntry:
        cells = row.cells
        return AgreementEntry(
            source_id=_needed(row, "AgtId", lambda cell: code("AgtId", cell)),
            title=_needed(row, "Agt", one_line),
            dated=read_date(cells["Dat"]),
            status=code("Status", cells["Status"], limit=200),
            kind=code("Agtp", cells["Agtp"]),
            stage=code("Stage", cells["Stage"]),
            sub_stage=code("StageSub", cells["StageSub"]),
            parties_text=paragraphs(cells["Part"]),
            third_parties_text=paragraphs(cells["ThrdPart"]),
            related_text=paragraphs(cells.get("OthAgr", "")),
            countries=tuple(
                country for name in _COUNTRY_COLUMNS if (country := iso3(name, cells[name]))
            ),
            other_codes={
                name: value for name in OTHER_CODES if (value := code(name, cells.get(name, "")))
            },
            provisions={
                name: depth for name in PROVISIONS if (depth := level(name, cells.get(name, "")))
            },
        )


def _needed(row: Row, column: str, read: Callable[[str], str]) -> str:
    if value := read(row.cells[column]):
        return value
    raise BadValue(_("%(column)s is empty") % {"column": column})


def _whole(row: Row, column: str) -> str:
    """Return an identifier as far as it can be read."""
    try:
        return code(column, row.cells[column])
    except BadValue:
        return one_line(row.cells[column])[:40]


def _distinct(rows: Iterable[Row], column: str) -> tuple[str, ...]:
    """Return the column's values, each once, in the order of the file."""
    values = (one_line(row.cells[column]) for row in rows)
    return tuple(dict.fromkeys(value for value in values if value))
