"""Writing the record: acts inside the act's own transaction, refusals and readings at the door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models, transaction
from django.utils import translation

from audit import verbs
from audit.models import AuditEvent, Kind
from common.changes import plain
from common.choices import Classification

_MAX_TEXT = 300
_MAX_NAME = 200


@dataclass(frozen=True)
class NewAct:
    """An act as :func:`record` takes it, to be recorded together with others."""

    actor: Any
    verb: str
    target: models.Model | None
    subject: models.Model | None = None
    changes: dict[str, list[Any]] | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)


def record(
    *,
    actor: Any,
    verb: str,
    target: models.Model | None,
    subject: models.Model | None = None,
    changes: dict[str, list[Any]] | None = None,
    **payload: Any,
) -> AuditEvent:
    """Record an act as the last write of the service's own transaction.

    Args:
        actor: who acts; None stands for the system.
        verb: a registered verb, ``app.past_tense``.
        target: what was acted on; None where nothing is known by that name.
        subject: the file it belongs to; the target itself when omitted.
        changes: ``{field: [before, after]}`` of :func:`common.changes.apply_changes`.
        payload: further facts, made plain.

    Raises:
        ValueError: the verb is not registered, or no transaction is open.
    """
    event = _event_of(NewAct(actor, verb, target, subject, changes, payload))
    _write([event])
    return event


def record_many(acts: Iterable[NewAct]) -> None:
    """Record several acts of one transaction in their order, in one statement: for sweeps.

    Raises:
        ValueError: as :func:`record`; nothing is recorded then.
    """
    _write([_event_of(act) for act in acts])


def _event_of(act: NewAct) -> AuditEvent:
    if not verbs.is_known(act.verb):
        raise ValueError(f"{act.verb} is not a registered verb")
    if not connection.in_atomic_block:
        raise ValueError(f"{act.verb} must be recorded inside the act's own transaction")
    details = {key: plain(value) for key, value in act.payload.items()}
    if act.changes:
        details["changes"] = {key: plain(value) for key, value in act.changes.items()}
    return _event(Kind.ACT, act.actor, act.verb, act.target, act.subject or act.target, details)


def record_refusal(*, actor: Any, code: str, message: str, target: models.Model | None) -> None:
    """Record that a door refused an act, in a transaction of its own or of the door."""
    with transaction.atomic(savepoint=False):
        payload = {"code": code, "message": message[:_MAX_TEXT]}
        _write([_event(Kind.REFUSAL, actor, verbs.REFUSED, target, root_of(target), payload)])


def record_readings(*, actor: Any, objects: Sequence[models.Model]) -> None:
    """Record what a person was shown: one event per request and file, naming the ids returned.

    Only confidential things (and above) are on record as read.
    """
    secret = [row for row in objects if classification_of(row) >= Classification.CONFIDENTIAL]
    if not secret:
        return
    with transaction.atomic(savepoint=False):
        events = []
        for target, ids in _grouped(secret):
            payload = {"ids": ids} if len(ids) > 1 else {}
            events.append(_event(Kind.READING, actor, verbs.READ, target, root_of(target), payload))
        _write(events)


def _grouped(objects: Iterable[models.Model]) -> list[tuple[models.Model, list[str]]]:
    """Bring together what is of one kind, one file and one classification."""
    groups: dict[tuple[str, str, int], tuple[models.Model, list[str]]] = {}
    for row in objects:
        root = root_of(row)
        key = (row._meta.label, str(root.pk if root else ""), classification_of(row))
        groups.setdefault(key, (row, []))[1].append(str(row.pk))
    return list(groups.values())


def root_of(row: models.Model | None) -> models.Model | None:
    """Return the file an object belongs to (its ``audit_subject``), or the object itself."""
    return getattr(row, "audit_subject", row)


def classification_of(row: models.Model | None) -> int:
    """Return the higher of an object's and its file's classification."""
    own = getattr(row, "classification", Classification.OPEN)
    root = getattr(root_of(row), "classification", Classification.OPEN)
    return max(int(own), int(root))


def is_opaque(row: models.Model | None) -> bool:
    """Tell whether only an opaque id of the object may stand in the record (Rule R4, domain.md)."""
    return classification_of(row) >= Classification.SECRET or bool(
        getattr(row, "is_protected", False)
    )


def _write(events: list[AuditEvent]) -> None:
    """Let the database number and chain the events in their order; one alone learns its number."""
    if len(events) == 1:
        events[0].save(force_insert=True)
    else:
        AuditEvent.objects.bulk_create(events)


def _event(
    kind: Kind,
    actor: Any,
    verb: str,
    target: models.Model | None,
    subject: models.Model | None,
    payload: dict[str, Any],
) -> AuditEvent:
    level = classification_of(target)
    if is_opaque(target):
        payload = _without_substance(payload)
    return AuditEvent(
        kind=kind,
        verb=verb,
        actor_id=str(actor.pk) if actor else "",
        actor_name=_name_of(actor),
        actor_role=actor.role if actor else "",
        classification=level,
        payload=payload,
        **_pointer("target", target),
        **_pointer("subject", subject),
    )


def _without_substance(payload: dict[str, Any]) -> dict[str, Any]:
    """Keep which fields changed and which ids were read, never what they said."""
    kept: dict[str, Any] = {key: payload[key] for key in ("ids", "code") if key in payload}
    if "changes" in payload:
        kept["changed_fields"] = sorted(payload["changes"])
    return kept


def _name_of(actor: Any) -> str:
    """Return the name as the record keeps it: in one script, whatever the person reads."""
    with translation.override("en"):
        return actor.display_name[:_MAX_NAME] if actor else ""


def _pointer(prefix: str, row: models.Model | None) -> dict[str, str]:
    if row is None:
        return {}
    with translation.override("en"):
        text = "" if is_opaque(row) else str(getattr(row, "audit_text", row))[:_MAX_TEXT]
    return {f"{prefix}_label": row._meta.label, f"{prefix}_id": str(row.pk), f"{prefix}_text": text}
