"""The file itself: opening, changing, classification, officer, suspension."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from cases.choices import DisputeStatus, DisputeType, GrantReason
from cases.models import Dispute
from cases.services import access
from cases.services.review_dates import hand_over_steps
from cases.services.secrecy import require_own_clearance
from common.changes import apply_changes, lock, set_links
from common.choices import Classification
from common.errors import Refused
from common.policy import require
from common.reference import new_reference
from common.text import join_search_text
from institutions.models import Actor, State

TEXT_FIELDS = (
    "title_en",
    "title_fr",
    "title_ar",
    "summary_en",
    "summary_fr",
    "summary_ar",
    "territory_en",
    "territory_fr",
    "territory_ar",
    "nature_described",
    "nature_source",
)


def require_one_world(dispute: Dispute, *actors: Actor | State | None) -> None:
    """Refuse to mix the real world and the exercise (architecture.md § 5).

    Raises:
        Refused: an actor belongs to the other world.
    """
    for actor in actors:
        base = actor.actor if isinstance(actor, State) else actor
        if base is None or base.kind in ("organ", "office"):
            continue
        if base.is_exercise != dispute.is_exercise:
            raise Refused(
                "other_world",
                _("%(actor)s belongs to the other world: exercise and real files never mix.")
                % {"actor": base},
            )


def refresh_search_text(dispute: Dispute) -> None:
    """Write the normalised texts under which the file is found: reference, titles, parties.

    Whoever looks from outside finds it by the names shown there: a party's neutral name hides the
    actor's own.
    """
    inside, outside = [], []
    for party in dispute.parties.select_related("actor"):
        neutral = [party.neutral_name_en, party.neutral_name_fr, party.neutral_name_ar]
        own = [party.actor.name_en, party.actor.name_fr, party.actor.name_ar]
        inside += [*neutral, *own]
        outside += neutral if any(neutral) else own
    shared = (dispute.reference, dispute.title_en, dispute.title_fr, dispute.title_ar)
    dispute.search_text = join_search_text(*shared, *inside)
    dispute.outward_search_text = join_search_text(*shared, *outside)
    Dispute.objects.filter(pk=dispute.pk).update(
        search_text=dispute.search_text, outward_search_text=dispute.outward_search_text
    )


@transaction.atomic
def open_dispute(
    *,
    actor: User,
    type: str,
    opened_on: date,
    classification: int = Classification.CONFIDENTIAL,
    states_concerned: Sequence[State] = (),
    desk_officer: User | None = None,
    title_en: str = "",
    title_fr: str = "",
    title_ar: str = "",
    **texts: str,
) -> Dispute:
    """Open a dispute file; whoever opens it is its desk officer unless another is named (D1).

    Args:
        opened_on: the day the file is opened.
        texts: any of ``TEXT_FIELDS`` besides the titles.

    Raises:
        NotPermitted: the role opens no files.
        Refused: the classification lies above the opener's clearance, or worlds are mixed.
    """
    require(actor, "cases.open_dispute")
    officer = desk_officer or actor
    dispute = Dispute(
        reference=new_reference("MED", opened_on.year),
        type=type,
        opened_on=opened_on,
        opened_by=actor,
        classification=classification,
        desk_officer=officer,
        unit=officer.unit,
        is_exercise=actor.is_exercise,
        title_en=title_en,
        title_fr=title_fr,
        title_ar=title_ar,
        **texts,
    )
    _require_officer(dispute, officer)
    require_own_clearance(actor=actor, classification=classification)
    require_one_world(dispute, *states_concerned)
    dispute.full_clean()
    dispute.save()
    dispute.states_concerned.set(states_concerned)
    _admit(dispute, officer, opened_on, GrantReason.DESK_OFFICER, actor)
    if officer != actor:
        _admit(dispute, actor, opened_on, GrantReason.OPENER, actor)
    access.sync_open_files(dispute=dispute, on=opened_on, by=actor)
    refresh_search_text(dispute)
    record(
        actor=actor,
        verb="cases.dispute_opened",
        target=dispute,
        type=type,
        classification=classification,
    )
    return dispute


def _require_officer(dispute: Dispute, officer: User) -> None:
    if not officer.has_own_power("cases.work_on_dispute"):
        raise Refused(
            "no_case_officer",
            _("%(person)s does not keep dispute files.") % {"person": officer},
            field="desk_officer",
        )
    if officer.is_exercise != dispute.is_exercise:
        raise Refused(
            "other_world",
            _("%(person)s belongs to the other world: exercise and real files never mix.")
            % {"person": officer},
            field="desk_officer",
        )
    if officer.clearance < dispute.classification:
        raise Refused(
            "officer_clearance",
            _("The clearance of %(person)s does not reach the classification of this file.")
            % {"person": officer},
            field="desk_officer",
        )


def _release_officer(dispute: Dispute, former: User, on: date, by: User) -> None:
    """Take the former officer's right away, or cut it to the days of a place in the team."""
    standing = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    place = dispute.team.filter(standing, user=former).first()
    if place is None:
        access.dismiss(dispute=dispute, user=former, by=by)
        return
    access.admit_to_team(
        dispute=dispute,
        user=former,
        valid_from=place.valid_from,
        valid_to=place.valid_to,
        reason=place.function,
        by=by,
    )


def _admit(dispute: Dispute, user: User, on: date, reason: GrantReason, by: User) -> None:
    access.admit_to_team(
        dispute=dispute, user=user, valid_from=on, valid_to=None, reason=reason, by=by
    )


@transaction.atomic
def change_dispute(
    *,
    actor: User,
    dispute: Dispute,
    version: int | None = None,
    states_concerned: Sequence[State] | None = None,
    **values: Any,
) -> Dispute:
    """Change what the file says: titles, summary, territory, nature, type, States concerned.

    Args:
        version: the version the person had before them.
        values: ``type`` and any of ``TEXT_FIELDS``.

    Raises:
        Stale: somebody else changed the file meanwhile.
        Refused: the file has ended, or a thematic file would get parties.
    """
    dispute = lock(dispute, version=version)
    require(actor, "cases.change_dispute", dispute)
    becomes_thematic = values.get("type") == DisputeType.THEMATIC and not dispute.is_thematic
    if becomes_thematic and (dispute.parties.exists() or dispute.processes.exists()):
        raise Refused(
            "thematic_file",
            _("A file with parties or processes cannot become thematic."),
            field="type",
        )
    changes = apply_changes(dispute, values)
    if states_concerned is not None:
        require_one_world(dispute, *states_concerned)
        changes |= set_links(dispute, "states_concerned", states_concerned)
    dispute.full_clean()
    dispute.save()
    refresh_search_text(dispute)
    record(actor=actor, verb="cases.dispute_changed", target=dispute, changes=changes)
    return dispute


@transaction.atomic
def reclassify_dispute(
    *, actor: User, dispute: Dispute, classification: int, reason: str, on: date
) -> Dispute:
    """Set the classification of the file.

    Raises:
        Refused: above the actor's clearance, or above the desk officer's.
    """
    dispute = lock(dispute)
    require(actor, "cases.reclassify", dispute)
    require_own_clearance(actor=actor, classification=classification)
    changes = apply_changes(dispute, {"classification": classification})
    if dispute.desk_officer is not None:
        _require_officer(dispute, dispute.desk_officer)
    dispute.full_clean()
    dispute.save()
    access.sync_open_files(dispute=dispute, on=on, by=actor)
    record(
        actor=actor,
        verb="cases.dispute_reclassified",
        target=dispute,
        changes=changes,
        reason=reason,
    )
    return dispute


@transaction.atomic
def assign_desk_officer(
    *, actor: User, dispute: Dispute, desk_officer: User, on: date, keep_former: bool = False
) -> Dispute:
    """Give the file to a desk officer; the former one leaves the team unless kept.

    Raises:
        Refused: the person keeps no files, lacks the clearance, or is of the other world.
    """
    dispute = lock(dispute)
    require(actor, "cases.assign_officer", dispute)
    former = dispute.desk_officer
    if former == desk_officer:
        raise Refused(
            "same_officer",
            _("%(person)s is the desk officer already.") % {"person": desk_officer},
            field="desk_officer",
        )
    _require_officer(dispute, desk_officer)
    changes = apply_changes(dispute, {"desk_officer": desk_officer, "unit": desk_officer.unit})
    dispute.full_clean()
    dispute.save()
    if former is not None and not keep_former:
        _release_officer(dispute, former, on, actor)
    _admit(dispute, desk_officer, on, GrantReason.DESK_OFFICER, actor)
    hand_over_steps(dispute, desk_officer)
    record(actor=actor, verb="cases.officer_assigned", target=dispute, changes=changes)
    return dispute


@transaction.atomic
def suspend_dispute(*, actor: User, dispute: Dispute, reason: str, on: date) -> Dispute:
    """Suspend an active file: outward acts rest, nothing ends."""
    return _set_status(actor, dispute, "cases.suspend_dispute", DisputeStatus.SUSPENDED, reason, on)


@transaction.atomic
def resume_dispute(*, actor: User, dispute: Dispute, reason: str, on: date) -> Dispute:
    """Resume a suspended file."""
    return _set_status(actor, dispute, "cases.resume_dispute", DisputeStatus.ACTIVE, reason, on)


def _set_status(
    actor: User, dispute: Dispute, action: str, status: DisputeStatus, reason: str, on: date
) -> Dispute:
    dispute = lock(dispute)
    require(actor, action, dispute)
    changes = apply_changes(dispute, {"status": status})
    dispute.full_clean()
    dispute.save()
    verb = {
        DisputeStatus.SUSPENDED: "cases.dispute_suspended",
        DisputeStatus.ACTIVE: "cases.dispute_resumed",
    }[status]
    record(actor=actor, verb=verb, target=dispute, changes=changes, reason=reason, on=on)
    return dispute
