"""How each data file becomes rows: its table, its key, and what its lines refer to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
from institutions.services.data_files import BrokenFile, DataRow, fault


@dataclass
class Loaded:
    """Rows of the register by the keys that the files use, filled table after table.

    ``moved`` are the sessions of the register whose days the files changed.
    """

    rows: dict[tuple[type[models.Model], Any], Any] = field(default_factory=dict)
    moved: list[Session] = field(default_factory=list)

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


def named(row: Any) -> dict[tuple[type[models.Model], Any], Any]:
    """Return what later files may name once a row is there, by the key they use."""
    match row:
        case Actor():
            return {(Actor, (row.kind, row.code)): row}
        case State() | Organ() | Office():
            return {(type(row), row.code): row, **named(row.actor)}
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
