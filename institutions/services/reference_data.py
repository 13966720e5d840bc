"""Loading the reference data: all or nothing, as often as one likes, never over a person's work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from audit.services import record
from common.actor import SYSTEM
from common.changes import apply_changes
from common.errors import Text
from institutions.choices import ActorKind
from institutions.models import Actor, Session
from institutions.services.base import tell_session_moved
from institutions.services.data_files import BrokenFile, DataRow, fault, read_files
from institutions.services.reference_tables import TABLES, Loaded, Table, named

Row = Any
#: What of a session apps above follow (Rule M4).
_DAYS = frozenset({"starts_on", "ends_on", "dates_as_written", "status"})
DATA_FOLDER = Path(__file__).resolve().parents[1] / "data"


@dataclass
class TableReport:
    """What became of one table.

    Args:
        kept: rows that a person has changed since, and that the data therefore left alone.
    """

    label: Text
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0

    def in_words(self) -> str:
        """Return the line that the command prints."""
        return _(
            "%(table)s: created %(created)d, changed %(changed)d, unchanged %(unchanged)d, "
            "kept by the registry %(kept)d"
        ) % {
            "table": self.label,
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "kept": self.kept,
        }


@transaction.atomic
def load_reference(*, folder: Path = DATA_FOLDER, is_dry_run: bool = False) -> list[TableReport]:
    """Bring the register into step with the data files, in one transaction.

    A row that a person has created or changed in the product is left alone (``is_kept``); a row
    that has left the files stays. Run again, it changes nothing.

    Args:
        folder: where the files lie.
        is_dry_run: report only; nothing is kept.

    Raises:
        BrokenFile: a file is broken; nothing was changed.
    """
    lines = read_files(folder)
    loaded = Loaded()
    reports = [_load_table(table, lines[table.file], loaded) for table in TABLES]
    if is_dry_run:
        transaction.set_rollback(True)
        return reports
    for session in loaded.moved:
        tell_session_moved(actor=SYSTEM, session=session)
    if any(report.created or report.changed for report in reports):
        record(
            actor=SYSTEM,
            verb="institutions.reference_loaded",
            target=loaded.rows[Actor, (ActorKind.ORGANISATION, "OIC")],
            created=sum(report.created for report in reports),
            changed=sum(report.changed for report in reports),
        )
    return reports


def _load_table(table: Table, lines: list[DataRow], loaded: Loaded) -> TableReport:
    report = TableReport(table.label)
    present = {_key(table, _getter(table, row)): row for row in _present(table.model)}
    seen: dict[Any, int] = {}
    for line in lines:
        values = table.prepare(line, loaded)
        key = _key(table, values.__getitem__)
        if (first := seen.setdefault(key, line.line)) != line.line:
            what = _("Line %(first)d says the same; remove one of the two.") % {"first": first}
            raise BrokenFile([fault(line.file, line.line, table.key[0], what)])
        row = present.get(key)
        is_new = row is None
        row = row or _blank(table)
        changed = _apply(table, row, values, line, report, is_new=is_new)
        loaded.rows |= named(row)
        if isinstance(row, Session) and changed & _DAYS:
            loaded.moved.append(row)
    return report


def _present(model: type[models.Model]) -> list[Row]:
    """Return the real world's rows with what their keys and names need."""
    manager: Any = model._default_manager
    rows = manager.of_world(is_exercise=False) if hasattr(manager, "of_world") else manager.all()
    related = _relations(model)
    return list(rows.select_related(*related) if related else rows)


def _relations(model: type[models.Model]) -> list[str]:
    return [column.name for column in model._meta.concrete_fields if column.is_relation]


def _key(table: Table, value_of: Callable[[str], Any]) -> tuple[Any, ...]:
    key = tuple(value_of(name) for name in table.key)
    return (*key, value_of(table.key_otherwise)) if table.key_otherwise and None in key else key


def _getter(table: Table, row: Row) -> Callable[[str], Any]:
    return lambda name: getattr(_holder(table, row, name), name)


def _holder(table: Table, row: Row, name: str) -> Row:
    """Return the row or its actor, whichever bears the field."""
    is_own = name in {entry.name for entry in type(row)._meta.get_fields()}
    return row.actor if table.actor_kind and not is_own else row


def _blank(table: Table) -> Row:
    if not table.actor_kind:
        return table.model()
    return table.model(actor=Actor(kind=table.actor_kind, is_reference=True))


def _apply(
    table: Table,
    row: Row,
    values: dict[str, Any],
    line: DataRow,
    report: TableReport,
    *,
    is_new: bool,
) -> set[str]:
    """Lay a line over its row and return which fields of a row that was there have changed."""
    changed: set[str] = set()
    keeper = row.actor if table.actor_kind else row
    if keeper.is_kept:
        report.kept += 1
        return changed
    for name, value in values.items():
        part = _holder(table, row, name)
        if is_new:
            setattr(part, name, value)
        else:
            changed |= apply_changes(part, {name: value}).keys()
    if not (is_new or changed):
        report.unchanged += 1
        return changed
    for part in [row.actor, row] if table.actor_kind else [row]:
        _save(part, line)
    report.created += is_new
    report.changed += bool(changed)
    return changed


def _save(row: Row, line: DataRow) -> None:
    """Check and save one row.

    Raises:
        BrokenFile: a field or a constraint of the table refuses it.
    """
    try:
        row.clean_fields(exclude=_relations(type(row)))
        row.save()
    except ValidationError as error:
        raise BrokenFile(
            fault(line.file, line.line, column, " ".join(messages))
            for column, messages in error.message_dict.items()
        ) from error
    except IntegrityError as error:
        raise BrokenFile([fault(line.file, line.line, "–", _reason(row, error))]) from error


def _reason(row: Row, error: IntegrityError) -> str:
    """Return the words of the constraint that refused a row."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    for constraint in row._meta.constraints:
        if constraint.name == name:
            return str(constraint.get_violation_error_message())
    return _("The database refuses this line: %(why)s") % {"why": name or error}
