"""Mail that an account needs: the invitation and the link to a new password."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import Invitation, User
from notifications.services import queue_mail


def send_invitation(*, invitation: Invitation, url: str) -> None:
    """Queue the link with which an invited person chooses a password, in their language."""
    user = invitation.user
    with translation.override(user.language or translation.get_language()):
        queue_mail(
            to=user.email,
            subject=_("Your account at OIC Mediation"),
            text=render_to_string(
                "accounts/mail/invitation.txt", {"user": user, "url": url, "invitation": invitation}
            ),
            key=f"invitation:{invitation.pk}",
            user=user,
            expires_at=invitation.expires_at,
        )


def send_password_reset(*, user: User, url: str) -> None:
    """Queue the link with which a person chooses a new password."""
    queue_mail(
        to=user.email,
        subject=_("A new password for OIC Mediation"),
        text=render_to_string("accounts/mail/password_reset.txt", {"user": user, "url": url}),
        key=f"password_reset:{hashlib.sha256(url.encode()).hexdigest()}",
        user=user,
        expires_at=timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
    )
