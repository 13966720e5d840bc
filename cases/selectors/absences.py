"""What an absence means for files: which could not be handed over, and which absences run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Absence
from cases.models import Dispute, DisputeGroupGrant
from common.grants import group_of

#: A page names so many files.
NAMED = 50


def files_not_lent(user: Any, absence: Absence) -> Iterator[str]:
    """Yield a sentence for each file that lies above the stand-in's clearance, if the reader sees it."""
    if absence.is_called_off:
        return
    own = DisputeGroupGrant.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=absence.first_day),
        group=group_of("user", absence.user_id),
        valid_from__lte=absence.last_day,
    )
    rows = Dispute.objects.visible_to(user).filter(
        pk__in=own.values("content_object"), classification__gt=absence.stand_in.clearance
    )
    for dispute in rows.order_by("reference")[:NAMED]:
        yield _("The clearance of %(person)s does not reach the file %(file)s.") % {
            "person": absence.stand_in,
            "file": dispute.reference,
        }


def absences_to_keep(on: date) -> QuerySet[Absence]:
    """Return the absences that hold on a day or are to come.

    Which of them are out of step only a comparison of grants tells; they are a handful, so each is
    compared whenever the clock asks.
    """
    return Absence.objects.not_over(on).select_related("user", "stand_in")
