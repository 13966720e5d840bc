"""A concerned State sees a file after two acts: it is notified, then the file is shared (D7)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from cases.choices import GrantReason
from cases.models import Dispute, StateNotification
from cases.models.disputes import VIEW
from cases.services import access
from cases.services.disputes import require_one_world
from common.changes import apply_changes, lock
from common.errors import Refused
from common.grants import group_of, revoke
from common.policy import require
from institutions.models import State


@transaction.atomic
def notify_state(
    *, actor: User, dispute: Dispute, state: State, notified_on: date, instrument: str
) -> StateNotification:
    """Record that the ASG notified a concerned State; it still sees nothing.

    Args:
        instrument: how it was notified, for instance the reference of a note.

    Raises:
        NotPermitted: only the ASG notifies.
        Refused: the State is neither a party nor concerned, or of the other world.
    """
    dispute = lock(dispute)
    require(actor, "cases.notify_state", dispute)
    require_one_world(dispute, state)
    is_party = dispute.parties.filter(actor_id=state.pk).exists()
    if not is_party and not dispute.states_concerned.filter(pk=state.pk).exists():
        raise Refused(
            "not_concerned",
            _("%(state)s is neither a party to this file nor a State concerned.")
            % {"state": state},
            field="state",
        )
    notification = StateNotification(
        dispute=dispute,
        state=state,
        notified_on=notified_on,
        notified_by=actor,
        instrument=instrument,
    )
    notification.full_clean()
    notification.save()
    record(
        actor=actor, verb="cases.state_notified", target=notification, subject=dispute, state=state
    )
    return notification


@transaction.atomic
def share_with_state(
    *, actor: User, notification: StateNotification, on: date
) -> StateNotification:
    """Share the file's outward parts with a notified State's delegation.

    Raises:
        Refused: the file is shared with this State already.
    """
    notification = lock(notification)
    require(actor, "cases.share_with_state", notification)
    if notification.shared_on is not None and notification.withdrawn_on is None:
        raise Refused("shared_already", _("The file is shared with this State already."))
    changes = apply_changes(
        notification, {"shared_on": on, "shared_by": actor, "withdrawn_on": None}
    )
    notification.full_clean()
    notification.save()
    access.admit_to_view(
        dispute=notification.dispute,
        group=group_of("state", notification.state_id),
        valid_from=on,
        valid_to=None,
        reason=GrantReason.SHARED_WITH_STATE,
        by=actor,
    )
    record(
        actor=actor,
        verb="cases.file_shared",
        target=notification,
        subject=notification.dispute,
        changes=changes,
    )
    return notification


@transaction.atomic
def end_sharing(*, actor: User, notification: StateNotification, on: date) -> StateNotification:
    """End the sharing with a State at once; what it has read stays on record.

    Raises:
        Refused: the file is not shared with this State.
    """
    notification = lock(notification)
    require(actor, "cases.share_with_state", notification)
    if notification.shared_on is None or notification.withdrawn_on is not None:
        raise Refused("not_shared", _("The file is not shared with this State."))
    changes = apply_changes(notification, {"withdrawn_on": on})
    notification.full_clean()
    notification.save()
    revoke(
        codename=VIEW,
        group=group_of("state", notification.state_id),
        obj=notification.dispute,
    )
    record(
        actor=actor,
        verb="cases.sharing_ended",
        target=notification,
        subject=notification.dispute,
        changes=changes,
    )
    return notification
