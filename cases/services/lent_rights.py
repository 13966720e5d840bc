"""Rights on files that go with an absence: dated grants to a group of the absence's own.

What the absent person may see in their own name, as officer or member of a team, the stand-in sees
on those days, up to their own clearance and never beyond the absent person's. Sight that comes with
an office goes with the office (``User.sees_all_files``) and needs no grant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.models import Absence
from accounts.services.groups import ABSENCE_GROUP
from audit.services import record
from cases.choices import GrantReason
from cases.models import DisputeGroupGrant
from common.actor import SYSTEM
from common.clock import Today
from common.grants import Loan, group_of, lend


@transaction.atomic
def lend_rights(*, actor: Any, absence: Absence) -> None:
    """Bring the stand-in's grants in step with an absence that was recorded, changed or called off.

    Those who stand in for the stand-in are brought in step too.
    """
    standing = _not_over()
    _lend(actor, absence, standing)
    keep_in_step(actor=actor, absences=_downstream({absence.stand_in_id}, standing))


@transaction.atomic
def keep_in_step(*, actor: Any = SYSTEM, absences: Iterable[Absence]) -> int:
    """Bring the grants of absences in step with what the absent persons see in their own name.

    Returns:
        on how many files something was granted or revoked.
    """
    standing = _not_over()
    return sum(_lend(actor, absence, standing) for absence in absences)


@transaction.atomic
def follow_person(*, actor: Any, person_id: UUID) -> int:
    """Let whoever stands in for a person follow at once when that person's grants change.

    Returns:
        on how many files something was granted or revoked.
    """
    standing = _not_over()
    return sum(_lend(actor, absence, standing) for absence in _downstream({person_id}, standing))


def _lend(actor: Any, absence: Absence, standing: Sequence[Absence]) -> int:
    added, removed = lend(
        grant_label=DisputeGroupGrant._meta.label,
        loans=[] if absence.is_called_off else list(_loans(absence, standing)),
        to=group_of(ABSENCE_GROUP, absence.pk),
        within=_reach(absence),
        reason=GrantReason.STANDS_IN,
        granted_by=actor,
    )
    if added or removed:
        record(
            actor=actor,
            verb="cases.rights_lent",
            target=absence,
            lent=sorted(map(str, added)),
            taken_back=sorted(map(str, removed - added)),
        )
    return len(added | removed)


def _reach(absence: Absence) -> Q:
    """Return the condition that both see as high as the file: nobody lends more than they have."""
    highest = min(absence.user.clearance, absence.stand_in.clearance)
    return Q(content_object__classification__lte=highest)


def _loans(absence: Absence, standing: Sequence[Absence]) -> Iterator[Loan]:
    """Yield whose rights the stand-in has: the absent person's, and theirs for whom that one stands in.

    Nobody is visited twice, so that two who stand in for each other turn no circle.
    """
    seen = {absence.stand_in_id}
    waiting = [Loan(absence.user_id, absence.first_day, absence.last_day)]
    while waiting:
        loan = waiting.pop()
        if loan.lender in seen or loan.first_day > loan.last_day:
            continue
        seen.add(loan.lender)
        yield loan
        waiting += [
            Loan(
                other.user_id,
                max(loan.first_day, other.first_day),
                min(loan.last_day, other.last_day),
            )
            for other in standing
            if other.stand_in_id == loan.lender
        ]


def _downstream(people: set[UUID], standing: Sequence[Absence]) -> list[Absence]:
    """Return the absences by which the rights of some people go on to others, along the chain."""
    found: list[Absence] = []
    while people:
        further = [one for one in standing if one.user_id in people and one not in found]
        found += further
        people = {one.stand_in_id for one in further}
    return found


def _not_over() -> list[Absence]:
    return list(Absence.objects.not_over(Today()).select_related("user", "stand_in"))
