"""Planning and keeping what is done in a process; the policies of conduct guard every kind (C4)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from cases.choices import ActivityKind, ActivityState
from cases.models import Activity, Basis, Mandate, Party, Process
from cases.selectors.situation import Situation
from cases.services.disputes import require_one_world
from cases.services.secrecy import require_own_clearance
from common.changes import apply_changes, lock
from common.choices import Classification
from common.errors import Refused
from common.policy import require
from institutions.models import State


@transaction.atomic
def plan_activity(
    *,
    actor: User,
    process: Process,
    kind: str,
    planned_on: date,
    purpose: str,
    classification: int = Classification.CONFIDENTIAL,
    state_visited: State | None = None,
    **particulars: Any,
) -> Activity:
    """Plan an activity on the footing that is in force on its day.

    Soundings, separate contacts, talks about talks and humanitarian contacts are never blocked; a
    joint round or a proposal needs every consent (C4); a mission needs a live basis (M5), the
    agreement of the State visited and, in disputed territory, the Secretary General's own decision.

    Args:
        planned_on: the day it is planned for, on which basis and consent must stand.
        particulars: ``agreed_by_state_on``, ``agreed_by_state_how``, ``is_disputed_territory``,
            ``decided_in_person_by``, ``decided_in_person_on``, ``audience``, ``audience_party``.

    Raises:
        Refused: names the consent, the resolution with its date, or the State that is missing; or
            the classification lies above the actor's clearance.
    """
    process = lock(process)
    require(actor, "cases.make_contact", process)
    level = max(classification, process.dispute.classification)
    require_own_clearance(actor=actor, classification=level)
    _require_own_party(process, particulars.get("audience_party"))
    _require_visit_by_mission(process, kind, state_visited)
    _require_decider(particulars.get("decided_in_person_by"))
    situation = Situation(process, planned_on)
    activity = Activity(
        process=process,
        kind=kind,
        planned_on=planned_on,
        purpose=purpose,
        **_standing_on(situation),
        classification=level,
        state_visited=state_visited,
        by=actor,
        **particulars,
    )
    require(
        actor,
        "cases.plan_activity",
        process,
        kind=kind,
        on=planned_on,
        situation=situation,
        visit=activity,
    )
    activity.full_clean()
    activity.save()
    record(
        actor=actor,
        verb="cases.activity_planned",
        target=activity,
        subject=process.dispute,
        kind=kind,
        planned_on=planned_on,
    )
    return activity


def _require_own_party(process: Process, party: Party | None) -> None:
    if party is not None and party.dispute_id != process.dispute_id:
        raise Refused(
            "foreign_party", _("Choose among the parties of this file."), field="audience_party"
        )


def _require_visit_by_mission(process: Process, kind: str, state: State | None) -> None:
    require_one_world(process.dispute, state)
    if state is not None and kind != ActivityKind.MISSION:
        raise Refused("no_visit", _("Only a mission visits a State."), field="state_visited")


def _standing_on(situation: Situation) -> dict[str, Any]:
    """Return the mandate or the basis that the activity stands on."""
    foot = situation.foot
    return {
        "mandate": foot if isinstance(foot, Mandate) else None,
        "basis": foot if isinstance(foot, Basis) else None,
    }


def _require_decider(person: User | None) -> None:
    if person is not None and not person.has_power("cases.decide_in_person"):
        raise Refused(
            "no_personal_decision",
            _("Only the Secretary General decides on a visit to disputed territory."),
            field="decided_in_person_by",
        )


@transaction.atomic
def mark_activity_held(*, actor: User, activity: Activity, on: date) -> Activity:
    """Record that a planned activity took place: what has happened is a fact and is never refused.

    Raises:
        Refused: it is not planned any more.
    """
    activity = lock(activity)
    require(actor, "cases.change_activity", activity)
    if activity.state != ActivityState.PLANNED:
        raise Refused(
            "not_planned",
            _("This activity is “%(state)s”.") % {"state": activity.get_state_display()},
        )
    return _set_state(
        actor, activity, "cases.activity_held", state=ActivityState.HELD, planned_on=on
    )


@transaction.atomic
def resume_activity(*, actor: User, activity: Activity, planned_on: date) -> Activity:
    """Plan again what was on hold, if all that its kind needs is there on the new day.

    Raises:
        Refused: it is not on hold, or names what is missing.
    """
    activity = lock(activity)
    require(actor, "cases.change_activity", activity)
    if activity.state != ActivityState.ON_HOLD:
        raise Refused("not_on_hold", _("This activity is not on hold."))
    situation = Situation(activity.process, planned_on)
    require(
        actor,
        "cases.plan_activity",
        activity.process,
        kind=activity.kind,
        on=planned_on,
        situation=situation,
        visit=activity,
    )
    return _set_state(
        actor,
        activity,
        "cases.activity_resumed",
        state=ActivityState.PLANNED,
        planned_on=planned_on,
        stopped_by=None,
        **_standing_on(situation),
    )


@transaction.atomic
def cancel_activity(*, actor: User, activity: Activity, reason: str) -> Activity:
    """Cancel an activity that has not taken place.

    Raises:
        Refused: it took place or is cancelled already.
    """
    activity = lock(activity)
    require(actor, "cases.change_activity", activity)
    if activity.state not in (ActivityState.PLANNED, ActivityState.ON_HOLD):
        raise Refused(
            "not_planned",
            _("This activity is “%(state)s”.") % {"state": activity.get_state_display()},
        )
    return _set_state(
        actor,
        activity,
        "cases.activity_cancelled",
        state=ActivityState.CANCELLED,
        stopped_by=None,
        cancel_reason=reason[:300],
    )


def _set_state(actor: User, activity: Activity, verb: str, **values: Any) -> Activity:
    changes = apply_changes(activity, values)
    activity.full_clean()
    activity.save()
    record(
        actor=actor,
        verb=verb,
        target=activity,
        subject=activity.process.dispute,
        changes=changes,
    )
    return activity
