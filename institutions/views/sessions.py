"""Sessions: the list, one session with its resolutions, and what the registry does to them."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common.api.pagination import page_of
from common.policy import require
from common.web.acts import act_page, get_visible
from institutions.choices import SessionStatus
from institutions.filters import SessionFilter
from institutions.forms import (
    ReasonForm,
    SessionChangeForm,
    SessionForm,
    SessionHeldForm,
    SessionMoveForm,
)
from institutions.models import Resolution, Session
from institutions.services import (
    change_session,
    create_session,
    move_session,
    postpone_session,
    record_session_held,
)
from institutions.views.frame import act_context, acts_for, trail

MANAGE = "institutions.manage_sessions"


@login_required
@require_GET
def session_list(request: HttpRequest) -> HttpResponse:
    """List the sessions, the latest first."""
    rows = Session.objects.visible_to(request.user).with_names().latest_first()
    narrowed = SessionFilter(request.GET, queryset=rows, request=request)
    offered = [(_("Add a session"), reverse("institutions:session_add"), MANAGE)]
    context = {
        "title": _("Sessions"),
        "form": narrowed.form,
        "page": page_of(narrowed.qs, request.GET.get("page")),
        "acts": acts_for(request.user, offered),
    }
    return render(request, "institutions/session_list.html", context)


@login_required
@require_GET
def session_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one session, its dates in both calendars and its resolutions."""
    session = _session(request, pk)
    resolutions = Resolution.objects.visible_to(request.user).filter(session=session)
    context = {
        "title": session.label,
        "session": session,
        "resolutions": resolutions.with_session().order_by("tag", "number"),
        "acts": acts_for(request.user, _acts(session), session),
        "breadcrumbs": trail("session_list"),
    }
    return render(request, "institutions/session_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def session_add(request: HttpRequest) -> HttpResponse:
    """Add a session."""
    require(request.user, MANAGE)
    return act_page(
        request,
        form=SessionForm(request.POST or None, viewer=request.user),
        act=partial(create_session, actor=request.user),
        done=lambda session: _url(session),
        said=_("The session has been added."),
        context=act_context(
            _("Add a session"),
            _("Add"),
            reverse("institutions:session_list"),
            trail("session_list"),
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def session_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct number, place, theme or source."""
    session = _kept(request, pk)
    form = SessionChangeForm(
        request.POST or None, viewer=request.user, initial=_initial(session, SessionChangeForm)
    )
    return act_page(
        request,
        form=form,
        act=partial(change_session, actor=request.user, session=session),
        done=_url(session),
        said=_("The session has been corrected."),
        context=_context(session, _("Correct the session"), _("Save")),
        subject=session,
    )


@login_required
@require_http_methods(["GET", "POST"])
def session_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a session other days."""
    session = _kept(request, pk)
    form = SessionMoveForm(
        request.POST or None, viewer=request.user, initial=_initial(session, SessionMoveForm)
    )
    return act_page(
        request,
        form=form,
        act=partial(move_session, actor=request.user, session=session),
        done=_url(session),
        said=_("The session has other days now."),
        context=_context(
            session,
            _("Move the session"),
            _("Move"),
            lead=_("A mandate that ends with the close of this session moves with it."),
        ),
        subject=session,
    )


@login_required
@require_http_methods(["GET", "POST"])
def session_postpone(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the days from a session until new ones are known."""
    session = _kept(request, pk)
    return act_page(
        request,
        form=ReasonForm(request.POST or None, initial={"version": session.version}),
        act=partial(postpone_session, actor=request.user, session=session),
        done=_url(session),
        said=_("The session is postponed."),
        context=_context(
            session,
            _("Postpone the session"),
            _("Postpone"),
            consequences=[
                _("The session has no days until new ones are recorded."),
                _("A mandate that ends with its close runs on, marked as pending this session."),
            ],
            tone="main",
        ),
        subject=session,
    )


@login_required
@require_http_methods(["GET", "POST"])
def session_held(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record on which days a session was held."""
    session = _kept(request, pk)
    form = SessionHeldForm(
        request.POST or None, viewer=request.user, initial=_initial(session, SessionHeldForm)
    )
    return act_page(
        request,
        form=form,
        act=partial(record_session_held, actor=request.user, session=session),
        done=_url(session),
        said=_("The session is recorded as held."),
        context=_context(session, _("Record the days on which it was held"), _("Record")),
        subject=session,
    )


def _session(request: HttpRequest, pk: UUID) -> Session:
    session: Session = get_visible(
        Session.objects.visible_to(request.user).with_names(), request.user, pk=pk
    )
    return session


def _kept(request: HttpRequest, pk: UUID) -> Session:
    """Return the session to a person who keeps it; otherwise the refusal says why not."""
    session = _session(request, pk)
    require(request.user, MANAGE, session)
    return session


def _initial(session: Session, form: type[Any]) -> dict[str, Any]:
    return {name: getattr(session, name) for name in (*form.columns, "version")}


def _acts(session: Session) -> list[tuple[Any, str, str]]:
    offered: list[tuple[Any, str, str]] = [
        (
            _("Register a resolution"),
            f"{reverse('institutions:resolution_add')}?session={session.pk}",
            "institutions.manage_resolutions",
        )
    ]
    open_acts = [("session_held", _("Record the days on which it was held"))]
    if session.status != SessionStatus.HELD:
        open_acts.append(("session_move", _("Move the session")))
    if session.status == SessionStatus.PLANNED:
        open_acts.append(("session_postpone", _("Postpone the session")))
    open_acts.append(("session_change", _("Correct the session")))
    offered += [
        (label, reverse(f"institutions:{name}", args=[session.pk]), MANAGE)
        for name, label in open_acts
    ]
    return offered


def _url(session: Session) -> str:
    return reverse("institutions:session_detail", args=[session.pk])


def _context(session: Session, title: str, submit_label: str, **more: Any) -> dict[str, Any]:
    breadcrumbs = [*trail("session_list"), (session.label, _url(session))]
    return act_context(title, submit_label, _url(session), breadcrumbs, **more)
