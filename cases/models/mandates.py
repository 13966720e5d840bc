"""Mandates with their chain, terms of reference and the places they occupy (Rules M1 to M9)."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cases.choices import MandateEnd, MandateState, MandateType
from cases.models.base import DisputeChildQuerySet, FilePart, ProcessChildQuerySet
from cases.models.disputes import Dispute, days
from cases.models.processes import Process
from common.choices import Audience
from common.i18n import in_language
from common.text import isolated
from institutions.choices import SessionStatus


class MandateQuerySet(DisputeChildQuerySet):
    """Mandates are shared with all who see the file; a draft stays with the Secretariat."""

    default_audience = Audience.SHARED

    def audience_of(self, user: object) -> Q:
        seen = super().audience_of(user)
        if getattr(user, "is_secretariat", False):
            return seen
        return seen & ~Q(state=MandateState.DRAFT)


class Mandate(FilePart):
    """What an organ asked whom to do in a file, by which resolution and until when.

    A mandate acts by its dates; the written state follows (M5).
    """

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="mandates")
    processes = models.ManyToManyField(
        Process, blank=True, related_name="mandates", verbose_name=_("processes covered")
    )
    holders = models.ManyToManyField(
        "institutions.Actor", blank=True, related_name="+", verbose_name=_("holders")
    )
    type = models.CharField(_("type"), max_length=20, choices=MandateType.choices)
    title_en = models.CharField(_("title in English"), max_length=250, blank=True)
    title_fr = models.CharField(_("title in French"), max_length=250, blank=True)
    title_ar = models.CharField(_("title in Arabic"), max_length=250, blank=True)
    scope_en = models.TextField(_("scope in English"), blank=True)
    scope_fr = models.TextField(_("scope in French"), blank=True)
    scope_ar = models.TextField(_("scope in Arabic"), blank=True)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=MandateState.choices,
        default=MandateState.DRAFT,
        editable=False,
    )
    organ = models.ForeignKey(
        "institutions.Organ",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organ"),
    )
    session = models.ForeignKey(
        "institutions.Session",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("session"),
    )
    resolution = models.ForeignKey(
        "institutions.Resolution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("resolution"),
    )
    paragraph = models.CharField(_("paragraph"), max_length=40, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    is_urgent = models.BooleanField(_("urgent interim tasking"), default=False)
    is_reserved_to_adopter = models.BooleanField(
        _("the text reserves its renewal to the adopting organ"), default=False
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    end_kind = models.CharField(
        _("runs"), max_length=20, choices=MandateEnd.choices, default=MandateEnd.SESSION
    )
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    end_session = models.ForeignKey(
        "institutions.Session",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("until the close of"),
    )
    review_on = models.DateField(_("review due on"), null=True, blank=True)
    extended_to = models.ForeignKey(
        "institutions.Session",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("technically extended to the close of"),
    )
    extension_told_on = models.DateField(_("Chair told on"), null=True, blank=True)
    terms_waived_reason = models.TextField(_("why terms of reference are waived"), blank=True)
    succeeds = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successor",
        verbose_name=_("succeeds"),
    )
    is_lead = models.BooleanField(_("leads parallel mandates"), default=False)
    terminated_on = models.DateField(_("terminated on"), null=True, blank=True)
    terminated_by_resolution = models.ForeignKey(
        "institutions.Resolution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("terminated by"),
    )
    termination_reason = models.TextField(_("reason of the termination"), blank=True)
    lapsed_from = models.CharField(
        _("state before it lapsed"),
        max_length=20,
        choices=MandateState.choices,
        blank=True,
        editable=False,
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["adopted_on", "created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MandateState.DRAFT)
                | (
                    Q(
                        organ__isnull=False,
                        session__isnull=False,
                        resolution__isnull=False,
                        adopted_on__isnull=False,
                    )
                    & ~Q(paragraph="")
                ),
                name="mandate_adopted_whole",
                violation_error_message=_(
                    "An adopted mandate names organ, session, resolution, paragraph and date."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(end_kind=MandateEnd.SESSION) | Q(end_session__isnull=False),
                name="mandate_end_session_named",
                violation_error_message=_("Name the session at whose close the mandate ends."),
            ),
            models.CheckConstraint(
                condition=~Q(end_kind=MandateEnd.DATE) | Q(ends_on__isnull=False),
                name="mandate_end_date_named",
                violation_error_message=_("Give the day on which the mandate ends."),
            ),
            models.CheckConstraint(
                condition=~Q(end_kind=MandateEnd.DECISION) | Q(review_on__isnull=False),
                name="mandate_review_due",
                violation_error_message=_(
                    "A mandate until further decision needs a date for its review."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state=MandateState.TERMINATED)
                | (
                    Q(terminated_on__isnull=False, terminated_by_resolution__isnull=False)
                    & ~Q(termination_reason="")
                ),
                name="mandate_terminated_whole",
                violation_error_message=_("A termination names organ, resolution and reason."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_type_display())

    @property
    def title(self) -> str:
        return in_language(self, "title")

    @property
    def as_footing(self) -> str:
        """Return the mandate as the footing of an act, in words."""
        return _t("resolution %(reference)s, paragraph %(paragraph)s") % {
            "reference": isolated(self.resolution),
            "paragraph": self.paragraph,
        }

    @property
    def last_day(self) -> date | None:
        """Return the last day in force: a date, the close of the session, or None while open (M4).

        A postponed session leaves the mandate running.
        """
        if self.terminated_on is not None:
            return self.terminated_on
        if self.end_kind == MandateEnd.DATE:
            return self.ends_on
        if self.end_kind == MandateEnd.DECISION:
            return None
        session = self.extended_to or self.end_session
        if session is None or session.status == SessionStatus.POSTPONED:
            return None
        return session.ends_on

    @property
    def review_day(self) -> date | None:
        """Return the day that a review is about: the end, or the review date where there is none.

        None while the mandate waits for a session without dates (Rules M4, M5).
        """
        if self.end_kind == MandateEnd.DECISION and self.terminated_on is None:
            return self.review_on
        return self.last_day


class MandateAssignmentQuerySet(DisputeChildQuerySet):
    """Who holds a mandate is shared as the mandate is."""

    scope_path = "mandate__dispute"
    default_audience = Audience.SHARED


class MandateAssignment(FilePart):
    """The place of one holder in one process under a mandate; two of a type never overlap (M9).

    Written by ``services.mandates`` from the mandate's holders, processes and dates.
    """

    file_path = ("mandate", "dispute")

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="assignments")
    process = models.ForeignKey(Process, models.PROTECT, related_name="+")
    holder = models.ForeignKey("institutions.Actor", models.PROTECT, related_name="+")
    type = models.CharField(_("type"), max_length=20, choices=MandateType.choices)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    is_occupying = models.BooleanField(_("occupies the place"), default=True)

    objects = MandateAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("place under a mandate")
        verbose_name_plural = _("places under a mandate")
        ordering = ["starts_on", "id"]
        constraints = [
            ExclusionConstraint(
                name="mandate_one_per_holder_type_process",
                expressions=[
                    ("process", RangeOperators.EQUAL),
                    ("holder", RangeOperators.EQUAL),
                    ("type", RangeOperators.EQUAL),
                    (days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_occupying=True),
                violation_error_message=_(
                    "This holder already has a mandate of this type in this process for those days."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="mandate_place_dates_in_order",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder}"


class TermsOfReferenceQuerySet(ProcessChildQuerySet):
    """Terms of reference stay with the Secretariat and the team."""

    scope_path = "mandate__dispute"
    default_audience = Audience.TEAM


class TermsOfReference(FilePart):
    """One version of a mandate's terms of reference; the old ones stay readable (M8)."""

    file_path = ("mandate", "dispute")

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="terms")
    number = models.PositiveSmallIntegerField(_("version"))
    text_en = models.TextField(_("text in English"), blank=True)
    text_fr = models.TextField(_("text in French"), blank=True)
    text_ar = models.TextField(_("text in Arabic"), blank=True)
    adopted_on = models.DateField(_("adopted on"))
    reason = models.TextField(_("reason of the new version"), blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = TermsOfReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("terms of reference")
        verbose_name_plural = _("terms of reference")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["mandate", "number"], name="terms_number_once"),
            models.CheckConstraint(
                condition=~Q(text_en="", text_fr="", text_ar=""),
                name="terms_have_text",
                violation_error_message=_("Give the text in at least one language."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mandate} v{self.number}"
