"""Absences: recorded, changed and called off; the rights of the absent person go with the days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import notices
from accounts.models import Absence, User
from accounts.roles import is_lent
from accounts.services.groups import sync_absence_group
from audit.services import record
from common.changes import apply_changes, lock
from common.errors import Refused
from common.extensions import on_absence
from common.policy import require


@transaction.atomic
def record_absence(
    *, actor: User, user: User, stand_in: User, first_day: date, last_day: date, on: date
) -> Absence:
    """Record that a person is away and who stands in, with their rights for those days.

    The stand-in receives what falls due and the person's powers and files, up to their own
    clearance. Powers over accounts and decisions in person are not lent, and no act of two persons
    becomes one of the same person.

    Args:
        actor: the person, the head of their unit, or an administrator.
        user: who is away; of the Secretariat.
        stand_in: of the Secretariat and the same world.
        first_day: first day of the absence.
        last_day: last day; the rights end with it.
        on: today; what is past is not recorded.

    Raises:
        NotPermitted: the actor is none of the three.
        Refused: the days are past, or the person cannot stand in.
        ValidationError: the days are not in order, or cross another absence.
    """
    user = lock(user)
    require(actor, "accounts.record_absence", user)
    absence = Absence(
        user=user,
        stand_in=stand_in,
        first_day=first_day,
        last_day=last_day,
        recorded_by=actor,
    )
    _require_to_come(absence, on)
    absence.full_clean()
    _require_able(actor, absence)
    absence.save()
    _settle(actor, absence, notices.asked_to_stand_in)
    record(
        actor=actor,
        verb="accounts.absence_recorded",
        target=absence,
        user=user,
        stand_in=stand_in,
        first_day=first_day,
        last_day=last_day,
    )
    return absence


@transaction.atomic
def change_absence(
    *, actor: User, absence: Absence, on: date, version: int | None = None, **values: Any
) -> Absence:
    """Change the days of an absence, or who stands in; the rights follow at once.

    Args:
        values: any of ``stand_in``, ``first_day``, ``last_day``.
        on: today.

    Raises:
        NotPermitted: neither the person, the head of their unit, nor an administrator.
        Refused: the absence is over or called off, or the person cannot stand in.
        Stale: somebody else changed it meanwhile.
        ValidationError: the days are not in order, or cross another absence.
    """
    absence = lock(absence, version=version)
    require(actor, "accounts.change_absence", absence, on=on)
    former = absence.stand_in
    changes = apply_changes(absence, values)
    if not changes:
        return absence
    _require_to_come(absence, on)
    absence.full_clean()
    _require_able(actor, absence)
    absence.save()
    _settle(actor, absence, notices.asked_to_stand_in)
    if former != absence.stand_in:
        notices.no_longer_standing_in(absence, former, actor=actor)
    record(actor=actor, verb="accounts.absence_changed", target=absence, changes=changes)
    return absence


@transaction.atomic
def call_off_absence(
    *, actor: User, absence: Absence, on: date, version: int | None = None
) -> Absence:
    """Call off an absence, before it begins or when the person is back early: the rights end at once.

    Raises:
        NotPermitted: neither the person, the head of their unit, nor an administrator.
        Refused: the absence is over or was called off already.
    """
    absence = lock(absence, version=version)
    require(actor, "accounts.change_absence", absence, on=on)
    changes = apply_changes(absence, {"cancelled_at": timezone.now()})
    absence.full_clean()
    absence.save()
    _settle(actor, absence, notices.called_off)
    record(actor=actor, verb="accounts.absence_called_off", target=absence, changes=changes)
    return absence


def _settle(actor: User, absence: Absence, tell: Callable[..., int]) -> None:
    """Bring rights in step with an absence, tell the apps above, and tell people."""
    sync_absence_group(absence=absence)
    for _key, follow in on_absence:
        follow(actor, absence)
    tell(absence, actor=actor)


def _require_to_come(absence: Absence, on: date) -> None:
    if absence.last_day < on:
        raise Refused("absence_past", _("These days are past already."), field="last_day")


def _require_able(actor: User, absence: Absence) -> None:
    """Refuse a stand-in who may not, cannot, or would gain by it what nobody gives by one hand."""
    _require_colleague(absence.user, absence.stand_in)
    _require_there(absence)
    _require_own_gift(actor, absence)


def _require_colleague(user: User, stand_in: User) -> None:
    if not stand_in.is_active or not stand_in.is_secretariat:
        raise Refused(
            "not_of_the_secretariat",
            _("%(person)s cannot stand in: only staff of the General Secretariat can.")
            % {"person": stand_in},
            field="stand_in",
        )
    if stand_in.is_exercise != user.is_exercise:
        raise Refused(
            "other_world",
            _("%(person)s belongs to the other world: exercise and real files never mix.")
            % {"person": stand_in},
            field="stand_in",
        )


def _require_there(absence: Absence) -> None:
    away = Absence.objects.standing().filter(
        user=absence.stand_in,
        first_day__lte=absence.first_day,
        last_day__gte=absence.last_day,
    )
    if away.exists():
        raise Refused(
            "stand_in_away",
            _("%(person)s is away on all of these days.") % {"person": absence.stand_in},
            field="stand_in",
        )


def _require_own_gift(actor: User, absence: Absence) -> None:
    """Refuse that somebody else's hand lends what neither that hand nor the stand-in holds.

    Whoever is away may lend their own rights. Anybody else could make a confederate powerful in
    their name, and a role that sees all files is given by two persons only.
    """
    if actor.pk == absence.user_id:
        return
    lent = {power for power in absence.user.kind.powers if is_lent(power)}
    sees_all = absence.user.kind.sees_all_files
    for holder in (absence.stand_in.kind, actor.kind):
        if lent <= holder.powers and holder.sees_all_files >= sees_all:
            return
    raise Refused(
        "lends_more",
        _(
            "%(person)s would gain rights that neither of you holds. Choose somebody whose office "
            "covers them, or let %(absent)s record the absence."
        )
        % {"person": absence.stand_in, "absent": absence.user},
        field="stand_in",
    )
