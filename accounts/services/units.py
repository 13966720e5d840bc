"""Units of the General Secretariat and their heads."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from audit.services import record
from common.changes import apply_changes, lock
from common.errors import Refused
from common.policy import require


@transaction.atomic
def add_unit(
    *,
    actor: User,
    code: str,
    name_en: str = "",
    name_fr: str = "",
    name_ar: str = "",
    head: User | None = None,
) -> Unit:
    """Add a unit.

    Raises:
        NotPermitted: the actor does not administer accounts.
        Refused: the head is no active member of the General Secretariat.
    """
    require(actor, "accounts.manage_units")
    _require_staff(head)
    unit = Unit(code=code, name_en=name_en, name_fr=name_fr, name_ar=name_ar, head=head)
    unit.full_clean()
    unit.save()
    record(actor=actor, verb="accounts.unit_changed", target=unit, is_new=True, head=head)
    return unit


@transaction.atomic
def change_unit(*, actor: User, unit: Unit, version: int | None = None, **values: Any) -> Unit:
    """Change a unit's code, names or head.

    Raises:
        NotPermitted: the actor does not administer accounts.
        Refused: the head is no active member of the General Secretariat.
        Stale: somebody else changed the unit meanwhile.
    """
    unit = lock(unit, version=version)
    require(actor, "accounts.manage_units", unit)
    _require_staff(values.get("head"))
    changes = apply_changes(unit, values)
    if changes:
        unit.full_clean()
        unit.save()
        record(actor=actor, verb="accounts.unit_changed", target=unit, changes=changes)
    return unit


def _require_staff(head: User | None) -> None:
    if head is not None and not (head.is_active and head.is_secretariat):
        raise Refused(
            "head_not_staff",
            _("The head of a unit is an active member of the General Secretariat."),
            field="head",
        )
