"""Women among those who stand on an agreement: numerator, denominator, and what is not known."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.choices import Sex, SignatoryRole
from cases.models import Agreement

#: Below so many persons a percentage says less than the number (product.md).
FEWEST_FOR_PERCENTAGE = 10
COUNTED_ROLES = (SignatoryRole.SIGNATORY, SignatoryRole.WITNESS)


@dataclass(frozen=True)
class WomenShare:
    """How many of the persons in one capacity are women.

    ``total`` counts every person on record; ``unknown``, those whose sex is not known, is among
    them and is said beside.
    """

    role: SignatoryRole
    women: int
    total: int
    unknown: int

    @property
    def value(self) -> str:
        """Return the share as people read it: the number, from ten persons on the percentage too."""
        values = {"women": self.women, "total": self.total}
        if self.total < FEWEST_FOR_PERCENTAGE:
            return _("%(women)d of %(total)d") % values
        return _("%(women)d of %(total)d (%(percentage)d %%)") % {
            **values,
            "percentage": round(100 * self.women / self.total),
        }

    @property
    def label(self) -> str:
        """Return what is counted."""
        if self.role == SignatoryRole.WITNESS:
            return _("women among the witnesses")
        return _("women among the signatories")

    @property
    def note(self) -> str:
        """Return how many are not known; nothing where all are."""
        if not self.unknown:
            return ""
        return _("sex not known: %(unknown)d") % {"unknown": self.unknown}


def women_on(agreement: Agreement) -> list[WomenShare]:
    """Return the shares of women among signatories and witnesses; a capacity nobody has is left out.

    One query, or none where ``signatories__actor`` is prefetched.
    """
    persons = [row for row in agreement.signatories.all() if row.is_person]
    shares = []
    for role in COUNTED_ROLES:
        sexes = [row.sex for row in persons if row.role == role]
        if sexes:
            shares.append(
                WomenShare(
                    role=role,
                    women=sexes.count(Sex.FEMALE),
                    total=len(sexes),
                    unknown=sexes.count(Sex.UNKNOWN),
                )
            )
    return shares
