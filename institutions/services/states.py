"""States: added, renamed, their regional group and their standing by date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from common.changes import apply_changes, lock
from common.errors import Refused
from common.i18n import LANGUAGE_CODES
from common.policy import require
from institutions.choices import ActorKind
from institutions.models import (
    Actor,
    DatedName,
    MembershipStatus,
    RegionalGroup,
    RegionalGroupMembership,
    Session,
    State,
)
from institutions.services.base import change_and_keep, create, refuse_other_world

MANAGE = "institutions.manage_states"
MANAGE_GROUPS = "institutions.manage_groups"

_NAMES = tuple(f"name_{language}" for language in LANGUAGE_CODES)
_OFFICIAL_NAMES = tuple(f"official_name_{language}" for language in LANGUAGE_CODES)


@transaction.atomic
def add_state(*, actor: Any, code: str, source: str = "", **values: Any) -> State:
    """Add a State of the actor's world to the register.

    Args:
        actor: who keeps the States.
        code: its code, ISO alpha-3 or a private one.
        source: where this is known from.
        values: ``name_*``, ``official_name_*``, ``iso_*``, ``joined_year``, ``is_un_member``.

    Raises:
        NotPermitted: the person does not keep the States.
        ValidationError: the code is taken, or no name is given.
    """
    require(actor, MANAGE)
    names = {name: values.pop(name, "") for name in _NAMES}
    entry: Actor = create(
        Actor(
            kind=ActorKind.STATE,
            code=code,
            source=source,
            is_exercise=actor.is_exercise,
            is_reference=True,
            **names,
        )
    )
    state = State(actor=entry, **values)
    state.full_clean()
    state.save(force_insert=True)
    record(actor=actor, verb="institutions.state_added", target=entry)
    return state


@transaction.atomic
def change_state(
    *,
    actor: Any,
    state: State,
    in_use_from: date | None = None,
    version: int | None = None,
    **values: Any,
) -> State:
    """Correct a State's entry, or give it a new name from a day on.

    Names are dated: with ``in_use_from`` the names until then stay in the register as former
    names; without it the entry is merely corrected.

    Args:
        actor: who keeps the States.
        state: the State.
        in_use_from: the first day of the new names.
        version: the version of the State's actor that the person had before them.
        values: ``name_*`` and ``official_name_*``.

    Raises:
        NotPermitted: the person does not keep the States of this world.
        Stale: somebody else changed it meanwhile.
        ValidationError: no name is given, or a former name covers those days already.
    """
    entry = lock(state.actor, version=version)
    require(actor, MANAGE, entry)
    state = State.objects.select_related("actor").get(pk=entry.pk)
    state.actor = entry
    former = {name: getattr(entry, name) for name in _NAMES}
    former |= {name: getattr(state, name) for name in _OFFICIAL_NAMES}
    changes = apply_changes(
        state, {name: values[name] for name in _OFFICIAL_NAMES if name in values}
    )
    changes |= change_and_keep(entry, {name: values[name] for name in _NAMES if name in values})
    if not changes:
        return state
    if in_use_from is not None:
        _keep_former_name(entry, former, in_use_from)
    entry.is_kept = True
    entry.save(update_fields=["is_kept"])
    state.full_clean()
    state.save()
    record(actor=actor, verb="institutions.state_changed", target=entry, changes=changes)
    return state


def _keep_former_name(entry: Actor, names: dict[str, str], until: date) -> None:
    last = entry.dated_names.filter(to_earliest__isnull=False).order_by("-to_earliest").first()
    create(
        DatedName(
            actor=entry,
            from_earliest=last.to_earliest if last else None,
            from_latest=last.to_latest or last.to_earliest if last else None,
            to_earliest=until,
            to_latest=until,
            **names,
        )
    )


@transaction.atomic
def change_standing(
    *,
    actor: Any,
    member: Actor,
    status: str,
    on: date,
    decided_at: Session | None = None,
    source: str = "",
) -> MembershipStatus:
    """Record that a State's or observer's standing changes on a day; the one before ends then.

    Args:
        actor: who keeps the States.
        member: the State's or the observer's actor.
        status: a value of ``Membership``.
        on: the first day of the new standing.
        decided_at: the session that decided it.
        source: where this is known from.

    Raises:
        NotPermitted: the person does not keep the States of this world.
        Refused: the present standing began on that day or later, or is the same, or the worlds mix.
    """
    member = lock(member)
    require(actor, MANAGE, member)
    refuse_other_world(decided_at, is_exercise=member.is_exercise, field="decided_at")
    present = member.statuses.filter(to_earliest__isnull=True, to_latest__isnull=True).first()
    if present is not None:
        if present.status == status:
            raise Refused(
                "standing_unchanged", _("This is the present standing already."), field="status"
            )
        if present.from_latest and on <= present.from_latest:
            raise Refused(
                "standing_begins_later",
                _("The present standing began on that day or later."),
                field="on",
            )
        change_and_keep(present, {"to_earliest": on, "to_latest": on})
    row: MembershipStatus = create(
        MembershipStatus(
            actor=member,
            status=status,
            from_earliest=on,
            from_latest=on,
            decided_at=decided_at,
            source=source,
        )
    )
    record(
        actor=actor,
        verb="institutions.standing_changed",
        target=member,
        changes={"status": [present.status if present else None, status]},
        on=on,
    )
    return row


@transaction.atomic
def change_regional_group(
    *, actor: Any, state: State, group: RegionalGroup, valid_from: date
) -> RegionalGroupMembership:
    """Set to which regional group a State counts from a day on; the one before ends the day before.

    Args:
        actor: the administrator, whose setting it is (Rule G4, domain.md).
        state: the State.
        group: its new group.
        valid_from: the first day.

    Raises:
        NotPermitted: the person does not keep the regional groups of this world.
        Refused: the State counts to that group already, or a setting begins on that day or later.
    """
    lock(state.actor)
    require(actor, MANAGE_GROUPS, state)
    present = state.group_memberships.filter(valid_to__isnull=True).select_related("group").first()
    if present is not None:
        if present.group_id == group.pk:
            raise Refused(
                "group_unchanged", _("The State counts to this group already."), field="group"
            )
        if present.valid_from and valid_from <= present.valid_from:
            raise Refused(
                "group_begins_later",
                _("The present setting begins on that day or later."),
                field="valid_from",
            )
        change_and_keep(present, {"valid_to": valid_from - timedelta(days=1)})
    row: RegionalGroupMembership = create(
        RegionalGroupMembership(state=state, group=group, valid_from=valid_from)
    )
    record(
        actor=actor,
        verb="institutions.group_changed",
        target=state.actor,
        changes={"group": [present.group.code if present else None, group.code]},
        valid_from=valid_from,
    )
    return row
