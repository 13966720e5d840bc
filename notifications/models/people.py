"""What a person has chosen: which kinds by which channel, and at what hours."""

from __future__ import annotations

import uuid
from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from notifications.choices import MailChoice

#: When the daily digest goes to whoever chose no hour (time at the seat of the Secretariat).
DIGEST_AT = time(7, 30)


class Preference(models.Model):
    """One person's choice for one kind of notice; without a row the kind's own defaults hold."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preferences"
    )
    kind = models.CharField(_("kind"), max_length=80)
    is_shown = models.BooleanField(_("shown in the product"), default=True)
    mail = models.CharField(_("e-mail"), max_length=10, choices=MailChoice.choices)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="preference_once_per_kind")
        ]

    def __str__(self) -> str:
        return self.kind


class Hours(models.Model):
    """When mail may come: quiet hours, and the hour of the digest, at the seat of the Secretariat."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_hours")
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    digest_at = models.TimeField(_("daily digest at"), default=DIGEST_AT)

    class Meta:
        verbose_name = _("hours of mail")
        verbose_name_plural = _("hours of mail")
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False)
                & ~Q(quiet_from=F("quiet_until")),
                name="hours_quiet_has_two_ends",
                violation_error_message=_("Quiet hours need a beginning and another end."),
            )
        ]

    def __str__(self) -> str:
        return str(self.user_id)
