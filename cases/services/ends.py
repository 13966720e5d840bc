"""Ends by a person's guided act, proposed by one and approved by another (Rule D4b), and reopening.

Nothing else ends a file: no timer, no signature, no lack of news.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from cases.choices import DisputeStatus, Outcome
from cases.models import Dispute
from common.changes import apply_changes, lock
from common.errors import Refused
from common.policy import require

#: The ways out that a file has today; none of them is called settled.
WAYS_OUT = (Outcome.OPENED_IN_ERROR, Outcome.MERGED)


@transaction.atomic
def propose_end(
    *,
    actor: User,
    dispute: Dispute,
    outcome: str,
    reason: str,
    merged_into: Dispute | None = None,
) -> Dispute:
    """Propose that the file was opened in error, or be merged into another one.

    Args:
        merged_into: the file that goes on, for a merger only.

    Raises:
        Refused: no such way out, no target of a merger, or a target that does not fit.
    """
    dispute = lock(dispute)
    require(actor, "cases.propose_end", dispute)
    if outcome not in WAYS_OUT:
        raise Refused("no_such_end", _("This is no way in which a file can end."), field="outcome")
    if not reason.strip():
        raise Refused("reason_missing", _("Give the reason."), field="reason")
    _require_target(dispute, outcome, merged_into)
    changes = apply_changes(
        dispute,
        {
            "end_proposed_outcome": outcome,
            "end_proposed_by": actor,
            "end_proposed_reason": reason,
            "end_proposed_target": merged_into,
        },
    )
    dispute.full_clean()
    dispute.save()
    record(actor=actor, verb="cases.end_proposed", target=dispute, changes=changes)
    return dispute


def _require_target(dispute: Dispute, outcome: str, target: Dispute | None) -> None:
    if outcome != Outcome.MERGED:
        if target is not None:
            raise Refused(
                "target_not_wanted",
                _("Only a merger names another file."),
                field="merged_into",
            )
        return
    if target is None or target.pk == dispute.pk:
        raise Refused("target_missing", _("Name the file that goes on."), field="merged_into")
    if target.is_exercise != dispute.is_exercise or target.is_historical or target.is_ended:
        raise Refused(
            "target_unfit",
            _("A file merges only into a standing file of the same world."),
            field="merged_into",
        )


@transaction.atomic
def approve_end(*, actor: User, dispute: Dispute, on: date) -> Dispute:
    """Approve a proposed end as the second person; the file ends and can be reopened.

    Raises:
        Refused: nothing is proposed, or the proposer approves their own proposal.
    """
    dispute = lock(dispute)
    require(actor, "cases.approve_end", dispute)
    _require_target(dispute, dispute.end_proposed_outcome, dispute.end_proposed_target)
    changes = apply_changes(
        dispute,
        {
            "status": DisputeStatus.ENDED,
            "outcome": dispute.end_proposed_outcome,
            "ended_on": on,
            "ended_by": dispute.end_proposed_by,
            "end_approved_by": actor,
            "end_reason": dispute.end_proposed_reason,
            "merged_into": dispute.end_proposed_target,
            **_NO_PROPOSAL,
        },
    )
    dispute.full_clean()
    dispute.save()
    record(actor=actor, verb="cases.dispute_ended", target=dispute, changes=changes)
    return dispute


_NO_PROPOSAL: dict[str, object] = {
    "end_proposed_outcome": "",
    "end_proposed_by": None,
    "end_proposed_reason": "",
    "end_proposed_target": None,
}


@transaction.atomic
def decline_end(*, actor: User, dispute: Dispute, reason: str) -> Dispute:
    """Decline a proposed end; the file goes on as before.

    Raises:
        Refused: nothing is proposed, or the proposer decides on their own proposal.
    """
    dispute = lock(dispute)
    require(actor, "cases.approve_end", dispute)
    changes = apply_changes(dispute, _NO_PROPOSAL)
    dispute.full_clean()
    dispute.save()
    record(actor=actor, verb="cases.end_declined", target=dispute, changes=changes, reason=reason)
    return dispute


@transaction.atomic
def reopen_dispute(*, actor: User, dispute: Dispute, reason: str, on: date) -> Dispute:
    """Reopen an ended file with a reason; how it had ended stays on record (Rule D4b).

    Raises:
        Refused: the file has not ended, or no reason is given.
    """
    dispute = lock(dispute)
    require(actor, "cases.reopen_dispute", dispute)
    if not reason.strip():
        raise Refused("reason_missing", _("Give the reason."), field="reason")
    changes = apply_changes(
        dispute,
        {
            "status": DisputeStatus.ACTIVE,
            "outcome": "",
            "ended_on": None,
            "ended_by": None,
            "end_approved_by": None,
            "end_reason": "",
            "merged_into": None,
        },
    )
    dispute.full_clean()
    dispute.save()
    record(
        actor=actor,
        verb="cases.dispute_reopened",
        target=dispute,
        changes=changes,
        reason=reason,
        on=on,
    )
    return dispute
