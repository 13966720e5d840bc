"""Pages of what is done in a process: planned, held, on hold, cancelled (Rule C4)."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.choices import ActivityKind, ActivityState
from cases.forms.base import DayForm, ReasonForm
from cases.forms.processes import ResumeActivityForm, activity_form_for
from cases.models import Activity, Process
from cases.selectors.situation import Situation
from cases.services import activities as services
from cases.views.acts import act_view, guarded_act
from cases.views.frame import act_context
from cases.views.processes import inside_or_404, process_url, visible_process
from cases.views.shown import shown_acts
from common.policy import Verdict, may, require
from common.text import isolated
from common.web.acts import posted
from common.web.trace import note_reading


def _verdict(user: Any, process: Process, kind: str, situation: Situation) -> Verdict:
    return may(
        user, "cases.plan_activity", process, kind=kind, on=situation.on, situation=situation
    )


@act_view
def activity_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Plan an activity; its kind, chosen first, decides what is asked."""
    process = visible_process(request, pk)
    kind = request.GET.get("kind", "")
    if kind not in ActivityKind.values:
        return _choose_kind(request, process)
    situation = Situation(process, timezone.localdate())
    form = activity_form_for(kind)(posted(request), process=process, viewer=request.user)
    return guarded_act(
        request,
        dispute=process.dispute,
        action="cases.make_contact",
        subject=process,
        form=form,
        act=partial(services.plan_activity, process=process, kind=kind),
        heading=_("Plan: %(kind)s") % {"kind": ActivityKind(kind).label},
        submit=_("Plan"),
        said=_("The activity is planned."),
        done=process_url(process),
        template="cases/activity_plan.html",
        verdict=_verdict(request.user, process, kind, situation),
        footing=situation.footing,
        kinds_url=reverse("cases:activity_plan", args=[process.pk]),
    )


def _choose_kind(request: HttpRequest, process: Process) -> HttpResponse:
    """Show the kinds of activity, each open or closed today with the reason."""
    require(request.user, "cases.make_contact", process)
    situation = Situation(process, timezone.localdate())
    url = reverse("cases:activity_plan", args=[process.pk])
    context = act_context(process.dispute, _("Plan an activity"), "")
    context["acts"] = [
        {
            "label": kind.label,
            "url": f"{url}?kind={kind.value}",
            "verdict": _verdict(request.user, process, kind.value, situation),
        }
        for kind in ActivityKind
    ]
    return render(request, "cases/activity_kinds.html", context)


def _visible(request: HttpRequest, pk: UUID) -> Activity:
    rows = Activity.objects.visible_to(request.user).with_footing()
    rows = rows.select_related(
        "process__dispute__desk_officer",
        "state_visited__actor",
        "decided_in_person_by",
        "audience_party__actor",
    )
    activity: Activity = get_object_or_404(rows, pk=pk)
    return activity


_STATE_TONES = {
    ActivityState.PLANNED: "blue",
    ActivityState.ON_HOLD: "amber",
    ActivityState.HELD: "green",
    ActivityState.CANCELLED: "neutral",
}


@login_required
@require_GET
def activity_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one activity."""
    activity = _visible(request, pk)
    context = inside_or_404(request, activity.process)
    note_reading(request, activity)
    context["breadcrumbs"].append((activity.process.title, process_url(activity.process)))
    context |= {
        "activity": activity,
        "state_tone": _STATE_TONES[ActivityState(activity.state)],
        "page_classification": activity.effective_classification,
        "acts": _acts(request.user, activity),
    }
    return render(request, "cases/activity_detail.html", context)


def _acts(user: Any, activity: Activity) -> list[dict[str, Any]]:
    change = "cases.change_activity"
    acts = []
    if activity.state == ActivityState.PLANNED:
        acts.append((_("Record that it took place"), "cases:activity_held", change))
    if activity.state == ActivityState.ON_HOLD:
        acts.append((_("Plan it again"), "cases:activity_resume", change))
    if activity.state in (ActivityState.PLANNED, ActivityState.ON_HOLD):
        acts.append((_("Cancel it"), "cases:activity_cancel", change))
    return shown_acts(user, activity, acts)


def _activity_act(request: HttpRequest, activity: Activity, **options: Any) -> HttpResponse:
    return guarded_act(
        request,
        dispute=activity.process.dispute,
        action="cases.change_activity",
        subject=activity,
        done=reverse("cases:activity_detail", args=[activity.pk]),
        lead=_("%(kind)s: %(purpose)s")
        % {"kind": activity.get_kind_display(), "purpose": isolated(activity.purpose)},
        **options,
    )


@act_view
def activity_held(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record that an activity took place."""
    activity = _visible(request, pk)
    return _activity_act(
        request,
        activity,
        form=DayForm(posted(request), initial={"on": activity.planned_on}),
        act=partial(services.mark_activity_held, activity=activity),
        heading=_("Record that it took place"),
        submit=_("It took place"),
        said=_("It is on record."),
    )


@act_view
def activity_resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Plan again what was on hold."""
    activity = _visible(request, pk)
    return _activity_act(
        request,
        activity,
        form=ResumeActivityForm(posted(request), initial={"planned_on": activity.planned_on}),
        act=partial(services.resume_activity, activity=activity),
        heading=_("Plan it again"),
        submit=_("Plan"),
        said=_("The activity is planned again."),
    )


@act_view
def activity_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Cancel an activity that has not taken place."""
    activity = _visible(request, pk)
    return _activity_act(
        request,
        activity,
        form=ReasonForm(posted(request)),
        act=partial(services.cancel_activity, activity=activity),
        heading=_("Cancel the activity"),
        submit=_("Cancel the activity"),
        said=_("It is cancelled."),
        consequences=[_("It stays on the file as cancelled, with the reason.")],
        is_final=True,
    )
