"""Filling the library from a published file: by set, all or nothing for each process."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from audit.services import record
from common.changes import apply_changes
from common.errors import Refused
from common.policy import require
from common.text import join_search_text, normalise
from library.importing.formats.base import AgreementEntry, ProcessEntry
from library.importing.publication import Publication, ReadProcess, ReadRow
from library.models import Agreement, Location, Process, Provision
from library.selectors import member_states

_IMPORT_LOCK = (7301, 2)
_BATCH = 5000
_REWRITTEN = [
    field.name
    for field in Agreement._meta.concrete_fields
    if field.name not in ("id", "source", "source_id")
]


@dataclass(frozen=True)
class Refusal:
    """A row that was not taken: where it starts, what it names, and why."""

    line: int
    source_id: str
    reason: str


@dataclass
class ImportReport:
    """What became of the rows of a file; ``left_out`` are those outside the selection asked for."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    left_out: int = 0
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Return how many rows were looked at; those left out do not count."""
        return self.created + self.updated + self.unchanged + len(self.refusals)

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing new was found."""
        return not (self.created or self.updated)

    def add(self, other: ImportReport) -> None:
        """Add the counts and refusals of one process."""
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.refusals += other.refusals


def import_agreements(
    *,
    actor: Any,
    publication: Publication,
    member_states_only: bool = False,
    is_dry_run: bool = False,
    on_progress: Callable[[int], None] = lambda rows: None,
) -> ImportReport:
    """Import what a published file says; a broken row refuses its process, the others land.

    Args:
        actor: the system; nobody in the product imports.
        publication: the file as read.
        member_states_only: take only rows that name the country of a Member State.
        is_dry_run: report what would happen and write nothing.
        on_progress: told after each process how many rows are done with.

    Raises:
        NotPermitted: somebody other than the system asks.
        Refused: rows of Member States are asked for and no Member State is known yet.
    """
    require(actor, "library.import_agreements")
    states = member_states()
    if member_states_only and not states:
        raise Refused(
            "no_member_states", _("No Member States are known yet. Load the reference data first.")
        )
    report = ImportReport()
    for process in publication.processes:
        rows = [
            row
            for row in process.rows
            if not member_states_only or any(country in states for country in row.countries)
        ]
        report.left_out += len(process.rows) - len(rows)
        report.add(
            import_process(
                actor=actor,
                source=publication.source.name,
                process=process,
                rows=rows,
                states=states,
                is_dry_run=is_dry_run,
            )
        )
        on_progress(len(process.rows))
    report.refusals.sort(key=lambda refusal: refusal.line)
    return report


def import_process(
    *,
    actor: Any,
    source: str,
    process: ReadProcess,
    rows: Sequence[ReadRow],
    states: Mapping[str, UUID],
    is_dry_run: bool = False,
) -> ImportReport:
    """Import the chosen rows of one process in one transaction with one event on record.

    Args:
        actor: the system.
        source: the name of the data set.
        process: the process with all its rows, from which its own facts come.
        rows: those of its rows that are asked for.
        states: Member States by ISO alpha-3 code.
        is_dry_run: compare and write nothing.

    Raises:
        NotPermitted: somebody other than the system asks.
    """
    require(actor, "library.import_agreements")
    refusals = _refusals(rows)
    if refusals or not rows or process.entry is None:
        return ImportReport(refusals=refusals)
    with transaction.atomic():
        _wait_for_other_imports()
        target, changes = _process(source, process.key, process.entry)
        batch = _Batch(source, target, rows, states)
        if (changes or not batch.report.is_idle) and not is_dry_run:
            target.full_clean()
            target.save()
            batch.write()
            record(
                actor=actor,
                verb="library.process_imported",
                target=target,
                changes=changes,
                created=batch.report.created,
                updated=batch.report.updated,
                unchanged=batch.report.unchanged,
            )
    return batch.report


def _refusals(rows: Sequence[ReadRow]) -> list[Refusal]:
    """Return a refusal of every row when one of them is broken, else none."""
    broken = [row for row in rows if row.entry is None]
    if not broken:
        return []
    with_it = _("its process is refused because of line %(line)d") % {"line": broken[0].line}
    return [Refusal(row.line, row.source_id, row.reason or with_it) for row in rows]


def _wait_for_other_imports() -> None:
    """Let one import at a time compare and write; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", _IMPORT_LOCK)


def _process(source: str, key: str, entry: ProcessEntry) -> tuple[Process, dict[str, list[Any]]]:
    """Return the process as the file describes it, not yet saved, and what differs from before."""
    target = Process.objects.filter(source=source, source_key=key).first()
    target = target or Process(source=source, source_key=key, conflict_names=[], regions=[])
    values = {
        "name": entry.name,
        "name_key": normalise(entry.name),
        "conflict_names": list(entry.conflict_names),
        "regions": list(entry.regions),
    }
    return target, apply_changes(target, values)


class _Batch:
    """The agreements of one process: compared with what stands, then written by set."""

    def __init__(
        self,
        source: str,
        process: Process,
        rows: Sequence[ReadRow],
        states: Mapping[str, UUID],
    ) -> None:
        self._states = states
        self._entries: dict[UUID, AgreementEntry] = {}
        self._agreements: list[Agreement] = []
        self.report = ImportReport()
        entries = [row.entry for row in rows if row.entry]
        standing = {
            source_id: (pk, fingerprint)
            for source_id, pk, fingerprint in Agreement.objects.filter(
                source=source, source_id__in=[entry.source_id for entry in entries]
            ).values_list("source_id", "pk", "fingerprint")
        }
        for entry in entries:
            self._compare(_agreement(source, process, entry, states), entry, standing)

    def _compare(
        self,
        agreement: Agreement,
        entry: AgreementEntry,
        standing: Mapping[str, tuple[UUID, str]],
    ) -> None:
        pk, fingerprint = standing.get(entry.source_id, (None, ""))
        if fingerprint == agreement.fingerprint:
            self.report.unchanged += 1
            return
        if pk is None:
            self.report.created += 1
        else:
            self.report.updated += 1
            agreement.pk = pk
        self._agreements.append(agreement)
        self._entries[agreement.pk] = entry

    def write(self) -> None:
        """Write what is new or different, children anew."""
        changed = list(self._entries)
        Location.objects.filter(agreement__in=changed).delete()
        Provision.objects.filter(agreement__in=changed).delete()
        Agreement.objects.bulk_create(
            self._agreements,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=_REWRITTEN,
        )
        Location.objects.bulk_create(
            Location(agreement_id=pk, position=position, iso3=iso3, state_id=self._states.get(iso3))
            for pk, entry in self._entries.items()
            for position, iso3 in enumerate(entry.countries, 1)
        )
        Provision.objects.bulk_create(
            (
                Provision(agreement_id=pk, code=code, level=level)
                for pk, entry in self._entries.items()
                for code, level in entry.provisions.items()
            ),
            batch_size=_BATCH,
        )


def _agreement(
    source: str, process: Process, entry: AgreementEntry, states: Mapping[str, UUID]
) -> Agreement:
    search_text = join_search_text(
        entry.title,
        process.name,
        *process.conflict_names,
        entry.parties_text,
        entry.third_parties_text,
    )
    linked = [str(states.get(country, "")) for country in entry.countries]
    return Agreement(
        source=source,
        source_id=entry.source_id,
        process=process,
        title=entry.title,
        dated_earliest=entry.dated.earliest,
        dated_latest=entry.dated.latest,
        dated_as_written=entry.dated.as_written,
        status=entry.status,
        kind=entry.kind,
        stage=entry.stage,
        sub_stage=entry.sub_stage,
        parties_text=entry.parties_text,
        third_parties_text=entry.third_parties_text,
        related_text=entry.related_text,
        other_codes=entry.other_codes,
        provision_count=len(entry.provisions),
        search_text=search_text,
        fingerprint=_fingerprint(asdict(entry), process.source_key, search_text, linked),
    )


def _fingerprint(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, default=str, sort_keys=True).encode()).hexdigest()
