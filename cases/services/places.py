"""The places that a mandate occupies: one row a holder and process, kept free of overlap (M9)."""

from __future__ import annotations

from cases.choices import MandateState
from cases.lifecycle import OCCUPYING_STATES
from cases.models import Mandate, MandateAssignment


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
    covered = mandate.processes.all() or mandate.dispute.processes.all()
    for process in covered:
        for holder in mandate.holders.all():
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
