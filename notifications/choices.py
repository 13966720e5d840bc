"""How a notice reaches a person, and what becomes of a mail."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailChoice(models.TextChoices):
    """Whether and when a kind of notice also comes by e-mail."""

    AT_ONCE = "at_once", _("At once")
    DIGEST = "digest", _("In the daily digest")
    OFF = "off", _("No e-mail")


class MailKind(models.TextChoices):
    """What a mail is for; all that an administrator reads of its content."""

    NOTICE = "notice", _("Something waits")
    DIGEST = "digest", _("Daily digest")
    ACCOUNT = "account", _("Invitation or password")


class MailState(models.TextChoices):
    """Where a mail stands."""

    WAITING = "waiting", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Refused by the server")
    BOUNCED = "bounced", _("Came back")
    DEAD = "dead", _("Given up")
    DROPPED = "dropped", _("Not sent, on purpose")


#: What an administrator looks at, and may send again.
TROUBLE = (MailState.REFUSED, MailState.BOUNCED, MailState.DEAD)


class DropReason(models.TextChoices):
    """Why a mail was not sent on purpose: asked at sending, never at queuing."""

    NO_LONGER_ACTIVE = "no_longer_active", _("The account is closed.")
    NO_LONGER_SEEN = "no_longer_seen", _("The person may no longer see what waits.")
    READ_ALREADY = "read_already", _("It was read in the product before.")
    TOO_OLD = "too_old", _("Its link had run out.")
