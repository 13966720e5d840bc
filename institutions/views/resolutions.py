"""The register of resolutions: searched by any written form of a reference, entered, corrected."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common.api.pagination import page_of
from common.policy import may, require
from common.web.acts import act_page, get_visible
from institutions.filters import ResolutionFilter
from institutions.forms import ResolutionCorrectionForm, ResolutionForm
from institutions.models import Reservation, Resolution, ResolutionParagraph
from institutions.services import correct_resolution, register_resolution
from institutions.views.frame import act_context, acts_for, resolution_tabs, trail

MANAGE = "institutions.manage_resolutions"


@login_required
@require_GET
def resolution_list(request: HttpRequest) -> HttpResponse:
    """List the resolutions, narrowed by reference, words, organ, session or tag."""
    rows = Resolution.objects.visible_to(request.user).with_session().in_order()
    narrowed = ResolutionFilter(request.GET, queryset=rows, request=request)
    offered = [(_("Register a resolution"), reverse("institutions:resolution_add"), MANAGE)]
    context = {
        "title": _("Resolutions"),
        "tabs": resolution_tabs("resolution_list"),
        "form": narrowed.form,
        "page": page_of(narrowed.qs, request.GET.get("page")),
        "acts": acts_for(request.user, offered),
    }
    return render(request, "institutions/resolution_list.html", context)


@login_required
@require_GET
def resolution_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one resolution with its paragraphs and the reservations of States."""
    resolution = _resolution(request, pk)
    offered = [
        (label, reverse(f"institutions:{name}", args=[pk]), MANAGE)
        for label, name in (
            (_("Correct this entry"), "resolution_correct"),
            (_("Enter a paragraph"), "paragraph_add"),
            (_("Record a reservation"), "reservation_record"),
        )
    ]
    reservations = Reservation.objects.visible_to(request.user).filter(resolution=resolution)
    paragraphs = ResolutionParagraph.objects.visible_to(request.user).filter(resolution=resolution)
    context = {
        "title": resolution.reference,
        "resolution": resolution,
        "paragraphs": paragraphs.in_order(),
        "reservations": reservations.select_related("state__actor"),
        "may_manage": may(request.user, MANAGE, resolution),
        "is_outside": _is_outside(resolution),
        "acts": acts_for(request.user, offered, resolution),
        "breadcrumbs": trail("resolution_list"),
    }
    return render(request, "institutions/resolution_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def resolution_add(request: HttpRequest) -> HttpResponse:
    """Register a resolution."""
    require(request.user, MANAGE)
    form = ResolutionForm(
        request.POST or None,
        viewer=request.user,
        initial={"session": request.GET.get("session", "")},
    )
    return act_page(
        request,
        form=form,
        act=partial(register_resolution, actor=request.user),
        done=partial(_done, request),
        said=_("The resolution is registered."),
        context=act_context(
            _("Register a resolution"),
            _("Register"),
            reverse("institutions:resolution_list"),
            trail("resolution_list"),
            lead=_("Enter the title as the Organisation published it, word for word."),
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def resolution_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct an entry."""
    resolution = _resolution(request, pk)
    require(request.user, MANAGE, resolution)
    columns = (*ResolutionCorrectionForm.columns, "reference", "version")
    form = ResolutionCorrectionForm(
        request.POST or None,
        viewer=request.user,
        initial={name: getattr(resolution, name) for name in columns},
    )
    return act_page(
        request,
        form=form,
        act=partial(correct_resolution, actor=request.user, resolution=resolution),
        done=partial(_done, request),
        said=_("The entry has been corrected."),
        context=act_context(
            _("Correct this entry"),
            _("Save"),
            _url(resolution),
            [*trail("resolution_list"), (resolution.reference, _url(resolution))],
            lead=resolution.session.label,
        ),
        subject=resolution,
    )


def _resolution(request: HttpRequest, pk: UUID) -> Resolution:
    resolution: Resolution = get_visible(
        Resolution.objects.visible_to(request.user).with_session(), request.user, pk=pk
    )
    return resolution


def _done(request: HttpRequest, resolution: Resolution) -> str:
    """Return where to go; a day outside the session's is remarked upon, not refused (Rule M2)."""
    if _is_outside(resolution):
        messages.warning(request, outside_session())
    return _url(resolution)


def outside_session() -> str:
    """Return the remark on a day of adoption outside the session's days."""
    return _("The day of adoption lies outside the days of the session; please compare the two.")


def _is_outside(resolution: Any) -> bool:
    day = resolution.adopted_on
    return day is not None and not resolution.session.may_include(day)


def _url(resolution: Resolution) -> str:
    return reverse("institutions:resolution_detail", args=[resolution.pk])
