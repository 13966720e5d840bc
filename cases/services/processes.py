"""Processes: opening, stage, engagement, suspension (Rules D1, D2, C6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from cases.choices import DisputeStatus, Engagement, Stage, StageChangeKind
from cases.lifecycle import kind_of_move
from cases.models import Agreement, Dispute, Party, Process, ProcessParty, StageChange
from cases.services.places import refresh_places
from common.changes import apply_changes, lock, set_links
from common.errors import Refused
from common.policy import require


@transaction.atomic
def open_process(
    *,
    actor: User,
    dispute: Dispute,
    parties: Sequence[Party],
    opened_on: date,
    stage: str = Stage.EARLY_WARNING,
    reason: str,
    engagement: str = Engagement.GOOD_OFFICES,
    national_role: str = "",
    **titles: str,
) -> Process:
    """Open a process at any stage, with the reason (Rule D2).

    Args:
        parties: who talks with whom; parties of the same file.
        reason: why at this stage.
        titles: ``title_en``, ``title_fr``, ``title_ar``.

    Raises:
        Refused: a thematic file has no process (C7), a party is of another file, no reason.
    """
    dispute = lock(dispute)
    require(actor, "cases.open_process", dispute)
    _require_reason(reason)
    _require_own_parties(dispute, parties)
    process = Process(
        dispute=dispute,
        opened_on=opened_on,
        stage=stage,
        stage_since=opened_on,
        engagement=engagement,
        national_role=national_role,
        **titles,
    )
    process.full_clean()
    process.save()
    ProcessParty.objects.bulk_create(
        [ProcessParty(process=process, party=party) for party in parties]
    )
    _write_change(process, "", StageChangeKind.OPENED, opened_on, reason, actor)
    for mandate in dispute.mandates.filter(processes__isnull=True).prefetch_related("holders"):
        refresh_places(mandate)
    record(actor=actor, verb="cases.process_opened", target=process, subject=dispute, stage=stage)
    return process


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("reason_missing", _("Give the reason."), field="reason")


def _require_own_parties(dispute: Dispute, parties: Sequence[Party]) -> None:
    if any(party.dispute_id != dispute.pk for party in parties):
        raise Refused("foreign_party", _("Choose among the parties of this file."), field="parties")


def _write_change(
    process: Process,
    old_stage: str,
    kind: StageChangeKind,
    on: date,
    reason: str,
    by: User | None,
    agreement: Agreement | None = None,
) -> StageChange:
    change = StageChange(
        process=process,
        old_stage=old_stage,
        new_stage=process.stage,
        kind=kind,
        on=on,
        reason=reason,
        by=by,
        agreement=agreement,
    )
    change.full_clean()
    change.save()
    return change


@transaction.atomic
def change_process(
    *,
    actor: User,
    process: Process,
    version: int | None = None,
    parties: Sequence[Party] | None = None,
    **titles: Any,
) -> Process:
    """Change a process's title or who talks in it.

    Raises:
        Stale: somebody else changed it meanwhile.
        Refused: a party whose consent is on record cannot be taken out.
    """
    process = lock(process, version=version)
    require(actor, "cases.change_process", process)
    changes = apply_changes(process, titles)
    if parties is not None:
        changes |= _set_parties(process, parties)
    process.full_clean()
    process.save()
    record(
        actor=actor,
        verb="cases.process_changed",
        target=process,
        subject=process.dispute,
        changes=changes,
    )
    return process


def _set_parties(process: Process, parties: Sequence[Party]) -> dict[str, list[Any]]:
    _require_own_parties(process.dispute, parties)
    for party in set(process.parties.all()) - set(parties):
        if process.consents.filter(party=party).exists():
            raise Refused(
                "party_has_consent",
                _(
                    "%(party)s has a consent on record in this process. Set the day on which it "
                    "ceased to be a party instead."
                )
                % {"party": party},
                field="parties",
            )
    return set_links(process, "parties", parties)


@transaction.atomic
def change_stage(
    *, actor: User, process: Process, stage: str, on: date, reason: str, version: int | None = None
) -> Process:
    """Move a process one step, skip ahead, or go back; the reason is always given (Rule D2).

    Raises:
        Refused: no reason, the same stage, or the required consent is missing (C4).
    """
    process = lock(process, version=version)
    require(actor, "cases.change_stage", process, new_stage=stage, on=on)
    _require_reason(reason)
    kind = kind_of_move(process.stage, stage)
    if kind is None:
        raise Refused("same_stage", _("The process is at this stage already."), field="stage")
    if process.stage_since is not None and on < process.stage_since:
        raise Refused(
            "before_last_move",
            _("This day lies before the last change of stage."),
            field="on",
        )
    return _move(process, stage, kind, on, reason, actor)


def _move(
    process: Process,
    stage: str,
    kind: StageChangeKind,
    on: date,
    reason: str,
    actor: User | None,
    agreement: Agreement | None = None,
) -> Process:
    old = process.stage
    changes = apply_changes(process, {"stage": stage, "stage_since": on})
    process.full_clean()
    process.save()
    _write_change(process, old, kind, on, reason, actor, agreement)
    record(
        actor=actor,
        verb="cases.stage_changed",
        target=process,
        subject=process.dispute,
        changes=changes,
        kind=kind,
    )
    return process


def move_by_agreement(*, actor: User, process: Process, agreement: Agreement, on: date) -> Process:
    """Move a process to implementation because a comprehensive or final agreement was signed (D3).

    Called by the service that records the agreement, in its transaction; recording a fact is never
    refused. A process already in implementation or monitoring stays where it is.
    """
    process = lock(process)
    if process.stage in (Stage.IMPLEMENTATION, Stage.MONITORING):
        return process
    since = max(on, process.stage_since or on)
    return _move(
        process, Stage.IMPLEMENTATION, StageChangeKind.AGREEMENT, since, "", actor, agreement
    )


@transaction.atomic
def change_engagement(
    *,
    actor: User,
    process: Process,
    engagement: str,
    national_role: str = "",
    reason: str,
    on: date,
    version: int | None = None,
) -> Process:
    """Change what the OIC is in a process (Rule C6).

    Raises:
        Refused: the consent of the States is missing for mediation after political follow-up.
    """
    process = lock(process, version=version)
    require(actor, "cases.change_engagement", process, new_engagement=engagement, on=on)
    _require_reason(reason)
    changes = apply_changes(process, {"engagement": engagement, "national_role": national_role})
    process.full_clean()
    process.save()
    record(
        actor=actor,
        verb="cases.engagement_changed",
        target=process,
        subject=process.dispute,
        changes=changes,
        reason=reason,
        on=on,
    )
    return process


@transaction.atomic
def suspend_process(*, actor: User, process: Process, reason: str, on: date) -> Process:
    """Suspend a process: outward acts rest, nothing ends."""
    return _set_status(actor, process, DisputeStatus.ACTIVE, DisputeStatus.SUSPENDED, reason, on)


@transaction.atomic
def resume_process(*, actor: User, process: Process, reason: str, on: date) -> Process:
    """Resume a suspended process."""
    return _set_status(actor, process, DisputeStatus.SUSPENDED, DisputeStatus.ACTIVE, reason, on)


def _set_status(
    actor: User, process: Process, old: DisputeStatus, new: DisputeStatus, reason: str, on: date
) -> Process:
    process = lock(process)
    require(actor, "cases.change_process", process)
    _require_reason(reason)
    if process.status != old:
        raise Refused(
            "wrong_status",
            _("The process is “%(status)s” now.") % {"status": process.get_status_display()},
        )
    changes = apply_changes(process, {"status": new})
    process.full_clean()
    process.save()
    verbs = {
        DisputeStatus.SUSPENDED: "cases.process_suspended",
        DisputeStatus.ACTIVE: "cases.process_resumed",
    }
    record(
        actor=actor,
        verb=verbs[new],
        target=process,
        subject=process.dispute,
        changes=changes,
        reason=reason,
        on=on,
    )
    return process
