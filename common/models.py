"""Technical tables: what doors and sweeps need to be safe twice."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from common.i18n import in_language


class IdempotencyKey(models.Model):
    """The answer already given to a POST, so that sending it again changes nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(_("key"), max_length=200)
    fingerprint = models.CharField(_("fingerprint of the request"), max_length=64)
    status = models.PositiveSmallIntegerField(_("status"), null=True)
    body = models.TextField(_("body"), default="null")
    created_at = models.DateTimeField(_("created at"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("idempotency key")
        verbose_name_plural = _("idempotency keys")
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once_per_user")
        ]

    def __str__(self) -> str:
        return self.key


class SweepRun(models.Model):
    """When a sweep last committed and what it found; health is read from here, not from a process."""

    name = models.CharField(_("sweep"), max_length=80, unique=True)
    known_since = models.DateTimeField(_("known since"), db_default=Now(), editable=False)
    last_begun_at = models.DateTimeField(_("last begun at"), null=True)
    last_committed_at = models.DateTimeField(_("last committed at"), null=True)
    lasting = models.DurationField(_("how long it took"), default=timedelta)
    found = models.PositiveIntegerField(_("found"), default=0)
    written = models.PositiveIntegerField(_("written"), default=0)
    left = models.PositiveIntegerField(_("left"), default=0)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    told_at = models.DateTimeField(_("trouble told at"), null=True)

    class Meta:
        verbose_name = _("sweep run")
        verbose_name_plural = _("sweep runs")

    def __str__(self) -> str:
        return self.name


class VersionedModel(models.Model):
    """Abstract: a row that two people may change; `version` tells a stale form from a fresh one."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        abstract = True


class TranslatedNameModel(models.Model):
    """Abstract: a name in three languages; at least one of them."""

    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    name_fr = models.CharField(_("name in French"), max_length=300, blank=True)
    name_ar = models.CharField(_("name in Arabic"), max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return in_language(self, "name")
