"""Bases of acting besides mandates: good offices, agreement, invitation (Rule M0)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from cases.choices import BasisKind, BasisState
from cases.lifecycle import BASIS_MOVES, FIRST_BASIS_STATE
from cases.models import Agreement, Basis, Process
from cases.services.disputes import require_one_world
from cases.services.secrecy import require_own_clearance
from common.changes import apply_changes, lock
from common.choices import Classification
from common.errors import Refused
from common.policy import require
from institutions.models import Actor


@transaction.atomic
def offer_good_offices(
    *,
    actor: User,
    process: Process,
    offered_on: date,
    holder: Actor | None = None,
    note: str = "",
    classification: int = Classification.CONFIDENTIAL,
) -> Basis:
    """Record that the Secretary General offered his good offices, or entrusted them (Rule M0).

    Args:
        holder: the Member State, Chair, group or partner whom he asked; None for himself.

    Raises:
        Refused: worlds are mixed, or the classification lies above the actor's clearance.
    """
    require(actor, "cases.offer_good_offices", process)
    require_one_world(process.dispute, holder)
    basis = _write_basis(
        actor,
        process,
        BasisKind.GOOD_OFFICES,
        offered_on,
        holder=holder,
        note=note,
        classification=classification,
    )
    record(actor=actor, verb="cases.good_offices_offered", target=basis, subject=process.dispute)
    return basis


@transaction.atomic
def record_invitation(
    *,
    actor: User,
    process: Process,
    inviting: Actor,
    invited_on: date,
    level: str,
    scope: str,
    form: str,
    ends_on: date | None = None,
    classification: int = Classification.RESTRICTED,
) -> Basis:
    """Record that a State invited the OIC: who, at what level, when, for what, in what form (M0).

    Raises:
        Refused: no State invites, worlds are mixed, or the classification lies above the actor's
            clearance.
    """
    require(actor, "cases.record_basis", process)
    require_one_world(process.dispute, inviting)
    if not inviting.is_government:
        raise Refused("no_state", _("Only a State invites the OIC."), field="inviting")
    basis = _write_basis(
        actor,
        process,
        BasisKind.INVITATION,
        invited_on,
        ends_on=ends_on,
        inviting=inviting,
        level=level,
        scope=scope,
        form=form,
        classification=classification,
    )
    record(actor=actor, verb="cases.basis_recorded", target=basis, subject=process.dispute)
    return basis


@transaction.atomic
def record_agreement_basis(
    *, actor: User, process: Process, agreement: Agreement, since: date, note: str = ""
) -> Basis:
    """Record an agreement of the parties that names the OIC; it lasts as long as the agreement (M0).

    Raises:
        Refused: the agreement is of another file, not signed, or does not name the OIC; or the basis would
            be classified above the actor's clearance.
    """
    require(actor, "cases.record_basis", process)
    if agreement.process.dispute_id != process.dispute_id:
        raise Refused(
            "foreign_agreement", _("Choose an agreement of this file."), field="agreement"
        )
    if not agreement.is_signed or not agreement.names_oic:
        raise Refused(
            "agreement_names_nobody",
            _("Only a signed agreement that names the OIC is a basis of acting."),
            field="agreement",
        )
    basis = _write_basis(actor, process, BasisKind.AGREEMENT, since, agreement=agreement, note=note)
    record(actor=actor, verb="cases.basis_recorded", target=basis, subject=process.dispute)
    return basis


def _write_basis(actor: User, process: Process, kind: BasisKind, on: date, **values: Any) -> Basis:
    basis = Basis(
        process=process,
        kind=kind,
        state=FIRST_BASIS_STATE[kind],
        starts_on=on,
        state_since=on,
        **values,
    )
    require_own_clearance(actor=actor, classification=basis.classification)
    basis.full_clean()
    basis.save()
    return basis


@transaction.atomic
def change_basis_state(
    *, actor: User, basis: Basis, state: str, on: date, note: str = "", version: int | None = None
) -> Basis:
    """Record what became of a basis: accepted, no reply, not taken up, ended (Rules M0, R7).

    An offer not taken up becomes secret.

    Raises:
        Refused: the table of moves does not know this one, or the day lies before the last.
    """
    basis = lock(basis, version=version)
    require(actor, "cases.change_basis", basis)
    if BasisState(state) not in BASIS_MOVES[BasisState(basis.state)]:
        raise Refused(
            "no_such_move",
            _("A basis that is “%(old)s” cannot become “%(new)s”.")
            % {"old": basis.get_state_display(), "new": BasisState(state).label},
            field="state",
        )
    if on < basis.state_since:
        raise Refused("before_last_step", _("This day lies before the last step."), field="on")
    values: dict[str, Any] = {"state": state, "state_since": on}
    if note:
        values["note"] = note
    if state == BasisState.ENDED:
        values["ends_on"] = on
    if state == BasisState.NOT_TAKEN_UP:
        values["classification"] = Classification.SECRET
    changes = apply_changes(basis, values)
    basis.full_clean()
    basis.save()
    record(
        actor=actor,
        verb="cases.basis_changed",
        target=basis,
        subject=basis.process.dispute,
        changes=changes,
    )
    return basis
