"""A delimited file as published, whatever program wrote it: rows and the lines they start on."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.errors import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True)
class Row:
    """One record: the line of the file on which it starts, its cells by column, how many it has."""

    line: int
    cells: dict[str, str]
    size: int


class Table:
    """The header and the rows of one file.

    Args:
        content: the file's bytes, in UTF-8 (with or without mark), UTF-16 with mark, Windows-1252
            or Latin-1; NUL characters are dropped.
        required: columns that the file must have.

    Raises:
        Refused: the file is empty, has a column twice, or lacks a required one.
    """

    def __init__(self, content: bytes, required: Sequence[str]) -> None:
        self._text = _decoded(content).replace("\x00", "")
        head = self._text.lstrip("\r\n").partition("\n")[0]
        self._delimiter = max(_DELIMITERS, key=head.count)
        records = self._records()
        line, header = next(records, (0, []))
        self.columns = [name.strip().strip("\ufeff") for name in header]
        self.header_line = line
        self._require(required)

    def rows(self) -> Iterator[Row]:
        """Yield every record after the header.

        Raises:
            Refused: a quotation mark is misplaced or never closed, so that no row can be trusted.
        """
        for line, cells in self._records():
            if line > self.header_line:
                padded = [*cells, *[""] * len(self.columns)]
                yield Row(line, dict(zip(self.columns, padded, strict=False)), len(cells))

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(
            io.StringIO(self._text, newline=""), delimiter=self._delimiter, strict=True
        )
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise Refused(
                    "table_broken",
                    _(
                        "The record that starts on line %(line)d cannot be read: %(why)s. "
                        "Nothing was imported."
                    )
                    % {"line": line, "why": error},
                ) from error
            if any(cell.strip() for cell in cells):
                yield line, cells

    def _require(self, required: Sequence[str]) -> None:
        if not self.columns:
            raise Refused("table_empty", _("The file is empty."))
        twice = sorted({name for name in self.columns if self.columns.count(name) > 1})
        if twice:
            raise Refused(
                "column_twice",
                _("The file has these columns more than once: %(columns)s.")
                % {"columns": ", ".join(twice)},
                missing=twice,
            )
        missing = [name for name in required if name not in self.columns]
        if missing:
            raise Refused(
                "column_missing",
                ngettext(
                    "The file lacks the column %(columns)s.",
                    "The file lacks the columns %(columns)s.",
                    len(missing),
                )
                % {"columns": ", ".join(missing)},
                missing=missing,
            )


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    for encoding in ("utf-8", "cp1252"):
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode(encoding)
    return content.decode("latin-1")
