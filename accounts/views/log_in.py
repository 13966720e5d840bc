"""The door: invitations, the language switch, and a password reset that tells nothing by its pace."""

from __future__ import annotations

import time
from functools import partial

from allauth.account import views as allauth_views
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.forms.log_in import TakeUpInvitationForm
from accounts.selectors import open_invitation
from accounts.services.people import accept_invitation, choose_language
from common.i18n import LANGUAGE_CODES
from common.web.acts import act_page, posted

_KEY_IN_SESSION = "invitation_key"
_YEAR = 365 * 24 * 60 * 60
RESET_TAKES_SECONDS = 1.0


@require_GET
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """Take the key out of the address, so that it reaches no log and no referrer."""
    request.session[_KEY_IN_SESSION] = key
    return redirect("accounts:take_up")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def take_up(request: HttpRequest) -> HttpResponse:
    """Let an invited person choose a password."""
    key = request.session.get(_KEY_IN_SESSION, "")
    found = open_invitation(key)
    if found is None:
        context = {"title": _("This link is closed")}
        return render(request, "accounts/invitation_closed.html", context, status=410)
    return act_page(
        request,
        form=TakeUpInvitationForm(posted(request), user=found.user),
        act=partial(accept_invitation, key=key),
        done=reverse("account_login"),
        said=_("Your password is set. Log in with your e-mail address."),
        context={
            "title": _("Welcome, %(name)s") % {"name": found.user.display_name},
            "lead": _("Choose the password with which you will log in."),
            "submit_label": _("Set the password"),
        },
        subject=found.user,
    )


def password_reset(request: HttpRequest) -> HttpResponse:
    """Answer a request for a new password in the same time, whether the name exists or not."""
    began = time.monotonic()
    response: HttpResponse = allauth_views.password_reset(request)
    if request.method == "POST":
        time.sleep(max(0.0, RESET_TAKES_SECONDS - (time.monotonic() - began)))
    return response


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Switch the language and stay on the page; kept on the account, or in a cookie for strangers."""
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(target if is_ours else "/")
    language = request.POST.get("language", "")
    if language not in LANGUAGE_CODES:
        return response
    if request.user.is_authenticated:
        choose_language(actor=request.user, language=language)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=_YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response
