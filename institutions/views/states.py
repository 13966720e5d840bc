"""States: all of them on a day, one of them, and what the administrator may change."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common.i18n import in_language
from common.policy import require
from common.web.acts import act_page, get_visible
from institutions.filters import StateFilter
from institutions.forms import RegionalGroupForm, StandingForm, StateChangeForm, StateForm
from institutions.models import OfficeHolding, Session, State
from institutions.selectors import by_group, group_on, states_on, status_on
from institutions.services import (
    add_state,
    change_regional_group,
    change_standing,
    change_state,
)
from institutions.views.frame import act_context, acts_for, state_tabs, trail

_NAMES = ("name_en", "name_fr", "name_ar")
_OFFICIAL = ("official_name_en", "official_name_fr", "official_name_ar")


@login_required
@require_GET
def state_list(request: HttpRequest) -> HttpResponse:
    """Show the States by regional group, as they stand on a day."""
    narrowed = StateFilter(
        request.GET, queryset=State.objects.visible_to(request.user), request=request
    )
    rows = states_on(narrowed.qs, narrowed.day)
    offered = [(_("Add a State"), reverse("institutions:state_add"), "institutions.manage_states")]
    context = {
        "title": _("States and organs"),
        "tabs": state_tabs("state_list"),
        "form": narrowed.form,
        "day": narrowed.day,
        "groups": by_group(rows),
        "acts": acts_for(request.user, offered),
    }
    return render(request, "institutions/state_list.html", context)


@login_required
@require_GET
def state_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one State: its names, standing and group by date, its offices and sessions."""
    state = _state(request, pk)
    actor, today = state.actor, timezone.localdate()
    holdings = OfficeHolding.objects.visible_to(request.user).filter(holder=actor)
    sessions = Session.objects.visible_to(request.user).filter(country=state)
    context = {
        "title": str(actor),
        "state": state,
        "standing": status_on(actor, today),
        "group": group_on(state, today),
        "statuses": actor.statuses.select_related(
            "decided_at__organ__actor", "decided_at__joint_with"
        ),
        "former_names": actor.dated_names.all(),
        "groups": state.group_memberships.select_related("group"),
        "holdings": holdings.select_related("office__actor"),
        "sessions": sessions.with_names().latest_first(),
        "acts": acts_for(request.user, _acts(state), actor),
        "breadcrumbs": trail("state_list"),
    }
    return render(request, "institutions/state_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def state_add(request: HttpRequest) -> HttpResponse:
    """Add a State."""
    require(request.user, "institutions.manage_states")
    return act_page(
        request,
        form=StateForm(request.POST or None, viewer=request.user),
        act=partial(add_state, actor=request.user),
        done=lambda state: _url(state),
        said=_("The State has been added."),
        context=act_context(
            _("Add a State"),
            _("Add"),
            reverse("institutions:state_list"),
            trail("state_list"),
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def state_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct a State's names, or give it new ones from a day on."""
    state = _state(request, pk)
    require(request.user, "institutions.manage_states", state.actor)
    initial = {name: getattr(state.actor, name) for name in (*_NAMES, "version")}
    initial |= {name: getattr(state, name) for name in _OFFICIAL}
    form = StateChangeForm(request.POST or None, viewer=request.user, initial=initial)
    return act_page(
        request,
        form=form,
        act=partial(change_state, actor=request.user, state=state),
        done=_url(state),
        said=_("The entry has been changed."),
        context=_context(state, _("Change the names"), _("Save")),
        subject=state.actor,
    )


@login_required
@require_http_methods(["GET", "POST"])
def state_group(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set to which regional group a State counts from a day on."""
    state = _state(request, pk)
    require(request.user, "institutions.manage_groups", state.actor)
    return act_page(
        request,
        form=RegionalGroupForm(request.POST or None, viewer=request.user),
        act=partial(change_regional_group, actor=request.user, state=state),
        done=_url(state),
        said=_("The regional group has been changed."),
        context=_context(
            state,
            _("Change the regional group"),
            _("Save"),
            lead=_("This is a setting of the administrator, not the list of the OIC."),
        ),
        subject=state.actor,
    )


@login_required
@require_http_methods(["GET", "POST"])
def state_standing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record another standing from a day on."""
    state = _state(request, pk)
    require(request.user, "institutions.manage_states", state.actor)
    return act_page(
        request,
        form=StandingForm(request.POST or None, viewer=request.user),
        act=partial(change_standing, actor=request.user, member=state.actor),
        done=_url(state),
        said=_("The standing has been recorded."),
        context=_context(state, _("Record a change of standing"), _("Record")),
        subject=state.actor,
    )


def _state(request: HttpRequest, pk: UUID) -> State:
    state: State = get_visible(
        State.objects.visible_to(request.user).select_related("actor"), request.user, pk=pk
    )
    return state


def _acts(state: State) -> list[tuple[Any, str, str]]:
    return [
        (
            _("Change the names"),
            reverse("institutions:state_change", args=[state.pk]),
            "institutions.manage_states",
        ),
        (
            _("Record a change of standing"),
            reverse("institutions:state_standing", args=[state.pk]),
            "institutions.manage_states",
        ),
        (
            _("Change the regional group"),
            reverse("institutions:state_group", args=[state.pk]),
            "institutions.manage_groups",
        ),
    ]


def _url(state: State) -> str:
    return reverse("institutions:state_detail", args=[state.pk])


def _context(state: State, title: str, submit_label: str, **more: Any) -> dict[str, Any]:
    breadcrumbs = [*trail("state_list"), (in_language(state.actor, "name"), _url(state))]
    return act_context(title, submit_label, _url(state), breadcrumbs, **more)
