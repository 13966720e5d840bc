"""Movements, organisations, communities, groups and persons: added and corrected."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from common.changes import lock
from common.errors import Refused
from common.policy import require
from institutions.choices import ActorKind
from institutions.models import Actor
from institutions.services.base import change_and_keep, create

#: States, organs and offices have entries and rules of their own.
ADDABLE_KINDS = (
    ActorKind.ORGANISATION,
    ActorKind.MOVEMENT,
    ActorKind.COMMUNITY,
    ActorKind.GROUP,
    ActorKind.PERSON,
)


@transaction.atomic
def add_actor(
    *,
    actor: Any,
    kind: str,
    code: str = "",
    is_reference: bool = False,
    source: str = "",
    **names: str,
) -> Actor:
    """Add an actor of the acting person's world.

    Args:
        actor: who adds it.
        kind: one of ``ADDABLE_KINDS``.
        code: its abbreviation, if it has one.
        is_reference: an entry of the register, which everybody sees; otherwise one made for a
            file, which the Secretariat's staff see.
        source: where this is known from.
        names: ``name_en``, ``name_fr``, ``name_ar``; one at least.

    Raises:
        NotPermitted: the person does not add actors of this sort.
        Refused: States, organs and offices are not added so.
        ValidationError: no name is given, or the code is taken.
    """
    require(actor, _action(is_reference=is_reference))
    if kind not in ADDABLE_KINDS:
        raise Refused(
            "kind_has_own_entry",
            _("States, organs and offices have entries of their own and are not added here."),
            field="kind",
        )
    entry: Actor = create(
        Actor(
            kind=kind,
            code=code,
            is_reference=is_reference,
            source=source,
            is_exercise=actor.is_exercise,
            **names,
        )
    )
    record(actor=actor, verb="institutions.actor_added", target=entry)
    return entry


@transaction.atomic
def change_actor(*, actor: Any, entry: Actor, version: int | None = None, **values: str) -> Actor:
    """Correct the names, code or source of an actor that is no State, organ or office.

    Args:
        actor: who corrects it.
        entry: the actor corrected.
        version: the version that the person had before them.
        values: ``name_*``, ``code``, ``source``.

    Raises:
        NotPermitted: the person does not keep actors of this sort or world.
        Refused: States, organs and offices are not changed so.
        Stale: somebody else changed it meanwhile.
    """
    entry = lock(entry, version=version)
    require(actor, _action(is_reference=entry.is_reference), entry)
    if entry.kind not in ADDABLE_KINDS:
        raise Refused(
            "kind_has_own_entry",
            _("States, organs and offices have entries of their own and are not changed here."),
        )
    changes = change_and_keep(entry, dict(values))
    if changes:
        record(actor=actor, verb="institutions.actor_changed", target=entry, changes=changes)
    return entry


def _action(*, is_reference: bool) -> str:
    return "institutions.manage_states" if is_reference else "institutions.add_actor"
