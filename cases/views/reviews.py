"""Pages of the review of a mandate: its track, and one page for each step (Rules M4 to M7)."""

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

from cases.choices import ReviewState
from cases.forms.base import DayForm
from cases.forms.reviews import AssessForm, DraftForm, ProposeForm, ReturnForm, SubmitForm
from cases.models import Mandate, MandateReview, TermsOfReference
from cases.selectors import reviews as selectors
from cases.selectors.overview import end_of
from cases.selectors.reviews import AgreedLanguage
from cases.services import reviews as services
from cases.views.acts import act_view, guarded_act
from cases.views.frame import file_context
from cases.views.shown import shown_acts
from common.i18n import LANGUAGE_CODES, RIGHT_TO_LEFT
from common.web.acts import get_visible, posted
from common.web.trace import note_reading


def visible_review(request: HttpRequest, pk: UUID) -> Any:
    """Return the review with what its pages name, or answer 404."""
    rows = MandateReview.objects.visible_to(request.user).select_related(
        "resolution__session",
        "session__organ__actor",
        "session__joint_with",
        "mandate__dispute__desk_officer",
        "mandate__organ__actor",
        "mandate__resolution__session",
        "mandate__end_session__organ__actor",
        "mandate__end_session__joint_with",
        "mandate__extended_to__organ__actor",
        "mandate__extended_to__joint_with",
    )
    return get_object_or_404(rows, pk=pk)


def review_url(review: MandateReview) -> str:
    """Return where a review is read."""
    return reverse("cases:review_detail", args=[review.pk])


def _material(user: Any, mandate: Mandate) -> dict[str, Any]:
    """Return what whoever assesses or drafts reads beside: terms, agreed language, consents."""
    terms = TermsOfReference.objects.visible_to(user).filter(mandate=mandate)
    return {
        "terms": terms.reverse().first(),
        "columns": selectors.agreed_language(user, mandate),
        "consents": selectors.consents_under(user, mandate),
    }


@login_required
@require_GET
def review_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a review: its five steps, the assessment, the draft beside the agreed language."""
    review = visible_review(request, pk)
    user: Any = request.user
    mandate = review.mandate
    note_reading(request, mandate.dispute)
    context = file_context(request, mandate.dispute, "mandates")
    context["breadcrumbs"] += [
        (_("Mandates"), reverse("cases:mandate_list", args=[mandate.dispute_id])),
        (str(mandate), reverse("cases:mandate_detail", args=[mandate.pk])),
    ]
    steps = review.steps.select_related("owner", "done_by")
    context |= {
        "review": review,
        "mandate": mandate,
        "end": end_of(mandate),
        "track": selectors.track_of(review, steps, timezone.localdate()),
        "step_acts": shown_acts(user, review, _step_acts(review)),
        "decision_acts": shown_acts(user, review, _decision_acts(review)),
        "is_closing_late": is_closing_late(review),
        **_material(user, mandate),
    }
    return render(request, "cases/review_detail.html", context)


def is_closing_late(review: MandateReview) -> bool:
    """Tell whether the session that is to decide closes after the mandate's last day."""
    last = review.mandate.last_day
    closes = review.session.ends_on if review.session else None
    return bool(last and closes and closes > last)


def _step_acts(review: MandateReview) -> list[tuple[Any, str, str]]:
    """Return the acts of the steps; those that are not next say what the review waits for."""
    if review.is_closed:
        return []
    acts = [
        (_("Assess the mandate"), "cases:review_assess", "cases.assess_review"),
        (_("Draft the decision"), "cases:review_draft", "cases.draft_decision"),
        (_("Countersign the assessment"), "cases:review_countersign", "cases.countersign_review"),
        (_("Send the assessment back"), "cases:review_return", "cases.return_review"),
        (_("Propose to the organ"), "cases:review_propose", "cases.propose_review"),
        (_("Submit to a session"), "cases:review_submit", "cases.submit_review"),
    ]
    if review.state == ReviewState.SUBMITTED:
        acts.append((_("Take it back"), "cases:review_take_back", "cases.take_back_review"))
    return acts


def _decision_acts(review: MandateReview) -> list[tuple[Any, str, str]]:
    if review.state in (ReviewState.DECIDED, ReviewState.OVERTAKEN):
        return []
    decide = "cases.decide_review"
    acts = [(_("It renewed the mandate"), "cases:review_renew", decide)]
    if review.state != ReviewState.LAPSED:
        acts += [
            (_("It amended the terms of reference"), "cases:review_amend", decide),
            (_("It ended the mandate"), "cases:review_end", decide),
        ]
    return acts


# Acts -------------------------------------------------------------------------------------------


def review_act(
    request: HttpRequest, review: MandateReview, *, action: str, **options: Any
) -> HttpResponse:
    """Show and do one act on a review, with the agreed language beside, and come back to it."""
    user: Any = request.user
    material: dict[str, Any] = {}
    if options.pop("with_material", False):
        material = _material(user, review.mandate)
        options.setdefault("template", "cases/review_act.html")
    return guarded_act(
        request,
        dispute=review.mandate.dispute,
        action=action,
        subject=review,
        done=review_url(review),
        review=review,
        mandate=review.mandate,
        **material,
        **options,
    )


@act_view
def review_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open the review of a mandate before its day."""
    mandate = get_visible(Mandate, request.user, pk=pk)
    return guarded_act(
        request,
        dispute=mandate.dispute,
        action="cases.open_review",
        subject=mandate,
        form=DayForm(posted(request)),
        act=partial(services.open_review, mandate=mandate),
        heading=_("Open the review of the mandate"),
        submit=_("Open the review"),
        said=_("The review is open."),
        done=review_url,
        cancel_url=reverse("cases:mandate_detail", args=[mandate.pk]),
        lead=_("On its day it opens by itself; open it now where the organ meets earlier."),
    )


@act_view
def review_assess(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Assess the mandate by its terms of reference."""
    review = visible_review(request, pk)
    form = AssessForm(posted(request), instance=review, initial={"version": review.version})
    return review_act(
        request,
        review,
        action="cases.assess_review",
        form=form,
        act=partial(services.assess_mandate, review=review),
        heading=_("Assess the mandate"),
        submit=_("Record the assessment"),
        said=_("The assessment waits for its countersignature."),
        with_material=True,
    )


@act_view
def review_draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draft the decision beside the agreed language."""
    review = visible_review(request, pk)
    form = DraftForm(posted(request), instance=review, initial={"version": review.version})
    material = _material(request.user, review.mandate)
    return review_act(
        request,
        review,
        action="cases.draft_decision",
        form=form,
        act=partial(services.draft_decision, review=review),
        heading=_("Draft the decision"),
        submit=_("Save the draft"),
        said=_("The draft is saved."),
        template="cases/review_draft.html",
        lines=[_line(form, code, material["columns"]) for code in LANGUAGE_CODES],
        **material,
    )


def _line(form: DraftForm, code: str, columns: list[AgreedLanguage]) -> dict[str, Any]:
    """Return the draft's field of one language beside what was agreed in that language before."""
    before = [
        {"resolution": column.resolution, "number": paragraph.number, "text": text}
        for column in columns
        for paragraph in column.paragraphs
        if (text := getattr(paragraph, f"text_{code}"))
    ]
    direction = "rtl" if code in RIGHT_TO_LEFT else "ltr"
    return {
        "field": form[f"draft_{code}"],
        "code": code,
        "direction": direction,
        "before": before,
    }


@act_view
def review_countersign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Countersign the assessment."""
    review = visible_review(request, pk)
    return review_act(
        request,
        review,
        action="cases.countersign_review",
        form=DayForm(posted(request)),
        act=partial(services.countersign_assessment, review=review),
        heading=_("Countersign the assessment"),
        submit=_("Countersign"),
        said=_("The assessment is countersigned. The proposal to the organ is next."),
        with_material=True,
        shows_assessment=True,
    )


@act_view
def review_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the assessment back."""
    review = visible_review(request, pk)
    return review_act(
        request,
        review,
        action="cases.return_review",
        form=ReturnForm(posted(request)),
        act=partial(services.return_assessment, review=review),
        heading=_("Send the assessment back"),
        submit=_("Send it back"),
        said=_("The assessment is back with the desk officer."),
        consequences=[
            _("Countersignature and proposal are undone; the record keeps them."),
            _("The days of the steps are set anew."),
        ],
    )


@act_view
def review_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Propose to the organ what becomes of the mandate."""
    review = visible_review(request, pk)
    form = ProposeForm(
        posted(request),
        dispute=review.mandate.dispute,
        viewer=request.user,
        initial={"session": review.session_id},
    )
    return review_act(
        request,
        review,
        action="cases.propose_review",
        form=form,
        act=partial(services.propose_to_organ, review=review),
        heading=_("Propose to the organ"),
        submit=_("Record the proposal"),
        said=_("The proposal is recorded. Its submission to a session is next."),
        lead=_("The Secretary General proposes; the organ alone decides."),
        with_material=True,
        shows_assessment=True,
    )


@act_view
def review_submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Submit the proposal to a named session."""
    review = visible_review(request, pk)
    form = SubmitForm(
        posted(request),
        dispute=review.mandate.dispute,
        viewer=request.user,
        initial={"session": review.session_id},
    )
    return review_act(
        request,
        review,
        action="cases.submit_review",
        form=form,
        act=partial(services.submit_to_session, review=review),
        heading=_("Submit to a session"),
        submit=_("Record the submission"),
        said=_("The proposal lies before the session."),
        lead=_(
            "Only an organ that may decide so is accepted; the draft stands in three languages."
        ),
    )


@act_view
def review_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the submission back."""
    review = visible_review(request, pk)
    return review_act(
        request,
        review,
        action="cases.take_back_review",
        form=ReturnForm(posted(request)),
        act=partial(services.take_submission_back, review=review),
        heading=_("Take the submission back"),
        submit=_("Take it back"),
        said=_("The submission is taken back; another session may be named."),
    )
