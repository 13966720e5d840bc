"""The persons of a file: whom it names, and whom the Secretariat may take into its team."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import ROLES, Side
from cases.models import Dispute

_NAMED = ("opened_by", "ended_by", "end_approved_by", "end_proposed_by")
_ADMISSIBLE = [role.code for role in ROLES.values() if role.side in (Side.SECRETARIAT, Side.FIELD)]


def admissible_people(user: Any) -> QuerySet[User]:
    """Return staff, envoys, wise persons and experts of the person's world; none for outsiders."""
    people = User.objects.get_queryset()
    if not user.is_secretariat:
        return people.none()
    return people.filter(role__in=_ADMISSIBLE, is_active=True, is_exercise=user.is_exercise)


def bring_people(dispute: Dispute) -> None:
    """Bring the other persons a file names in one query, or in none where it is its desk officer.

    A join for each of them is slow to plan.
    """
    officer = dispute.desk_officer
    keys = {name: getattr(dispute, f"{name}_id") for name in _NAMED}
    people = {officer.pk: officer} if officer else {}
    missing = set(keys.values()) - people.keys() - {None}
    if missing:
        people |= User.objects.select_related(None).in_bulk(missing)
    for name, key in keys.items():
        setattr(dispute, name, people.get(key))
