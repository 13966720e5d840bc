"""Paragraphs of a resolution and the reservations of States, kept on the resolution's page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.errors import Text
from common.policy import require
from common.web.acts import act_page, get_visible
from institutions import services
from institutions.forms import (
    NothingForm,
    ParagraphCorrectionForm,
    ParagraphForm,
    ReservationCorrectionForm,
    ReservationForm,
)
from institutions.models import Reservation, Resolution, ResolutionParagraph
from institutions.views.frame import act_context, trail

MANAGE = "institutions.manage_resolutions"
_FULL_SESSION = "resolution__session__organ__actor"


@login_required
@require_http_methods(["GET", "POST"])
def paragraph_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a paragraph."""
    resolution = _resolution(request, pk)
    require(request.user, MANAGE, resolution)
    return _page(
        request,
        resolution,
        form=ParagraphForm(request.POST or None, viewer=request.user),
        act=partial(services.add_paragraph, resolution=resolution),
        title=_("Enter a paragraph"),
        submit=_("Enter"),
        said=_("The paragraph is entered."),
        lead=_("Enter the text as the Organisation adopted it, word for word."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def paragraph_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct a paragraph."""
    paragraph = _part(request, ResolutionParagraph, pk)
    columns = (*ParagraphCorrectionForm.columns, "version")
    return _page(
        request,
        paragraph.resolution,
        form=ParagraphCorrectionForm(
            request.POST or None,
            viewer=request.user,
            initial={name: getattr(paragraph, name) for name in columns},
        ),
        act=partial(services.correct_paragraph, paragraph=paragraph),
        title=_("Correct the paragraph"),
        submit=_("Save"),
        said=_("The paragraph has been corrected."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def paragraph_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take out a paragraph that was entered by mistake."""
    paragraph = _part(request, ResolutionParagraph, pk)
    return _page(
        request,
        paragraph.resolution,
        form=NothingForm(request.POST or None, initial={"version": paragraph.version}),
        act=partial(services.remove_paragraph, paragraph=paragraph),
        title=_("Take out the paragraph"),
        submit=_("Take out"),
        said=_("The paragraph has been taken out."),
        lead=_("Paragraph %(number)s") % {"number": paragraph.number},
        consequences=[_("What it said stays in the record.")],
    )


@login_required
@require_http_methods(["GET", "POST"])
def reservation_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a State's reservation or dissociation."""
    resolution = _resolution(request, pk)
    require(request.user, MANAGE, resolution)
    return _page(
        request,
        resolution,
        form=ReservationForm(request.POST or None, viewer=request.user),
        act=partial(services.record_reservation, resolution=resolution),
        title=_("Record a reservation"),
        submit=_("Record"),
        said=_("The reservation is recorded."),
        lead=_("Only what the State itself put on record, with the paper in which it stands."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def reservation_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct a reservation."""
    reservation = _part(request, Reservation, pk)
    columns = (*ReservationCorrectionForm.columns, "version")
    return _page(
        request,
        reservation.resolution,
        form=ReservationCorrectionForm(
            request.POST or None,
            viewer=request.user,
            initial={name: getattr(reservation, name) for name in columns},
        ),
        act=partial(services.correct_reservation, reservation=reservation),
        title=_("Correct the reservation"),
        submit=_("Save"),
        said=_("The reservation has been corrected."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def reservation_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take out a reservation that was entered by mistake."""
    reservation = _part(request, Reservation, pk, "state__actor")
    return _page(
        request,
        reservation.resolution,
        form=NothingForm(request.POST or None, initial={"version": reservation.version}),
        act=partial(services.remove_reservation, reservation=reservation),
        title=_("Take out the reservation"),
        submit=_("Take out"),
        said=_("The reservation has been taken out."),
        lead=str(reservation),
        consequences=[_("What it said stays in the record.")],
    )


def _resolution(request: HttpRequest, pk: UUID) -> Resolution:
    rows = Resolution.objects.visible_to(request.user).with_session()
    resolution: Resolution = get_visible(rows, request.user, pk=pk)
    return resolution


def _part(request: HttpRequest, model: type[Any], pk: UUID, *joined: str) -> Any:
    """Return the visible part of a resolution that the person may change.

    Raises:
        NotPermitted: the person does not keep the resolutions of this world.
    """
    rows = model.objects.visible_to(request.user).select_related(_FULL_SESSION, *joined)
    part = get_visible(rows, request.user, pk=pk)
    require(request.user, MANAGE, part.resolution)
    return part


def _page(
    request: HttpRequest,
    resolution: Resolution,
    *,
    form: Any,
    act: Callable[..., Any],
    title: str,
    submit: str,
    said: Text,
    **more: Any,
) -> HttpResponse:
    """Show one act on a resolution and lead back to its page."""
    url = reverse("institutions:resolution_detail", args=[resolution.pk])
    breadcrumbs = [*trail("resolution_list"), (resolution.reference, url)]
    return act_page(
        request,
        form=form,
        act=partial(act, actor=request.user),
        done=url,
        said=said,
        context=act_context(title, submit, url, breadcrumbs, **more),
        subject=resolution,
    )
