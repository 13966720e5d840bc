"""Agreements of the parties: recorded as facts; a signature ends nothing (Rule D3)."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.choices import AgreementStage, AgreementStatus, ProvisionLevel, Sex, SignatoryRole
from cases.models.base import FilePart, ProcessChildQuerySet, SecretPart
from cases.models.disputes import Party
from cases.models.processes import Process
from common.choices import Audience
from common.i18n import in_language
from institutions.choices import ActorKind


class AgreementQuerySet(ProcessChildQuerySet):
    """Agreements are shared with all who see the file; a draft stays with the team."""

    has_classification = True
    default_audience = Audience.SHARED

    def audience_of(self, user: Any) -> Q:
        seen = super().audience_of(user)
        if user.sees_team_parts:
            return seen
        return seen & (~Q(status=AgreementStatus.DRAFT) | self._in_roots("of_team", user))


class Agreement(SecretPart, FilePart):
    """One agreement of a process, with a stage of its own."""

    file_path = ("process", "dispute")

    process = models.ForeignKey(Process, models.CASCADE, related_name="agreements")
    title_en = models.CharField(_("title in English"), max_length=500, blank=True)
    title_fr = models.CharField(_("title in French"), max_length=500, blank=True)
    title_ar = models.CharField(_("title in Arabic"), max_length=500, blank=True)
    stage = models.CharField(
        _("stage of the agreement"), max_length=20, choices=AgreementStage.choices
    )
    status = models.CharField(_("status"), max_length=20, choices=AgreementStatus.choices)
    is_final = models.BooleanField(_("marked as final"), default=False)
    signed_earliest = models.DateField(_("signed on (earliest)"), null=True, blank=True)
    signed_latest = models.DateField(_("signed on (latest)"), null=True, blank=True)
    signed_as_written = models.CharField(_("date as written"), max_length=60, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    parties = models.ManyToManyField(
        Party, through="cases.AgreementParty", related_name="agreements", verbose_name=_("parties")
    )
    names_oic = models.BooleanField(_("names the OIC"), default=False)
    source = models.CharField(_("source"), max_length=500, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    search_text = models.TextField(editable=False, default="")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = [F("signed_latest").asc(nulls_last=True), "created_at", "id"]
        indexes = [
            GinIndex(fields=["search_text"], name="agreement_search", opclasses=["gin_trgm_ops"])
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title_en="", title_fr="", title_ar=""),
                name="agreement_has_title",
                violation_error_message=_("Give the title in at least one language."),
            ),
            models.CheckConstraint(
                condition=Q(status=AgreementStatus.DRAFT)
                | Q(signed_earliest__isnull=False, signed_latest__isnull=False),
                name="agreement_signed_on_a_day",
                violation_error_message=_("Give the day of signature, or its bounds."),
            ),
            models.CheckConstraint(
                condition=Q(signed_earliest__isnull=True)
                | Q(signed_latest__gte=F("signed_earliest")),
                name="agreement_dates_in_order",
                violation_error_message=_("The latest day lies before the earliest."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self, "title")

    @property
    def is_signed(self) -> bool:
        return self.status != AgreementStatus.DRAFT

    @property
    def opens_implementation(self) -> bool:
        """Tell whether its signature moves the process to implementation (Rule D3)."""
        return self.is_signed and (self.stage == AgreementStage.COMPREHENSIVE or self.is_final)

    @property
    def audience(self) -> Audience:
        """Return who, among those who see the file, sees the agreement."""
        return Audience.SHARED if self.is_signed else Audience.TEAM


class AgreementParty(models.Model):
    """A party bound by an agreement."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="places")
    party = models.ForeignKey(Party, models.PROTECT, related_name="agreement_places")

    class Meta:
        verbose_name = _("party to an agreement")
        verbose_name_plural = _("parties to an agreement")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "party"], name="agreement_party_once")
        ]

    def __str__(self) -> str:
        return str(self.party)


class AgreementChildQuerySet(ProcessChildQuerySet):
    """Parts of an agreement follow it."""

    scope_path = "agreement__process__dispute"
    default_audience = Audience.SHARED

    def audience_of(self, user: Any) -> Q:
        return Q(agreement__in=Agreement.objects.visible_to(user).order_by().values("pk"))


class Signatory(FilePart):
    """Who stands on an agreement: signatories and witnesses by sex, guarantors."""

    file_path = ("agreement", "process", "dispute")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatories")
    role = models.CharField(_("capacity"), max_length=20, choices=SignatoryRole.choices)
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("for the party"),
    )
    actor = models.ForeignKey(
        "institutions.Actor",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("actor"),
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    function = models.CharField(_("function"), max_length=200, blank=True)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices, default=Sex.UNKNOWN)

    objects = AgreementChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["role", "created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") | Q(actor__isnull=False) | Q(party__isnull=False),
                name="signatory_is_somebody",
                violation_error_message=_("Name the person, the actor or the party."),
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.actor or self.party)

    @property
    def is_person(self) -> bool:
        """Tell whether a human being stands here, named or not, and not a State or a body."""
        return bool(self.name) or self.actor is None or self.actor.kind == ActorKind.PERSON


class AgreementProvision(FilePart):
    """A provision of an agreement on the common typology (domain.md § 5)."""

    file_path = ("agreement", "process", "dispute")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="provisions")
    code = models.CharField(_("code"), max_length=20)
    level = models.PositiveSmallIntegerField(_("detail"), choices=ProvisionLevel.choices)
    text = models.TextField(_("wording"), blank=True)

    objects = AgreementChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        ordering = ["code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "code"],
                name="provision_once",
                violation_error_message=_("This provision is on record already."),
            )
        ]

    def __str__(self) -> str:
        return self.code
