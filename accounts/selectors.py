"""Reads that join accounts with what waits for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Absence, ApiToken, FeedToken, Invitation, RoleChange, User
from accounts.models.tokens import digest_of
from accounts.models.users import UserQuerySet
from accounts.roles import ROLES, STAFF_ROLES

#: Roles that may approve another's change of role.
_APPROVING = [code for code, role in ROLES.items() if "accounts.approve_role" in role.powers]


def absentees_of(user: Any) -> list[UUID]:
    """Return the keys of those for whom the person stands in today; costs no query."""
    return [away.id for away in user.absentees]


def stand_ins_of(users: Iterable[User], on: date) -> dict[UUID, User | None]:
    """Return for each person who acts for them on a day: themselves, while they are there.

    Whoever is away hands on to the person who stands in, and so along the chain; where it turns in
    a circle, or ends with an account that was closed, nobody is there. One query, whoever is asked.

    Args:
        users: whose duties fall due.
        on: the day.

    Returns:
        The person for each key; None where nobody is there.
    """
    handed_on = {
        absence.user_id: absence.stand_in
        for absence in Absence.objects.on(on).select_related("stand_in")
    }
    return {user.pk: _end_of_chain(user, handed_on) for user in users}


def who_acts_for(user: User, on: date) -> User | None:
    """Return who receives what falls to a person on a day: themselves, or who stands in."""
    return stand_ins_of([user], on)[user.pk]


def stand_in_of(user: User, on: date) -> User | None:
    """Return who stands in for a person on a day; None while they are there, or when nobody is."""
    acting = who_acts_for(user, on)
    return None if acting == user else acting


def _end_of_chain(user: User, handed_on: dict[UUID, User]) -> User | None:
    seen = {user.pk}
    while (stand_in := handed_on.get(user.pk)) is not None:
        if stand_in.pk in seen:
            return None
        seen.add(stand_in.pk)
        user = stand_in
    return user if user.is_active else None


def absences_shown(user: Any) -> QuerySet[Absence]:
    """Return the absences that concern the person: own, stood in for, of the units they lead.

    An administrator is concerned by all, for they may record any.
    """
    rows = Absence.objects.select_related("user__unit", "stand_in", "recorded_by")
    rows = rows.order_by("-first_day", "-id")
    if user.has_power("accounts.manage_users"):
        return rows
    leaders = [user.pk, *absentees_of(user)]
    return rows.visible_to(user).filter(
        Q(user=user) | Q(stand_in=user) | Q(user__unit__head__in=leaders)
    )


def people_who_may_be_away(user: Any) -> QuerySet[User]:
    """Return those whose absence the person may record."""
    staff: UserQuerySet = User.objects.filter(role__in=STAFF_ROLES, is_active=True)
    if user.has_power("accounts.manage_users"):
        return staff
    leaders = [user.pk, *absentees_of(user)]
    own_world = staff.filter(is_exercise=user.is_exercise)
    return own_world.filter(Q(pk=user.pk) | Q(unit__head__in=leaders))


def people_who_may_stand_in(user: Any) -> QuerySet[User]:
    """Return the staff among whom the person may choose a stand-in."""
    staff: UserQuerySet = User.objects.filter(role__in=STAFF_ROLES, is_active=True)
    if user.has_power("accounts.manage_users"):
        return staff
    return staff.filter(is_exercise=user.is_exercise)


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


def feeds_of(user: Any) -> QuerySet[FeedToken]:
    """Return the addresses of the person's calendar feed that still open, the latest first."""
    rows: QuerySet[FeedToken] = FeedToken.objects.visible_to(user)
    return rows.filter(revoked_at__isnull=True)


def owner_of_feed(key: str) -> User | None:
    """Return whose calendar a key opens today; None where it opens none."""
    token = FeedToken.objects.filter(digest=digest_of(key), revoked_at__isnull=True).first()
    owner: User | None = None
    if token is not None:
        owner = User.objects.filter(pk=token.user_id, is_active=True).first()
    if owner is None or owner.state_actor_id is not None or not owner.may_see_files:
        return None
    return owner


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
