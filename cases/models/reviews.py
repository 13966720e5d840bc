"""Reviews of mandates and their steps (Rules M4 to M6)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.choices import Recommendation, ReviewOutcome, ReviewState, ReviewStepKind
from cases.lifecycle import FINAL_REVIEW_STATES
from cases.models.base import DisputeChildQuerySet, FilePart
from cases.models.mandates import Mandate
from common.choices import Audience


class MandateReviewQuerySet(DisputeChildQuerySet):
    """A review is the Secretariat's affair."""

    scope_path = "mandate__dispute"
    default_audience = Audience.SECRETARIAT


class MandateReview(FilePart):
    """The review of a mandate before its end: assessed, countersigned, proposed, submitted, decided.

    ``occurrence`` numbers the reviews of one mandate: a mandate until further decision is reviewed
    again and again. ``ends_on`` is the end (or the review date) that the review is about; no second
    one is opened for the same. ``decide_by`` is the day from which the steps are dated: the close of
    the session that is to decide, where that comes before the end. Both are empty while they wait
    for a session without dates (Rule M4).
    """

    file_path = ("mandate", "dispute")

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="reviews")
    occurrence = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=ReviewState.choices,
        default=ReviewState.OPEN,
        editable=False,
    )
    opened_on = models.DateField(_("opened on"))
    ends_on = models.DateField(_("end of the mandate, or day of its review"), null=True, blank=True)
    decide_by = models.DateField(_("to be decided by"), null=True, blank=True)
    reminded_days = models.PositiveSmallIntegerField(
        _("last reminder, in days before the end"), null=True, blank=True, editable=False
    )
    progress = models.TextField(_("progress against the terms of reference"), blank=True)
    consent = models.TextField(_("where consent stands"), blank=True)
    obstacles = models.TextField(_("obstacles"), blank=True)
    recommendation = models.CharField(
        _("recommendation"), max_length=10, choices=Recommendation.choices, blank=True
    )
    returned_because = models.TextField(_("why it was sent back"), blank=True)
    proposal = models.TextField(_("proposal to the organ"), blank=True)
    session = models.ForeignKey(
        "institutions.Session",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("session that is to decide"),
    )
    draft_en = models.TextField(_("draft decision in English"), blank=True)
    draft_fr = models.TextField(_("draft decision in French"), blank=True)
    draft_ar = models.TextField(_("draft decision in Arabic"), blank=True)
    outcome = models.CharField(
        _("decision"), max_length=12, choices=ReviewOutcome.choices, blank=True, editable=False
    )
    resolution = models.ForeignKey(
        "institutions.Resolution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("resolution"),
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = MandateReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a mandate")
        verbose_name_plural = _("reviews of mandates")
        ordering = ["opened_on", "occurrence", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["mandate", "occurrence"], name="review_occurrence_once"
            ),
            models.UniqueConstraint(
                fields=["mandate"],
                condition=~Q(state__in=sorted(FINAL_REVIEW_STATES)),
                name="review_one_open_per_mandate",
                violation_error_message=_("A review of this mandate is open already."),
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.DECIDED, resolution__isnull=False) & ~Q(outcome="")
                | ~Q(state=ReviewState.DECIDED) & Q(outcome=""),
                name="review_decided_whole",
                violation_error_message=_("A decision names its outcome and its resolution."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(FINAL_REVIEW_STATES), closed_on__isnull=False)
                | ~Q(state__in=sorted(FINAL_REVIEW_STATES)) & Q(closed_on__isnull=True),
                name="review_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReviewState.SUBMITTED) | Q(session__isnull=False),
                name="review_submitted_to_a_session",
                violation_error_message=_("Name the session to which it is submitted."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.mandate)

    @property
    def is_closed(self) -> bool:
        return self.state in FINAL_REVIEW_STATES


class ReviewStepQuerySet(DisputeChildQuerySet):
    """The steps of a review are read as the review is."""

    scope_path = "review__mandate__dispute"
    default_audience = Audience.SECRETARIAT


class ReviewStep(FilePart):
    """One step of a review: who owes it, by when, and who did it on which day.

    Without a due day the step waits for a session that has no dates yet (Rule M4).
    """

    file_path = ("review", "mandate", "dispute")

    review = models.ForeignKey(MandateReview, models.CASCADE, related_name="steps")
    kind = models.CharField(_("step"), max_length=20, choices=ReviewStepKind.choices)
    owner = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="review_steps",
        verbose_name=_("who owes it"),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    reminded_on = models.DateField(_("reminded on"), null=True, blank=True, editable=False)
    escalated_on = models.DateField(_("escalated on"), null=True, blank=True, editable=False)

    objects = ReviewStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a review")
        verbose_name_plural = _("steps of a review")
        ordering = ["review", "due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "kind"], name="review_step_once"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_by__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False),
                name="review_step_done_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "owner"],
                condition=Q(done_on__isnull=True),
                name="review_step_awaited",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
