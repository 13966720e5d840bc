"""What a person is told in the product."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from common.choices import Classification
from notifications import kinds
from notifications.choices import MailChoice


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, scoped: one's own, as long as one may see what they speak of."""

    def visible_to(self, user: Any) -> Self:
        """Return the person's own notices whose subject they may see now."""
        return self.own_of(user).filter(_subject_is_seen_by(user, kinds.subject_labels()))

    def own_of(self, user: Any) -> Self:
        """Return what was ever told to the person: not to be shown, nor counted, as it stands."""
        if not (getattr(user, "is_authenticated", False) and user.is_active):
            return self.none()
        return self.filter(recipient=user, classification__lte=user.clearance)

    def seen_among(self, user: Any, labels: Iterable[str]) -> Self:
        """Return, of the person's own notices about subjects of `labels`, those that they may see.

        Shorter to ask than :meth:`visible_to` where it is known of what the notices speak.
        """
        return self.own_of(user).filter(_subject_is_seen_by(user, labels))

    def in_product(self) -> Self:
        """Return those that stand in the person's list."""
        return self.filter(is_shown=True)

    def waiting(self) -> Self:
        """Return those that were not read."""
        return self.filter(read_at__isnull=True)


def _subject_is_seen_by(user: Any, labels: Iterable[str]) -> Q:
    """Return the condition that the subject is visible now, asked anew at each reading."""
    seen: Any = Q(subject_label="")
    for label in filter(None, labels):
        manager: Any = apps.get_model(label)._default_manager
        rows = manager.visible_to(user).filter(pk=OuterRef("subject_id")).order_by()
        seen |= Q(subject_label=label) & Exists(rows)
    condition: Q = seen
    return condition


class Notice(models.Model):
    """One sentence to one person; the same key never reaches the same person twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notices",
        verbose_name=_("recipient"),
    )
    kind = models.CharField(_("kind"), max_length=80)
    key = models.CharField(_("key"), max_length=200)
    subject_label = models.CharField(_("model of the subject"), max_length=80, blank=True)
    subject_id = models.UUIDField(_("key of the subject"), null=True, blank=True)
    reference = models.CharField(_("reference"), max_length=80, blank=True)
    classification = models.PositiveSmallIntegerField(
        _("classification"), choices=Classification.choices, default=Classification.OPEN
    )
    url = models.CharField(_("address of the subject"), max_length=300, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    is_shown = models.BooleanField(_("shown in the product"), default=True)
    mail = models.CharField(_("e-mail"), max_length=10, choices=MailChoice.choices)
    told_on = models.DateField(_("day of the digest that told it"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="notice_once_per_person"),
            models.CheckConstraint(
                condition=Q(subject_label="", subject_id__isnull=True)
                | Q(~Q(subject_label=""), subject_id__isnull=False),
                name="notice_subject_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__startswith="/") & ~Q(url__startswith="//"),
                name="notice_url_is_of_this_house",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="notice_of_person"),
            models.Index(
                fields=["recipient"], condition=Q(read_at__isnull=True), name="notice_waiting"
            ),
            models.Index(
                fields=["recipient"],
                condition=Q(read_at__isnull=True, told_on__isnull=True, mail=MailChoice.DIGEST),
                name="notice_for_digest",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def kind_of(self) -> kinds.NoticeKind:
        return kinds.of_key(self.kind)

    @property
    def sentence(self) -> str:
        """Return what waits, in the reader's language."""
        return self.kind_of.in_words(self.facts)

    @property
    def kind_label(self) -> str:
        return str(self.kind_of.label)

    @property
    def why(self) -> str:
        """Return why one gets it."""
        return str(self.kind_of.why or self.kind_of.label)

    @property
    def is_read(self) -> bool:
        return self.read_at is not None
