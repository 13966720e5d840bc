"""The record of acts: append-only, hash-chained by the database, pointing at nothing by foreign key."""

from __future__ import annotations

from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.verbs import words
from common.choices import Classification
from common.errors import Text


class Kind(models.TextChoices):
    """Three things stand in the record."""

    ACT = "act", _("Act")
    REFUSAL = "refusal", _("Refusal")
    READING = "reading", _("Reading")


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Queries that speak of the record."""

    def about(self, label: str, pk: Any) -> Self:
        """Return what happened to one object, as target, among several read, or as the file."""
        key = str(pk)
        return self.filter(
            models.Q(target_label=label, target_id=key)
            | models.Q(subject_label=label, subject_id=key)
            | models.Q(kind=Kind.READING, target_label=label, payload__contains={"ids": [key]})
        )

    def readings_of(self, label: str, pk: Any) -> Self:
        """Return who opened one object, alone or among several in one request."""
        key = str(pk)
        return self.filter(kind=Kind.READING, target_label=label).filter(
            models.Q(target_id=key) | models.Q(payload__contains={"ids": [key]})
        )

    def by(self, pk: Any) -> Self:
        """Return what one person did."""
        return self.filter(actor_id=str(pk))


class AuditEvent(models.Model):
    """One entry. Number, time and hashes are written by the database (migration 0002)."""

    number = models.BigIntegerField(_("number"), primary_key=True, db_default=0)
    at = models.DateTimeField(_("at"), db_default=Now())
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    verb = models.CharField(_("verb"), max_length=80)
    actor_id = models.CharField(_("person"), max_length=40, blank=True)
    actor_name = models.CharField(_("person's name then"), max_length=200, blank=True)
    actor_role = models.CharField(_("person's role then"), max_length=40, blank=True)
    target_label = models.CharField(_("kind of object"), max_length=80, blank=True)
    target_id = models.CharField(_("object"), max_length=40, blank=True)
    target_text = models.CharField(_("object then"), max_length=300, blank=True)
    subject_label = models.CharField(_("kind of file"), max_length=80, blank=True)
    subject_id = models.CharField(_("file"), max_length=40, blank=True)
    subject_text = models.CharField(_("file then"), max_length=300, blank=True)
    classification = models.PositiveSmallIntegerField(
        _("classification"), choices=Classification.choices, default=Classification.OPEN
    )
    payload = models.JSONField(_("details"), default=dict)
    previous_hash = models.CharField(_("previous hash"), max_length=64, db_default="")
    hash = models.CharField(_("hash"), max_length=64, db_default="")

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["target_label", "target_id", "-number"], name="audit_target"),
            models.Index(fields=["subject_label", "subject_id", "-number"], name="audit_subject"),
            models.Index(fields=["actor_id", "-number"], name="audit_actor"),
            GinIndex(
                fields=["payload"],
                opclasses=["jsonb_path_ops"],
                condition=models.Q(kind="reading"),
                name="audit_read_ids",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"

    @property
    def verb_words(self) -> Text:
        return words(self.verb)


class ChainHead(models.Model):
    """The last number and hash; one row, kept by the trigger, so that a removed tail is seen."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(_("number"))
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("head of the chain")
        verbose_name_plural = _("head of the chain")

    def __str__(self) -> str:
        return f"{self.number} {self.hash[:12]}"
