"""Glossary, recommendations of the conference, and the working calendar."""

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

from common.api.pagination import page_of
from common.policy import may, require
from common.web.acts import act_page, get_visible
from institutions.filters import HolidayFilter, TermFilter
from institutions.forms import HolidayForm, NothingForm
from institutions.models import ConferenceRecommendation, GlossaryTerm, Holiday
from institutions.services import add_holiday, remove_holiday
from institutions.views.frame import act_context, acts_for, resolution_tabs, state_tabs, trail

MANAGE_HOLIDAYS = "institutions.manage_holidays"


@login_required
@require_GET
def glossary(request: HttpRequest) -> HttpResponse:
    """Show the words of the house in three languages."""
    rows = GlossaryTerm.objects.visible_to(request.user).in_order()
    narrowed = TermFilter(request.GET, queryset=rows, request=request)
    context = {
        "title": _("Glossary"),
        "form": narrowed.form,
        "page": page_of(narrowed.qs, request.GET.get("page"), per_page=100),
    }
    return render(request, "institutions/glossary.html", context)


@login_required
@require_GET
def recommendation_list(request: HttpRequest) -> HttpResponse:
    """Show the fifteen recommendations of the First OIC Member States Conference on Mediation."""
    context = {
        "title": _("Resolutions"),
        "tabs": resolution_tabs("recommendation_list"),
        "recommendations": ConferenceRecommendation.objects.visible_to(request.user),
    }
    return render(request, "institutions/recommendation_list.html", context)


@login_required
@require_GET
def holiday_list(request: HttpRequest) -> HttpResponse:
    """Show the days on which the house rests, the next ones first."""
    rows = Holiday.objects.visible_to(request.user).in_force()
    narrowed = HolidayFilter(request.GET, queryset=rows, request=request)
    today = timezone.localdate()
    user: Any = request.user
    offered = [(_("Add a holiday"), reverse("institutions:holiday_add"), MANAGE_HOLIDAYS)]
    context = {
        "title": _("States and organs"),
        "tabs": state_tabs("holiday_list"),
        "form": narrowed.form,
        "ahead": narrowed.qs.filter(ends_on__gte=today),
        "past": narrowed.qs.filter(ends_on__lt=today).reverse()[:50],
        "acts": acts_for(request.user, offered),
        "may_manage": may(request.user, MANAGE_HOLIDAYS),
        "world": user.is_exercise,
    }
    return render(request, "institutions/holiday_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def holiday_add(request: HttpRequest) -> HttpResponse:
    """Add days off."""
    require(request.user, MANAGE_HOLIDAYS)
    back = reverse("institutions:holiday_list")
    return act_page(
        request,
        form=HolidayForm(request.POST or None, viewer=request.user),
        act=partial(add_holiday, actor=request.user),
        done=back,
        said=_("The holiday stands in the calendar."),
        context=act_context(
            _("Add a holiday"), _("Add"), back, trail("state_list", "holiday_list")
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def holiday_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take days off out of the calendar."""
    holiday = get_visible(Holiday, request.user, pk=pk, is_removed=False)
    require(request.user, MANAGE_HOLIDAYS, holiday)
    back = reverse("institutions:holiday_list")
    return act_page(
        request,
        form=NothingForm(request.POST or None, initial={"version": holiday.version}),
        act=partial(remove_holiday, actor=request.user, holiday=holiday),
        done=back,
        said=_("The holiday has been removed."),
        context=act_context(
            _("Remove a holiday"),
            _("Remove"),
            back,
            trail("state_list", "holiday_list"),
            lead=str(holiday),
            consequences=[
                _("These days count as working days again, unless they are a Friday or Saturday."),
                _("Dates that were computed before do not change."),
            ],
        ),
        subject=holiday,
    )
