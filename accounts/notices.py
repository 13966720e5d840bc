"""Mail that an account needs: the invitation and the link to a new password."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Invitation, User
from common import mail


def send_invitation(*, invitation: Invitation, url: str) -> None:
    """Send the link with which an invited person chooses a password, in their language."""
    user = invitation.user
    with translation.override(user.language or translation.get_language()):
        mail.send(
            to=user.email,
            subject=_("Your account at OIC Mediation"),
            text=render_to_string(
                "accounts/mail/invitation.txt", {"user": user, "url": url, "invitation": invitation}
            ),
        )


def send_password_reset(*, user: User, url: str) -> None:
    """Send the link with which a person chooses a new password."""
    mail.send(
        to=user.email,
        subject=_("A new password for OIC Mediation"),
        text=render_to_string("accounts/mail/password_reset.txt", {"user": user, "url": url}),
    )
