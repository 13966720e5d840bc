"""django-allauth's hooks: how the house opens its door, and what it puts on record when it does.

The adapter is where a library calls us; it stands in place of the library's signals, so that every
effect of a log-in is seen here.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts import notices
from accounts.models import User
from accounts.policies import may_log_in
from accounts.services import sessions
from accounts.web import PersonRequest

_SAID = {
    "account/messages/password_changed.txt": _("Your password has been changed."),
    "account/messages/logged_out.txt": _("You have logged out."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation only; a refusal never tells whether a name exists."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "enter_current_password": _("This is not your present password."),
        "invalid_password_reset": _("This link has been used already or is too old."),
        "rate_limited": _("Too many attempts. Please wait a while and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse | None:
        if not may_log_in(user):
            clear_login(request)
            refused: HttpResponse = self.respond_user_inactive(request, user)
            return refused
        allowed: HttpResponse | None = super().pre_login(request, user, **options)
        return allowed

    @transaction.atomic
    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        sessions.note_log_in(actor=user, address=self.get_client_ip(request))

    @transaction.atomic
    def logout(self, request: PersonRequest) -> None:
        sessions.note_log_out(actor=request.user)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record the failure; while the name or the address is locked, nothing more is written."""
        if getattr(request, "axes_failures_since_start", None) is not None:
            sessions.note_failed_log_in(
                email=credentials.get("email", ""), address=self.get_client_ip(request)
            )

    def set_password(self, user: User, password: str) -> None:
        is_own = self.request is not None and self.request.user == user
        sessions.set_password(actor=user if is_own else None, user=user, password=password)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Write to the address on the account, in the person's language."""
        with translation.override(user.language or translation.get_language()):
            notices.send_password_reset(user=user, url=context["password_reset_url"])

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say in our own words the two things worth saying."""
        if message_template in _SAID:
            messages.add_message(request, level, str(_SAID[message_template]), extra_tags)
