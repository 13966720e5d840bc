"""What a decision of an organ must fit: its session, its world, its power (Rules M2, M6)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cases.models import Dispute, Mandate
from common.errors import Refused
from common.policy import refuse_unless
from institutions.lifecycle import may_renew
from institutions.models import Organ, Resolution, Session


def require_decision(
    dispute: Dispute, organ: Organ, session: Session, resolution: Resolution
) -> None:
    """Refuse a resolution of another session, or a session of another organ or world.

    Raises:
        Refused: they do not fit together.
    """
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
    """Refuse a session of the other world.

    Raises:
        Refused: exercise and real files would mix.
    """
    if session.is_exercise != dispute.is_exercise:
        raise Refused(
            "other_world",
            _("This session belongs to the other world: exercise and real files never mix."),
            field=field,
        )


def require_power_to_renew(mandate: Mandate, organ: Organ) -> None:
    """Refuse a successor that the organ may not adopt (Rule M6).

    Raises:
        Refused: the old mandate's adopter reserved its renewal, or the organ renews none.
    """
    old = mandate.succeeds
    if old is None or old.organ is None:
        return
    refuse_unless(
        may_renew(organ, old.organ, is_reserved=old.is_reserved_to_adopter), field="organ"
    )
