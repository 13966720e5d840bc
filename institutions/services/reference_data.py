"""Loading the reference data: all or nothing, as often as one likes, never over a person's work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.services import record
from common.actor import SYSTEM
from common.changes import apply_changes
from common.errors import Text
from institutions.choices import ActorKind
from institutions.models import (
    Actor,
    ConferenceRecommendation,
    DatedName,
    GlossaryTerm,
    Holiday,
    MembershipStatus,
    Office,
    OfficeHolding,
    Organ,
    RegionalGroup,
    RegionalGroupMembership,
    Resolution,
    Session,
    State,
)
from institutions.services.data_files import BrokenFile, DataRow, fault, read_files

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


@dataclass
class Loaded:
    """Rows of the register by the keys that the files use, filled table after table."""

    rows: dict[tuple[type[models.Model], Any], Any] = field(default_factory=dict)

    def find(
        self, row: DataRow, column: str, model: type[models.Model], key: Any, shown: str = ""
    ) -> Any:
        """Return the row that a cell names, or None for an empty cell.

        Args:
            row: the line.
            column: the cell's column.
            model: where to look.
            key: what the cell says.
            shown: the key as the fault names it.

        Raises:
            BrokenFile: no such row exists.
        """
        if key in (None, ""):
            return None
        found = self.rows.get((model, key))
        if found is None:
            named = shown or ("/".join(key) if isinstance(key, tuple) else key)
            what = _("%(key)s is not in the register: correct it or add it in its own file.") % {
                "key": named
            }
            raise BrokenFile([fault(row.file, row.line, column, what)])
        return found


Prepare = Callable[[DataRow, Loaded], dict[str, Any]]
Row = Any


@dataclass(frozen=True)
class Table:
    """How one file becomes rows of one model.

    Args:
        file: its name.
        label: what the report calls the table.
        model: where the rows go.
        key: which fields tell one row from another; where one of them is empty, `key_otherwise`
            is added.
        prepare: turns a line into fields, looking up what it names.
        actor_kind: set where the row hangs on an actor of this kind, made from the same line.
    """

    file: str
    label: Text
    model: type[models.Model]
    key: Sequence[str]
    prepare: Prepare
    actor_kind: str = ""
    key_otherwise: str = ""


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
        _apply(table, row, values, line, report, is_new=is_new)
        loaded.rows |= _named(row)
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
) -> None:
    keeper = row.actor if table.actor_kind else row
    if keeper.is_kept:
        report.kept += 1
        return
    is_changed = False
    for name, value in values.items():
        part = _holder(table, row, name)
        if is_new:
            setattr(part, name, value)
        else:
            is_changed |= bool(apply_changes(part, {name: value}))
    if not (is_new or is_changed):
        report.unchanged += 1
        return
    for part in [row.actor, row] if table.actor_kind else [row]:
        _save(part, line)
    report.created += is_new
    report.changed += is_changed


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


def _named(row: Row) -> dict[tuple[type[models.Model], Any], Row]:
    """Return what later files may name once a row is there, by the key they use."""
    match row:
        case Actor():
            return {(Actor, (row.kind, row.code)): row}
        case State() | Organ() | Office():
            return {(type(row), row.code): row, **_named(row.actor)}
        case Session() if row.number:
            return {(Session, (row.organ_id, row.kind, row.number)): row}
        case RegionalGroup():
            return {(RegionalGroup, row.code): row}
    return {}


# Lines into fields ------------------------------------------------------------------------------


def _as_read(line: DataRow, loaded: Loaded) -> dict[str, Any]:
    return dict(line.values)


def _actor(line: DataRow, loaded: Loaded) -> dict[str, Any]:
    return {**line.values, "is_reference": True}


def _of_actor(line: DataRow, loaded: Loaded) -> dict[str, Any]:
    """Replace kind and code by the actor they name."""
    values = dict(line.values)
    key = (values.pop("kind"), values.pop("code"))
    return {"actor": loaded.find(line, "code", Actor, key), **values}


def _status(line: DataRow, loaded: Loaded) -> dict[str, Any]:
    values = _of_actor(line, loaded)
    if (decided_at := values["decided_at"]) is not None:
        values["decided_at"] = _numbered_session(line, loaded, "decided_at", *decided_at)
    return values


def _office(line: DataRow, loaded: Loaded) -> dict[str, Any]:
    values = line.values
    return {**values, "organ": loaded.find(line, "organ", Organ, values["organ"])}


def _group_membership(line: DataRow, loaded: Loaded) -> dict[str, Any]:
    values = line.values
    return {
        **values,
        "state": loaded.find(line, "state", State, values["state"]),
        "group": loaded.find(line, "group", RegionalGroup, values["group"]),
    }


def _holding(line: DataRow, loaded: Loaded) -> dict[str, Any]:
    values = dict(line.values)
    kind, code = values.pop("holder_kind"), values.pop("holder_code")
    holder = loaded.find(line, "holder_code", Actor, (kind, code) if code else None)
    office = loaded.find(line, "office", Office, values["office"])
    return {**values, "office": office, "holder": holder}


def _session(line: DataRow, loaded: Loaded) -> dict[str, Any]:
    values = line.values
    other = (ActorKind.ORGANISATION, values["joint_with"]) if values["joint_with"] else None
    return {
        **values,
        "organ": loaded.find(line, "organ", Organ, values["organ"]),
        "joint_with": loaded.find(line, "joint_with", Actor, other),
        "country": loaded.find(line, "country", State, values["country"]),
    }


def _resolution(line: DataRow, loaded: Loaded) -> dict[str, Any]:
    values = dict(line.values)
    key = (values.pop("organ"), values.pop("kind"), values.pop("session_number"))
    return {**values, "session": _numbered_session(line, loaded, "reference", *key)}


def _numbered_session(
    line: DataRow, loaded: Loaded, column: str, organ: str, kind: str, number: int
) -> Any:
    found = loaded.find(line, column, Organ, organ)
    key = (found.pk, kind, number)
    return loaded.find(line, column, Session, key, shown=f"{organ}/{kind}/{number}")


TABLES = (
    Table("actors.csv", gettext_lazy("Actors"), Actor, ["kind", "code"], _actor),
    Table(
        "states.csv",
        gettext_lazy("States"),
        State,
        ["code"],
        _as_read,
        actor_kind=ActorKind.STATE,
    ),
    Table(
        "organs.csv",
        gettext_lazy("Organs"),
        Organ,
        ["code"],
        _as_read,
        actor_kind=ActorKind.ORGAN,
    ),
    Table(
        "offices.csv",
        gettext_lazy("Offices"),
        Office,
        ["code"],
        _office,
        actor_kind=ActorKind.OFFICE,
    ),
    Table(
        "sessions.csv",
        gettext_lazy("Sessions"),
        Session,
        ["organ", "kind", "number"],
        _session,
        key_otherwise="starts_on",
    ),
    Table(
        "membership_statuses.csv",
        gettext_lazy("Membership statuses"),
        MembershipStatus,
        ["actor", "status", "from_earliest"],
        _status,
    ),
    Table(
        "dated_names.csv",
        gettext_lazy("Former names"),
        DatedName,
        ["actor", "name_en"],
        _of_actor,
    ),
    Table(
        "regional_groups.csv",
        gettext_lazy("Regional groups"),
        RegionalGroup,
        ["code"],
        _as_read,
    ),
    Table(
        "regional_group_memberships.csv",
        gettext_lazy("Memberships of regional groups"),
        RegionalGroupMembership,
        ["state", "valid_from"],
        _group_membership,
    ),
    Table(
        "office_holdings.csv",
        gettext_lazy("Holders of offices"),
        OfficeHolding,
        ["office", "holder", "holder_name", "from_latest"],
        _holding,
    ),
    Table(
        "resolutions.csv",
        gettext_lazy("Resolutions"),
        Resolution,
        ["session", "number", "tag"],
        _resolution,
    ),
    Table(
        "recommendations.csv",
        gettext_lazy("Recommendations of the conference"),
        ConferenceRecommendation,
        ["number"],
        _as_read,
    ),
    Table("glossary.csv", gettext_lazy("Glossary"), GlossaryTerm, ["key"], _as_read),
    Table(
        "holidays.csv",
        gettext_lazy("Holidays"),
        Holiday,
        ["starts_on", "kind", "name_en"],
        _as_read,
    ),
)
