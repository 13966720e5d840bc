"""What the main page of a file shows of one process: track, basis, what is due, who may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.choices import ActivityKind, ActivityState, ConsentState, MandateEnd, Stage
from cases.lifecycle import STAGES
from cases.models import Activity, Dispute, DisputeGroupGrant, Mandate, Process
from cases.models.disputes import TEAM, VIEW
from cases.selectors.situation import ROLE_OF_ENGAGEMENT, MissingConsent, Situation
from common import dates
from common.errors import Text
from common.grants import in_force
from common.text import isolated
from institutions.choices import SessionStatus

#: From so many days before its date a thing stands out among what is due.
SOON = timedelta(days=14)


@dataclass(frozen=True)
class Step:
    """One stage on the track."""

    label: Text
    state: str
    note: Text = ""


@dataclass(frozen=True)
class Due:
    """One thing with a date, and why it is due; what is only waited for has no day of its own."""

    what: Text
    on: date
    why: Text = ""
    url: str = ""
    tone: str = "neutral"
    is_since: bool = False


@dataclass(frozen=True)
class Link:
    """One link of the chain on which the Organisation acts."""

    label: Text
    url: str = ""
    note: Text = ""


@dataclass(frozen=True)
class Line:
    """Who, and what they see, in the narrow panel."""

    who: Text
    what: Text


def track_of(process: Process) -> list[Step]:
    """Return the stages of a process as a line; nothing where no stage is recorded.

    Only a stage that the process was really at is drawn as passed: one may open at any stage and
    skip others (Rule D2).

    Args:
        process: read ``with_stages_gone_through()``.
    """
    if not process.stage:
        return []
    here = STAGES.index(Stage(process.stage))
    since = dates.gregorian(process.stage_since) if process.stage_since else ""
    return [
        Step(
            stage.label,
            _step_state(place, here, stage in process.stages_gone_through),
            _("since %(date)s") % {"date": since} if place == here and since else "",
        )
        for place, stage in enumerate(STAGES)
    ]


def _step_state(place: int, here: int, is_gone_through: bool) -> str:
    if place == here:
        return "current"
    if place > here:
        return "future"
    return "done" if is_gone_through else "skipped"


# Basis ------------------------------------------------------------------------------------------


def chain_of(user: Any, situation: Situation) -> list[Link]:
    """Return on what the Organisation acts in a process today, link by link."""
    links = [link for mandate in situation.mandates_in_force for link in _chain_of_mandate(mandate)]
    for basis in situation.live_bases:
        if user.is_secretariat and basis.classification <= user.clearance:
            note = _("since %(date)s") % {"date": dates.gregorian(basis.state_since)}
            url = reverse("cases:basis_list", args=[situation.process.pk])
            links.append(Link(basis.get_kind_display(), url, note))
    return links


def _chain_of_mandate(mandate: Mandate) -> Iterator[Link]:
    resolution = mandate.resolution
    if resolution is not None:
        session = resolution.session
        yield Link(session.label, reverse("institutions:session_detail", args=[session.pk]))
        yield Link(
            _("Resolution %(reference)s, paragraph %(paragraph)s")
            % {"reference": isolated(resolution.reference), "paragraph": mandate.paragraph},
            reverse("institutions:resolution_detail", args=[resolution.pk]),
        )
    yield Link(str(mandate), reverse("cases:mandate_detail", args=[mandate.pk]), end_of(mandate))


def end_of(mandate: Mandate) -> str:
    """Return in words how long a mandate runs (Rule M4)."""
    if mandate.terminated_on is not None:
        return _("ended on %(date)s") % {"date": dates.gregorian(mandate.terminated_on)}
    if mandate.end_kind == MandateEnd.DATE and mandate.ends_on is not None:
        return _("until %(date)s") % {"date": dates.gregorian(mandate.ends_on)}
    session = mandate.extended_to or mandate.end_session
    if mandate.end_kind == MandateEnd.DECISION or session is None:
        return _("until further decision")
    if session.status == SessionStatus.POSTPONED:
        return _("pending: %(session)s, postponed") % {"session": session.label}
    return _("until the close of: %(session)s") % {"session": session.label}


# What is due ------------------------------------------------------------------------------------


def due_next(user: Any, situation: Situation, activities: Iterable[Activity]) -> list[Due]:
    """Return what is due in a process, the nearest first; what is waited for stands before.

    Mediators see what becomes of mandates and activities; steps of consent that wait for somebody
    are the Secretariat's own affair.
    """
    rows = [*_due_of_mandates(situation), *_due_of_activities(situation, activities)]
    if user.is_secretariat:
        rows += _due_of_consents(situation)
    return sorted(rows, key=lambda row: (not row.is_since, row.on))


def _tone(on: date, today: date) -> str:
    if on < today:
        return "red"
    return "amber" if on - today <= SOON else "neutral"


def _due_of_mandates(situation: Situation) -> Iterator[Due]:
    for mandate in situation.mandates:
        url = reverse("cases:mandate_detail", args=[mandate.pk])
        is_over = mandate.last_day is not None and mandate.last_day < situation.on
        if mandate.terminated_on is not None or is_over:
            continue
        if mandate.review_on is not None:
            tone = _tone(mandate.review_on, situation.on)
            yield Due(_("Review of the mandate"), mandate.review_on, str(mandate), url, tone)
        if mandate.last_day is not None:
            tone = _tone(mandate.last_day, situation.on)
            yield Due(_("End of the mandate"), mandate.last_day, end_of(mandate), url, tone)


def _due_of_activities(situation: Situation, activities: Iterable[Activity]) -> Iterator[Due]:
    for activity in activities:
        if activity.state == ActivityState.PLANNED:
            yield Due(
                activity.get_kind_display(),
                activity.planned_on,
                activity.purpose,
                reverse("cases:activity_detail", args=[activity.pk]),
                _tone(activity.planned_on, situation.on),
            )


def _due_of_consents(situation: Situation) -> list[Due]:
    rows = []
    for consent in situation.consents.values():
        url = reverse("cases:consent_detail", args=[consent.pk])
        for step in consent.steps.all():
            if step.waits_for_countersignature:
                what = _("Countersignature awaited")
                rows.append(Due(what, step.on, str(consent), url, "amber", is_since=True))
            elif step.confirmation_pending:
                what = _("Confirmation in writing pending")
                rows.append(Due(what, step.on, str(consent), url, is_since=True))
        if consent.state == ConsentState.SOUGHT and consent.state_since is not None:
            what = _("Answer awaited")
            rows.append(Due(what, consent.state_since, str(consent), url, is_since=True))
    return rows


# Buttons ----------------------------------------------------------------------------------------


def usual_acts(process: Process, situation: Situation) -> list[Link]:
    """Return the acts that are needed most: a contact, and the consent that is missing first.

    For those who work on the file and see the real state of every consent.
    """
    plan = reverse("cases:activity_plan", args=[process.pk])
    acts = [Link(_("Plan a contact"), f"{plan}?kind={ActivityKind.SEPARATE_CONTACT}")]
    role = ROLE_OF_ENGAGEMENT.get(process.engagement)
    if role is None:
        return acts
    missing = situation.missing_consents(role)[:2]
    return acts + [_consent_act(process, role, item) for item in missing]


def _consent_act(process: Process, role: str, item: MissingConsent) -> Link:
    label = _("Record where %(party)s stands") % {"party": item.party.name}
    if item.consent is None:
        page = reverse("cases:consent_open", args=[process.pk])
        return Link(label, f"{page}?party={item.party.pk}&role={role}")
    return Link(label, reverse("cases:consent_detail", args=[item.consent.pk]))


# Who may see ------------------------------------------------------------------------------------


def sight_of(dispute: Dispute, parties: Iterable[Any]) -> list[Line]:
    """Return who may see the file, in a few lines; one query."""
    grants = DisputeGroupGrant.objects.filter(in_force(), content_object=dispute)
    rows = list(grants.values_list("permission__codename", "group__name"))
    seen = {name for codename, name in rows if codename == VIEW}
    team = {name for codename, name in rows if codename == TEAM}
    lines = [Line(_("Desk and team"), _("persons: %(count)d") % {"count": len(team)})]
    states = {name for name in seen if name.startswith("state:")}
    for party in parties:
        if party.is_government:
            is_shared = f"state:{party.actor_id}" in states
            states.discard(f"state:{party.actor_id}")
            lines.append(Line(party.name, _("shared parts") if is_shared else _("nothing")))
    if states:
        lines.append(Line(_("Other States"), _("shared parts: %(count)d") % {"count": len(states)}))
    return lines
