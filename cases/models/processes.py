"""Processes: who talks with whom, at what stage, in what engagement (Rules D1, D2, C6)."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cases.choices import DisputeStatus, Engagement, NationalRole, Stage, StageChangeKind
from cases.models.base import DisputeChildQuerySet, FilePart, ProcessChildQuerySet
from cases.models.disputes import Dispute, Party
from common.choices import Audience
from common.i18n import in_language


class ProcessQuerySet(DisputeChildQuerySet):
    """A process is visible with its file; its real stage is cut by the views (Rule D7)."""

    default_audience = Audience.SHARED

    def with_stages_gone_through(self) -> Self:
        """Add ``stages_gone_through``: every stage that a process was ever at."""
        moves = StageChange.objects.filter(process=OuterRef("pk")).order_by()
        return self.annotate(stages_gone_through=ArraySubquery(moves.values("new_stage")))


class Process(FilePart):
    """One track of a file. Stage, engagement, consent, agreements and bases belong to it."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="processes")
    title_en = models.CharField(_("title in English"), max_length=250, blank=True)
    title_fr = models.CharField(_("title in French"), max_length=250, blank=True)
    title_ar = models.CharField(_("title in Arabic"), max_length=250, blank=True)
    parties = models.ManyToManyField(
        Party, through="cases.ProcessParty", related_name="processes", verbose_name=_("parties")
    )
    stage = models.CharField(
        _("stage"), max_length=20, choices=Stage.choices, blank=True, editable=False
    )
    stages_gone_through: list[str]
    stage_since = models.DateField(_("at this stage since"), null=True, blank=True, editable=False)
    engagement = models.CharField(
        _("engagement"), max_length=30, choices=Engagement.choices, blank=True
    )
    national_role = models.CharField(
        _("role of the OIC in a national process"),
        max_length=20,
        choices=NationalRole.choices,
        blank=True,
    )
    status = models.CharField(
        _("status"), max_length=20, choices=DisputeStatus.choices, default=DisputeStatus.ACTIVE
    )
    opened_on = models.DateField(_("opened on"))

    objects = ProcessQuerySet.as_manager()

    class Meta:
        verbose_name = _("process")
        verbose_name_plural = _("processes")
        ordering = ["opened_on", "created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title_en="", title_fr="", title_ar=""),
                name="process_has_title",
                violation_error_message=_("Give the title in at least one language."),
            ),
            models.CheckConstraint(
                condition=Q(stage="", stage_since__isnull=True)
                | (~Q(stage="") & Q(stage_since__isnull=False)),
                name="process_stage_has_date",
            ),
            models.CheckConstraint(
                condition=Q(engagement=Engagement.NATIONAL_PROCESS) & ~Q(national_role="")
                | (~Q(engagement=Engagement.NATIONAL_PROCESS) & Q(national_role="")),
                name="process_national_role",
                violation_error_message=_(
                    "A national process, and only that, says what role the OIC has in it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self, "title")


class ProcessParty(models.Model):
    """A party that talks in a process."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="places")
    party = models.ForeignKey(Party, models.PROTECT, related_name="places")

    class Meta:
        verbose_name = _("party in a process")
        verbose_name_plural = _("parties in a process")
        constraints = [
            models.UniqueConstraint(
                fields=["process", "party"],
                name="process_party_once",
                violation_error_message=_("This party is in the process already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.party)


class StageChangeQuerySet(ProcessChildQuerySet):
    """The real stage and its reason stay with the Secretariat and the team."""

    default_audience = Audience.TEAM


class StageChange(FilePart):
    """A move from stage to stage with its reason; never altered."""

    file_path = ("process", "dispute")

    process = models.ForeignKey(Process, models.CASCADE, related_name="stage_changes")
    old_stage = models.CharField(_("from"), max_length=20, choices=Stage.choices, blank=True)
    new_stage = models.CharField(_("to"), max_length=20, choices=Stage.choices)
    kind = models.CharField(_("move"), max_length=20, choices=StageChangeKind.choices)
    on = models.DateField(_("on"))
    reason = models.TextField(_("reason"), blank=True)
    agreement = models.ForeignKey(
        "cases.Agreement", models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = StageChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of stage")
        verbose_name_plural = _("changes of stage")
        ordering = ["on", "created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") | Q(agreement__isnull=False),
                name="stage_change_has_reason",
                violation_error_message=_("Give the reason of the change of stage."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.old_stage} → {self.new_stage}"

    @property
    def why(self) -> str:
        """Return the reason in words: what the officer gave, or the agreement that was signed (D3)."""
        if self.reason or self.agreement is None:
            return self.reason
        return _t("Signed: %(title)s") % {"title": self.agreement}
