"""What every format of published agreements gives: entries of ours, made from rows of theirs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from library.importing.dates import ReadDate
from library.importing.tables import Row


@dataclass(frozen=True)
class ProcessEntry:
    """A peace process as the set names it."""

    name: str
    conflict_names: tuple[str, ...]
    regions: tuple[str, ...]


@dataclass(frozen=True)
class AgreementEntry:
    """One agreement as the set describes it.

    ``countries`` are ISO alpha-3 codes in the set's order; ``provisions`` holds only levels above
    0; ``other_codes`` keeps the remaining coded columns under their own names.
    """

    source_id: str
    title: str
    dated: ReadDate
    status: str
    kind: str
    stage: str
    sub_stage: str
    parties_text: str
    third_parties_text: str
    related_text: str
    countries: tuple[str, ...]
    other_codes: dict[str, str]
    provisions: dict[str, int]


class Format(ABC):
    """One published data set's way of writing; registered in :mod:`library.importing.formats`.

    ``name`` is what ``--format`` takes and the ``source`` that rows bear; ``title`` and
    ``citation`` stand on every page; ``required`` are the columns without which a file is refused,
    ``optional`` those that are read when present.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    citation: ClassVar[str]
    required: ClassVar[Sequence[str]]
    optional: ClassVar[Sequence[str]] = ()

    @abstractmethod
    def process_key(self, row: Row) -> str:
        """Return the key of the row's process in the set; empty where the row names none."""

    @abstractmethod
    def process(self, rows: Sequence[Row]) -> ProcessEntry:
        """Return the process that these rows belong to."""

    @abstractmethod
    def source_id(self, row: Row) -> str:
        """Return the agreement's id in the set as well as it can be read; never raises."""

    @abstractmethod
    def countries(self, row: Row) -> tuple[str, ...]:
        """Return the country codes as written; never raises."""

    @abstractmethod
    def agreement(self, row: Row) -> AgreementEntry:
        """Return the agreement of one row.

        Raises:
            BadValue: a cell cannot be taken; the message names the column.
        """
