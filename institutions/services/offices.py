"""Who holds an office: taken up, left."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from common.changes import lock
from common.errors import Refused
from common.policy import require
from institutions.models import Actor, Office, OfficeHolding
from institutions.services.base import change_and_keep, create, refuse_other_world

MANAGE = "institutions.manage_offices"


@transaction.atomic
def take_up_office(
    *,
    actor: Any,
    office: Office,
    on: date,
    holder: Actor | None = None,
    holder_name: str = "",
    source: str = "",
) -> OfficeHolding:
    """Record who takes up an office; whoever held it in the actor's world leaves it that day.

    Args:
        actor: who keeps the register.
        office: the office.
        on: the first day.
        holder: the State or person of the register who holds it.
        holder_name: the person in words where the register has none.
        source: where this is known from.

    Raises:
        NotPermitted: the person does not keep the offices.
        Refused: the present holder took it up on that day or later, or the worlds would mix.
        ValidationError: no holder or two are named.
    """
    lock(office)
    require(actor, MANAGE)
    refuse_other_world(holder, is_exercise=actor.is_exercise, field="holder")
    _end_present(actor, office, on)
    holding: OfficeHolding = create(
        OfficeHolding(
            office=office,
            holder=holder,
            holder_name=holder_name,
            from_earliest=on,
            from_latest=on,
            source=source,
            is_exercise=actor.is_exercise,
        )
    )
    record(actor=actor, verb="institutions.office_taken_up", target=holding, subject=office)
    return holding


@transaction.atomic
def leave_office(
    *, actor: Any, holding: OfficeHolding, on: date, version: int | None = None
) -> OfficeHolding:
    """Record that a holder has left an office.

    Args:
        actor: who keeps the register.
        holding: the running holding.
        on: the first day on which the holder no longer holds it.
        version: the version that the person had before them.

    Raises:
        NotPermitted: the person does not keep the offices of this world.
        Refused: the holding has ended already, or would end before it began.
        Stale: somebody else changed it meanwhile.
    """
    holding = lock(holding, version=version)
    require(actor, MANAGE, holding)
    if holding.to_earliest or holding.to_latest:
        raise Refused("office_left_already", _("This holder has left the office already."))
    _refuse_before_beginning(holding, on)
    changes = change_and_keep(holding, {"to_earliest": on, "to_latest": on})
    record(
        actor=actor,
        verb="institutions.office_left",
        target=holding,
        subject=holding.office,
        changes=changes,
    )
    return holding


def _end_present(actor: Any, office: Office, on: date) -> None:
    """End the running holding of the actor's world, between its last verified day and `on`."""
    present = (
        OfficeHolding.objects.of_world(is_exercise=actor.is_exercise)
        .filter(office=office, to_earliest__isnull=True, to_latest__isnull=True)
        .order_by("from_latest")
        .last()
    )
    if present is None:
        return
    _refuse_before_beginning(present, on)
    earliest = min(present.verified_to + timedelta(days=1), on) if present.verified_to else on
    changes = change_and_keep(present, {"to_earliest": earliest, "to_latest": on})
    record(
        actor=actor,
        verb="institutions.office_left",
        target=present,
        subject=office,
        changes=changes,
    )


def _refuse_before_beginning(holding: OfficeHolding, on: date) -> None:
    if holding.from_latest and on <= holding.from_latest:
        raise Refused(
            "office_begins_later",
            _("%(holder)s took up the office on that day or later.")
            % {"holder": holding.holder or holding.holder_name},
            field="on",
        )
