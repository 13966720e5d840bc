"""What a mandate's decisions must satisfy, whoever records them (Rules M2, M4, M6, M7)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cases.choices import MandateState
from cases.models import Dispute, Mandate
from common.dates import gregorian
from common.errors import Refused
from common.policy import refuse_unless
from institutions.lifecycle import may_renew
from institutions.models import Organ, Resolution, Session


def require_decision(
    dispute: Dispute, organ: Organ, session: Session, resolution: Resolution
) -> None:
    """Refuse a decision that is not that of this organ, in this session, of this world (Rule M2)."""
    require_own_world(dispute, session, "session")
    if resolution.session_id != session.pk:
        raise Refused(
            "other_session",
            _("Resolution %(resolution)s was not adopted by this session.")
            % {"resolution": resolution},
            field="resolution",
        )
    if organ.pk not in (session.organ_id, session.joint_with_id):
        raise Refused(
            "other_organ", _("This session is not a session of that organ."), field="organ"
        )


def require_own_world(dispute: Dispute, session: Session, field: str) -> None:
    """Refuse a session of the other world."""
    if session.is_exercise != dispute.is_exercise:
        raise Refused(
            "other_world",
            _("This session belongs to the other world: exercise and real files never mix."),
            field=field,
        )


def require_power_to_renew(mandate: Mandate, organ: Organ) -> None:
    """Refuse a renewal by an organ that may not renew what its adopter gave (Rule M6)."""
    old = mandate.succeeds
    if old is None or old.organ is None:
        return
    refuse_unless(
        may_renew(organ, old.organ, is_reserved=old.is_reserved_to_adopter), field="organ"
    )


def require_not_over(mandate: Mandate) -> None:
    """Refuse an act on a mandate that has ended."""
    if mandate.state in (MandateState.TERMINATED, MandateState.EXPIRED):
        raise Refused("mandate_over", _("The mandate is over; a new one succeeds it."))


def require_longer(mandate: Mandate, session: Session) -> None:
    """Refuse an extension that would end before the day to which the mandate runs (Rule M4)."""
    present = mandate.last_day or mandate.starts_on
    if present is not None and session.ends_on is not None and session.ends_on < present:
        raise Refused(
            "no_extension",
            _("That session closes before %(date)s; an extension does not shorten a mandate.")
            % {"date": gregorian(present)},
            field="session",
        )


def require_later(mandate: Mandate, session: Session) -> None:
    """Refuse an end decided by a session that closed before the adopting one opened (Rule M7)."""
    adopting = mandate.session
    if adopting is None or adopting.starts_on is None or session.ends_on is None:
        return
    if session.ends_on < adopting.starts_on:
        raise Refused(
            "decided_before",
            _("This session closed before the %(session)s, which adopted the mandate.")
            % {"session": adopting.label},
            field="session",
        )
