"""Pages of one's own account: profile, language, sessions, API tokens."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms.own import ConfirmForm, OwnLanguageForm, TokenForm
from accounts.models import ApiToken
from accounts.selectors import tokens_of
from accounts.services.people import choose_language, end_access
from accounts.services.tokens import create_token, revoke_token
from accounts.web import PersonRequest
from common.web.acts import act_page, attempt, get_visible, posted


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: PersonRequest) -> HttpResponse:
    """Show one's own account and keep the language."""
    form = OwnLanguageForm(
        posted(request), initial={"language": request.user.language or get_language()}
    )
    return act_page(
        request,
        form=form,
        act=partial(choose_language, actor=request.user),
        done=reverse("accounts:profile"),
        said=_("The language is kept on your account."),
        template="accounts/profile.html",
        context={
            "title": _("My profile"),
            "person": request.user,
            "tokens": tokens_of(request.user),
            "submit_label": _("Keep this language"),
        },
        subject=request.user,
    )


@login_required
@require_http_methods(["GET", "POST"])
def own_end_access(request: PersonRequest) -> HttpResponse:
    """End all of one's own sessions and tokens."""
    return act_page(
        request,
        form=ConfirmForm(posted(request)),
        act=partial(end_access, actor=request.user, user=request.user),
        done=reverse("account_login"),
        context={
            "title": _("End all my sessions and tokens"),
            "submit_label": _("End them"),
            "cancel_url": reverse("accounts:profile"),
            "consequences": [
                _("You are logged out everywhere, here too."),
                _("Every API token you made stops working."),
            ],
            "breadcrumbs": [(_("My profile"), reverse("accounts:profile"))],
        },
        subject=request.user,
    )


@login_required
@require_http_methods(["GET", "POST"])
def token_create(request: PersonRequest) -> HttpResponse:
    """Make an API token and show its text, once."""
    form = TokenForm(posted(request), viewer=request.user)
    breadcrumbs = [(_("My profile"), reverse("accounts:profile"))]
    status = 200
    if request.method == "POST":
        act = partial(create_token, actor=request.user)
        is_done, created, status = attempt(request, form, act, request.user)
        if is_done:
            context = {
                "title": _("Your new API token"),
                "created": created,
                "breadcrumbs": breadcrumbs,
            }
            return render(request, "accounts/token_created.html", context)
    context = {
        "form": form,
        "title": _("Make an API token"),
        "lead": _("It acts with the rights of its account, or fewer. It is shown once."),
        "submit_label": _("Make the token"),
        "cancel_url": reverse("accounts:profile"),
        "breadcrumbs": breadcrumbs,
    }
    return render(request, "act.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def token_revoke(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Revoke an API token."""
    token: ApiToken = get_visible(tokens_of(request.user), request.user, public_id=pk)
    return act_page(
        request,
        form=ConfirmForm(posted(request)),
        act=partial(revoke_token, actor=request.user, token=token),
        done=reverse("accounts:profile"),
        said=_("The token is revoked."),
        context={
            "title": _("Revoke the token"),
            "lead": token.name,
            "submit_label": _("Revoke"),
            "cancel_url": reverse("accounts:profile"),
            "consequences": [_("The next request with this token is refused.")],
            "is_final": True,
            "breadcrumbs": [(_("My profile"), reverse("accounts:profile"))],
        },
        subject=token.user,
    )
