"""Who speaks for a State: accreditation, freeze and release (Rules A1 and A2, domain.md)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import Delegation, User
from accounts.services.sessions import end_all_access
from audit.services import record
from common.changes import apply_changes, lock
from common.policy import require
from institutions.models import State


@transaction.atomic
def record_accreditation(
    *, actor: User, state: State, note_reference: str, note_date: date, signatory: str
) -> Delegation:
    """Record the note by which a State accredits its delegation; the Secretary General accepts it.

    Raises:
        NotPermitted: the actor does not keep accreditations.
        ValidationError: the State has a delegation already.
    """
    require(actor, "accounts.record_accreditation")
    delegation = Delegation(
        state=state,
        note_reference=note_reference,
        note_date=note_date,
        signatory=signatory,
        is_exercise=state.is_exercise,
    )
    delegation.full_clean()
    delegation.save()
    record(
        actor=actor,
        verb="accounts.accreditation_recorded",
        target=delegation,
        note_reference=note_reference,
        note_date=note_date,
    )
    return delegation


@transaction.atomic
def accept_accreditation(
    *, actor: User, delegation: Delegation, on: date, version: int | None = None
) -> Delegation:
    """Accept an accreditation; from now on the delegation may have users (Rule A1).

    Args:
        actor: the Secretary General.
        delegation: recorded and not yet accepted.
        on: the day of acceptance, in Jeddah.
        version: the version the actor had before them.

    Raises:
        NotPermitted: the actor is not the Secretary General.
        Refused: accepted already, or of the other world.
    """
    delegation = lock(delegation, version=version)
    require(actor, "accounts.accept_accreditation", delegation)
    apply_changes(delegation, {"accepted_on": on, "accepted_by": actor})
    delegation.full_clean()
    delegation.save()
    record(actor=actor, verb="accounts.accreditation_accepted", target=delegation, on=on)
    return delegation


@transaction.atomic
def freeze_delegation(
    *, actor: User, delegation: Delegation, reason: str, version: int | None = None
) -> Delegation:
    """Freeze a delegation whose authority is contested: it does and reads nothing new (Rule A2).

    Its users' sessions and tokens end at once; at log-in they are asked to contact the General
    Secretariat. No other State sees the freeze.

    Raises:
        NotPermitted: the actor is not the Secretary General.
        Refused: the delegation is not in force, or of the other world.
    """
    delegation = lock(delegation, version=version)
    require(actor, "accounts.freeze_delegation", delegation)
    apply_changes(
        delegation,
        {"frozen_at": timezone.now(), "frozen_by": actor, "frozen_reason": reason},
    )
    delegation.full_clean()
    delegation.save()
    end_all_access(users=list(delegation.users.all()))
    record(actor=actor, verb="accounts.delegation_frozen", target=delegation, reason=reason)
    return delegation


@transaction.atomic
def release_delegation(
    *, actor: User, delegation: Delegation, reason: str, version: int | None = None
) -> Delegation:
    """Lift the freeze of a delegation (Rule A2); its users log in again.

    Raises:
        NotPermitted: the actor is not the Secretary General.
        Refused: the delegation is not frozen, or of the other world.
    """
    delegation = lock(delegation, version=version)
    require(actor, "accounts.release_delegation", delegation)
    apply_changes(delegation, {"frozen_at": None, "frozen_by": None, "frozen_reason": ""})
    delegation.full_clean()
    delegation.save()
    record(actor=actor, verb="accounts.delegation_released", target=delegation, reason=reason)
    return delegation
