"""Pages of consent: the matrix of a file, one record with its steps, and the acts on it (C1 to C5)."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.choices import ConsentState
from cases.forms.base import DayForm
from cases.forms.consents import ConsentStepForm, OpenConsentForm, ReleaseForm
from cases.models import Consent, ConsentCondition, ConsentStep, Dispute, Party, Process
from cases.selectors.standings import Matrix, matrix_of, stand_of
from cases.services import consents as services
from cases.views.acts import act_view, guarded_act
from cases.views.file_page import processes_of
from cases.views.frame import file_context, open_file
from cases.views.processes import visible_process
from cases.views.shown import shown_acts
from common.policy import may
from common.web.acts import posted
from common.web.trace import note_reading


def _consents_of(user: Any, **where: Any) -> Any:
    """Return the consents that a person sees, with the steps and conditions they see."""
    rows = Consent.objects.visible_to(user).filter(**where)
    steps = ConsentStep.objects.visible_to(user).select_related("by", "countersigned_by")
    return rows.select_related("party__actor", "process__dispute").prefetch_related(
        Prefetch("steps", steps),
        Prefetch("conditions", ConsentCondition.objects.visible_to(user)),
    )


@login_required
@require_GET
def consent_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the consents of a file, a matrix for each process: party × role."""
    dispute = open_file(request, pk)
    if dispute.is_thematic:
        raise Http404
    context = file_context(request, dispute, "consents")
    context["matrices"] = _matrices(request.user, dispute, inside=context["inside"])
    return render(request, "cases/consent_list.html", context)


def _matrices(user: Any, dispute: Dispute, *, inside: bool) -> list[dict[str, Any]]:
    processes = processes_of(user, dispute)
    consents = list(_consents_of(user, process__dispute=dispute))
    parties = Party.objects.visible_to(user).filter(dispute=dispute).select_related("actor")
    places: dict[Any, list[Party]] = {process.pk: [] for process in processes}
    if inside:
        for party in parties.prefetch_related("places"):
            for place in party.places.all():
                places[place.process_id].append(party)
    else:
        for consent in consents:
            if consent.party not in places[consent.process_id]:
                places[consent.process_id].append(consent.party)
    return [
        _with_act(user, process, places[process.pk], consents, inside=inside)
        for process in processes
    ]


def _with_act(
    user: Any, process: Process, parties: list[Party], consents: list[Consent], *, inside: bool
) -> dict[str, Any]:
    own = [consent for consent in consents if consent.process_id == process.pk]
    matrix: Matrix = matrix_of(user, process, parties, own)
    acts = [(_("Ask for consent"), "cases:consent_open", "cases.seek_consent")]
    return {"matrix": matrix, "acts": shown_acts(user, process, acts) if inside else []}


def _list_url(dispute: Dispute) -> str:
    return reverse("cases:consent_list", args=[dispute.pk])


def _url(consent: Consent) -> str:
    return reverse("cases:consent_detail", args=[consent.pk])


@act_view
def consent_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open the record of one party's consent to one role."""
    process = visible_process(request, pk)
    return guarded_act(
        request,
        dispute=process.dispute,
        action="cases.seek_consent",
        subject=process,
        form=OpenConsentForm(
            posted(request),
            process=process,
            viewer=request.user,
            initial={name: request.GET.get(name, "") for name in ("party", "role")},
        ),
        act=partial(services.open_consent, process=process),
        heading=_("Ask for consent"),
        submit=_("Open the record"),
        said=_("The record is open. Say now when and how the consent was sought."),
        done=lambda consent: reverse("cases:consent_step", args=[consent.pk]),
        cancel_url=_list_url(process.dispute),
        lead=_(
            "Governments give consent; movements and others agree to take part. Neither affects the "
            "legal status of the parties."
        ),
    )


@login_required
@require_GET
def consent_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show where a party stands on one role, step by step."""
    user: Any = request.user
    consent = get_object_or_404(_consents_of(user), pk=pk)
    dispute = consent.process.dispute
    note_reading(request, dispute, consent)
    context = file_context(request, dispute, "consents")
    context["breadcrumbs"].append((_("Consents"), _list_url(dispute)))
    context |= {
        "consent": consent,
        "stand": stand_of(user, consent),
        "acts": [],
    }
    if context["inside"]:
        acts = [(_("Record the next step"), "cases:consent_step", "cases.record_consent")]
        context["acts"] = shown_acts(user, consent, acts)
        context["steps"] = [_step(user, step) for step in reversed(consent.steps.all())]
        context["record"] = may(user, "cases.record_consent", consent)
    return render(request, "cases/consent_detail.html", context)


def _step(user: Any, step: ConsentStep) -> dict[str, Any]:
    """Return a step with the acts that wait for somebody.

    Of a withdrawal mediators read the text released for others and nothing of its reasons (C5).
    """
    offered = []
    if step.waits_for_countersignature:
        offered.append((_("Countersign"), "cases:step_countersign", "cases.countersign_consent"))
    if step.new_state == ConsentState.NO_LONGER_IN_FORCE and step.released_at is None:
        offered.append((_("Release a text to others"), "cases:step_release", "cases.release_text"))
    is_withdrawal = step.new_state == ConsentState.NO_LONGER_IN_FORCE
    return {
        "step": step,
        "acts": shown_acts(user, step, offered),
        "is_whole": user.is_secretariat or not is_withdrawal,
    }


@act_view
def consent_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record the next step of a consent with its date and instrument."""
    consent = get_object_or_404(_consents_of(request.user), pk=pk)
    form = ConsentStepForm(posted(request), consent=consent, initial={"version": consent.version})
    party = {"party": consent.party.name, "role": consent.get_role_display()}
    return guarded_act(
        request,
        dispute=consent.process.dispute,
        action="cases.record_consent",
        subject=consent,
        form=form,
        act=partial(services.record_consent, consent=consent),
        heading=_("Where %(party)s stands on: %(role)s") % party,
        submit=_("Record the step"),
        said=_("The step is on record."),
        done=_url(consent),
        template="cases/consent_step.html",
        consent=consent,
        stand=stand_of(request.user, consent),
        may_end=ConsentState.NO_LONGER_IN_FORCE in dict(form.fields["state"].choices),  # type: ignore[attr-defined]
    )


def _visible_step(request: HttpRequest, pk: UUID) -> ConsentStep:
    rows = ConsentStep.objects.visible_to(request.user)
    rows = rows.select_related("consent__process__dispute", "consent__party__actor")
    step: ConsentStep = get_object_or_404(rows, pk=pk)
    return step


@act_view
def step_countersign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Countersign an oral step."""
    step = _visible_step(request, pk)
    return guarded_act(
        request,
        dispute=step.consent.process.dispute,
        action="cases.countersign_consent",
        subject=step,
        form=DayForm(posted(request)),
        act=partial(services.countersign_step, step=step),
        heading=_("Countersign an oral step"),
        submit=_("Countersign"),
        said=_("The step is countersigned and counts from now on."),
        done=_url(step.consent),
        consequences=[
            _("%(party)s: “%(state)s”, said by %(by)s to %(to)s.")
            % {
                "party": step.consent.party.name,
                "state": step.get_new_state_display(),
                "by": step.spoken_by,
                "to": step.spoken_to,
            },
            _("From your countersignature on the step counts."),
        ],
        is_final=True,
        tone="main",
    )


@act_view
def step_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record that a step was confirmed in writing."""
    step = _visible_step(request, pk)
    return guarded_act(
        request,
        dispute=step.consent.process.dispute,
        action="cases.record_consent",
        subject=step.consent,
        form=DayForm(posted(request)),
        act=partial(services.confirm_in_writing, step=step),
        heading=_("Record the confirmation in writing"),
        submit=_("Record"),
        said=_("The confirmation is on record."),
        done=_url(step.consent),
    )


@act_view
def step_release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Release what others learn of a consent that is no longer in force."""
    step = _visible_step(request, pk)
    return guarded_act(
        request,
        dispute=step.consent.process.dispute,
        action="cases.release_text",
        subject=step,
        form=ReleaseForm(posted(request)),
        act=partial(services.release_outward_text, step=step),
        heading=_("Release a text to others"),
        submit=_("Release the text"),
        said=_("The text is released."),
        done=_url(step.consent),
        consequences=[
            _("Mediators and the party read from now on that the consent is no longer in force."),
            _("They read this text, word for word, and nothing else of the reasons."),
        ],
        is_final=True,
    )


@act_view
def condition_met(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record that a condition is met."""
    rows = ConsentCondition.objects.visible_to(request.user)
    condition = get_object_or_404(
        rows.select_related("consent__process__dispute", "consent__party__actor"), pk=pk
    )
    return guarded_act(
        request,
        dispute=condition.consent.process.dispute,
        action="cases.record_consent",
        subject=condition.consent,
        form=DayForm(posted(request)),
        act=partial(services.meet_condition, condition=condition),
        heading=_("Record that a condition is met"),
        submit=_("The condition is met"),
        said=_("The condition is met."),
        done=_url(condition.consent),
        lead=condition.text,
    )
