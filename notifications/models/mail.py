"""The outbox: one row for each message to one person, written before anything is sent."""

from __future__ import annotations

import uuid
from typing import Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from notifications.choices import TROUBLE, DropReason, MailKind, MailState
from notifications.models.notices import Notice


class MailQuerySet(models.QuerySet["Mail"]):
    """Mails, scoped: the outbox is kept by the administrator and hidden from everybody else."""

    def visible_to(self, user: Any) -> Self:
        if getattr(user, "is_authenticated", False) and user.has_power(
            "notifications.manage_outbox"
        ):
            return self
        return self.none()

    def claimable(self) -> Self:
        """Return those that are due and held by no one who still lives, on the database's clock."""
        free = Q(leased_until__isnull=True) | Q(leased_until__lte=Now())
        return self.filter(free, state=MailState.WAITING, due_at__lte=Now())

    def in_trouble(self) -> Self:
        """Return those that were refused, came back or were given up."""
        return self.filter(state__in=TROUBLE)

    def replayable(self) -> Self:
        """Return those in trouble that still have something to say: a secret text is gone."""
        return self.in_trouble().exclude(kind=MailKind.ACCOUNT)


class Mail(models.Model):
    """A message to one person.

    The words of a notice or a digest are composed when it is sent; only an account's mail carries its
    own, and loses them as soon as it stops waiting.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(_("key"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=MailKind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    to = models.EmailField(_("address"))
    notice = models.ForeignKey(Notice, models.CASCADE, null=True, blank=True, related_name="mails")
    digest_on = models.DateField(_("day of the digest"), null=True, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    expires_at = models.DateTimeField(_("useless after"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=MailState.choices, default=MailState.WAITING
    )
    dropped_because = models.CharField(
        _("why it was not sent"), max_length=20, choices=DropReason.choices, blank=True
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due at"), db_default=Now())
    lease = models.UUIDField(_("lease"), null=True, blank=True)
    leased_until = models.DateTimeField(_("held until"), null=True, blank=True)
    reply = models.CharField(_("the server's words"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    changed_at = models.DateTimeField(_("changed at"), db_default=Now(), editable=False)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-changed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=MailKind.NOTICE, notice__isnull=False, user__isnull=False)
                | Q(kind=MailKind.DIGEST, digest_on__isnull=False, user__isnull=False)
                | Q(kind=MailKind.ACCOUNT),
                name="mail_says_something",
            ),
            models.CheckConstraint(
                condition=Q(text="") | Q(kind=MailKind.ACCOUNT, state=MailState.WAITING),
                name="mail_keeps_no_text",
            ),
            models.CheckConstraint(
                condition=Q(state=MailState.DROPPED) | Q(dropped_because=""),
                name="mail_dropped_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state=MailState.WAITING),
                name="mail_waiting",
            ),
            models.Index(fields=["state", "-changed_at"], name="mail_by_state"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def message_id(self) -> str:
        """Return the Message-ID, the same at every attempt."""
        return f"<{self.pk}@{urlsplit(settings.SITE_URL).hostname}>"
