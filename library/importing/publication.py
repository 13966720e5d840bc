"""A published file as read: its processes, each with its rows, sound or broken. Pure Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from library.importing.formats.base import AgreementEntry, Format, ProcessEntry
from library.importing.tables import Row, Table
from library.importing.values import BadValue

_MAX_KEY = 200


@dataclass(frozen=True)
class ReadRow:
    """One row: an entry, or the reason why there is none."""

    line: int
    source_id: str
    countries: tuple[str, ...]
    entry: AgreementEntry | None = None
    reason: str = ""


@dataclass(frozen=True)
class ReadProcess:
    """A process of the file with its rows; ``entry`` is None for rows that name no process."""

    key: str
    entry: ProcessEntry | None
    rows: Sequence[ReadRow]


@dataclass(frozen=True)
class Publication:
    """Everything that one file says, and the columns that nobody reads."""

    source: Format
    processes: Sequence[ReadProcess]
    unread_columns: Sequence[str]


def read_publication(source: Format, content: bytes) -> Publication:
    """Return what a file says.

    Raises:
        Refused: the file as a whole cannot be read (empty, a column missing, quotes broken).
    """
    table = Table(content, source.required)
    reader = _Reader(source, len(table.columns))
    by_process: dict[str, list[Row]] = {}
    for row in table.rows():
        reader.meet(row)
        by_process.setdefault(source.process_key(row), []).append(row)
    taken = {*source.required, *source.optional}
    return Publication(
        source=source,
        processes=[reader.process(key, rows) for key, rows in by_process.items()],
        unread_columns=[name for name in table.columns if name not in taken],
    )


class _Reader:
    """Reads rows and remembers on which line each agreement was first seen."""

    def __init__(self, source: Format, width: int) -> None:
        self._source = source
        self._width = width
        self._first_lines: dict[str, int] = {}

    def meet(self, row: Row) -> None:
        """Remember where an agreement stands first; rows come in the order of the file."""
        self._first_lines.setdefault(self._source.source_id(row), row.line)

    def process(self, key: str, rows: Sequence[Row]) -> ReadProcess:
        """Read a process with all its rows, once every row was met."""
        return ReadProcess(
            key=key,
            entry=self._source.process(rows) if key else None,
            rows=[self._row(key, row) for row in rows],
        )

    def _row(self, key: str, row: Row) -> ReadRow:
        source_id, countries = self._source.source_id(row), self._source.countries(row)
        try:
            entry = self._entry(key, row)
        except BadValue as error:
            return ReadRow(row.line, source_id, countries, reason=str(error))
        return ReadRow(row.line, source_id, countries, entry)

    def _entry(self, key: str, row: Row) -> AgreementEntry:
        if row.size != self._width:
            raise BadValue(
                _("the row has %(size)d cells where the header has %(width)d")
                % {"size": row.size, "width": self._width}
            )
        if not key:
            raise BadValue(_("it names neither a process nor a conflict"))
        if len(key) > _MAX_KEY:
            raise BadValue(
                _("the name of its process is longer than %(limit)d characters")
                % {"limit": _MAX_KEY}
            )
        entry = self._source.agreement(row)
        first = self._first_lines[entry.source_id]
        if first != row.line:
            raise BadValue(
                _("agreement %(id)s stands already on line %(line)d")
                % {"id": entry.source_id, "line": first}
            )
        return entry
