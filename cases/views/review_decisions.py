"""Pages on which an organ's decision on a mandate under review is recorded (Rules M6 to M8)."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.forms.mandates import TerminateForm
from cases.forms.reviews import AmendForm, RenewForm
from cases.services import review_decisions as services
from cases.views.acts import act_view
from cases.views.reviews import review_act, visible_review
from common.web.acts import posted

_DECIDE = "cases.decide_review"


@act_view
def review_renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record that the organ renewed the mandate, with its terms or with new ones."""
    review = visible_review(request, pk)
    form = RenewForm(
        posted(request),
        dispute=review.mandate.dispute,
        viewer=request.user,
        initial={"session": review.session_id, "paragraph": review.mandate.paragraph},
    )
    return review_act(
        request,
        review,
        action=_DECIDE,
        form=form,
        act=partial(services.record_renewal, review=review, on=timezone.localdate()),
        heading=_("Record the renewal of the mandate"),
        submit=_("Record the renewal"),
        said=_("The mandate is renewed: a new one succeeds it, and the old stays readable."),
        lead=_("Holders, processes and scope go on; with new terms it is renewed and amended."),
        with_material=True,
    )


@act_view
def review_amend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record that the organ amended the terms of reference and let the mandate run on."""
    review = visible_review(request, pk)
    form = AmendForm(
        posted(request),
        dispute=review.mandate.dispute,
        viewer=request.user,
        initial={"session": review.session_id},
    )
    return review_act(
        request,
        review,
        action=_DECIDE,
        form=form,
        act=partial(services.record_amendment, review=review),
        heading=_("Record the amendment of the terms of reference"),
        submit=_("Record the amendment"),
        said=_("The new terms are recorded; the mandate runs on."),
        lead=_("For a text that also renews the mandate, record the renewal with its new terms."),
        with_material=True,
    )


@act_view
def review_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record that the organ ended the mandate."""
    review = visible_review(request, pk)
    form = TerminateForm(
        posted(request),
        dispute=review.mandate.dispute,
        viewer=request.user,
        initial={"session": review.session_id},
    )
    return review_act(
        request,
        review,
        action=_DECIDE,
        form=form,
        act=partial(services.record_termination, review=review),
        heading=_("Record the termination of the mandate"),
        submit=_("Record the termination"),
        said=_("The mandate is terminated."),
        consequences=[
            _("From the day after its last day the mandate is no basis of acting."),
            _("The same organ or a higher one ends what an organ adopted."),
        ],
        is_final=True,
    )
