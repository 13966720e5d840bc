"""How secret a part of a file may be: never below its file, never above whoever says so."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Dispute
from common.choices import Classification
from common.errors import Refused


def require_classification(*, actor: User | None, dispute: Dispute, classification: int) -> None:
    """Refuse a classification that the file or the person's clearance does not bear.

    Args:
        actor: who classifies; None for the house itself.
        dispute: the file that the part belongs to.
        classification: what the part would be.

    Raises:
        Refused: below the file's classification, or above the actor's clearance.
    """
    if classification < dispute.classification:
        raise Refused(
            "below_file",
            _("The file is classified “%(classification)s”; nothing in it is classified lower.")
            % {"classification": Classification(dispute.classification).label},
            field="classification",
        )
    if actor is not None:
        require_own_clearance(actor=actor, classification=classification)


def require_own_clearance(*, actor: User, classification: int) -> None:
    """Refuse a classification at which the person would lose sight of what they classify.

    Raises:
        Refused: above the actor's clearance.
    """
    if classification > actor.clearance:
        raise Refused(
            "above_clearance",
            _("You cannot classify anything above your own clearance."),
            field="classification",
        )
