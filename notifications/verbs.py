"""Acts of notifications that stand in the record."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from common.errors import Text

VERBS: dict[str, Text] = {
    "notifications.preferences_changed": _("changed which notices come and when"),
    "notifications.mail_replayed": _("had a mail sent again"),
    "notifications.mails_replayed": _("had all mails in trouble sent again"),
}
