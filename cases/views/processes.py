"""Pages of the processes of a file: opening, stage, engagement, suspension."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.choices import Engagement
from cases.forms.base import ReasonedDayForm
from cases.forms.processes import ChangeProcessForm, EngagementForm, OpenProcessForm, StageForm
from cases.models import Process
from cases.policies.conduct import needs_consent
from cases.selectors.situation import ROLE_OF_ENGAGEMENT, Situation
from cases.services import processes as services
from cases.views.acts import act_view, guarded_act
from cases.views.file_page import process_context, processes_of
from cases.views.frame import file_context, open_file
from common.policy import Denied
from common.web.acts import posted
from common.web.trace import note_reading


def visible_process(request: HttpRequest, pk: UUID) -> Process:
    """Return the process with its file, or answer 404."""
    rows = Process.objects.visible_to(request.user).select_related("dispute__desk_officer")
    process: Process = get_object_or_404(rows, pk=pk)
    return process


def process_url(process: Process) -> str:
    """Return the page on which a process is shown."""
    return reverse("cases:process_detail", args=[process.pk])


@login_required
@require_GET
def process_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one process of several; a file's only process stands on the file itself (Rule D1)."""
    dispute = visible_process(request, pk).dispute
    context = file_context(request, dispute, "process")
    processes = processes_of(request.user, dispute)
    if len(processes) == 1 or not context["inside"]:
        return redirect("cases:dispute_detail", pk=dispute.pk)
    note_reading(request, dispute)
    process = next(row for row in processes if row.pk == pk)
    context |= process_context(request.user, Situation(process, timezone.localdate()))
    return render(request, "cases/process_detail.html", context)


@act_view
def process_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a process."""
    dispute = open_file(request, pk)
    form = OpenProcessForm(
        posted(request),
        dispute=dispute,
        viewer=request.user,
        initial={"engagement": Engagement.GOOD_OFFICES},
    )
    return guarded_act(
        request,
        dispute=dispute,
        action="cases.open_process",
        subject=dispute,
        form=form,
        act=partial(services.open_process, dispute=dispute),
        heading=_("Open a process"),
        submit=_("Open the process"),
        said=_("The process is open."),
        lead=_("A process is who talks with whom. It may open at any stage, with the reason."),
    )


@act_view
def process_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change the title of a process or who talks in it."""
    process = visible_process(request, pk)
    form = ChangeProcessForm(
        posted(request),
        instance=process,
        dispute=process.dispute,
        viewer=request.user,
        initial={"version": process.version, "parties": process.parties.all()},
    )
    return guarded_act(
        request,
        dispute=process.dispute,
        action="cases.change_process",
        subject=process,
        form=form,
        act=partial(services.change_process, process=process),
        heading=_("Change the process"),
        submit=_("Save"),
        said=_("The process has been changed."),
        done=process_url(process),
    )


@act_view
def process_stage(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change the stage of a process, with the reason (Rule D2)."""
    process = visible_process(request, pk)
    form = StageForm(posted(request), process=process, initial={"version": process.version})
    return guarded_act(
        request,
        dispute=process.dispute,
        action="cases.change_stage",
        subject=process,
        form=form,
        act=partial(services.change_stage, process=process),
        heading=_("Change the stage"),
        submit=_("Change the stage"),
        said=_("The process is at its new stage."),
        done=process_url(process),
        template="cases/stage_change.html",
        process=process,
        warning=_what_negotiation_lacks(process),
    )


def _what_negotiation_lacks(process: Process) -> Any:
    """Return why our own act cannot lead to negotiation today, if it cannot (Rule C4)."""
    role = ROLE_OF_ENGAGEMENT.get(process.engagement)
    if role is None:
        return ""
    verdict = needs_consent(Situation(process, timezone.localdate()), role)
    return verdict.reason if isinstance(verdict, Denied) else ""


@act_view
def process_engagement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what the OIC is in a process (Rule C6)."""
    process = visible_process(request, pk)
    form = EngagementForm(posted(request), process=process, initial={"version": process.version})
    return guarded_act(
        request,
        dispute=process.dispute,
        action="cases.change_engagement",
        subject=process,
        form=form,
        act=partial(services.change_engagement, process=process),
        heading=_("Change the engagement"),
        submit=_("Change the engagement"),
        said=_("The engagement has been changed."),
        done=process_url(process),
        lead=_("Now: %(engagement)s.") % {"engagement": process.get_engagement_display()}
        if process.engagement
        else "",
    )


@act_view
def process_suspend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Suspend a process."""
    process = visible_process(request, pk)
    return guarded_act(
        request,
        dispute=process.dispute,
        action="cases.change_process",
        subject=process,
        form=ReasonedDayForm(posted(request)),
        act=partial(services.suspend_process, process=process),
        heading=_("Suspend the process"),
        submit=_("Suspend the process"),
        said=_("The process is suspended."),
        done=process_url(process),
        consequences=[
            _("Joint rounds, proposals, missions and changes of stage rest until it is resumed."),
            _("Nothing ends, and from outside nothing of it is seen."),
        ],
    )


@act_view
def process_resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Resume a suspended process."""
    process = visible_process(request, pk)
    return guarded_act(
        request,
        dispute=process.dispute,
        action="cases.change_process",
        subject=process,
        form=ReasonedDayForm(posted(request)),
        act=partial(services.resume_process, process=process),
        heading=_("Resume the process"),
        submit=_("Resume the process"),
        said=_("The process is active again."),
        done=process_url(process),
    )


def inside_or_404(request: HttpRequest, process: Process, tab: str = "process") -> dict[str, Any]:
    """Return the frame of a page about a process for people inside; for others there is none."""
    context = file_context(request, process.dispute, tab)
    if not context["inside"]:
        raise Http404
    return context
