"""Organs and what each may decide; offices and who holds them today."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common.policy import may, require
from common.web.acts import act_page, get_visible
from institutions.forms import LeaveOfficeForm, TakeUpOfficeForm
from institutions.models import Office, OfficeHolding, Organ, Session
from institutions.selectors import holders_on, offices_with_holders
from institutions.services import leave_office, take_up_office
from institutions.views.frame import act_context, state_tabs, trail


@login_required
@require_GET
def organ_list(request: HttpRequest) -> HttpResponse:
    """Show the organs in the order of their rank, with their powers."""
    context = {
        "title": _("States and organs"),
        "tabs": state_tabs("organ_list"),
        "organs": Organ.objects.visible_to(request.user).select_related("actor"),
    }
    return render(request, "institutions/organ_list.html", context)


@login_required
@require_GET
def organ_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one organ: what it may decide, its offices, its sessions, its former names."""
    rows = Organ.objects.visible_to(request.user).select_related("actor")
    organ = get_visible(rows, request.user, pk=pk)
    sessions = Session.objects.visible_to(request.user).filter(organ=organ)
    user: Any = request.user
    holders = holders_on(timezone.localdate(), is_exercise=user.is_exercise)
    context = {
        "title": str(organ),
        "organ": organ,
        "offices": [
            (office, holders.get(office.pk)) for office in organ.offices.select_related("actor")
        ],
        "former_names": organ.actor.dated_names.all(),
        "sessions": sessions.with_names().latest_first(),
        "breadcrumbs": trail("state_list", "organ_list"),
    }
    return render(request, "institutions/organ_detail.html", context)


@login_required
@require_GET
def office_list(request: HttpRequest) -> HttpResponse:
    """Show each office, who holds it today, and who held it before."""
    user: Any = request.user
    context = {
        "title": _("States and organs"),
        "tabs": state_tabs("office_list"),
        "offices": offices_with_holders(request.user, timezone.localdate()),
        "may_manage": may(request.user, "institutions.manage_offices"),
        "world": user.is_exercise,
    }
    return render(request, "institutions/office_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def office_take_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record who takes up an office."""
    rows = Office.objects.visible_to(request.user).select_related("actor")
    office = get_visible(rows, request.user, pk=pk)
    require(request.user, "institutions.manage_offices")
    back = reverse("institutions:office_list")
    return act_page(
        request,
        form=TakeUpOfficeForm(request.POST or None, viewer=request.user),
        act=partial(take_up_office, actor=request.user, office=office),
        done=back,
        said=_("The office has a new holder."),
        context=act_context(
            _("Record who takes up an office"),
            _("Record"),
            back,
            trail("state_list", "office_list"),
            lead=str(office),
        ),
        subject=office.actor,
    )


@login_required
@require_http_methods(["GET", "POST"])
def office_leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record that a holder has left an office."""
    rows = OfficeHolding.objects.visible_to(request.user)
    holding = get_visible(rows.select_related("office__actor", "holder"), request.user, pk=pk)
    require(request.user, "institutions.manage_offices", holding)
    back = reverse("institutions:office_list")
    return act_page(
        request,
        form=LeaveOfficeForm(request.POST or None, initial={"version": holding.version}),
        act=partial(leave_office, actor=request.user, holding=holding),
        done=back,
        said=_("The end has been recorded."),
        context=act_context(
            _("Record that a holder has left the office"),
            _("Record"),
            back,
            trail("state_list", "office_list"),
            lead=str(holding),
        ),
        subject=holding,
    )
