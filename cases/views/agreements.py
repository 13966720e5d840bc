"""Pages of the agreements of a file."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.web import PersonRequest
from cases.choices import SignatoryRole
from cases.forms.base import ConfirmForm
from cases.forms.filing import (
    AgreementForm,
    ChangeAgreementForm,
    ProvisionForm,
    SignatoryForm,
)
from cases.models import Agreement, AgreementProvision, Process, Signatory, StageChange
from cases.selectors.participation import women_on
from cases.selectors.provisions import grouped
from cases.services.agreement_parts import (
    add_signatory,
    record_provision,
    remove_provision,
    remove_signatory,
)
from cases.services.agreements import change_agreement, record_agreement
from cases.views.frame import act_context, file_context, open_file
from common.api.pagination import page_of
from common.policy import may, require
from common.web.acts import act_page, get_visible, posted
from common.web.trace import note_reading

_GUARANTOR = SignatoryRole.GUARANTOR


@login_required
@require_GET
def agreement_list(request: PersonRequest, pk: UUID) -> HttpResponse:
    """List the agreements of a file, the latest first, each with its process."""
    dispute = open_file(request, pk)
    if dispute.is_thematic:
        raise Http404
    rows = Agreement.objects.visible_to(request.user).filter(process__dispute=dispute)
    page = page_of(rows.select_related("process__dispute").reverse(), request.GET.get("page"))
    tracks = Process.objects.visible_to(request.user).filter(dispute=dispute)
    processes = list(tracks.select_related("dispute"))
    context = file_context(request, dispute, "agreements")
    context |= {
        "page": page,
        "acts": _acts_of_list(request.user, processes) if context["inside"] else [],
        "has_several_processes": len(processes) > 1,
    }
    return render(request, "cases/agreement_list.html", context)


def _acts_of_list(user: Any, processes: list[Process]) -> list[dict[str, Any]]:
    """Return the act for each process; the right is the file's, so it is asked once."""
    label = _("Record an agreement")
    with_name = _("Record an agreement: %(process)s")
    verdict = may(user, "cases.record_agreement", processes[0]) if processes else None
    return [
        {
            "label": label if len(processes) == 1 else with_name % {"process": process.title},
            "url": reverse("cases:agreement_record", args=[process.pk]),
            "verdict": verdict,
        }
        for process in processes
    ]


@login_required
@require_GET
def agreement_detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show an agreement: its own stage, who stands on it, what it provides for."""
    rows = Agreement.objects.prefetch_related(  # unscoped: get_visible scopes it
        "parties__actor", "signatories__actor", "signatories__party__actor", "provisions"
    )
    agreement = _visible(request, pk, rows)
    dispute = agreement.process.dispute
    context = file_context(request, dispute, "agreements")
    context["breadcrumbs"].append(_crumb(dispute.pk))
    moves = StageChange.objects.visible_to(request.user).filter(agreement=agreement)
    change = may(request.user, "cases.change_agreement", agreement)
    context |= {
        "agreement": agreement,
        "people": [row for row in agreement.signatories.all() if row.role != _GUARANTOR],
        "guarantors": [row for row in agreement.signatories.all() if row.role == _GUARANTOR],
        "shares": women_on(agreement),
        "groups": grouped(agreement.provisions.all()),
        "move": moves.first(),
        "change": change,
        "acts": _acts_of(agreement, change) if context["inside"] else [],
    }
    note_reading(request, agreement)
    return render(request, "cases/agreement_detail.html", context)


def _acts_of(agreement: Agreement, verdict: Any) -> list[dict[str, Any]]:
    acts = (
        (_("Change what is on record"), "cases:agreement_change"),
        (_("Add a signatory, witness or guarantor"), "cases:signatory_add"),
        (_("Record a provision"), "cases:provision_record"),
    )
    return [
        {"label": label, "url": reverse(name, args=[agreement.pk]), "verdict": verdict}
        for label, name in acts
    ]


def _visible(request: PersonRequest, pk: UUID, rows: Any = None) -> Agreement:
    if rows is None:
        rows = Agreement.objects.all()  # unscoped: get_visible scopes it
    joined = rows.select_related("process__dispute__desk_officer")
    agreement: Agreement = get_visible(joined, request.user, pk=pk)
    return agreement


def _changeable(request: PersonRequest, pk: UUID) -> Agreement:
    agreement = _visible(request, pk)
    require(request.user, "cases.change_agreement", agreement)
    return agreement


def _crumb(dispute_pk: UUID) -> tuple[str, str]:
    return (_("Agreements"), reverse("cases:agreement_list", args=[dispute_pk]))


def _url(agreement: Agreement) -> str:
    return reverse("cases:agreement_detail", args=[agreement.pk])


def _act_context(agreement: Agreement, heading: str, submit: str, **extra: Any) -> dict[str, Any]:
    dispute = agreement.process.dispute
    context = act_context(dispute, heading, submit, cancel_url=_url(agreement), **extra)
    context["breadcrumbs"] += [_crumb(dispute.pk), (agreement.title, _url(agreement))]
    return context


@login_required
@require_http_methods(["GET", "POST"])
def agreement_record(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Record an agreement of a process."""
    rows = Process.objects.select_related("dispute")  # unscoped: get_visible scopes it
    process: Process = get_visible(rows, request.user, pk=pk)
    require(request.user, "cases.record_agreement", process)
    dispute = process.dispute
    initial = {"parties": process.parties.all()}
    context = act_context(
        dispute,
        _("Record an agreement"),
        _("Record the agreement"),
        lead=_("What has been agreed is put on record whatever the consent, basis or stage."),
    )
    context["cancel_url"] = reverse("cases:agreement_list", args=[dispute.pk])
    context["breadcrumbs"].append(_crumb(dispute.pk))
    return act_page(
        request,
        form=AgreementForm(posted(request), initial=initial, dispute=dispute, viewer=request.user),
        act=partial(
            record_agreement,
            actor=request.user,
            process=process,
            recorded_on=timezone.localdate(),
        ),
        done=_url,
        said=_("The agreement is on record."),
        context=context,
        subject=process,
    )


@login_required
@require_http_methods(["GET", "POST"])
def agreement_change(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Change what is on record of an agreement."""
    agreement = _changeable(request, pk)
    initial: dict[str, Any] = {"version": agreement.version}
    if agreement.signed_latest == agreement.signed_earliest:
        initial["signed_latest"] = None
    form = ChangeAgreementForm(
        posted(request),
        instance=agreement,
        initial=initial,
        dispute=agreement.process.dispute,
        viewer=request.user,
    )
    return act_page(
        request,
        form=form,
        act=partial(
            change_agreement,
            actor=request.user,
            agreement=agreement,
            recorded_on=timezone.localdate(),
        ),
        done=_url(agreement),
        said=_("The agreement has been changed."),
        context=_act_context(agreement, _("Change the agreement"), _("Save")),
        subject=agreement,
    )


@login_required
@require_http_methods(["GET", "POST"])
def signatory_add(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Record who stands on the agreement."""
    agreement = _changeable(request, pk)
    dispute = agreement.process.dispute
    return act_page(
        request,
        form=SignatoryForm(posted(request), dispute=dispute, viewer=request.user),
        act=partial(add_signatory, actor=request.user, agreement=agreement),
        done=f"{_url(agreement)}#people",
        said=_("The agreement shows it now."),
        context=_act_context(agreement, _("Add a signatory, witness or guarantor"), _("Add")),
        subject=agreement,
    )


@login_required
@require_http_methods(["GET", "POST"])
def signatory_remove(request: PersonRequest, pk: UUID, part_pk: UUID) -> HttpResponse:
    """Take a signatory, witness or guarantor off the record."""
    agreement = _changeable(request, pk)
    rows = Signatory.objects.visible_to(request.user).select_related("actor", "party__actor")
    signatory = get_object_or_404(rows, pk=part_pk, agreement=agreement)
    return act_page(
        request,
        form=ConfirmForm(posted(request)),
        act=partial(remove_signatory, actor=request.user, signatory=signatory),
        done=f"{_url(agreement)}#people",
        said=_("The entry has been taken off."),
        context=_act_context(
            agreement,
            _("Take %(name)s off the agreement") % {"name": signatory},
            _("Take off"),
            consequences=[_("The agreement no longer shows this entry.")],
        ),
        subject=signatory,
    )


@login_required
@require_http_methods(["GET", "POST"])
def provision_record(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Record a provision."""
    agreement = _changeable(request, pk)
    return act_page(
        request,
        form=ProvisionForm(posted(request)),
        act=partial(record_provision, actor=request.user, agreement=agreement),
        done=f"{_url(agreement)}#provisions",
        said=_("The provision is on record."),
        context=_act_context(agreement, _("Record a provision"), _("Record")),
        subject=agreement,
    )


@login_required
@require_http_methods(["GET", "POST"])
def provision_remove(request: PersonRequest, pk: UUID, part_pk: UUID) -> HttpResponse:
    """Take a provision off the record."""
    agreement = _changeable(request, pk)
    rows = AgreementProvision.objects.visible_to(request.user)
    provision = get_object_or_404(rows, pk=part_pk, agreement=agreement)
    label = grouped([provision])[0].provisions[0].code.label
    return act_page(
        request,
        form=ConfirmForm(posted(request)),
        act=partial(remove_provision, actor=request.user, provision=provision),
        done=f"{_url(agreement)}#provisions",
        said=_("The provision has been taken off."),
        context=_act_context(
            agreement,
            _("Take off the provision: %(provision)s") % {"provision": label},
            _("Take off"),
            consequences=[_("The agreement no longer shows this provision.")],
        ),
        subject=provision,
    )
