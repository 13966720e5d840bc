"""The main page of a file, and the page of one process: from inside whole, from outside in part."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.choices import ActivityState, DisputeStatus
from cases.models import Activity, Agreement, Consent, Dispute, Mandate, Party, Process
from cases.selectors import overview
from cases.selectors.ends import goes_on
from cases.selectors.panel import acts_of
from cases.selectors.rows import outward_words
from cases.selectors.situation import Situation
from cases.selectors.standings import stand_of
from cases.selectors.tasks import BESIDE_A_FILE, tasks_beside
from cases.selectors.timeline import timeline_of
from cases.views.frame import file_context
from cases.views.shown import on_timeline, shown_acts
from common.policy import Denied, may

TIMELINE_LENGTH = 20
_AHEAD = (ActivityState.PLANNED, ActivityState.ON_HOLD)


def show_file(request: HttpRequest, dispute: Dispute) -> HttpResponse:
    """Show a file to whoever sees it, each from their own side."""
    context = file_context(request, dispute, "process")
    context["breadcrumbs"] = context["breadcrumbs"][:1]
    user: Any = request.user
    if not context["inside"]:
        return render(request, "cases/dispute_outward.html", context | _outward(request, dispute))
    processes = processes_of(user, dispute)
    entries = timeline_of(user, dispute)
    context |= {
        "processes": processes,
        "acts_on_file": _acts_on_file(user, dispute),
        "end_acts": _acts_on_end(user, dispute),
        "goes_on": goes_on(user, dispute),
        "entries": [on_timeline(entry) for entry in entries[:TIMELINE_LENGTH]],
        "has_more": len(entries) > TIMELINE_LENGTH,
        "history_url": reverse("cases:dispute_history", args=[dispute.pk]),
    }
    parties: Any = []
    if len(processes) == 1:
        situation = Situation(processes[0], timezone.localdate())
        parties = situation.parties
        context |= process_context(user, situation)
    if not dispute.is_historical:
        context |= _tasks(user, dispute)
    if user.is_secretariat:
        context["sight"] = overview.sight_of(dispute, parties)
    return render(request, "cases/dispute_detail.html", context)


def _tasks(user: Any, dispute: Dispute) -> dict[str, Any]:
    """Return the next tasks of a file, and whether the person may add one."""
    tasks = tasks_beside(user, dispute, timezone.localdate())
    may_add = may(user, "cases.add_task", dispute)
    return {
        "tasks": tasks[:BESIDE_A_FILE],
        "has_more_tasks": len(tasks) > BESIDE_A_FILE,
        "add_task_url": reverse("cases:task_add_to_file", args=[dispute.pk]) if may_add else "",
    }


def processes_of(user: Any, dispute: Dispute) -> list[Process]:
    """Return the processes of a file that the person sees, each knowing its file and its way."""
    visible = Process.objects.visible_to(user).filter(dispute=dispute)
    rows = list(visible.with_stages_gone_through())
    for process in rows:
        process.dispute = dispute
    return rows


def process_context(user: Any, situation: Situation) -> dict[str, Any]:
    """Return what both pages show of one process from inside."""
    process = situation.process
    planned = list(
        Activity.objects.visible_to(user).with_footing().filter(process=process, state__in=_AHEAD)
    )
    acts = acts_of(user, process, situation.on, situation)
    may_work = not process.dispute.is_ended and not _is_for_others(acts[0].verdict)
    return {
        "process": process,
        "steps": overview.track_of(process),
        "acts": acts if may_work else [],
        "usual_acts": overview.usual_acts(process, situation) if acts[0].verdict else [],
        "planned": planned,
        "due": overview.due_next(user, situation, planned),
        "chain": overview.chain_of(user, situation),
        "acts_on_process": _acts_on_process(user, process) if may_work else [],
    }


def _is_for_others(verdict: Any) -> bool:
    """Tell whether an act lies outside the person's role, so that saying why would not help."""
    return isinstance(verdict, Denied) and verdict.code in ("no_power", "published_history")


def _acts_on_file(user: Any, dispute: Dispute) -> list[dict[str, Any]]:
    acts = [
        (_("Change the file"), "cases:dispute_change", "cases.change_dispute"),
        (_("Add a party"), "cases:party_add", "cases.change_dispute"),
        (_("Open a process"), "cases:process_open", "cases.open_process"),
        (_("Draft a mandate"), "cases:mandate_draft", "cases.draft_mandate"),
        (_("Assign the desk officer"), "cases:dispute_assign", "cases.assign_officer"),
        (_("Change the classification"), "cases:dispute_reclassify", "cases.reclassify"),
    ]
    if dispute.is_thematic:
        del acts[1:3]
    if dispute.status == DisputeStatus.ENDED:
        acts = [(_("Reopen the file"), "cases:dispute_reopen", "cases.reopen_dispute")]
    elif dispute.status == DisputeStatus.SUSPENDED:
        acts.append((_("Resume the file"), "cases:dispute_resume", "cases.resume_dispute"))
    else:
        acts.append((_("Suspend the file"), "cases:dispute_suspend", "cases.suspend_dispute"))
    if not dispute.is_ended and not dispute.end_proposed_outcome:
        acts.append((_("Propose to end the file"), "cases:end_propose", "cases.propose_end"))
    return shown_acts(user, dispute, acts)


def _acts_on_end(user: Any, dispute: Dispute) -> list[dict[str, Any]]:
    """Return what a second person may do about a proposed end."""
    if not dispute.end_proposed_outcome:
        return []
    acts = [
        (_("Approve the end"), "cases:end_approve", "cases.approve_end"),
        (_("Decline"), "cases:end_decline", "cases.approve_end"),
    ]
    return shown_acts(user, dispute, acts)


def _acts_on_process(user: Any, process: Process) -> list[dict[str, Any]]:
    acts = [
        (_("Change the title or the parties"), "cases:process_change", "cases.change_process"),
        (_("Change the engagement"), "cases:process_engagement", "cases.change_engagement"),
    ]
    if process.status == DisputeStatus.SUSPENDED:
        acts.append((_("Resume the process"), "cases:process_resume", "cases.change_process"))
    else:
        acts.append((_("Suspend the process"), "cases:process_suspend", "cases.change_process"))
    return shown_acts(user, process, acts)


# From outside -----------------------------------------------------------------------------------


def _outward(request: HttpRequest, dispute: Dispute) -> dict[str, Any]:
    """Return what a State sees of a file that was shared with it (Rule D7)."""
    user = request.user
    consents = Consent.objects.visible_to(user).filter(process__dispute=dispute)
    mandates = Mandate.objects.visible_to(user).filter(dispute=dispute)
    return {
        "tracks": [
            {"title": process, "words": outward_words(process)}
            for process in processes_of(user, dispute)
        ],
        "parties": Party.objects.visible_to(user).filter(dispute=dispute).select_related("actor"),
        "mandates": _joined(mandates),
        "consents": [
            {"consent": consent, "stand": stand_of(user, consent)}
            for consent in consents.select_related("party__actor", "process")
        ],
        "agreements": Agreement.objects.visible_to(user).filter(process__dispute=dispute),
    }


def _joined(mandates: Any) -> QuerySet[Mandate]:
    rows: QuerySet[Mandate] = mandates.select_related(
        "resolution__session__organ__actor", "end_session", "extended_to"
    )
    return rows
