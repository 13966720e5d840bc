"""Pages of absences: one's own, the unit's, and for whom one stands in."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.forms.absences import ChangeAbsenceForm, NewAbsenceForm
from accounts.forms.people import VersionForm
from accounts.models import Absence
from accounts.selectors import absences_shown, people_who_may_be_away
from accounts.services.absences import call_off_absence, change_absence, record_absence
from accounts.web import PersonRequest
from common.api.pagination import page_of
from common.extensions import absence_gaps
from common.policy import may, require
from common.web.acts import act_page, get_visible, posted


@login_required
@require_GET
def absence_list(request: PersonRequest) -> HttpResponse:
    """List the absences that concern the person, the latest first."""
    _require_concerned(request)
    context = {
        "title": _("Absences"),
        "page": page_of(absences_shown(request.user), request.GET.get("page")),
        "today": timezone.localdate(),
        "may_record": people_who_may_be_away(request.user).exists(),
    }
    return render(request, "accounts/absence_list.html", context)


@login_required
@require_GET
def absence_detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show an absence, and what the stand-in could not be given."""
    absence = _visible(request, pk)
    context = {
        "title": _("Absence of %(person)s") % {"person": absence.user},
        "absence": absence,
        "today": timezone.localdate(),
        "change": may(request.user, "accounts.change_absence", absence, on=timezone.localdate()),
        "gaps": [gap for _key, gaps in absence_gaps for gap in gaps(request.user, absence)],
        "breadcrumbs": _trail(),
    }
    return render(request, "accounts/absence_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def absence_record(request: PersonRequest) -> HttpResponse:
    """Record that somebody is away: oneself, or a person whose unit one leads."""
    if not people_who_may_be_away(request.user).exists():
        raise Http404
    form = NewAbsenceForm(
        posted(request),
        viewer=request.user,
        initial={"user": request.GET.get("person") or request.user.pk},
    )
    return act_page(
        request,
        form=form,
        act=partial(record_absence, actor=request.user, user=request.user, on=timezone.localdate()),
        done=_url,
        said=_("The absence is on record, and the stand-in is told."),
        context={
            "title": _("Record an absence"),
            "lead": _("The stand-in receives what falls due on these days, and is told today."),
            "submit_label": _("Record the absence"),
            "cancel_url": reverse("accounts:absence_list"),
            "breadcrumbs": _trail(),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def absence_change(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Change the days, or who stands in."""
    absence = _changeable(request, pk)
    form = ChangeAbsenceForm(
        posted(request),
        instance=absence,
        viewer=request.user,
        initial={"version": absence.version},
    )
    return act_page(
        request,
        form=form,
        act=partial(change_absence, actor=request.user, absence=absence, on=timezone.localdate()),
        done=_url,
        said=_("The absence has been changed."),
        context=_context(absence, _("Change the absence"), _("Save")),
        subject=absence,
    )


@login_required
@require_http_methods(["GET", "POST"])
def absence_call_off(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Call the absence off: the person is back, or does not go."""
    absence = _changeable(request, pk)
    return act_page(
        request,
        form=VersionForm(posted(request), initial={"version": absence.version}),
        act=partial(call_off_absence, actor=request.user, absence=absence, on=timezone.localdate()),
        done=_url,
        said=_("The absence is called off."),
        context={
            **_context(absence, _("Call the absence off"), _("Call it off")),
            "consequences": [
                _("The rights of %(stand_in)s that come from this absence end at once.")
                % {"stand_in": absence.stand_in},
                _("%(person)s receives again what falls due.") % {"person": absence.user},
            ],
            "is_final": True,
        },
        subject=absence,
    )


def _require_concerned(request: PersonRequest) -> None:
    if not (request.user.is_secretariat or request.user.has_power("accounts.manage_users")):
        raise Http404


def _visible(request: PersonRequest, pk: UUID) -> Absence:
    rows = Absence.objects.select_related(  # unscoped: get_visible scopes it
        "user__unit", "stand_in", "recorded_by"
    )
    absence: Absence = get_visible(rows, request.user, pk=pk)
    return absence


def _changeable(request: PersonRequest, pk: UUID) -> Absence:
    """Return an absence that the person sees and may change; the doors say why not."""
    absence = _visible(request, pk)
    require(request.user, "accounts.change_absence", absence, on=timezone.localdate())
    return absence


def _context(absence: Absence, title: str, submit_label: str) -> dict[str, Any]:
    return {
        "title": title,
        "lead": absence.user.display_name,
        "submit_label": submit_label,
        "cancel_url": _url(absence),
        "breadcrumbs": [*_trail(), (absence.user.display_name, _url(absence))],
    }


def _url(absence: Absence) -> str:
    return reverse("accounts:absence_detail", args=[absence.pk])


def _trail() -> list[tuple[str, str]]:
    return [(_("Absences"), reverse("accounts:absence_list"))]
