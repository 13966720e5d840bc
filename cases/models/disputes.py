"""The dispute file, its parties and its root causes."""

from __future__ import annotations

import uuid
from typing import Any, Self
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from cases.choices import CauseKind, DisputeStatus, DisputeType, Outcome, PartyKind
from cases.models.base import DatedPart, DisputeChildQuerySet, FilePart
from common.choices import Audience, Classification
from common.i18n import in_language
from common.models import VersionedModel
from common.scoping import RootQuerySet
from common.text import validate_plain_name

VIEW = "view_dispute"
TEAM = "team_dispute"


class DateRange(Func):
    """A range of days with both ends included, for exclusion constraints."""

    function = "daterange"
    output_field = DateRangeField()


def days(start: str, end: str) -> DateRange:
    """Return the range between two date columns, both days included; NULL is open."""
    return DateRange(F(start), F(end), models.Value("[]"))


class DisputeQuerySet(RootQuerySet):
    """Queries that speak of dispute files."""

    grant_label = "cases.DisputeGroupGrant"
    view_codename = VIEW
    team_codename = TEAM

    def world_of(self, user: Any) -> Q:
        """Real and exercise files never mix; published history is read in both worlds."""
        return Q(is_exercise=user.is_exercise) | Q(is_historical=True)

    def with_party(self, actor_id: UUID | None) -> Self:
        return self.filter(parties__actor_id=actor_id)

    def open(self) -> Self:
        """Return the files that no person has ended."""
        return self.exclude(status=DisputeStatus.ENDED)


class Dispute(VersionedModel):
    """A dispute file (Rule D1): the record kept by the Secretariat for one dispute."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(_("reference"), max_length=20, unique=True, editable=False)
    type = models.CharField(_("type"), max_length=30, choices=DisputeType.choices)
    status = models.CharField(
        _("status"), max_length=20, choices=DisputeStatus.choices, default=DisputeStatus.ACTIVE
    )
    title_en = models.CharField(
        _("title in English"), max_length=250, blank=True, validators=[validate_plain_name]
    )
    title_fr = models.CharField(
        _("title in French"), max_length=250, blank=True, validators=[validate_plain_name]
    )
    title_ar = models.CharField(
        _("title in Arabic"), max_length=250, blank=True, validators=[validate_plain_name]
    )
    summary_en = models.TextField(_("summary in English"), blank=True)
    summary_fr = models.TextField(_("summary in French"), blank=True)
    summary_ar = models.TextField(_("summary in Arabic"), blank=True)
    territory_en = models.CharField(_("territory in words, in English"), max_length=250, blank=True)
    territory_fr = models.CharField(_("territory in words, in French"), max_length=250, blank=True)
    territory_ar = models.CharField(_("territory in words, in Arabic"), max_length=250, blank=True)
    states_concerned = models.ManyToManyField(
        "institutions.State", blank=True, related_name="+", verbose_name=_("States concerned")
    )
    nature_described = models.CharField(
        _("nature of the dispute, as described"), max_length=300, blank=True
    )
    nature_source = models.CharField(_("described so by"), max_length=300, blank=True)
    classification = models.PositiveSmallIntegerField(
        _("classification"), choices=Classification.choices, default=Classification.CONFIDENTIAL
    )
    desk_officer = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="desk_files",
        verbose_name=_("desk officer"),
    )
    unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit"),
    )
    opened_on = models.DateField(_("opened on"))
    opened_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(_("outcome"), max_length=30, choices=Outcome.choices, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    end_approved_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("end approved by"),
    )
    end_reason = models.TextField(_("reason of the end"), blank=True)
    end_proposed_outcome = models.CharField(
        _("proposed outcome"), max_length=30, choices=Outcome.choices, blank=True
    )
    end_proposed_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("end proposed by"),
    )
    end_proposed_reason = models.TextField(_("reason of the proposal"), blank=True)
    end_proposed_target = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file proposed to go on"),
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_files",
        verbose_name=_("file that goes on"),
    )
    news_asked_on = models.DateField(
        _("last asked for news on"), null=True, blank=True, editable=False
    )
    is_exercise = models.BooleanField(_("belongs to the exercise"), default=False)
    is_historical = models.BooleanField(_("published history"), default=False)
    search_text = models.TextField(editable=False, default="")
    outward_search_text = models.TextField(editable=False, default="")

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispute file")
        verbose_name_plural = _("dispute files")
        ordering = ["-opened_on", "-id"]
        permissions = [(TEAM, "Is of the team of the dispute file")]
        indexes = [
            models.Index(F("opened_on").desc(), F("id").desc(), name="dispute_newest"),
            models.Index(fields=["desk_officer", "status"], name="dispute_officer"),
            models.Index(
                fields=["news_asked_on"],
                condition=Q(news_asked_on__isnull=False),
                name="dispute_asked",
            ),
            GinIndex(fields=["search_text"], name="dispute_search", opclasses=["gin_trgm_ops"]),
            GinIndex(
                fields=["outward_search_text"],
                name="dispute_outward_search",
                opclasses=["gin_trgm_ops"],
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title_en="", title_fr="", title_ar=""),
                name="dispute_has_title",
                violation_error_message=_("Give the title in at least one language."),
            ),
            models.CheckConstraint(
                condition=Q(
                    status=DisputeStatus.ENDED,
                    ended_on__isnull=False,
                    ended_by__isnull=False,
                    end_approved_by__isnull=False,
                )
                & ~Q(outcome="")
                & ~Q(end_reason="")
                & ~Q(end_approved_by=F("ended_by"))
                | Q(
                    ~Q(status=DisputeStatus.ENDED),
                    outcome="",
                    ended_on__isnull=True,
                    ended_by__isnull=True,
                    end_approved_by__isnull=True,
                ),
                name="dispute_ended_by_two_persons",
                violation_error_message=_("A file ends with an outcome, a reason and two persons."),
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.MERGED, merged_into__isnull=False)
                | (~Q(outcome=Outcome.MERGED) & Q(merged_into__isnull=True)),
                name="dispute_merged_into_a_file",
            ),
            models.CheckConstraint(
                condition=Q(nature_described="", nature_source="")
                | (~Q(nature_described="") & ~Q(nature_source="")),
                name="dispute_nature_has_source",
                violation_error_message=_(
                    "The nature of a dispute is recorded only as described by a named source."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(is_historical=True, is_exercise=True), name="dispute_one_world"
            ),
            models.CheckConstraint(
                condition=Q(is_historical=False) | Q(desk_officer__isnull=True),
                name="dispute_history_without_officer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def title(self) -> str:
        return in_language(self, "title")

    @property
    def is_thematic(self) -> bool:
        return self.type == DisputeType.THEMATIC

    @property
    def is_ended(self) -> bool:
        return self.status == DisputeStatus.ENDED

    @property
    def audit_text(self) -> str:
        """Return what the record keeps of the file: its reference, never its title."""
        return self.reference


class PartyQuerySet(DisputeChildQuerySet):
    """Parties: their neutral names are shared with all who see the file."""

    default_audience = Audience.SHARED


class Party(DatedPart, FilePart):
    """A party to the dispute: official wording, the party's own wording, and a neutral name."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="parties")
    actor = models.ForeignKey(
        "institutions.Actor", models.PROTECT, related_name="+", verbose_name=_("actor")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=PartyKind.choices)
    neutral_name_en = models.CharField(_("neutral name in English"), max_length=200, blank=True)
    neutral_name_fr = models.CharField(_("neutral name in French"), max_length=200, blank=True)
    neutral_name_ar = models.CharField(_("neutral name in Arabic"), max_length=200, blank=True)
    official_wording = models.CharField(
        _("wording of the adopting resolution"), max_length=300, blank=True
    )
    own_wording = models.CharField(_("the party's own wording"), max_length=300, blank=True)
    valid_from = models.DateField(_("party since"), null=True, blank=True)
    valid_to = models.DateField(_("party until"), null=True, blank=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["created_at", "id"]
        constraints = [
            ExclusionConstraint(
                name="party_once_at_a_time",
                expressions=[
                    ("dispute", RangeOperators.EQUAL),
                    ("actor", RangeOperators.EQUAL),
                    (days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This actor is already a party for those days."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="party_dates_in_order",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Return the neutral name, or the actor's own where none is needed."""
        return in_language(self, "neutral_name") or str(self.actor)

    @property
    def is_government(self) -> bool:
        return self.kind == PartyKind.GOVERNMENT


class RootCauseQuerySet(DisputeChildQuerySet):
    """Root causes are the Secretariat's own analysis."""

    default_audience = Audience.TEAM


class RootCause(FilePart):
    """Why the parties are at odds: kept as entries so that renewed hostilities can be held to them."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="root_causes")
    kind = models.CharField(_("kind"), max_length=20, choices=CauseKind.choices)
    text_en = models.TextField(_("cause in English"), blank=True)
    text_fr = models.TextField(_("cause in French"), blank=True)
    text_ar = models.TextField(_("cause in Arabic"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    identified_on = models.DateField(_("identified on"))

    objects = RootCauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("root cause")
        verbose_name_plural = _("root causes")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text_en="", text_fr="", text_ar=""),
                name="root_cause_has_text",
                violation_error_message=_("Describe the cause in at least one language."),
            )
        ]

    def __str__(self) -> str:
        return in_language(self, "text")[:120]
