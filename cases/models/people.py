"""Who is admitted to a file: grants, the team, the States that were notified."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.base import DatedPart, DisputeChildQuerySet, FilePart
from cases.models.disputes import Dispute, days
from common.grants import DatedGroupGrant


class DisputeGroupGrant(DatedGroupGrant):
    """Who may see a file, and why: the grants of django-guardian with their dates."""

    content_object = models.ForeignKey(Dispute, models.CASCADE, related_name="grants")

    class Meta(DatedGroupGrant.Meta):
        abstract = False
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        indexes = [
            models.Index(
                fields=["group", "permission", "content_object"],
                include=["valid_from", "valid_to"],
                name="grant_by_group",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="grant_dates_in_order",
                violation_error_message=_("The last day lies before the first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.valid_from}"


class TeamMemberQuerySet(DisputeChildQuerySet):
    """The team is the Secretariat's affair."""


class TeamMember(DatedPart, FilePart):
    """A member of the file's team, in a function, from the first to the last day."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="team")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="team_places")
    function = models.CharField(_("function in the team"), max_length=100)
    valid_from = models.DateField(_("first day"))
    valid_to = models.DateField(_("last day"), null=True, blank=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of the team")
        verbose_name_plural = _("members of the team")
        ordering = ["valid_from", "id"]
        constraints = [
            ExclusionConstraint(
                name="team_member_once_at_a_time",
                expressions=[
                    ("dispute", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (days("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person is in the team already for those days."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.function}"


class StateNotificationQuerySet(DisputeChildQuerySet):
    """Who was notified stands inside the Secretariat."""


class StateNotification(FilePart):
    """The ASG has notified a concerned State of the file (Rule D7); sharing is a second act."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="notifications")
    state = models.ForeignKey("institutions.State", models.PROTECT, related_name="+")
    notified_on = models.DateField(_("notified on"))
    notified_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("notified by")
    )
    instrument = models.CharField(_("how"), max_length=200)
    shared_on = models.DateField(_("shared on"), null=True, blank=True)
    shared_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("shared by"),
    )
    withdrawn_on = models.DateField(_("sharing ended on"), null=True, blank=True)

    objects = StateNotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification of a State")
        verbose_name_plural = _("notifications of States")
        ordering = ["notified_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispute", "state"],
                name="state_notified_once",
                violation_error_message=_("This State has been notified already."),
            ),
            models.CheckConstraint(
                condition=Q(shared_on__isnull=True, shared_by__isnull=True)
                | Q(shared_on__isnull=False, shared_by__isnull=False),
                name="state_share_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.state)
