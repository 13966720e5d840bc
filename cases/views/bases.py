"""Pages of the bases of acting besides mandates (Rule M0)."""

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

from cases.choices import BasisState
from cases.forms.processes import (
    AgreementBasisForm,
    BasisStateForm,
    GoodOfficesForm,
    InvitationForm,
)
from cases.lifecycle import BASIS_MOVES, LIVE_BASIS_STATES
from cases.models import Basis, Process
from cases.selectors.overview import chain_of
from cases.selectors.situation import Situation
from cases.services import bases as services
from cases.views.acts import act_view, guarded_act
from cases.views.processes import inside_or_404, process_url, visible_process
from cases.views.shown import shown_acts
from common.policy import may
from common.web.acts import posted
from common.web.trace import note_readings


@login_required
@require_GET
def basis_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show on what footing the OIC acts in a process, and what became of every offer."""
    process = visible_process(request, pk)
    context = inside_or_404(request, process)
    user: Any = request.user
    rows = Basis.objects.visible_to(user).filter(process=process)
    bases = list(rows.select_related("holder", "inviting", "agreement").reverse())
    for basis in bases:
        basis.process = process
    note_readings(request, bases)
    context["breadcrumbs"].append((process.title, process_url(process)))
    context |= {
        "process": process,
        "bases": [
            {
                "basis": basis,
                "is_live": basis.state in LIVE_BASIS_STATES,
                "may_change": bool(BASIS_MOVES[BasisState(basis.state)])
                and may(user, "cases.change_basis", basis),
            }
            for basis in bases
        ],
        "chain": chain_of(user, Situation(process, timezone.localdate())),
        "acts": _acts(user, process),
    }
    return render(request, "cases/basis_list.html", context)


def _acts(user: Any, process: Process) -> list[dict[str, Any]]:
    acts = [
        (_("Offer good offices"), "cases:good_offices_offer", "cases.offer_good_offices"),
        (_("Record an invitation"), "cases:invitation_record", "cases.record_basis"),
        (
            _("Record an agreement that names the OIC"),
            "cases:agreement_basis_record",
            "cases.record_basis",
        ),
    ]
    return shown_acts(user, process, acts)


def _list_url(process: Process) -> str:
    return reverse("cases:basis_list", args=[process.pk])


@act_view
def good_offices_offer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record that the Secretary General offered his good offices."""
    process = visible_process(request, pk)
    return guarded_act(
        request,
        dispute=process.dispute,
        action="cases.offer_good_offices",
        subject=process,
        form=GoodOfficesForm(posted(request), dispute=process.dispute, viewer=request.user),
        act=partial(services.offer_good_offices, process=process),
        heading=_("Offer the good offices of the Secretary General"),
        submit=_("Record the offer"),
        said=_("The offer is on record."),
        done=_list_url(process),
        lead=_(
            "An offer needs neither mandate nor consent, and replaces none. Not taken up, it "
            "becomes secret and is never counted."
        ),
    )


@act_view
def invitation_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record that a State invited the OIC."""
    process = visible_process(request, pk)
    return guarded_act(
        request,
        dispute=process.dispute,
        action="cases.record_basis",
        subject=process,
        form=InvitationForm(posted(request), dispute=process.dispute, viewer=request.user),
        act=partial(services.record_invitation, process=process),
        heading=_("Record an invitation"),
        submit=_("Record the invitation"),
        said=_("The invitation is on record."),
        done=_list_url(process),
        lead=_("A basis of acting replaces no consent."),
    )


@act_view
def agreement_basis_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record an agreement of the parties that names the OIC."""
    process = visible_process(request, pk)
    return guarded_act(
        request,
        dispute=process.dispute,
        action="cases.record_basis",
        subject=process,
        form=AgreementBasisForm(posted(request), dispute=process.dispute, viewer=request.user),
        act=partial(services.record_agreement_basis, process=process),
        heading=_("Record an agreement that names the OIC"),
        submit=_("Record the basis"),
        said=_("The agreement is a basis of acting now."),
        done=_list_url(process),
        lead=_("It lasts as long as the agreement does, and replaces no consent."),
    )


@act_view
def basis_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record what became of a basis."""
    rows = Basis.objects.visible_to(request.user).select_related("process__dispute")
    basis = get_object_or_404(rows, pk=pk)
    return guarded_act(
        request,
        dispute=basis.process.dispute,
        action="cases.change_basis",
        subject=basis,
        form=BasisStateForm(posted(request), basis=basis, initial={"version": basis.version}),
        act=partial(services.change_basis_state, basis=basis),
        heading=_("Record what became of it"),
        submit=_("Record"),
        said=_("It is on record what became of it."),
        done=_list_url(basis.process),
        lead=_("%(basis)s: %(state)s")
        % {"basis": basis.get_kind_display(), "state": basis.get_state_display()},
    )
