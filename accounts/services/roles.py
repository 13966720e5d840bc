"""A change of role is proposed by one person and approved by another."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import RoleChange, User
from accounts.roles import ROLES, STATE_ROLES
from accounts.services.groups import sync_groups
from audit.services import record
from common.changes import apply_changes, lock
from common.errors import Refused
from common.policy import require


@transaction.atomic
def propose_role(*, actor: User, user: User, new_role: str, reason: str) -> RoleChange:
    """Propose another role for somebody else; nothing changes until a second person approves.

    Raises:
        NotPermitted: the actor does not administer accounts, or the account is their own.
        Refused: the person has that role, another proposal waits, or the role is of another side.
    """
    user = lock(user)
    require(actor, "accounts.propose_role", user)
    _require_fitting_role(user, new_role)
    change = RoleChange(
        user=user, old_role=user.role, new_role=new_role, reason=reason, proposed_by=actor
    )
    change.full_clean()
    change.save()
    record(
        actor=actor,
        verb="accounts.role_proposed",
        target=user,
        changes={"role": [user.role, new_role]},
        reason=reason,
    )
    return change


@transaction.atomic
def approve_role(*, actor: User, change: RoleChange) -> RoleChange:
    """Approve a proposed role as the second person; the role holds from the next request on.

    Raises:
        NotPermitted: the actor proposed it, is the one concerned, or may not approve.
        Refused: it was decided already, or the person's role has changed since.
    """
    change = _decided(actor, change, is_approved=True)
    user = lock(change.user)
    if user.role != change.old_role or not user.is_active:
        raise Refused(
            "role_changed_since",
            _("The account has changed since this was proposed. Decline it and propose again."),
        )
    changes = apply_changes(user, {"role": change.new_role})
    user.full_clean()
    user.save()
    sync_groups(user=user)
    record(actor=actor, verb="accounts.role_approved", target=user, changes=changes)
    return change


@transaction.atomic
def decline_role(*, actor: User, change: RoleChange) -> RoleChange:
    """Decline a proposed role; the person keeps the present one.

    Raises:
        NotPermitted: the actor proposed it, is the one concerned, or may not approve.
        Refused: it was decided already.
    """
    change = _decided(actor, change, is_approved=False)
    record(
        actor=actor,
        verb="accounts.role_declined",
        target=change.user,
        proposed=change.new_role,
    )
    return change


def _decided(actor: User, change: RoleChange, *, is_approved: bool) -> RoleChange:
    change = lock(change)
    require(actor, "accounts.decide_role", change)
    change.decided_by, change.decided_at = actor, timezone.now()
    change.is_approved = is_approved
    change.full_clean()
    change.save()
    return change


def _require_fitting_role(user: User, new_role: str) -> None:
    if new_role == user.role or new_role not in ROLES:
        raise Refused(
            "role_unchanged", _("Choose a role other than the present one."), field="new_role"
        )
    if (new_role in STATE_ROLES) != (user.role in STATE_ROLES):
        raise Refused(
            "other_side",
            _(
                "Nobody moves between the General Secretariat and a State's delegation with one "
                "account: close this one and invite the person anew."
            ),
            field="new_role",
        )
