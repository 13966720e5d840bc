"""Who works on a file, and who else may look at it for a time."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from cases.models import Dispute, TeamMember
from cases.services import access
from common.changes import apply_changes, lock
from common.errors import Refused
from common.policy import require


def _require_admissible(dispute: Dispute, user: User) -> None:
    if not user.is_active or not user.kind.may_see_files() or user.state_actor_id is not None:
        raise Refused(
            "not_admissible",
            _("%(person)s cannot be admitted to a file in this way.") % {"person": user},
            field="user",
        )
    if user.is_exercise != dispute.is_exercise:
        raise Refused(
            "other_world",
            _("%(person)s belongs to the other world: exercise and real files never mix.")
            % {"person": user},
            field="user",
        )
    if user.clearance < dispute.classification:
        raise Refused(
            "clearance",
            _("The clearance of %(person)s does not reach the classification of this file.")
            % {"person": user},
            field="user",
        )


@transaction.atomic
def add_team_member(
    *,
    actor: User,
    dispute: Dispute,
    user: User,
    function: str,
    valid_from: date,
    valid_to: date | None = None,
) -> TeamMember:
    """Take a person into the file's team from the first to the last day.

    The team sees the file and its team parts. Envoys, wise persons and experts are members too,
    as granted mediators.

    Raises:
        Refused: the person lacks the clearance, is of the other world or of a State.
    """
    dispute = lock(dispute)
    require(actor, "cases.change_team", dispute)
    _require_admissible(dispute, user)
    member = TeamMember(
        dispute=dispute, user=user, function=function, valid_from=valid_from, valid_to=valid_to
    )
    member.full_clean()
    member.save()
    _admit(member, actor)
    record(
        actor=actor,
        verb="cases.team_member_added",
        target=member,
        subject=dispute,
        user=user,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    return member


@transaction.atomic
def end_team_member(*, actor: User, member: TeamMember, on: date) -> TeamMember:
    """End a place in the team; `on` is its last day, and the right ends with it.

    Raises:
        Refused: the place has ended already.
    """
    member = lock(member)
    require(actor, "cases.change_team", member.dispute)
    if member.valid_to is not None and member.valid_to < on:
        raise Refused("place_ended", _("This place in the team has ended already."))
    changes = apply_changes(member, {"valid_to": max(on, member.valid_from)})
    member.full_clean()
    member.save()
    _admit(member, actor)
    record(
        actor=actor,
        verb="cases.team_member_ended",
        target=member,
        subject=member.dispute,
        changes=changes,
    )
    return member


def _admit(member: TeamMember, by: User) -> None:
    """Date the right of a member by the place; the desk officer's own right needs no place."""
    if member.dispute.desk_officer_id == member.user_id:
        return
    access.admit_to_team(
        dispute=member.dispute,
        user=member.user,
        valid_from=member.valid_from,
        valid_to=member.valid_to,
        reason=member.function,
        by=by,
    )
