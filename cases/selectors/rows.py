"""What a list of files shows of each, from the reader's own side (Rule D7).

A row is no model: it holds the columns that lists show and no more, so that fifty of them cost
three short queries. Pages and the API's shapes read the same rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from cases.choices import DisputeStatus, DisputeType, Outcome, Stage
from cases.lifecycle import outward_stage
from cases.models import Party, Process
from cases.selectors.sides import Sight
from common.clock import Today
from common.dates import gregorian
from common.errors import Text
from common.i18n import LANGUAGE_CODES, in_language, worded_of
from common.text import isolated


@dataclass
class ProcessRow:
    """One process of a file of a list."""

    dispute_id: UUID
    id: UUID
    title_en: str
    title_fr: str
    title_ar: str
    stage: str
    stage_since: date | None
    engagement: str
    national_role: str
    status: str
    opened_on: date
    version: int

    @property
    def title(self) -> str:
        return in_language(self, "title")


@dataclass
class OfficerRow:
    """The desk officer of a file of a list, named as the account names itself."""

    id: UUID
    email: str
    full_name: str
    full_name_ar: str

    display_name = User.display_name


@dataclass
class FileRow:
    """One file of a list: its columns, and what :func:`file_rows` brings to them."""

    id: UUID
    reference: str
    type: str
    status: str
    title_en: str
    title_fr: str
    title_ar: str
    classification: int
    opened_on: date
    outcome: str
    ended_on: date | None
    is_exercise: bool
    is_historical: bool
    desk_officer: OfficerRow | None = None
    is_inside: bool = False
    processes: list[ProcessRow] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return in_language(self, "title")

    @property
    def is_past(self) -> bool:
        """Whether the reader is told that the file has ended."""
        return self.is_inside and self.status == DisputeStatus.ENDED

    @property
    def stands(self) -> list[Text]:
        """Where the file stands, in the words of the reader's side."""
        if self.is_inside:
            return _stands_inside(self)
        return [words for process in self.processes if (words := outward_words(process))]


def _columns(row: type[Any]) -> tuple[str, ...]:
    """Return the columns of a row: its fields that have no default."""
    return tuple(
        each.name
        for each in fields(row)
        if each.default is MISSING and each.default_factory is MISSING
    )


_OFFICER, _PROCESS = _columns(OfficerRow), _columns(ProcessRow)
_NEUTRAL = tuple(f"neutral_name_{code}" for code in LANGUAGE_CODES)
_ACTOR = tuple(f"actor__name_{code}" for code in LANGUAGE_CODES)

#: What a list reads of each file; :func:`file_rows` makes rows of it.
COLUMNS = (*(f"desk_officer__{name}" for name in _OFFICER), *_columns(FileRow))


def file_rows(sight: Sight, found: Iterable[tuple[Any, ...]]) -> list[FileRow]:
    """Return the rows of a list with their processes, in one query.

    Args:
        sight: from which side the reader sees files.
        found: ``values_list(*COLUMNS)`` of files that were found visible.
    """
    rows = [_row(values) for values in found]
    processes = _by_file(Process.objects.read_by(sight.user), rows, _PROCESS)
    for row in rows:
        row.is_inside = sight.is_inside(row.id)
        row.processes = [ProcessRow(*values) for values in processes[row.id]]
    return rows


def bring_parties(user: Any, rows: list[FileRow]) -> None:
    """Bring the names of today's parties to the rows of a list, in one query."""
    today = Q(valid_to__isnull=True) | Q(valid_to__gte=Today())
    names = ("dispute_id", *_NEUTRAL, *_ACTOR)
    parties = _by_file(Party.objects.read_by(user).filter(today), rows, names)
    language = get_language()
    for row in rows:
        row.parties = [
            worded_of(name[1:4], language).text or worded_of(name[4:], language).text
            for name in parties[row.id]
        ]


def _row(values: tuple[Any, ...]) -> FileRow:
    officer, columns = values[: len(_OFFICER)], values[len(_OFFICER) :]
    row = FileRow(*columns)
    row.desk_officer = OfficerRow(*officer) if officer[0] else None
    return row


def _by_file(
    parts: QuerySet[Any], rows: list[FileRow], columns: tuple[str, ...]
) -> dict[UUID, list[tuple[Any, ...]]]:
    """Return the parts' columns under the file that the first of them names."""
    found: dict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    for values in parts.filter(dispute__in=[row.id for row in rows]).values_list(*columns):
        found[values[0]].append(values)
    return found


def _stands_inside(file: FileRow) -> list[Text]:
    """Return the stage of each process; a file with several has no single stage (Rule D1)."""
    if file.status == DisputeStatus.ENDED:
        return [
            _("Ended on %(date)s: %(outcome)s")
            % {"date": gregorian(file.ended_on), "outcome": Outcome(file.outcome).label}
            if file.ended_on
            else DisputeStatus.ENDED.label
        ]
    if file.status == DisputeStatus.SUSPENDED:
        return [DisputeStatus.SUSPENDED.label]
    if file.type == DisputeType.THEMATIC:
        return [DisputeType.THEMATIC.label]
    named = [process for process in file.processes if process.stage]
    if len(named) == 1:
        return [Stage(named[0].stage).label]
    return [
        _("%(process)s: %(stage)s")
        % {"process": isolated(process.title), "stage": Stage(process.stage).label}
        for process in named
    ]


def outward_words(process: Process | ProcessRow) -> str:
    """Return what is said of a process outside; nothing at its early stages (Rule D7)."""
    stage = outward_stage(process.stage, is_suspended=process.status == DisputeStatus.SUSPENDED)
    return str(stage.label) if stage else ""
