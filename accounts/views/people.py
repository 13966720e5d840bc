"""Pages on which administrators keep accounts."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import notices
from accounts.filters import UserFilter
from accounts.forms.own import ConfirmForm
from accounts.forms.people import ChangeUserForm, ClearanceForm, InviteForm, ReasonForm
from accounts.models import User
from accounts.selectors import users_listed, waiting_role_changes
from accounts.services.people import (
    Invited,
    change_clearance,
    change_user,
    deactivate_user,
    end_access,
    invite_user,
    reactivate_user,
    renew_invitation,
)
from accounts.web import PersonRequest
from common.api.pagination import page_of
from common.extensions import holdings
from common.policy import may
from common.web.acts import act_page, attempt, get_visible, posted


@login_required
@require_GET
def user_list(request: PersonRequest) -> HttpResponse:
    """List the accounts the person may open, narrowed."""
    if not request.user.has_power("accounts.read_users"):
        raise Http404
    rows = users_listed(request.user)
    narrowed = UserFilter(request.GET, queryset=rows, request=request)
    context = {
        "title": _("Users"),
        "form": narrowed.form,
        "page": page_of(narrowed.qs, request.GET.get("page")),
        "waiting": waiting_role_changes(request.user),
        "invite": may(request.user, "accounts.manage_users"),
    }
    return render(request, "accounts/user_list.html", context)


@login_required
@require_GET
def user_detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show one account, and what may be done to it."""
    user = get_visible(users_listed(request.user), request.user, pk=pk)
    change = may(request.user, "accounts.change_user", user)
    context = {
        "title": user.display_name,
        "person": user,
        "change": change,
        "propose": may(request.user, "accounts.propose_role", user),
        "is_invited": not user.has_usable_password() and user.is_active,
        "changes": user.role_changes.select_related("proposed_by", "decided_by")[:20],
        "reads_record": user == request.user or request.user.has_power("audit.read_record"),
        "breadcrumbs": _trail(request.user),
    }
    return render(request, "accounts/user_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def user_invite(request: PersonRequest) -> HttpResponse:
    """Invite a person; the link is shown once and mailed."""
    if not may(request.user, "accounts.manage_users"):
        raise Http404
    form = InviteForm(posted(request), viewer=request.user)
    status = 200
    if request.method == "POST":
        is_done, invited, status = attempt(request, form, partial(invite_user, actor=request.user))
        if is_done:
            return _show_invitation(request, invited)
    context = {
        "form": form,
        "title": _("Invite a person"),
        "lead": _("The person receives a link that works once, for seven days."),
        "submit_label": _("Invite"),
        "cancel_url": reverse("accounts:user_list"),
        "breadcrumbs": _trail(request.user),
    }
    return render(request, "act.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def user_renew_invitation(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Make a fresh invitation for a person who has not taken up the first."""
    user = _changeable(request, pk)
    form = ConfirmForm(posted(request))
    status = 200
    if request.method == "POST":
        act = partial(renew_invitation, actor=request.user, user=user)
        is_done, invited, status = attempt(request, form, act, user)
        if is_done:
            return _show_invitation(request, invited)
    context = {
        "form": form,
        **_context(user, _("Invite again"), _("Make a new link")),
        "consequences": [_("The link sent before stops working."), _("A new one is mailed.")],
        "tone": "main",
    }
    return render(request, "act.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def user_change(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Change name, function, unit, State and powers of the State."""
    user = _changeable(request, pk)
    form = ChangeUserForm(
        posted(request),
        instance=user,
        viewer=request.user,
        initial={"version": user.version},
    )
    return act_page(
        request,
        form=form,
        act=partial(change_user, actor=request.user, user=user),
        done=_url(user),
        said=_("The account has been changed."),
        context=_context(user, _("Change the account"), _("Save")),
        subject=user,
    )


@login_required
@require_http_methods(["GET", "POST"])
def user_clearance(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Give another clearance."""
    user = _changeable(request, pk)
    form = ClearanceForm(
        posted(request), initial={"clearance": user.clearance, "version": user.version}
    )
    return act_page(
        request,
        form=form,
        act=partial(change_clearance, actor=request.user, user=user),
        done=_url(user),
        said=_("The clearance has been changed."),
        context=_context(user, _("Change the clearance"), _("Save")),
        subject=user,
    )


@login_required
@require_http_methods(["GET", "POST"])
def user_deactivate(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Close the account."""
    user = _changeable(request, pk)
    return act_page(
        request,
        form=ReasonForm(posted(request), initial={"version": user.version}),
        act=partial(deactivate_user, actor=request.user, user=user),
        done=_url(user),
        said=_("The account is closed."),
        context={
            **_context(user, _("Close the account"), _("Close the account")),
            "consequences": [
                _("Every session and every API token of this person ends at once."),
                _("What the person has written stays, under the same name."),
            ],
            "held": [held for _key, hold in holdings for held in hold(request.user, user)],
        },
        template="accounts/user_deactivate.html",
        subject=user,
    )


@login_required
@require_http_methods(["GET", "POST"])
def user_reactivate(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Open a closed account again."""
    user = _changeable(request, pk)
    return act_page(
        request,
        form=ReasonForm(posted(request), initial={"version": user.version}),
        act=partial(reactivate_user, actor=request.user, user=user),
        done=_url(user),
        said=_("The account is open again."),
        context=_context(user, _("Open the account again"), _("Open again")),
        subject=user,
    )


@login_required
@require_http_methods(["GET", "POST"])
def user_end_access(request: PersonRequest, pk: UUID) -> HttpResponse:
    """End every session and token of the account."""
    user = _changeable(request, pk)
    return act_page(
        request,
        form=ConfirmForm(posted(request)),
        act=partial(end_access, actor=request.user, user=user),
        done=_url(user),
        said=_("All sessions and tokens of this account have ended."),
        context={
            **_context(user, _("End all sessions and tokens"), _("End them")),
            "consequences": [_("The person must log in again and make new tokens.")],
        },
        subject=user,
    )


def _changeable(request: PersonRequest, pk: UUID) -> User:
    """Return an account that the person may see, to one who administers accounts; else 404."""
    if not may(request.user, "accounts.manage_users"):
        raise Http404
    user: User = get_visible(users_listed(request.user), request.user, pk=pk)
    return user


def _show_invitation(request: PersonRequest, invited: Invited) -> HttpResponse:
    path = reverse("accounts:invitation", args=[invited.key])
    url = request.build_absolute_uri(path)
    notices.send_invitation(invitation=invited.invitation, url=url)
    context = {
        "title": _("The invitation is on its way"),
        "person": invited.user,
        "url": url,
        "expires_at": invited.invitation.expires_at,
        "waits": invited.user.role_changes.open().exists(),
        "breadcrumbs": _trail(request.user),
    }
    return render(request, "accounts/invited.html", context)


def _context(user: User, title: str, submit_label: str) -> dict[str, Any]:
    return {
        "title": title,
        "lead": user.display_name,
        "submit_label": submit_label,
        "cancel_url": _url(user),
        "breadcrumbs": [
            (_("Users"), reverse("accounts:user_list")),
            (user.display_name, _url(user)),
        ],
    }


def _url(user: User) -> str:
    return reverse("accounts:user_detail", args=[user.pk])


def _trail(viewer: Any) -> list[tuple[str, str]]:
    if not viewer.has_power("accounts.read_users"):
        return []
    return [(_("Users"), reverse("accounts:user_list"))]
