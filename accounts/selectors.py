"""Reads that join accounts with what waits for them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Absence, ApiToken, Invitation, RoleChange, User
from accounts.models.tokens import digest_of
from accounts.models.users import UserQuerySet
from accounts.roles import ROLES

#: Roles that may approve another's change of role.
_APPROVING = [code for code, role in ROLES.items() if "accounts.approve_role" in role.powers]


def absentees_of(user: Any) -> QuerySet[Absence, Any]:
    """Return a subquery of the keys of those for whom the person stands in today."""
    return Absence.objects.today().filter(stand_in=user).order_by().values("user")


def has_second_person(actor: User) -> bool:
    """Tell whether anybody besides `actor` was ever made an approver of roles.

    Closed accounts count, so that nobody gains power by closing the others' first.
    """
    return bool(User.objects.filter(role__in=_APPROVING).exclude(pk=actor.pk).exists())


def users_listed(user: Any) -> QuerySet[User]:
    """Return the accounts the person may open, ready for a list: no further query a row."""
    rows: UserQuerySet = User.objects.visible_to(user)
    return rows.select_related("unit", "delegation__state__actor")


def matching(rows: QuerySet[User], words: str) -> QuerySet[User]:
    """Return the accounts whose name, Arabic name, function or address holds every word."""
    for word in words.split()[:8]:
        rows = rows.filter(
            Q(full_name__icontains=word)
            | Q(full_name_ar__icontains=word)
            | Q(job_title__icontains=word)
            | Q(email__icontains=word)
        )
    return rows


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """Return the tokens the person may see, with whom each acts for."""
    rows: QuerySet[ApiToken] = ApiToken.objects.visible_to(user)
    return rows.select_related("user")


def waiting_role_changes(user: Any) -> QuerySet[RoleChange]:
    """Return the changes of role that wait for a second person, oldest first."""
    return (
        RoleChange.objects.visible_to(user)
        .open()
        .select_related("user", "proposed_by")
        .order_by("proposed_at")
    )


def open_invitation(key: str) -> Invitation | None:
    """Return the invitation that a key still opens, with its person."""
    found = Invitation.objects.select_related("user").filter(digest=digest_of(key)).first()
    is_open = found is not None and found.is_open(timezone.now()) and found.user.is_active
    return found if is_open else None
