"""Reading the record, scoped: three kinds of readers, each with their own depth.

An auditor learns who did what to which id and when, and no content. Staff read the record of what
they see, with what changed. A Member State learns when which function of the General Secretariat
opened what was shared with it, and never an officer's name (Rule R10, domain.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Count, DateField, DateTimeField, Max
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from audit.models import AuditEvent, AuditEventQuerySet, ChainHead, Kind
from audit.offices import outward_roles, outward_words, role_words
from common.choices import Classification
from common.dates import gregorian
from common.errors import Text
from common.scoping import is_reader, may_see

PAGE_SIZE = 50
_USER = "accounts.User"


class Depth(Enum):
    """How much of an object's record a person reads."""

    NOTHING = "nothing"
    OUTWARD = "outward"
    WITHOUT_CONTENT = "without_content"
    FULL = "full"


@dataclass(frozen=True)
class Entry:
    """One line of the record as a person may read it."""

    number: int
    at: datetime
    kind: str
    verb: str
    words: Text
    actor_id: str
    actor_name: str
    actor_role: Text
    target_label: str
    target_id: str
    target_kind: Text
    target_text: str
    classification: int
    payload: dict[str, Any] = field(default_factory=dict)

    @property
    def is_refusal(self) -> bool:
        return self.kind == Kind.REFUSAL

    @property
    def is_reading(self) -> bool:
        return self.kind == Kind.READING

    @property
    def changes(self) -> list[tuple[str, Any, Any]]:
        """Return what changed, each in the reader's words: field, before, after.

        What a field points at is named on its own record; here stands only that it changed.
        """
        pairs = self.payload.get("changes", {})
        return [
            (
                _field_words(self.target_label, name),
                _value_words(self.target_label, name, before),
                _value_words(self.target_label, name, after),
            )
            for name, (before, after) in pairs.items()
        ]

    @property
    def reason(self) -> str:
        """Return the reason that was given, or the words of the refusal."""
        return str(self.payload.get("reason") or self.payload.get("message") or "")


@dataclass(frozen=True)
class EntryPage:
    """A page by number: ``before`` leads to the older entries, None where there are none."""

    entries: list[Entry]
    before: int | None


@dataclass(frozen=True)
class Reader:
    """Somebody who opened a thing."""

    actor_id: str
    name: str
    role: Text
    times: int
    last_at: datetime


@dataclass(frozen=True)
class OutwardReading:
    """What a Member State learns of our readings: the function, the day, how often."""

    office: Text
    on: date
    times: int


def depth_for(user: Any, label: str, pk: Any) -> Depth:
    """Return how much of one object's record the person reads."""
    if user.has_power("audit.read_record"):
        return Depth.WITHOUT_CONTENT
    if not _sees(user, label, pk):
        return Depth.NOTHING
    if user.state_actor_id is not None:
        return Depth.OUTWARD if is_reader(user) else Depth.NOTHING
    needed = getattr(apps.get_model(label), "record_power", "audit.read_history")
    is_oneself = label == _USER and str(pk) == str(user.pk)
    return Depth.FULL if is_oneself or user.has_power(needed) else Depth.NOTHING


def chain_head() -> ChainHead | None:
    """Return the number and the hash with which the chain ends; they tell nothing of its content."""
    return ChainHead.objects.first()


def whole_record(user: Any, filters: dict[str, Any], before: int | None = None) -> EntryPage:
    """Return a page of the whole record for an auditor; nothing for anybody else.

    Args:
        user: who reads.
        filters: any of ``kind``, ``verb``, ``target_label``, ``target_id``, ``actor_id``, ``since``
            and ``until`` (days in Jeddah, both included).
        before: entries with a smaller number only.
    """
    if not user.has_power("audit.read_record"):
        return EntryPage([], None)
    rows = AuditEvent.objects.all()
    for name in ("kind", "verb", "target_label", "target_id", "actor_id"):
        if filters.get(name):
            rows = rows.filter(**{name: filters[name]})
    if filters.get("since"):
        rows = rows.filter(at__date__gte=filters["since"])
    if filters.get("until"):
        rows = rows.filter(at__date__lte=filters["until"])
    events, older = _page(rows, before)
    return EntryPage([_entry(event, has_content=False) for event in events], older)


def record_of_object(user: Any, label: str, pk: Any, before: int | None = None) -> EntryPage:
    """Return a page of what happened to one object and, for a file, to what belongs to it."""
    depth = depth_for(user, label, pk)
    if depth not in (Depth.FULL, Depth.WITHOUT_CONTENT):
        return EntryPage([], None)
    events, older = _page(AuditEvent.objects.about(label, pk), before)
    if depth is Depth.FULL:
        events = _seen_by(user, events, label, str(pk))
    return EntryPage([_entry(event, has_content=depth is Depth.FULL) for event in events], older)


def record_of_person(user: Any, pk: Any, before: int | None = None) -> EntryPage:
    """Return a page of what one person did: for auditors, and for the person."""
    if not (user.has_power("audit.read_record") or str(user.pk) == str(pk)):
        return EntryPage([], None)
    events, older = _page(AuditEvent.objects.by(pk), before)
    return EntryPage([_entry(event, has_content=False) for event in events], older)


def may_read_person(user: Any, pk: Any) -> bool:
    """Tell whether the person reads what somebody did."""
    return user.has_power("audit.read_record") or str(user.pk) == str(pk)


def readers_of(user: Any, label: str, pk: Any) -> list[Reader]:
    """Return everybody who opened a confidential thing, latest first."""
    if depth_for(user, label, pk) not in (Depth.FULL, Depth.WITHOUT_CONTENT):
        return []
    rows = (
        AuditEvent.objects.readings_of(label, pk)
        .order_by()
        .values("actor_id", "actor_name", "actor_role")
        .annotate(times=Count("number"), last_at=Max("at"))
        .order_by("-last_at")
    )
    return [
        Reader(
            row["actor_id"],
            row["actor_name"],
            role_words(row["actor_role"]),
            row["times"],
            row["last_at"],
        )
        for row in rows
    ]


def outward_readings(user: Any, label: str, pk: Any) -> list[OutwardReading]:
    """Return when which function of the General Secretariat opened a thing (Rule R10, domain.md)."""
    if depth_for(user, label, pk) is not Depth.OUTWARD:
        return []
    rows = (
        AuditEvent.objects.readings_of(label, pk)
        .filter(actor_role__in=outward_roles())
        .order_by()
        .values("actor_role", on=TruncDate("at"))
        .annotate(times=Count("number"))
    )
    totals: dict[tuple[date, str], int] = defaultdict(int)
    words: dict[str, Text] = {}
    for row in rows:
        office = outward_words(row["actor_role"])
        words[str(office)] = office
        totals[row["on"], str(office)] += row["times"]
    return [
        OutwardReading(words[office], on, times)
        for (on, office), times in sorted(totals.items(), reverse=True)
    ]


def kind_words(label: str) -> Text:
    """Return what kind of thing a label names; one that no longer exists shows its label."""
    try:
        return apps.get_model(label)._meta.verbose_name or label
    except (LookupError, ValueError):
        return label


def _page(rows: AuditEventQuerySet, before: int | None) -> tuple[list[AuditEvent], int | None]:
    if before is not None:
        rows = rows.filter(number__lt=before)
    events = list(rows.order_by("-number")[: PAGE_SIZE + 1])
    has_older = len(events) > PAGE_SIZE
    events = events[:PAGE_SIZE]
    return events, events[-1].number if has_older else None


def _sees(user: Any, label: str, pk: Any) -> bool:
    """Tell whether the person sees the object; a nonsensical label or key names nothing."""
    try:
        return may_see(label, pk, user)
    except (LookupError, ValueError, ValidationError, AttributeError):
        return False


def _seen_by(user: Any, events: Sequence[AuditEvent], label: str, key: str) -> list[AuditEvent]:
    """Leave out what happened to parts of the object that the person does not see.

    One query for each kind of part on the page.
    """
    parts: dict[str, set[str]] = defaultdict(set)
    for event in events:
        if not _is_about(event, label, key):
            parts[event.target_label].add(event.target_id)
    seen = {part: _visible_keys(user, part, keys) for part, keys in parts.items()}
    return [
        event
        for event in events
        if event.classification <= user.clearance
        and (_is_about(event, label, key) or event.target_id in seen[event.target_label])
    ]


def _is_about(event: AuditEvent, label: str, key: str) -> bool:
    """Tell whether the event concerns the object itself and not a part of it."""
    if not event.target_label:
        return True
    is_named = event.target_id == key or key in event.payload.get("ids", ())
    return event.target_label == label and is_named


def _visible_keys(user: Any, label: str, keys: set[str]) -> set[str]:
    try:
        manager: Any = apps.get_model(label)._default_manager
        rows = manager.visible_to(user).filter(pk__in=keys)
    except (LookupError, ValueError, ValidationError, AttributeError):
        return set()
    return {str(pk) for pk in rows.values_list("pk", flat=True)}


def _entry(event: AuditEvent, *, has_content: bool) -> Entry:
    is_named = has_content or event.classification == Classification.OPEN
    return Entry(
        number=event.number,
        at=event.at,
        kind=event.kind,
        verb=event.verb,
        words=event.verb_words,
        actor_id=event.actor_id,
        actor_name=event.actor_name,
        actor_role=role_words(event.actor_role),
        target_label=event.target_label,
        target_id=event.target_id,
        target_kind=kind_words(event.target_label),
        target_text=event.target_text if is_named else "",
        classification=event.classification,
        payload=event.payload if has_content else {},
    )


def _field_of(label: str, name: str) -> Any:
    try:
        return apps.get_model(label)._meta.get_field(name)
    except (LookupError, ValueError, AttributeError, FieldDoesNotExist):
        return None


def _field_words(label: str, name: str) -> str:
    words = getattr(_field_of(label, name), "verbose_name", "")
    return str(words) or name.replace("_", " ")


def _value_words(label: str, name: str, value: Any) -> Any:
    """Return a kept value in the reader's words: a choice by its label, a day as days are written."""
    column = _field_of(label, name)
    if column is None or value is None:
        return value
    if column.is_relation:
        return ""
    if column.choices:
        return dict(column.flatchoices).get(value, value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(column, DateField) and not isinstance(column, DateTimeField):
        return gregorian(date.fromisoformat(value))
    return value
