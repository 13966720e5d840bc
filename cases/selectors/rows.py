"""What a list of files shows of each, from the reader's own side (Rule D7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.choices import DisputeStatus
from cases.lifecycle import outward_stage
from cases.models import Dispute, Party, Process
from cases.selectors.sides import Sight
from common.dates import gregorian
from common.errors import Text
from common.text import isolated

#: The columns of a file that lists show; the long texts are left where they are.
LISTED = (
    "reference",
    "type",
    "status",
    "title_en",
    "title_fr",
    "title_ar",
    "classification",
    "opened_on",
    "outcome",
    "ended_on",
    "is_exercise",
    "is_historical",
    "desk_officer__email",
    "desk_officer__full_name",
    "desk_officer__full_name_ar",
)


@dataclass(frozen=True)
class FileRow:
    """One file of a list."""

    dispute: Dispute
    parties: list[Party]
    stands: list[Text]
    is_past: bool


def file_rows(user: Any, disputes: Iterable[Dispute]) -> list[FileRow]:
    """Return the rows of a list; parties and processes are best prefetched, as the reader sees them."""
    sight, today = Sight(user), timezone.localdate()
    return [_row(sight.is_inside(dispute.pk), dispute, today) for dispute in disputes]


def _row(is_inside: bool, dispute: Dispute, today: date) -> FileRow:
    parties = [
        party
        for party in dispute.parties.all()
        if party.valid_to is None or party.valid_to >= today
    ]
    processes = list(dispute.processes.all())
    stands: list[Text] = (
        _stands_inside(dispute, processes)
        if is_inside
        else [words for process in processes if (words := outward_words(process))]
    )
    return FileRow(dispute, parties, stands, is_inside and dispute.is_ended)


def _stands_inside(dispute: Dispute, processes: list[Process]) -> list[Text]:
    """Return the stage of each process; a file with several has no single stage (Rule D1)."""
    if dispute.is_ended:
        return [
            _("Ended on %(date)s: %(outcome)s")
            % {"date": gregorian(dispute.ended_on), "outcome": dispute.get_outcome_display()}
            if dispute.ended_on
            else dispute.get_status_display()
        ]
    if dispute.status == DisputeStatus.SUSPENDED:
        return [dispute.get_status_display()]
    if dispute.is_thematic:
        return [dispute.get_type_display()]
    named = [process for process in processes if process.stage]
    if len(named) == 1:
        return [named[0].get_stage_display()]
    return [
        _("%(process)s: %(stage)s")
        % {"process": isolated(process.title), "stage": process.get_stage_display()}
        for process in named
    ]


def outward_words(process: Process) -> str:
    """Return what is said of a process outside; nothing at its early stages (Rule D7)."""
    stage = outward_stage(process.stage, is_suspended=process.status == DisputeStatus.SUSPENDED)
    return str(stage.label) if stage else ""
