"""Watch notes (Rule D4c) and the precedents that an officer keeps beside a file."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from cases.models.base import DisputeChildQuerySet, FilePart
from cases.models.disputes import Dispute
from common.choices import Audience, Classification
from common.models import VersionedModel
from common.scoping import ScopedQuerySet, is_reader


class WatchNoteQuerySet(ScopedQuerySet):
    """A watch note is read by its author and by whoever sees all files."""

    def visible_to(self, user: Any) -> Self:
        if not is_reader(user) or not user.is_secretariat:
            return self.none()
        rows = self.filter(is_exercise=user.is_exercise, classification__lte=user.clearance)
        return rows if user.sees_all_files else rows.filter(author=user)

    def going_on_first(self) -> Self:
        """Order the notes that go on before those that ended, the newest first."""
        return self.order_by(F("ended_on").desc(nulls_first=True), "-written_on", "-id")


class WatchNote(VersionedModel):
    """Something to keep an eye on: no party, no consent, no State named; no file (D4c)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what is watched"))
    author = models.ForeignKey("accounts.User", models.PROTECT, related_name="watch_notes")
    classification = models.PositiveSmallIntegerField(
        _("classification"), choices=Classification.choices, default=Classification.CONFIDENTIAL
    )
    written_on = models.DateField(_("written on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)
    opened_file = models.ForeignKey(
        Dispute, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_exercise = models.BooleanField(_("belongs to the exercise"), default=False)

    objects = WatchNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("watch note")
        verbose_name_plural = _("watch notes")
        ordering = ["-written_on", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def audit_text(self) -> str:
        return str(self.pk)


class PrecedentQuerySet(DisputeChildQuerySet):
    """Precedents belong to the Secretariat."""

    default_audience = Audience.SECRETARIAT


class Precedent(FilePart):
    """A published agreement of the library, kept beside a file with the reason."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="precedents")
    agreement = models.ForeignKey("library.Agreement", models.PROTECT, related_name="+")
    why = models.CharField(_("why it is a precedent"), max_length=300)
    linked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    objects = PrecedentQuerySet.as_manager()

    class Meta:
        verbose_name = _("precedent")
        verbose_name_plural = _("precedents")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "agreement"],
                name="precedent_once",
                violation_error_message=_("This agreement is a precedent of the file already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.agreement)
