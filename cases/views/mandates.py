"""Pages of mandates: the chain of each, its draft and terms, and what an organ decided (M1 to M9)."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.choices import MandateState
from cases.forms.base import DayForm, ReasonForm
from cases.forms.mandates import (
    AdoptForm,
    ChangeMandateForm,
    ExtendForm,
    MandateForm,
    TerminateForm,
    TermsForm,
)
from cases.lifecycle import REVIEWED_STATES
from cases.models import Dispute, Mandate, MandateReview, TermsOfReference
from cases.selectors.mandates import is_adopted_outside_session, standing_of
from cases.selectors.overview import end_of
from cases.services import decisions
from cases.services import mandates as services
from cases.views.acts import act_view, guarded_act
from cases.views.frame import file_context, open_file
from cases.views.shown import shown_acts
from common.web.acts import posted
from common.web.trace import note_reading


def _mandates_of(user: Any, **where: Any) -> Any:
    """Return the mandates that a person sees, with what their chain names."""
    terms = TermsOfReference.objects.filter(mandate=OuterRef("pk"))  # unscoped: only whether any
    return (
        Mandate.objects.visible_to(user)
        .filter(**where)
        .select_related(
            "dispute__desk_officer",
            "organ__actor",
            "session__organ__actor",
            "session__joint_with",
            "resolution__session__organ__actor",
            "resolution__session__joint_with",
            "end_session__organ__actor",
            "end_session__joint_with",
            "extended_to__organ__actor",
            "extended_to__joint_with",
            "terminated_by_resolution__session",
            "succeeds",
        )
        .prefetch_related("holders", "processes")
        .annotate(has_terms=Exists(terms))
    )


def _shown(mandate: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "mandate": mandate,
        "standing": standing_of(mandate, today, has_terms=mandate.has_terms),
        "end": end_of(mandate),
        "is_outside_session": is_adopted_outside_session(mandate),
    }


@login_required
@require_GET
def mandate_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the mandates of a file, the latest first, each chained to its resolution."""
    dispute = open_file(request, pk)
    context = file_context(request, dispute, "mandates")
    acts = [(_("Draft a mandate"), "cases:mandate_draft", "cases.draft_mandate")]
    context |= {
        "rows": [_shown(row) for row in _mandates_of(request.user, dispute=dispute).reverse()],
        "acts": shown_acts(request.user, dispute, acts) if context["inside"] else [],
    }
    return render(request, "cases/mandate_list.html", context)


def _visible(request: HttpRequest, pk: UUID) -> Any:
    return get_object_or_404(_mandates_of(request.user), pk=pk)


def _url(mandate: Mandate) -> str:
    return reverse("cases:mandate_detail", args=[mandate.pk])


def _crumb(dispute: Dispute) -> tuple[str, str]:
    return (_("Mandates"), reverse("cases:mandate_list", args=[dispute.pk]))


@login_required
@require_GET
def mandate_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a mandate: its chain, where it stands by its dates, its terms of reference."""
    mandate = _visible(request, pk)
    user: Any = request.user
    note_reading(request, mandate.dispute)
    context = file_context(request, mandate.dispute, "mandates")
    context["breadcrumbs"].append(_crumb(mandate.dispute))
    terms = TermsOfReference.objects.visible_to(user).filter(mandate=mandate)
    context |= {
        "mandate": mandate,
        "row": _shown(mandate),
        "successor": Mandate.objects.visible_to(user).filter(succeeds=mandate).first(),
        "acts": [],
    }
    reviews = MandateReview.objects.visible_to(user).filter(mandate=mandate)
    if user.is_secretariat:
        context["reviews"] = list(
            reviews.select_related("session", "resolution__session").reverse()
        )
    if context["inside"]:
        context["terms"] = list(terms.select_related("by").reverse())
        context["acts"] = _acts(user, mandate)
    return render(request, "cases/mandate_detail.html", context)


_OVER = (MandateState.TERMINATED, MandateState.EXPIRED)


def _acts(user: Any, mandate: Mandate) -> list[dict[str, Any]]:
    """Return the acts that make sense in the mandate's present state."""
    change = "cases.change_mandate"
    terms = (_("Add terms of reference"), "cases:terms_add", change)
    if mandate.state == MandateState.DRAFT:
        acts = [
            (_("Record the adoption"), "cases:mandate_adopt", "cases.adopt_mandate"),
            (_("Change the draft"), "cases:mandate_change", change),
            terms,
        ]
        return shown_acts(user, mandate, acts)
    acts = [terms] if mandate.state not in _OVER else []
    if mandate.state in (MandateState.ADOPTED, MandateState.SUSPENDED):
        acts.append((_activation(mandate), "cases:mandate_activate", "cases.activate_mandate"))
    if mandate.state in (MandateState.ACTIVE, MandateState.UNDER_REVIEW):
        acts.append((_("Suspend"), "cases:mandate_suspend", "cases.suspend_mandate"))
    if mandate.state not in _OVER:
        if mandate.end_session_id is not None:
            acts.append((_("Record a technical extension"), "cases:mandate_extend", change))
        acts.append(
            (_("Record the termination"), "cases:mandate_terminate", "cases.terminate_mandate")
        )
    if mandate.state in REVIEWED_STATES:
        acts.append((_("Open its review"), "cases:review_open", "cases.open_review"))
    shown = shown_acts(user, mandate, acts)
    draft = shown_acts(
        user,
        mandate.dispute,
        [(_("Draft its successor"), "cases:mandate_draft", "cases.draft_mandate")],
    )
    for act in draft:
        act["url"] += f"?succeeds={mandate.pk}"
    return shown + draft


def _activation(mandate: Mandate) -> str:
    return _("Resume") if mandate.state == MandateState.SUSPENDED else _("Activate")


# Acts -------------------------------------------------------------------------------------------


@act_view
def mandate_draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draft a mandate, or the successor of one."""
    dispute = open_file(request, pk)
    old = None
    if request.GET.get("succeeds"):
        rows = Mandate.objects.visible_to(request.user).filter(dispute=dispute)
        old = get_object_or_404(rows, pk=request.GET["succeeds"])
    initial: dict[str, Any] = {}
    if old is not None:
        initial = {name: getattr(old, name) for name in _INHERITED}
        initial |= {"holders": old.holders.all(), "processes": old.processes.all()}
    return guarded_act(
        request,
        dispute=dispute,
        action="cases.draft_mandate",
        subject=dispute,
        form=MandateForm(posted(request), dispute=dispute, viewer=request.user, initial=initial),
        act=partial(services.draft_mandate, dispute=dispute, succeeds=old),
        heading=_("Draft the successor of: %(mandate)s") % {"mandate": old}
        if old
        else _("Draft a mandate"),
        submit=_("Save the draft"),
        said=_("The draft is saved. An organ adopts it; you record the decision."),
        done=_url,
        cancel_url=_crumb(dispute)[1],
        lead=_("The old mandate stays readable; a renewal is a new mandate.") if old else "",
    )


_INHERITED = (
    "type",
    *(f"{stem}_{code}" for stem in ("title", "scope") for code in ("en", "fr", "ar")),
    "is_reserved_to_adopter",
    "end_kind",
)


def _mandate_act(
    request: HttpRequest, mandate: Mandate, *, action: str, **options: Any
) -> HttpResponse:
    """Show and do one act on a mandate, and come back to it."""
    return guarded_act(
        request,
        dispute=mandate.dispute,
        action=action,
        subject=mandate,
        done=_url(mandate),
        **options,
    )


@act_view
def mandate_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a draft."""
    mandate = _visible(request, pk)
    form = ChangeMandateForm(
        posted(request),
        instance=mandate,
        dispute=mandate.dispute,
        viewer=request.user,
        initial={"version": mandate.version},
    )
    return _mandate_act(
        request,
        mandate,
        action="cases.change_mandate",
        form=form,
        act=partial(services.change_draft_mandate, mandate=mandate),
        heading=_("Change the draft"),
        submit=_("Save"),
        said=_("The draft has been changed."),
    )


@act_view
def mandate_adopt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record the adoption: session, resolution, paragraph and date."""
    mandate = _visible(request, pk)
    form = AdoptForm(
        posted(request),
        dispute=mandate.dispute,
        viewer=request.user,
        initial={"version": mandate.version},
    )
    return _mandate_act(
        request,
        mandate,
        action="cases.adopt_mandate",
        form=form,
        act=partial(decisions.adopt_mandate_by_reference, mandate=mandate),
        heading=_("Record the adoption of the mandate"),
        submit=_("Record the adoption"),
        said=_("The mandate is adopted."),
        lead=_("The organ is that of the session. What it adopted is changed by an organ only."),
    )


@act_view
def mandate_activate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Activate an adopted mandate, or resume a suspended one."""
    mandate = _visible(request, pk)
    return _mandate_act(
        request,
        mandate,
        action="cases.activate_mandate",
        form=DayForm(posted(request)),
        act=partial(services.activate_mandate, mandate=mandate),
        heading=_("Activate the mandate"),
        submit=_("Activate"),
        said=_("The mandate is active."),
    )


@act_view
def mandate_suspend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Suspend an active mandate."""
    mandate = _visible(request, pk)
    return _mandate_act(
        request,
        mandate,
        action="cases.suspend_mandate",
        form=ReasonForm(posted(request)),
        act=partial(services.suspend_mandate, mandate=mandate),
        heading=_("Suspend the mandate"),
        submit=_("Suspend the mandate"),
        said=_("The mandate is suspended."),
        consequences=[_("It is no basis of acting until it is resumed; its dates run on.")],
    )


@act_view
def mandate_extend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record a technical extension to the close of a postponed session."""
    mandate = _visible(request, pk)
    return _mandate_act(
        request,
        mandate,
        action="cases.change_mandate",
        form=ExtendForm(posted(request), mandate=mandate, viewer=request.user),
        act=partial(services.extend_mandate, mandate=mandate),
        heading=_("Record a technical extension"),
        submit=_("Record the extension"),
        said=_("The mandate runs on to the close of that session."),
        lead=_("The Secretary General extends to the close of the session, and tells its Chair."),
    )


@act_view
def mandate_terminate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record that an organ terminated the mandate."""
    mandate = _visible(request, pk)
    return _mandate_act(
        request,
        mandate,
        action="cases.terminate_mandate",
        form=TerminateForm(posted(request), dispute=mandate.dispute, viewer=request.user),
        act=partial(decisions.terminate_mandate_by_reference, mandate=mandate),
        heading=_("Record the termination of the mandate"),
        submit=_("Record the termination"),
        said=_("The mandate is terminated."),
        consequences=[
            _("From the day after its last day the mandate is no basis of acting."),
            _("The same organ or a higher one ends what an organ adopted."),
        ],
        is_final=True,
    )


@act_view
def terms_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a version of the terms of reference."""
    mandate = _visible(request, pk)
    form = TermsForm(posted(request), initial={"adopted_on": timezone.localdate()})
    return _mandate_act(
        request,
        mandate,
        action="cases.change_mandate",
        form=form,
        act=partial(services.add_terms_of_reference, mandate=mandate),
        heading=_("Add a version of the terms of reference"),
        submit=_("Add the version"),
        said=_("The version is added; the old ones stay readable."),
    )
