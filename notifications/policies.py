"""Who keeps the outbox, and what of it may be sent again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from common.actor import Person
from common.policy import Allowed, Denied, Verdict, policy
from notifications.choices import TROUBLE, MailKind
from notifications.models import Mail

MANAGE = "notifications.manage_outbox"
REPLAY = "notifications.replay_mail"


@policy(MANAGE)
def may_manage_outbox(user: Person, subject: object = None) -> Verdict:
    """The administrator sees what did not arrive, never what it said."""
    if user.has_power(MANAGE):
        return Allowed()
    return Denied("not_outbox_keeper", _("The outbox is kept by the system administrator."))


@policy(REPLAY)
def may_replay_mail(user: Person, mail: Mail) -> Verdict:
    """A mail in trouble goes again, unless its text was a secret, which is not kept."""
    verdict = may_manage_outbox(user)
    if not verdict:
        return verdict
    if mail.state not in TROUBLE:
        return Denied(
            "mail_not_in_trouble",
            _("This mail was not refused, did not come back and was not given up."),
            is_rule=True,
        )
    if mail.kind == MailKind.ACCOUNT:
        return Denied(
            "mail_text_gone",
            _("The text of this mail is not kept. Invite the person again, or let them ask again."),
            is_rule=True,
        )
    return Allowed()
