"""Whom the Secretariat may take into the team of a file."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import ROLES, Side

_ADMISSIBLE = [role.code for role in ROLES.values() if role.side in (Side.SECRETARIAT, Side.FIELD)]


def admissible_people(user: Any) -> QuerySet[User]:
    """Return staff, envoys, wise persons and experts of the person's world; none for outsiders."""
    people = User.objects.get_queryset()
    if not user.is_secretariat:
        return people.none()
    return people.filter(role__in=_ADMISSIBLE, is_active=True, is_exercise=user.is_exercise)
