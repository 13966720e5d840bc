"""The places that a mandate occupies: one row a holder and process, kept free of overlap (M9)."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cases.choices import MandateEnd, MandateState
from cases.lifecycle import OCCUPYING_STATES
from cases.models import Mandate, MandateAssignment, Process
from common.errors import Refused


def refresh_places(mandate: Mandate) -> None:
    """Write the places of an adopted mandate anew from its holders, processes and dates.

    Raises:
        ValidationError: another mandate of the same type and holder stands in the process (M9).
    """
    mandate.assignments.all().delete()
    if mandate.state == MandateState.DRAFT or mandate.starts_on is None:
        return
    last_day = mandate.last_day
    if last_day is not None and last_day < mandate.starts_on:
        return
    processes = list(_locked_processes(mandate))
    _follow_sessions(mandate, processes)
    holders = list(mandate.holders.all())
    for process in processes:
        for holder in holders:
            place = MandateAssignment(
                mandate=mandate,
                process=process,
                holder=holder,
                type=mandate.type,
                starts_on=mandate.starts_on,
                ends_on=last_day,
                is_occupying=mandate.state in OCCUPYING_STATES,
            )
            place.full_clean()
            place.save()


def _locked_processes(mandate: Mandate) -> QuerySet[Process]:
    """Return the processes covered, locked: two adoptions at once see each other's places."""
    covered = mandate.processes.all() or mandate.dispute.processes.all()
    keys = [process.pk for process in covered]
    return Process.objects.select_for_update().filter(pk__in=keys).order_by("pk")


def _follow_sessions(mandate: Mandate, processes: list[Process]) -> None:
    """Date the places beside this one anew: a mandate's end moves with its session (Rule M4)."""
    beside = MandateAssignment.objects.filter(
        process__in=processes,
        type=mandate.type,
        is_occupying=True,
        mandate__end_kind=MandateEnd.SESSION,
    ).exclude(mandate=mandate)
    for place in beside.select_related("mandate__end_session", "mandate__extended_to"):
        if place.ends_on != place.mandate.last_day:
            place.ends_on = place.mandate.last_day
            place.full_clean()
            place.save()


def require_lead(mandate: Mandate) -> None:
    """Refuse parallel mandates of one type in one process of which none leads (Rule M9).

    Raises:
        Refused: another holder's mandate stands beside this one, and neither is marked as lead.
    """
    if mandate.is_lead:
        return
    for place in mandate.assignments.filter(is_occupying=True):
        parallel = MandateAssignment.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=place.starts_on),
            process=place.process,
            type=place.type,
            is_occupying=True,
        ).exclude(mandate=mandate)
        if place.ends_on is not None:
            parallel = parallel.filter(starts_on__lte=place.ends_on)
        if parallel.exists() and not parallel.filter(mandate__is_lead=True).exists():
            raise Refused(
                "lead_missing",
                _("Parallel mandates of different holders need a lead: say which one leads."),
                field="is_lead",
            )
