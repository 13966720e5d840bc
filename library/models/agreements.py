"""Published agreements with their countries and their coded provisions."""

from __future__ import annotations

import uuid
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Count, F, FloatField, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from common.errors import Text
from institutions.models import State
from library.choices import LEVELS, Kind, Stage, SubStage, label_of
from library.models.base import LibraryQuerySet
from library.models.processes import Process


class AgreementQuerySet(LibraryQuerySet):
    """Agreements, newest first; the long texts are read only where a page shows them."""

    def listed(self) -> Self:
        """Return what a row of a list needs, newest first."""
        return (
            self.select_related("process")
            .only(
                "source",
                "source_id",
                "title",
                "dated_earliest",
                "dated_latest",
                "dated_as_written",
                "kind",
                "stage",
                "sub_stage",
                "provision_count",
                "process__source",
                "process__source_key",
                "process__name",
            )
            .order_by(F("dated_latest").desc(nulls_last=True), "source", "source_id")
        )

    def similar_to(self, agreement: Agreement) -> Self:
        """Return the agreements that share provisions with this one, the most alike first.

        Each has ``shared_count``, the codes that both have, ``either_count``, those that either
        has, and ``likeness``, the one over the other (Jaccard's index, 0 to 1). One query.
        """
        codes = Provision.objects.filter(agreement_id=agreement.pk).values("code")
        return (
            self.exclude(pk=agreement.pk)
            .filter(provisions__code__in=codes)
            .annotate(shared_count=Count("provisions"))
            .annotate(
                either_count=F("provision_count") + agreement.provision_count - F("shared_count")
            )
            .annotate(likeness=Cast("shared_count", FloatField()) / F("either_count"))
            .order_by("-likeness", "-shared_count", "source", "source_id")
        )


class Agreement(models.Model):
    """One agreement as published; ``fingerprint`` tells whether a new import says anything else.

    The date is (earliest, latest, as written). Texts are the set's, in English, as written.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(_("data set"), max_length=30)
    source_id = models.CharField(_("number in the data set"), max_length=40)
    process = models.ForeignKey(
        Process, models.PROTECT, related_name="agreements", verbose_name=_("process")
    )
    title = models.TextField(_("title"))
    dated_earliest = models.DateField(_("dated, at the earliest"), null=True, blank=True)
    dated_latest = models.DateField(_("dated, at the latest"), null=True, blank=True)
    dated_as_written = models.TextField(_("date as written"), blank=True)
    status = models.CharField(_("status"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    stage = models.CharField(_("stage"), max_length=40, blank=True)
    sub_stage = models.CharField(_("finer stage"), max_length=40, blank=True)
    parties_text = models.TextField(_("parties"), blank=True)
    third_parties_text = models.TextField(_("third parties"), blank=True)
    related_text = models.TextField(_("other agreements named"), blank=True)
    other_codes = models.JSONField(_("other codes"), default=dict, blank=True)
    provision_count = models.PositiveSmallIntegerField(_("number of provisions"), default=0)
    search_text = models.TextField(editable=False, blank=True)
    fingerprint = models.CharField(max_length=64, editable=False)
    imported_at = models.DateTimeField(_("imported at"), auto_now=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("published agreement")
        verbose_name_plural = _("published agreements")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], name="library_agreement_once_per_source"
            ),
            models.CheckConstraint(
                condition=Q(dated_earliest__isnull=True, dated_latest__isnull=True)
                | Q(dated_earliest__lte=F("dated_latest")),
                name="library_agreement_dates_in_order",
            ),
        ]
        indexes = [
            GinIndex(
                fields=["search_text"], opclasses=["gin_trgm_ops"], name="library_agreement_trgm"
            ),
            models.Index(F("dated_latest").desc(nulls_last=True), name="library_agreement_newest"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_label(self) -> Text:
        """Say in words between whom it was made."""
        return label_of(Kind, self.kind)

    @property
    def stage_label(self) -> Text:
        """Say in words at what point of a process it stands."""
        return label_of(Stage, self.stage)

    @property
    def sub_stage_label(self) -> Text:
        """Say in words what the finer code of the stage means."""
        return label_of(SubStage, self.sub_stage)

    @property
    def is_dated_exactly(self) -> bool:
        """Tell whether the day is known."""
        return self.dated_earliest is not None and self.dated_earliest == self.dated_latest


class OfAgreementQuerySet(LibraryQuerySet):
    """What belongs to an agreement: seen as the agreement is."""


class Location(models.Model):
    """A country of an agreement as coded, with the Member State of that code where there is one."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="locations", db_index=False
    )
    position = models.PositiveSmallIntegerField(_("position"))
    iso3 = models.CharField(_("ISO alpha-3"), max_length=3)
    state = models.ForeignKey(
        State, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("State")
    )

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("country of an agreement")
        verbose_name_plural = _("countries of an agreement")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "position"], name="library_location_one_per_position"
            )
        ]
        indexes = [models.Index(fields=["iso3"], name="library_location_iso3")]

    def __str__(self) -> str:
        return self.iso3


class Provision(models.Model):
    """A coded provision that an agreement has; an absent one has no row."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="provisions", db_index=False
    )
    code = models.CharField(_("code"), max_length=40)
    level = models.PositiveSmallIntegerField(_("level"))

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "code"], name="library_provision_once_per_agreement"
            ),
            models.CheckConstraint(
                condition=Q(level__in=LEVELS), name="library_provision_level_known"
            ),
        ]
        indexes = [models.Index(fields=["code", "agreement"], name="library_provision_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.level}"
