"""What may be done in a process today: basis (M0, M5), consent (C4), engagement (C6).

The same verdicts guard the services, label the buttons, fill the panel "what may be done today"
and the API's refusals.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cases.choices import ActivityKind, ConsentRole, DisputeStatus, Engagement, Stage
from cases.lifecycle import ENGAGEMENT_MOVES, STAGES
from cases.models import Activity, Basis, Consent, ConsentStep, Process
from cases.policies.rights import (
    STANDS_IN_FOR_FIRST,
    SUSPENDED,
    has_right,
    is_borrowed_from,
    may_change,
)
from cases.selectors.situation import ROLE_OF_ENGAGEMENT, Situation
from common.dates import gregorian
from common.policy import Allowed, Denied, Verdict, first_denied, policy
from common.text import isolated

THEMATIC = Denied(
    "thematic_file",
    gettext_lazy("A thematic file has no parties, consent, stage or mediation."),
    is_rule=True,
)
FOLLOW_UP_ONLY = Denied(
    "political_follow_up",
    gettext_lazy(
        "This process is political follow-up: the group may meet and make statements, and does not "
        "mediate without the consent of the State."
    ),
    is_rule=True,
)
NATIONAL = Denied(
    "national_process",
    gettext_lazy("This process is led by national actors; the OIC convenes and proposes nothing."),
    is_rule=True,
)


def _situation(process: Process, on: date | None, situation: Situation | None) -> Situation:
    return situation or Situation(process, on or timezone.localdate())


def _is_at_work(user: Any, process: Process) -> Verdict:
    verdict = may_change(user, process.dispute)
    if not verdict:
        return verdict
    if process.dispute.is_thematic:
        return THEMATIC
    return verdict


def _is_moving(user: Any, process: Process) -> Verdict:
    verdict = _is_at_work(user, process)
    if not verdict:
        return verdict
    held = DisputeStatus.SUSPENDED in (process.status, process.dispute.status)
    return SUSPENDED if held else verdict


def needs_basis(situation: Situation) -> Verdict:
    """Say whether the OIC has a footing to act outwardly on the day (Rules M0, M5)."""
    if situation.footing:
        return Allowed(situation.footing)
    lapsed = situation.lapsed_mandate
    if lapsed is not None and lapsed.last_day is not None:
        reason = _(
            "The mandate under resolution %(reference)s lapsed on %(date)s and no other basis is in "
            "force."
        ) % {"reference": isolated(lapsed.resolution), "date": gregorian(lapsed.last_day)}
        return Denied("mandate_lapsed", reason, is_rule=True, missing=(str(lapsed.resolution),))
    return Denied(
        "no_basis",
        _(
            "No basis of acting is in force: record a mandate, accepted good offices, an agreement "
            "that names the OIC, or an invitation."
        ),
        is_rule=True,
    )


def needs_consent(situation: Situation, role: str) -> Verdict:
    """Say whether every party whose consent the role needs has given it (Rules C2 to C4)."""
    missing = situation.missing_consents(role)
    if not missing:
        return Allowed()
    words = tuple(item.words() for item in missing)
    between = pgettext("between two reasons", "; ")
    reason = _("Not yet: %(missing)s.") % {"missing": between.join(words)}
    return Denied(
        "consent_missing", reason, is_rule=True, missing=tuple(item.party.name for item in missing)
    )


def _may_act_jointly(
    user: Any, process: Process, on: date | None, known: Situation | None
) -> Verdict:
    verdict = _is_moving(user, process)
    if not verdict:
        return verdict
    if process.engagement == Engagement.POLITICAL_FOLLOW_UP:
        return FOLLOW_UP_ONLY
    if process.engagement == Engagement.NATIONAL_PROCESS:
        return NATIONAL
    situation = _situation(process, on, known)
    role = ROLE_OF_ENGAGEMENT.get(process.engagement, ConsentRole.MEDIATION)
    return first_denied(needs_consent(situation, role), needs_basis(situation))


@policy("cases.convene_joint_round")
def may_convene_joint_round(
    user: Any, process: Process, *, on: date | None = None, situation: Situation | None = None
) -> Verdict:
    """Rule C4: a joint round needs the consent of every government concerned, and a basis."""
    return _may_act_jointly(user, process, on, situation)


@policy("cases.table_proposal")
def may_table_proposal(
    user: Any, process: Process, *, on: date | None = None, situation: Situation | None = None
) -> Verdict:
    """Rule C4: tabling a proposal needs what a joint round needs."""
    return _may_act_jointly(user, process, on, situation)


@policy("cases.share_party_papers")
def may_share_party_papers(
    user: Any, process: Process, *, on: date | None = None, situation: Situation | None = None
) -> Verdict:
    """Rule C4: a party's confidential papers go to others only with the required consent."""
    return _may_act_jointly(user, process, on, situation)


@policy("cases.make_contact")
def may_make_contact(user: Any, process: Process, **_circumstances: Any) -> Verdict:
    """Rule C4: soundings, separate contacts and talks about talks are never blocked."""
    return _is_at_work(user, process)


@policy("cases.send_mission")
def may_send_mission(
    user: Any,
    process: Process,
    *,
    on: date | None = None,
    situation: Situation | None = None,
    visit: Activity | None = None,
) -> Verdict:
    """Rules M5, C4: a mission needs a live basis and the agreement of the State visited.

    Args:
        visit: the planned visit, once its State is known; in disputed territory the Secretary
            General's own decision is needed too.
    """
    verdict = _is_moving(user, process)
    if not verdict:
        return verdict
    basis = needs_basis(_situation(process, on, situation))
    if not basis or visit is None:
        return basis
    return first_denied(_agreed_by_host(visit), _decided_in_person(visit), basis)


def _agreed_by_host(visit: Activity) -> Verdict:
    if visit.agreed_by_state_on is not None and visit.agreed_by_state_how:
        return Allowed()
    name = str(visit.state_visited or "")
    return Denied(
        "host_agreement_missing",
        _("The agreement of %(state)s to receive the mission is missing.") % {"state": name}
        if name
        else _("Name the State visited and how it agreed to receive the mission."),
        is_rule=True,
        missing=(name,) if name else (),
    )


def _decided_in_person(visit: Activity) -> Verdict:
    if not visit.is_disputed_territory or visit.decided_in_person_by_id is not None:
        return Allowed()
    return Denied(
        "personal_decision_missing",
        _("A visit to disputed territory needs the Secretary General's own decision, recorded."),
        is_rule=True,
    )


@policy("cases.plan_activity")
def may_plan_activity(
    user: Any,
    process: Process,
    *,
    kind: str,
    on: date | None = None,
    situation: Situation | None = None,
    visit: Activity | None = None,
) -> Verdict:
    """The policy of the kind of activity."""
    if kind == ActivityKind.JOINT_ROUND:
        return may_convene_joint_round(user, process, on=on, situation=situation)
    if kind == ActivityKind.PROPOSAL:
        return may_table_proposal(user, process, on=on, situation=situation)
    if kind == ActivityKind.MISSION:
        return may_send_mission(user, process, on=on, situation=situation, visit=visit)
    return may_make_contact(user, process)


@policy("cases.change_activity")
def may_change_activity(user: Any, activity: Activity) -> Verdict:
    """The team keeps its activities."""
    return _is_at_work(user, activity.process)


@policy("cases.open_process")
def may_open_process(user: Any, dispute: Any) -> Verdict:
    """The team opens processes; a thematic file has none (Rule C7)."""
    verdict = may_change(user, dispute)
    return THEMATIC if verdict and dispute.is_thematic else verdict


@policy("cases.change_process")
def may_change_process(user: Any, process: Process) -> Verdict:
    """The team changes what a process says."""
    return _is_at_work(user, process)


@policy("cases.change_stage")
def may_change_stage(
    user: Any,
    process: Process,
    *,
    new_stage: str = "",
    on: date | None = None,
    situation: Situation | None = None,
) -> Verdict:
    """Rule D2; by our own act no process enters negotiation or later without consent (Rule C4)."""
    verdict = _is_moving(user, process)
    if not verdict or not new_stage:
        return verdict
    is_ahead = STAGES.index(Stage(new_stage)) >= STAGES.index(Stage.NEGOTIATION)
    was_ahead = bool(process.stage) and (
        STAGES.index(Stage(process.stage)) >= STAGES.index(Stage.NEGOTIATION)
    )
    role = ROLE_OF_ENGAGEMENT.get(process.engagement)
    if is_ahead and not was_ahead and role is not None:
        return needs_consent(_situation(process, on, situation), role)
    return verdict


@policy("cases.change_engagement")
def may_change_engagement(
    user: Any,
    process: Process,
    *,
    new_engagement: str = "",
    on: date | None = None,
    situation: Situation | None = None,
) -> Verdict:
    """Rule C6: political follow-up never becomes mediation without the consent of the States."""
    verdict = _is_at_work(user, process)
    if not verdict or not new_engagement:
        return verdict
    if (
        process.engagement
        and Engagement(new_engagement) not in ENGAGEMENT_MOVES[Engagement(process.engagement)]
    ):
        return Denied("no_such_move", _("The process already has this engagement."), is_rule=True)
    from_follow_up = process.engagement == Engagement.POLITICAL_FOLLOW_UP
    if from_follow_up and new_engagement == Engagement.MEDIATION:
        return needs_consent(_situation(process, on, situation), ConsentRole.MEDIATION)
    return verdict


@policy("cases.offer_good_offices")
def may_offer_good_offices(user: Any, process: Process, **_circumstances: Any) -> Verdict:
    """Rules M0, C4: an offer of good offices needs neither mandate nor consent."""
    return _is_at_work(user, process)


@policy("cases.record_basis")
def may_record_basis(user: Any, process: Process) -> Verdict:
    """The team records invitations and agreements that name the OIC."""
    return _is_at_work(user, process)


@policy("cases.change_basis")
def may_change_basis(user: Any, basis: Basis) -> Verdict:
    """The team records what became of an offer or a basis."""
    return _is_at_work(user, basis.process)


@policy("cases.seek_consent")
def may_seek_consent(user: Any, process: Process, **_circumstances: Any) -> Verdict:
    """Rule C4: asking for consent is never blocked."""
    return _is_at_work(user, process)


@policy("cases.record_consent")
def may_record_consent(user: Any, consent: Consent) -> Verdict:
    """The team records each step of a consent."""
    return _is_at_work(user, consent.process)


@policy("cases.countersign_consent")
def may_countersign_consent(user: Any, step: ConsentStep) -> Verdict:
    """Rule C1: an oral step is countersigned by the ASG, who is another person than the recorder."""
    verdict = has_right(
        user, step.consent.process.dispute, "cases.countersign_consent", needs_team=False
    )
    if not verdict:
        return verdict
    if not step.waits_for_countersignature:
        return Denied(
            "nothing_to_countersign", _("This step needs no countersignature."), is_rule=True
        )
    if step.by_id == user.pk:
        return Denied(
            "same_person",
            _("You recorded this step; another person must countersign it."),
            is_rule=True,
        )
    if is_borrowed_from(user, "cases.countersign_consent", step.by_id):
        return STANDS_IN_FOR_FIRST
    return verdict


@policy("cases.release_text")
def may_release_text(user: Any, step: ConsentStep) -> Verdict:
    """Rule C5: what others learn of a withdrawal is released by the ASG."""
    verdict = has_right(user, step.consent.process.dispute, "cases.release_text", needs_team=False)
    if verdict and step.released_at is not None:
        return Denied("released", _("This text has been released already."), is_rule=True)
    return verdict
