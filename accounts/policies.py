"""Who may do what to accounts, roles, tokens, units and delegations.

Nobody edits oneself into power: no act here raises the actor's own role, clearance or powers, and
nobody gives a clearance above their own.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Absence, ApiToken, Delegation, FeedToken, RoleChange, Unit, User
from accounts.roles import RestClient
from accounts.selectors import absentees_of
from common.choices import Classification
from common.policy import Allowed, Denied, Verdict, policy

_NOT_YOUR_WORK = Denied("not_permitted", _("Only those who administer accounts may do this."))
_NOT_FOR_ONESELF = Denied(
    "not_for_oneself", _("Nobody changes their own rights: ask another administrator.")
)


def may_log_in(user: User) -> bool:
    """Tell whether the person may begin a session.

    A frozen delegation's users are told to contact the General Secretariat (Rule A2, domain.md); a
    ministry's system has tokens and no session.
    """
    if not user.is_active or user.role == RestClient.code:
        return False
    return user.delegation is None or user.delegation.is_in_force


@policy("accounts.manage_users")
def may_manage_users(user: User, subject: Any = None) -> Verdict:
    """Administer accounts at all."""
    return Allowed() if user.has_power("accounts.manage_users") else _NOT_YOUR_WORK


@policy("accounts.change_user")
def may_change_user(user: User, subject: User) -> Verdict:
    """Name, function, unit, State, powers of the State: of others only."""
    if not user.has_power("accounts.manage_users"):
        return _NOT_YOUR_WORK
    return _NOT_FOR_ONESELF if subject.pk == user.pk else Allowed()


@policy("accounts.grant_clearance")
def may_grant_clearance(user: User, subject: User | None = None, level: int = 0) -> Verdict:
    """Give a clearance: never to oneself, never above one's own."""
    if not user.has_power("accounts.manage_users"):
        return _NOT_YOUR_WORK
    if subject is not None and subject.pk == user.pk:
        return _NOT_FOR_ONESELF
    if level > user.clearance:
        return Denied(
            "above_own_clearance",
            _("Nobody gives a clearance above their own, which is “%(level)s”.")
            % {"level": Classification(user.clearance).label},
        )
    return Allowed()


@policy("accounts.propose_role")
def may_propose_role(user: User, subject: User) -> Verdict:
    """Propose another role for somebody else; at most one proposal waits at a time."""
    verdict = may_change_user(user, subject)
    if verdict and RoleChange.objects.open().filter(user=subject).exists():
        return Denied(
            "role_change_waits",
            _("A change of role already waits for a second person."),
            is_rule=True,
        )
    return verdict


@policy("accounts.decide_role")
def may_decide_role(user: User, subject: RoleChange) -> Verdict:
    """Approve or decline a change of role as the second person."""
    if not user.has_power("accounts.approve_role"):
        return Denied("not_permitted", _("Only those who approve changes of role may do this."))
    if user.pk in (subject.proposed_by_id, subject.user_id):
        return Denied(
            "second_person_needed",
            _(
                "A change of role needs a second person: neither who proposed it nor the one it concerns."
            ),
        )
    if subject.decided_at is not None:
        return Denied(
            "already_decided", _("This change of role was decided already."), is_rule=True
        )
    return Allowed()


@policy("accounts.manage_units")
def may_manage_units(user: User, subject: Any = None) -> Verdict:
    """Add and change units and name their heads."""
    return may_manage_users(user, subject)


@policy("accounts.create_token")
def may_create_token(user: User, subject: User) -> Verdict:
    """Make a token for oneself, or for a system of one's own State as its portal administrator.

    Nobody makes a token for another person: whoever sees it could read what that person reads.
    """
    if subject.pk == user.pk:
        return Allowed()
    is_own_system = (
        user.is_portal_administrator
        and subject.role == RestClient.code
        and subject.delegation_id == user.delegation_id
        and subject.is_active
    )
    if is_own_system:
        return Allowed()
    return Denied(
        "not_permitted",
        _("A token can be made only for oneself or for a system of one's own State."),
    )


@policy("accounts.revoke_token")
def may_revoke_token(user: User, subject: ApiToken) -> Verdict:
    """Revoke what one could have made."""
    return may_create_token(user, subject.user)


@policy("accounts.keep_feed")
def may_keep_feed(user: User, subject: FeedToken | None = None) -> Verdict:
    """Make and revoke the addresses of one's own calendar feed; States have no calendar here yet."""
    if subject is not None and subject.user_id != user.pk:
        return Denied("not_permitted", _("This address belongs to somebody else."))
    if user.may_see_files and user.state_actor_id is None:
        return Allowed()
    return Denied(
        "not_permitted",
        _("Only the General Secretariat and its mediators read their calendar elsewhere."),
    )


@policy("accounts.record_absence")
def may_record_absence(user: User, subject: User) -> Verdict:
    """Say who is away and who stands in: oneself, the head of one's unit, an administrator."""
    if not subject.is_secretariat or not subject.is_active:
        return Denied(
            "not_of_the_secretariat",
            _("Absences are kept for staff of the General Secretariat."),
            is_rule=True,
        )
    if subject.pk == user.pk or user.has_power("accounts.manage_users"):
        return Allowed()
    if leads(user, subject.unit) and subject.is_exercise == user.is_exercise:
        return Allowed()
    return Denied(
        "not_permitted",
        _("Only the person, the head of their unit and the administrators record an absence."),
    )


@policy("accounts.change_absence")
def may_change_absence(user: User, subject: Absence, on: date | None = None) -> Verdict:
    """Change or call off an absence that is not over; whoever could have recorded it.

    Args:
        on: today; left out where the page asks only whose right it is.
    """
    verdict = may_record_absence(user, subject.user)
    if verdict and subject.is_called_off:
        return Denied("called_off", _("This absence was called off."), is_rule=True)
    if verdict and on is not None and subject.last_day < on:
        return Denied("absence_over", _("This absence is over."), is_rule=True)
    return verdict


def leads(user: User, unit: Unit | None) -> bool:
    """Tell whether the person is the head of a unit today, or stands in for the head."""
    return unit is not None and unit.head_id in {user.pk, *absentees_of(user)}


@policy("accounts.record_accreditation")
def may_record_accreditation(user: User, subject: Any = None) -> Verdict:
    """The registry enters the note of accreditation (Rule A1)."""
    if user.has_power("accounts.manage_delegations"):
        return Allowed()
    return Denied(
        "not_permitted", _("Only the registry and the administrators record accreditations.")
    )


@policy("accounts.accept_accreditation")
def may_accept_accreditation(user: User, subject: Delegation) -> Verdict:
    """Accept an accreditation: the Secretary General alone (Rule A1)."""
    verdict = _of_the_secretary_general(user, subject)
    if verdict and subject.is_accepted:
        return Denied(
            "already_accepted", _("This accreditation was accepted already."), is_rule=True
        )
    return verdict


@policy("accounts.freeze_delegation")
def may_freeze_delegation(user: User, subject: Delegation) -> Verdict:
    """Freeze a delegation whose authority is contested (Rule A2)."""
    verdict = _of_the_secretary_general(user, subject)
    if verdict and not subject.is_in_force:
        return Denied("not_in_force", _("This delegation is not in force."), is_rule=True)
    return verdict


@policy("accounts.release_delegation")
def may_release_delegation(user: User, subject: Delegation) -> Verdict:
    """Lift a freeze: nobody but whoever accepts accreditations (Rule A2)."""
    verdict = _of_the_secretary_general(user, subject)
    if verdict and not subject.is_frozen:
        return Denied("not_frozen", _("This delegation is not frozen."), is_rule=True)
    return verdict


def _of_the_secretary_general(user: User, subject: Delegation) -> Verdict:
    if not user.has_power("accounts.accept_accreditation"):
        return Denied(
            "not_permitted",
            _("Only the Secretary General accepts, freezes and releases a delegation."),
        )
    if subject.is_exercise != user.is_exercise:
        return Denied("other_world", _("The exercise and the real world do not mix."), is_rule=True)
    return Allowed()
