"""Mandates: drafted, adopted by an organ, active by their dates, ended by an organ (Rules M1 to M9)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from cases.choices import MandateEnd, MandateState, MandateType, ReviewOutcome
from cases.models import Dispute, Mandate, Process, TermsOfReference
from cases.policies.mandates import ends_in_time, may_move
from cases.services.disputes import require_one_world
from cases.services.mandate_rules import (
    require_decision,
    require_later,
    require_longer,
    require_not_over,
    require_own_world,
    require_power_to_renew,
)
from cases.services.places import refresh_places, require_lead
from cases.services.review_closing import follow_extension, settle_review
from common.changes import apply_changes, lock, set_links
from common.dates import gregorian
from common.errors import Refused
from common.policy import refuse_unless, require
from common.text import isolated
from institutions.lifecycle import may_adopt, may_end
from institutions.models import Actor, Organ, Resolution, Session

DRAFT_FIELDS = (
    "type",
    "title_en",
    "title_fr",
    "title_ar",
    "scope_en",
    "scope_fr",
    "scope_ar",
    "is_urgent",
    "is_reserved_to_adopter",
    "starts_on",
    "end_kind",
    "ends_on",
    "end_session",
    "review_on",
    "terms_waived_reason",
    "is_lead",
)


@transaction.atomic
def draft_mandate(
    *,
    actor: User,
    dispute: Dispute,
    type: str,
    holders: Sequence[Actor] = (),
    processes: Sequence[Process] = (),
    succeeds: Mandate | None = None,
    **values: Any,
) -> Mandate:
    """Draft a mandate of a file; it covers the named processes, or all (Rule M1).

    Args:
        succeeds: the old mandate of which this is the successor; the old one stays readable.
        values: any of ``DRAFT_FIELDS``.

    Raises:
        Refused: a thematic file knows no mediation (C7), worlds are mixed, or a process is foreign.
    """
    dispute = lock(dispute)
    require(actor, "cases.draft_mandate", dispute)
    _require_fit(dispute, type, holders, processes)
    if succeeds is not None and succeeds.dispute_id != dispute.pk:
        raise Refused(
            "foreign_mandate", _("A mandate succeeds one of the same file."), field="succeeds"
        )
    mandate = Mandate(dispute=dispute, type=type, succeeds=succeeds, **values)
    mandate.full_clean()
    mandate.save()
    mandate.holders.set(holders)
    mandate.processes.set(processes)
    record(actor=actor, verb="cases.mandate_drafted", target=mandate, subject=dispute, type=type)
    return mandate


def _require_fit(
    dispute: Dispute, type: str, holders: Sequence[Actor], processes: Sequence[Process]
) -> None:
    if dispute.is_thematic and type == MandateType.MEDIATION:
        raise Refused("thematic_file", _("A thematic file knows no mediation."), field="type")
    if any(process.dispute_id != dispute.pk for process in processes):
        raise Refused(
            "foreign_process", _("Choose among the processes of this file."), field="processes"
        )
    require_one_world(dispute, *holders)


@transaction.atomic
def change_draft_mandate(
    *,
    actor: User,
    mandate: Mandate,
    version: int | None = None,
    holders: Sequence[Actor] | None = None,
    processes: Sequence[Process] | None = None,
    **values: Any,
) -> Mandate:
    """Change a draft. What an organ adopted is changed by that organ's next decision only.

    Raises:
        Refused: the mandate is adopted already.
        Stale: somebody else changed it meanwhile.
    """
    mandate = lock(mandate, version=version)
    require(actor, "cases.change_mandate", mandate)
    if mandate.state != MandateState.DRAFT:
        raise Refused(
            "adopted_already",
            _(
                "An adopted mandate is not changed here: record the organ's decision to renew, "
                "extend or terminate it, or a new version of its terms of reference."
            ),
        )
    _require_fit(mandate.dispute, values.get("type", mandate.type), holders or (), processes or ())
    changes = apply_changes(mandate, values)
    for name, links in (("holders", holders), ("processes", processes)):
        if links is not None:
            changes |= set_links(mandate, name, links)
    mandate.full_clean()
    mandate.save()
    record(
        actor=actor,
        verb="cases.mandate_changed",
        target=mandate,
        subject=mandate.dispute,
        changes=changes,
    )
    return mandate


@transaction.atomic
def adopt_mandate(
    *,
    actor: User,
    mandate: Mandate,
    organ: Organ,
    session: Session,
    resolution: Resolution,
    paragraph: str,
    adopted_on: date,
    version: int | None = None,
) -> Mandate:
    """Record the adoption: organ, session, resolution, paragraph and date (Rule M2).

    An adoption outside the session's dates is kept as written; the page warns of it.

    Raises:
        Refused: the organ may not adopt it, the resolution is of another session, no holder is
            named, a successor or its length is not within the organ's power (M6), an overlap, or
            parallel mandates without a lead (M9).
    """
    mandate = lock(mandate, version=version)
    require(actor, "cases.adopt_mandate", mandate)
    require_decision(mandate.dispute, organ, session, resolution)
    refuse_unless(may_adopt(organ, is_urgent=mandate.is_urgent), field="organ")
    refuse_unless(ends_in_time(mandate, organ), field="end_session")
    if not mandate.holders.exists():
        raise Refused("holder_missing", _("Name who holds the mandate."), field="holders")
    require_power_to_renew(mandate, organ)
    changes = apply_changes(
        mandate,
        {
            "organ": organ,
            "session": session,
            "resolution": resolution,
            "paragraph": paragraph,
            "adopted_on": adopted_on,
            "starts_on": mandate.starts_on or adopted_on,
            "state": MandateState.ADOPTED,
        },
    )
    mandate.full_clean()
    mandate.save()
    _renew_predecessor(actor, mandate)
    refresh_places(mandate)
    require_lead(mandate)
    record(
        actor=actor,
        verb="cases.mandate_adopted",
        target=mandate,
        subject=mandate.dispute,
        changes=changes,
    )
    return mandate


def _renew_predecessor(actor: User, mandate: Mandate) -> None:
    """Write that the old mandate was renewed; it acts to its last day and frees its place (M1)."""
    old = mandate.succeeds
    if old is not None and may_move(old, MandateState.RENEWED):
        _move(actor, lock(old), MandateState.RENEWED, "cases.mandate_renewed", by=mandate)
    if old is not None and mandate.resolution is not None and mandate.adopted_on is not None:
        settle_review(
            actor=actor,
            mandate=old,
            outcome=ReviewOutcome.RENEWED,
            resolution=mandate.resolution,
            on=mandate.adopted_on,
        )


@transaction.atomic
def activate_mandate(*, actor: User, mandate: Mandate, on: date) -> Mandate:
    """Activate an adopted mandate (Rule M3), or resume a suspended one (Rule M1).

    Raises:
        Refused: it has not begun, terms of reference are neither there nor waived, or the consent
            that mediation needs is missing, by name.
    """
    mandate = lock(mandate)
    was_suspended = mandate.state == MandateState.SUSPENDED
    require(actor, "cases.activate_mandate", mandate, on=on)
    if mandate.last_day is not None and mandate.last_day < on:
        raise Refused(
            "mandate_lapsed",
            _("The mandate under resolution %(reference)s lapsed on %(date)s.")
            % {"reference": isolated(mandate.resolution), "date": gregorian(mandate.last_day)},
        )
    verb = "cases.mandate_resumed" if was_suspended else "cases.mandate_activated"
    return _move(actor, mandate, MandateState.ACTIVE, verb)


@transaction.atomic
def suspend_mandate(*, actor: User, mandate: Mandate, reason: str) -> Mandate:
    """Suspend an active mandate; its dates run on.

    Raises:
        Refused: the mandate is not active.
    """
    mandate = lock(mandate)
    require(actor, "cases.suspend_mandate", mandate)
    return _move(actor, mandate, MandateState.SUSPENDED, "cases.mandate_suspended", reason=reason)


def _move(actor: User, mandate: Mandate, state: MandateState, verb: str, **facts: Any) -> Mandate:
    changes = apply_changes(mandate, {"state": state})
    mandate.full_clean()
    mandate.save()
    refresh_places(mandate)
    record(
        actor=actor, verb=verb, target=mandate, subject=mandate.dispute, changes=changes, **facts
    )
    return mandate


@transaction.atomic
def extend_mandate(
    *, actor: User, mandate: Mandate, session: Session, told_on: date, reason: str
) -> Mandate:
    """Record the Secretary General's technical extension to the close of a postponed session (M4).

    Args:
        session: the session to whose close the mandate runs on.
        told_on: the day the Chair of the session was told.

    Raises:
        Refused: the mandate does not end with a session, or the session is of another world or
            closes before the day to which the mandate runs already.
    """
    mandate = lock(mandate)
    require(actor, "cases.change_mandate", mandate)
    if mandate.end_kind != MandateEnd.SESSION or mandate.state == MandateState.DRAFT:
        raise Refused(
            "no_session_end",
            _("Only an adopted mandate that ends with a session is extended in this way."),
        )
    require_not_over(mandate)
    require_own_world(mandate.dispute, session, "session")
    require_longer(mandate, session)
    changes = apply_changes(mandate, {"extended_to": session, "extension_told_on": told_on})
    mandate.full_clean()
    mandate.save()
    refresh_places(mandate)
    follow_extension(actor=actor, mandate=mandate, on=told_on)
    record(
        actor=actor,
        verb="cases.mandate_extended",
        target=mandate,
        subject=mandate.dispute,
        changes=changes,
        reason=reason,
    )
    return mandate


@transaction.atomic
def terminate_mandate(
    *,
    actor: User,
    mandate: Mandate,
    resolution: Resolution,
    terminated_on: date,
    reason: str,
) -> Mandate:
    """Record that an organ terminated the mandate, by which resolution and why (Rule M7).

    The same or a higher organ ends what an organ adopted (M6); the Secretary General may only
    propose.

    Raises:
        Refused: the organ stands below the adopter, the resolution is of the other world or of a
            session held before the mandate was adopted, or no reason is given.
    """
    mandate = lock(mandate)
    require(actor, "cases.terminate_mandate", mandate)
    if not reason.strip():
        raise Refused("reason_missing", _("Give the reason."), field="reason")
    require_own_world(mandate.dispute, resolution.session, "resolution")
    require_later(mandate, resolution.session)
    adopter = cast(Organ, mandate.organ)  # the table of moves lets only adopted mandates end
    refuse_unless(may_end(resolution.session.organ, adopter), field="resolution")
    changes = apply_changes(
        mandate,
        {
            "state": MandateState.TERMINATED,
            "terminated_on": terminated_on,
            "terminated_by_resolution": resolution,
            "termination_reason": reason,
        },
    )
    mandate.full_clean()
    mandate.save()
    refresh_places(mandate)
    settle_review(
        actor=actor,
        mandate=mandate,
        outcome=ReviewOutcome.TERMINATED,
        resolution=resolution,
        on=terminated_on,
    )
    record(
        actor=actor,
        verb="cases.mandate_terminated",
        target=mandate,
        subject=mandate.dispute,
        changes=changes,
    )
    return mandate


@transaction.atomic
def add_terms_of_reference(
    *, actor: User, mandate: Mandate, adopted_on: date, reason: str = "", **texts: str
) -> TermsOfReference:
    """Add a version of the terms of reference; the old ones stay readable (Rule M8).

    Args:
        reason: why a new version; needed from the second on.
        texts: ``text_en``, ``text_fr``, ``text_ar``; at least one.

    Raises:
        Refused: the mandate is over, or a second version comes without a reason.
    """
    mandate = lock(mandate)
    require(actor, "cases.change_mandate", mandate)
    require_not_over(mandate)
    number = mandate.terms.count() + 1
    if number > 1 and not reason.strip():
        raise Refused("reason_missing", _("Give the reason of the new version."), field="reason")
    terms = TermsOfReference(
        mandate=mandate, number=number, adopted_on=adopted_on, reason=reason, by=actor, **texts
    )
    terms.full_clean()
    terms.save()
    record(
        actor=actor,
        verb="cases.terms_added",
        target=terms,
        subject=mandate.dispute,
        number=number,
    )
    return terms
