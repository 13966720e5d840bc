"""Accounts: invited, changed, cleared, closed and opened again. Nobody does any of it to themselves."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import notices, roles
from accounts.models import Absence, Delegation, Invitation, RoleChange, Unit, User
from accounts.models.tokens import digest_of
from accounts.selectors import has_second_person
from accounts.services.groups import sync_groups
from accounts.services.sessions import end_all_access
from audit.services import record
from common.changes import apply_changes, lock
from common.choices import Classification
from common.clock import Today
from common.errors import Refused
from common.extensions import on_person_leaving
from common.policy import require

INVITATION_LASTS = timedelta(days=7)


@dataclass(frozen=True)
class Invited:
    """An invitation with its key, which exists only in this answer and in the link."""

    invitation: Invitation
    key: str

    @property
    def user(self) -> User:
        return self.invitation.user


@transaction.atomic
def invite_user(
    *,
    actor: User,
    email: str,
    full_name: str,
    role: str,
    clearance: int = Classification.OPEN,
    full_name_ar: str = "",
    job_title: str = "",
    unit: Unit | None = None,
    delegation: Delegation | None = None,
    is_portal_administrator: bool = False,
    is_authorised_signatory: bool = False,
    language: str = "",
    is_exercise: bool = False,
) -> Invited:
    """Make an account and the invitation with which its owner chooses a password.

    A role that sees all files or rules accounts is not given by one hand: the account begins
    without a role and the change waits for a second person. Only while the house has no second
    person who could approve is such a role given at once, and the record says so.

    Args:
        actor: an administrator.
        email: becomes the name for log-in.
        full_name: as shown to colleagues.
        role: code of a role (accounts.roles).
        clearance: at most the actor's own.
        full_name_ar: the same in Arabic letters.
        job_title: the function.
        unit: of the General Secretariat.
        delegation: for a State's user, and for nobody else.
        is_portal_administrator: may add and remove the State's own users.
        is_authorised_signatory: may confirm and end the State's consent.
        language: of the mail and of the first page.
        is_exercise: whether the account lives in the exercise; a State's user in its State's world.

    Raises:
        NotPermitted: the actor does not administer accounts, or gives above their own clearance.
        Refused: the delegation is missing, not in force, or of another side than the role.
    """
    require(actor, "accounts.manage_users")
    require(actor, "accounts.grant_clearance", None, level=clearance)
    _require_fitting_delegation(role, delegation)
    waits = roles.ROLES[role].needs_second_person() and has_second_person(actor)
    user = User(
        email=email.lower(),
        full_name=full_name,
        full_name_ar=full_name_ar,
        job_title=job_title,
        role=roles.Newcomer.code if waits else role,
        clearance=clearance,
        unit=unit,
        delegation=delegation,
        is_portal_administrator=is_portal_administrator,
        is_authorised_signatory=is_authorised_signatory,
        language=language,
        is_exercise=delegation.is_exercise if delegation else is_exercise,
    )
    user.set_unusable_password()
    user.full_clean()
    user.save()
    if waits:
        _let_role_wait(user, role, proposed_by=actor)
    sync_groups(user=user)
    invited = make_invitation(actor=actor, user=user)
    record(
        actor=actor,
        verb="accounts.user_invited",
        target=user,
        role=role,
        clearance=clearance,
        delegation=delegation,
        waits_for_second_person=waits,
    )
    return invited


@transaction.atomic
def renew_invitation(*, actor: User, user: User) -> Invited:
    """Make a fresh link for a person who has not taken up the first; older links stop working.

    Raises:
        Refused: the person has chosen a password already, or the account is closed.
    """
    user = lock(user)
    require(actor, "accounts.change_user", user)
    if user.has_usable_password() or not user.is_active:
        raise Refused(
            "invitation_not_needed", _("This person has taken up the invitation already.")
        )
    invited = make_invitation(actor=actor, user=user)
    record(actor=actor, verb="accounts.user_invited", target=user, is_renewed=True)
    return invited


@transaction.atomic
def accept_invitation(*, key: str, password: str) -> User:
    """Set the password of an invited person; the link works once.

    Raises:
        Refused: the link was used, is too old, or its account was closed.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(digest=digest_of(key))
        .first()
    )
    now = timezone.now()
    if invitation is None or not invitation.is_open(now) or not invitation.user.is_active:
        raise Refused("invitation_closed", _("This link has been used already or is too old."))
    user = invitation.user
    invitation.used_at = now
    invitation.save(update_fields=["used_at"])
    user.set_password(password)
    user.save(update_fields=["password", "updated_at"])
    record(actor=user, verb="accounts.invitation_used", target=user)
    return user


@transaction.atomic
def change_user(*, actor: User, user: User, version: int | None = None, **values: Any) -> User:
    """Change the name, function, unit, delegation or powers of the State of somebody else.

    A person moved to another State's delegation loses every session and token at once.

    Args:
        actor: an administrator, never the person concerned.
        user: whose account.
        version: the version the actor had before them.
        values: any of ``full_name``, ``full_name_ar``, ``job_title``, ``unit``, ``delegation``,
            ``is_portal_administrator``, ``is_authorised_signatory``.

    Raises:
        NotPermitted: the actor does not administer accounts, or it is their own.
        Refused: the delegation does not fit the role or the person's world.
        Stale: somebody else changed the account meanwhile.
    """
    if unknown := values.keys() - CHANGEABLE:
        raise TypeError(f"not changed here: {', '.join(sorted(unknown))}")
    user = lock(user, version=version)
    require(actor, "accounts.change_user", user)
    if "delegation" in values and values["delegation"] != user.delegation:
        _require_fitting_delegation(user.role, values["delegation"])
        _require_same_world(user, values["delegation"])
    changes = apply_changes(user, values)
    if not changes:
        return user
    user.full_clean()
    user.save()
    if "delegation" in changes:
        end_all_access(users=[user])
        sync_groups(user=user)
    record(actor=actor, verb="accounts.user_changed", target=user, changes=changes)
    return user


CHANGEABLE = frozenset(
    {
        "full_name",
        "full_name_ar",
        "job_title",
        "unit",
        "delegation",
        "is_portal_administrator",
        "is_authorised_signatory",
    }
)


@transaction.atomic
def change_clearance(
    *, actor: User, user: User, clearance: int, reason: str, version: int | None = None
) -> User:
    """Give somebody else another clearance, at most the actor's own.

    Raises:
        NotPermitted: it is the actor's own, or above it.
        Refused: the person has that clearance already.
        Stale: somebody else changed the account meanwhile.
    """
    user = lock(user, version=version)
    require(actor, "accounts.grant_clearance", user, level=clearance)
    changes = apply_changes(user, {"clearance": clearance})
    if not changes:
        raise Refused(
            "clearance_unchanged", _("The person has this clearance already."), field="clearance"
        )
    user.full_clean()
    user.save()
    record(
        actor=actor, verb="accounts.clearance_changed", target=user, changes=changes, reason=reason
    )
    return user


@transaction.atomic
def deactivate_user(*, actor: User, user: User, reason: str, version: int | None = None) -> User:
    """Close somebody else's account: every session and every token ends at once.

    Apps above hear of it in the same transaction (``on_person_leaving``).

    Raises:
        NotPermitted: the actor does not administer accounts, or it is their own.
        Refused: the account is closed already.
    """
    user = lock(user, version=version)
    require(actor, "accounts.change_user", user)
    if not user.is_active:
        raise Refused("already_deactivated", _("This account is closed already."))
    apply_changes(
        user, {"is_active": False, "deactivated_at": timezone.now(), "deactivated_by": actor}
    )
    user.full_clean()
    user.save()
    user.invitations.filter(used_at__isnull=True).delete()
    end_all_access(users=[user])
    for absence in Absence.objects.not_over(Today()).filter(stand_in=user).select_related("user"):
        notices.no_longer_standing_in(absence, user, actor=actor)
    for _key, tell in on_person_leaving:
        tell(actor, user)
    record(actor=actor, verb="accounts.user_deactivated", target=user, reason=reason)
    return user


@transaction.atomic
def reactivate_user(*, actor: User, user: User, reason: str, version: int | None = None) -> User:
    """Open a closed account again; its owner logs in anew, tokens are made anew.

    Raises:
        NotPermitted: the actor does not administer accounts, or it is their own.
        Refused: the account is open.
    """
    user = lock(user, version=version)
    require(actor, "accounts.change_user", user)
    if user.is_active:
        raise Refused("already_active", _("This account is open already."))
    apply_changes(user, {"is_active": True, "deactivated_at": None, "deactivated_by": None})
    user.full_clean()
    user.save()
    sync_groups(user=user)
    record(actor=actor, verb="accounts.user_reactivated", target=user, reason=reason)
    return user


@transaction.atomic
def end_access(*, actor: User, user: User) -> User:
    """End every session and API token of somebody: one's own, or as an administrator another's.

    Raises:
        NotPermitted: it is another person's and the actor does not administer accounts.
    """
    if actor.pk != user.pk:
        require(actor, "accounts.change_user", user)
    end_all_access(users=[user])
    record(actor=actor, verb="accounts.access_ended", target=user)
    return user


@transaction.atomic
def choose_language(*, actor: User, language: str) -> User:
    """Keep the language in which a person reads on their own account."""
    user = lock(actor)
    changes = apply_changes(user, {"language": language})
    if changes:
        user.full_clean()
        user.save()
        record(actor=user, verb="accounts.language_changed", target=user, changes=changes)
    return user


def make_invitation(*, actor: User | None, user: User) -> Invited:
    """Make the one invitation that works; older ones are gone. The calling service records it.

    Args:
        actor: who invites; None for the house itself.
        user: who is to choose a password.
    """
    user.invitations.filter(used_at__isnull=True).delete()
    key = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        user=user,
        digest=digest_of(key),
        invited_by=actor,
        expires_at=timezone.now() + INVITATION_LASTS,
    )
    return Invited(invitation, key)


def _let_role_wait(user: User, role: str, *, proposed_by: User) -> None:
    RoleChange.objects.create(
        user=user,
        old_role=user.role,
        new_role=role,
        reason=_("Role of the invitation"),
        proposed_by=proposed_by,
    )


def _require_fitting_delegation(role: str, delegation: Delegation | None) -> None:
    is_of_state = role in roles.STATE_ROLES
    if is_of_state and delegation is None:
        raise Refused(
            "delegation_missing",
            _("A State's user belongs to a delegation: choose the State."),
            field="delegation",
        )
    if not is_of_state and delegation is not None:
        raise Refused(
            "delegation_not_wanted",
            _("Only a State's user belongs to a delegation: leave the State empty."),
            field="delegation",
        )
    if delegation is not None and not delegation.is_in_force:
        raise Refused(
            "delegation_not_in_force",
            _(
                "The delegation of %(state)s is not in force: its accreditation must be accepted first."
            )
            % {"state": delegation},
            field="delegation",
        )


def _require_same_world(user: User, delegation: Delegation | None) -> None:
    if delegation is not None and delegation.is_exercise != user.is_exercise:
        raise Refused(
            "other_world", _("The exercise and the real world do not mix."), field="delegation"
        )
