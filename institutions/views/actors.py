"""Actors other than States and organs: observers, organisations, movements, persons."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common.policy import may, require
from common.web.acts import act_page, get_visible
from institutions.forms import ActorChangeForm, ActorForm
from institutions.models import Actor
from institutions.search import url_of_actor
from institutions.selectors import observers_on, status_on
from institutions.services import ADDABLE_KINDS, add_actor, change_actor
from institutions.views.frame import act_context, acts_for, state_tabs, trail


@login_required
@require_GET
def observer_list(request: HttpRequest) -> HttpResponse:
    """Show the observers that are not States, and the organisations of the register."""
    today = timezone.localdate()
    offered = [
        (_("Add an actor"), reverse("institutions:actor_add"), "institutions.manage_states"),
    ]
    context = {
        "title": _("States and organs"),
        "tabs": state_tabs("observer_list"),
        "observers": observers_on(request.user, today),
        "acts": acts_for(request.user, offered),
    }
    return render(request, "institutions/observer_list.html", context)


@login_required
@require_GET
def actor_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one actor; States and organs have pages of their own."""
    actor = get_visible(Actor, request.user, pk=pk)
    page = url_of_actor(actor)
    if page != request.path:
        return redirect(page)
    offered = []
    if actor.kind in ADDABLE_KINDS:
        url = reverse("institutions:actor_change", args=[pk])
        offered.append((_("Correct this entry"), url, _action(actor)))
    context = {
        "title": str(actor),
        "actor": actor,
        "standing": status_on(actor, timezone.localdate()),
        "statuses": actor.statuses.select_related("decided_at__organ__actor"),
        "former_names": actor.dated_names.all(),
        "acts": acts_for(request.user, offered, actor),
        "breadcrumbs": trail("state_list", "observer_list"),
    }
    return render(request, "institutions/actor_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def actor_add(request: HttpRequest) -> HttpResponse:
    """Add an actor: to the register by who keeps it, for a file by who keeps files."""
    is_reference = bool(may(request.user, "institutions.manage_states"))
    if not is_reference:
        require(request.user, "institutions.add_actor")
    lead = (
        _("The entry is seen by everybody.")
        if is_reference
        else _("The entry is made for a file and seen by the staff of the Secretariat only.")
    )
    return act_page(
        request,
        form=ActorForm(request.POST or None, viewer=request.user),
        act=partial(add_actor, actor=request.user, is_reference=is_reference),
        done=url_of_actor,
        said=_("The actor has been added."),
        context=act_context(
            _("Add an actor"),
            _("Add"),
            reverse("institutions:observer_list"),
            trail("state_list", "observer_list"),
            lead=lead,
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def actor_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct an actor's names, abbreviation or source."""
    actor = get_visible(Actor, request.user, pk=pk)
    require(request.user, _action(actor), actor)
    names = ("name_en", "name_fr", "name_ar", "code", "source", "version")
    initial = {name: getattr(actor, name) for name in names}
    return act_page(
        request,
        form=ActorChangeForm(request.POST or None, viewer=request.user, initial=initial),
        act=partial(change_actor, actor=request.user, entry=actor),
        done=url_of_actor(actor),
        said=_("The entry has been corrected."),
        context=act_context(
            _("Correct this entry"),
            _("Save"),
            url_of_actor(actor),
            [*trail("state_list", "observer_list"), (str(actor), url_of_actor(actor))],
        ),
        subject=actor,
    )


def _action(actor: Actor) -> str:
    return "institutions.manage_states" if actor.is_reference else "institutions.add_actor"
