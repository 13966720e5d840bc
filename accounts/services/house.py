"""Accounts that no person makes: the first administrator, and those of the demonstration."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Administrator
from accounts.services.groups import sync_groups
from accounts.services.people import Invited, make_invitation
from audit.services import record
from common.actor import SYSTEM
from common.choices import Classification
from common.errors import Refused


@transaction.atomic
def create_administrator(*, email: str, full_name: str) -> Invited:
    """Make the first administrator of an empty house, with an invitation.

    The clearance is the highest, because nobody gives a clearance above their own; an administrator
    sees no file by virtue of the role.

    Raises:
        Refused: the house has an administrator.
    """
    with connection.cursor() as cursor:  # two commands at once make one administrator
        cursor.execute("SELECT pg_advisory_xact_lock(7301, 2)")
    if User.objects.filter(role=Administrator.code, is_active=True).exists():
        raise Refused(
            "administrator_exists", _("There is an administrator already, who can invite others.")
        )
    user = User(
        email=email.lower(),
        full_name=full_name,
        role=Administrator.code,
        clearance=Classification.SECRET,
    )
    user.set_unusable_password()
    user.full_clean()
    user.save()
    sync_groups(user=user)
    invited = make_invitation(actor=SYSTEM, user=user)
    record(actor=SYSTEM, verb="accounts.administrator_created", target=user)
    return invited


@transaction.atomic
def set_up_account(*, email: str, password: str, **values: Any) -> User:
    """Make an account of the demonstration world, or bring it back to what it should be.

    Only commands of the development settings call this; nobody acts, the house does.

    Args:
        email: by which the account is found again.
        password: known to whoever tries the house.
        values: the fields of :class:`accounts.models.User`.
    """
    user = User.objects.filter(email=email.lower()).first() or User(email=email.lower())
    is_new = user._state.adding
    for name, value in values.items():
        setattr(user, name, value)
    if not user.password or not user.check_password(password):
        user.set_password(password)
    user.full_clean()
    user.save()
    sync_groups(user=user)
    if is_new:
        record(actor=SYSTEM, verb="accounts.account_set_up", target=user, role=user.role)
    return user
