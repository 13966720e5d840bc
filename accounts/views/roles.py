"""Pages on which a change of role is proposed by one person and decided by another."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.forms.own import ConfirmForm
from accounts.forms.people import RoleForm
from accounts.models import RoleChange
from accounts.selectors import users_listed, waiting_role_changes
from accounts.services.roles import approve_role, decline_role, propose_role
from accounts.web import PersonRequest
from common.policy import may
from common.web.acts import act_page, get_visible, posted


@login_required
@require_GET
def role_change_list(request: PersonRequest) -> HttpResponse:
    """List the changes of role that wait for a second person."""
    if not request.user.has_power("accounts.approve_role"):
        raise Http404
    waiting = waiting_role_changes(request.user)
    context = {
        "title": _("Changes of role that wait"),
        "rows": [(change, may(request.user, "accounts.decide_role", change)) for change in waiting],
    }
    return render(request, "accounts/role_change_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def role_propose(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Propose another role for somebody."""
    if not may(request.user, "accounts.manage_users"):
        raise Http404
    user = get_visible(users_listed(request.user), request.user, pk=pk)
    url = reverse("accounts:user_detail", args=[user.pk])
    return act_page(
        request,
        form=RoleForm(posted(request), user=user),
        act=partial(propose_role, actor=request.user, user=user),
        done=url,
        said=_("The change of role now waits for a second person."),
        context={
            "title": _("Propose another role"),
            "lead": user.display_name,
            "submit_label": _("Propose"),
            "cancel_url": url,
            "breadcrumbs": [
                (_("Users"), reverse("accounts:user_list")),
                (user.display_name, url),
            ],
        },
        subject=user,
    )


@login_required
@require_http_methods(["GET", "POST"])
def role_approve(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Approve a proposed role."""
    change = _decidable(request, pk)
    return act_page(
        request,
        form=ConfirmForm(posted(request)),
        act=partial(approve_role, actor=request.user, change=change),
        done=reverse("accounts:role_change_list"),
        said=_("The change of role is approved and holds from now on."),
        context={
            **_context(change, _("Approve the change of role"), _("Approve")),
            "tone": "main",
        },
        subject=change.user,
    )


@login_required
@require_http_methods(["GET", "POST"])
def role_decline(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Decline a proposed role."""
    change = _decidable(request, pk)
    return act_page(
        request,
        form=ConfirmForm(posted(request)),
        act=partial(decline_role, actor=request.user, change=change),
        done=reverse("accounts:role_change_list"),
        said=_("The change of role is declined; the person keeps the present role."),
        context=_context(change, _("Decline the change of role"), _("Decline")),
        subject=change.user,
    )


def _decidable(request: PersonRequest, pk: UUID) -> RoleChange:
    if not request.user.has_power("accounts.approve_role"):
        raise Http404
    rows = RoleChange.objects.select_related("user", "proposed_by")  # unscoped: get_visible scopes
    change: RoleChange = get_visible(rows, request.user, pk=pk)
    return change


def _context(change: RoleChange, title: str, submit_label: str) -> dict[str, object]:
    words = {
        "person": change.user.display_name,
        "before": change.get_old_role_display(),
        "after": change.get_new_role_display(),
        "by": change.proposed_by.display_name,
    }
    waiting = reverse("accounts:role_change_list")
    return {
        "title": title,
        "submit_label": submit_label,
        "cancel_url": waiting,
        "consequences": [
            _("%(person)s now has the role “%(before)s”.") % words,
            _("Proposed by %(by)s: “%(after)s”.") % words,
            _("Reason: %(reason)s") % {"reason": change.reason},
        ],
        "breadcrumbs": [(_("Changes of role that wait"), waiting)],
    }
