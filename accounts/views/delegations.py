"""Pages of units and of the delegations of Member States."""

from __future__ import annotations

from collections.abc import Callable
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

from accounts.forms.delegations import (
    AcceptForm,
    AccreditationForm,
    ChangeUnitForm,
    FreezeForm,
    UnitForm,
)
from accounts.forms.people import VersionForm
from accounts.models import Delegation, Unit
from accounts.selectors import users_listed
from accounts.services.delegations import (
    accept_accreditation,
    freeze_delegation,
    record_accreditation,
    release_delegation,
)
from accounts.services.units import add_unit, change_unit
from accounts.web import PersonRequest
from common.policy import may
from common.web.acts import act_page, get_visible, posted


@login_required
@require_GET
def unit_list(request: PersonRequest) -> HttpResponse:
    """List the units and the delegations the person may see."""
    if not (request.user.is_secretariat or request.user.has_power("accounts.read_users")):
        raise Http404
    context = {
        "title": _("Units and delegations"),
        "units": Unit.objects.visible_to(request.user).select_related("head"),
        "delegations": Delegation.objects.visible_to(request.user),
        "may_manage": may(request.user, "accounts.manage_units"),
        "may_record": may(request.user, "accounts.record_accreditation"),
    }
    return render(request, "accounts/unit_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def unit_add(request: PersonRequest) -> HttpResponse:
    """Add a unit."""
    if not may(request.user, "accounts.manage_units"):
        raise Http404
    return act_page(
        request,
        form=UnitForm(posted(request), viewer=request.user),
        act=partial(add_unit, actor=request.user),
        done=reverse("accounts:unit_list"),
        said=_("The unit has been added."),
        context=_context(_("Add a unit"), _("Add"), reverse("accounts:unit_list")),
    )


@login_required
@require_http_methods(["GET", "POST"])
def unit_change(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Change a unit's code, names or head."""
    if not may(request.user, "accounts.manage_units"):
        raise Http404
    unit = get_visible(Unit, request.user, pk=pk)
    form = ChangeUnitForm(
        posted(request),
        instance=unit,
        viewer=request.user,
        initial={"version": unit.version},
    )
    return act_page(
        request,
        form=form,
        act=partial(change_unit, actor=request.user, unit=unit),
        done=reverse("accounts:unit_list"),
        said=_("The unit has been changed."),
        context=_context(_("Change the unit"), _("Save"), reverse("accounts:unit_list")),
        subject=unit,
    )


@login_required
@require_GET
def delegation_detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show a delegation: its accreditation, its users, and what may be done."""
    delegation = get_visible(Delegation, request.user, pk=pk)
    context = {
        "title": _("Delegation of %(state)s") % {"state": delegation},
        "delegation": delegation,
        "people": users_listed(request.user).filter(delegation=delegation),
        "sees_people": bool(request.user.delegation_id)
        or request.user.has_power("accounts.read_users"),
        "accept": may(request.user, "accounts.accept_accreditation", delegation),
        "freeze": may(request.user, "accounts.freeze_delegation", delegation),
        "release": may(request.user, "accounts.release_delegation", delegation),
        "breadcrumbs": [(_("Units and delegations"), reverse("accounts:unit_list"))]
        if not request.user.delegation_id
        else [],
    }
    return render(request, "accounts/delegation_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def delegation_record(request: PersonRequest) -> HttpResponse:
    """Record the note of accreditation."""
    if not may(request.user, "accounts.record_accreditation"):
        raise Http404
    return act_page(
        request,
        form=AccreditationForm(posted(request), viewer=request.user),
        act=partial(record_accreditation, actor=request.user),
        done=_url,
        said=_("The accreditation is recorded and waits for the Secretary General."),
        context=_context(_("Record an accreditation"), _("Record"), reverse("accounts:unit_list")),
    )


@login_required
@require_http_methods(["GET", "POST"])
def delegation_accept(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Accept the accreditation."""
    return _act_of_the_secretary_general(
        request,
        pk,
        form_class=AcceptForm,
        act=partial(accept_accreditation, on=timezone.localdate()),
        said=_("The accreditation is accepted."),
        title=_("Accept the accreditation"),
        submit_label=_("Accept"),
        consequences=[_("From now on the delegation may have users.")],
        tone="main",
    )


@login_required
@require_http_methods(["GET", "POST"])
def delegation_freeze(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Freeze the delegation."""
    return _act_of_the_secretary_general(
        request,
        pk,
        form_class=FreezeForm,
        act=freeze_delegation,
        said=_("The delegation is frozen."),
        title=_("Freeze the delegation"),
        submit_label=_("Freeze"),
        consequences=[
            _("Every session and every API token of its users ends at once."),
            _("At log-in they are asked to contact the General Secretariat."),
            _("No other State sees this, and nobody but the Secretary General lifts it."),
        ],
    )


@login_required
@require_http_methods(["GET", "POST"])
def delegation_release(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Lift the freeze."""
    return _act_of_the_secretary_general(
        request,
        pk,
        form_class=FreezeForm,
        act=release_delegation,
        said=_("The delegation is released."),
        title=_("Release the delegation"),
        submit_label=_("Release"),
        consequences=[_("Its users may log in again.")],
        tone="main",
    )


def _act_of_the_secretary_general(
    request: PersonRequest,
    pk: UUID,
    *,
    form_class: type[VersionForm],
    act: Callable[..., Delegation],
    said: str,
    **context: Any,
) -> HttpResponse:
    """Show and do one act on a delegation; whoever may never do it finds no such page."""
    if not request.user.has_power("accounts.accept_accreditation"):
        raise Http404
    delegation = get_visible(Delegation, request.user, pk=pk)
    return act_page(
        request,
        form=form_class(posted(request), initial={"version": delegation.version}),
        act=partial(act, actor=request.user, delegation=delegation),
        done=_url,
        said=said,
        context={
            **_context(context.pop("title"), context.pop("submit_label"), _url(delegation)),
            "lead": str(delegation),
            **context,
        },
        subject=delegation,
    )


def _url(delegation: Delegation) -> str:
    return reverse("accounts:delegation_detail", args=[delegation.pk])


def _context(title: str, submit_label: str, cancel_url: str) -> dict[str, Any]:
    return {
        "title": title,
        "submit_label": submit_label,
        "cancel_url": cancel_url,
        "breadcrumbs": [(_("Units and delegations"), reverse("accounts:unit_list"))],
    }
