"""Absences with the person who stands in, and the keys of calendar feeds."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.models.users import User, is_insider
from common.clock import Today
from common.models import VersionedModel


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences, scoped: the Secretariat knows who is away in its own world, administrators in both."""

    def visible_to(self, user: Any) -> Self:
        if not is_insider(user):
            return self.none()
        if user.has_power("accounts.manage_users"):
            return self
        if user.is_secretariat:
            return self.filter(user__is_exercise=user.is_exercise)
        return self.none()

    def standing(self) -> Self:
        """Return those that were not called off."""
        return self.filter(cancelled_at__isnull=True)

    def today(self) -> Self:
        """Return those that hold today, on the database's clock."""
        return self.standing().filter(first_day__lte=Today(), last_day__gte=Today())

    def on(self, day: Any) -> Self:
        """Return those that hold on a day."""
        return self.standing().filter(first_day__lte=day, last_day__gte=day)

    def not_over(self, day: Any) -> Self:
        """Return those that hold on a day or are to come."""
        return self.standing().filter(last_day__gte=day)


class Absence(VersionedModel):
    """Days on which a person is away and another stands in, with the rights that go with it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        User, models.PROTECT, related_name="absences", verbose_name=_("who is away")
    )
    stand_in = models.ForeignKey(
        User, models.PROTECT, related_name="stands_in", verbose_name=_("who stands in")
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(_("called off at"), null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="absence_dates_in_order",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(user=F("stand_in")),
                name="absence_another_stands_in",
                violation_error_message=_("Nobody stands in for themselves."),
            ),
            ExclusionConstraint(
                name="absence_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (
                        Func(F("first_day"), F("last_day"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(cancelled_at__isnull=True),
                violation_error_message=_("An absence is on record already for those days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.first_day} – {self.last_day}"

    @property
    def is_called_off(self) -> bool:
        return self.cancelled_at is not None

    def clean(self) -> None:
        """Refuse a last day before the first, before PostgreSQL is asked for such a range.

        Raises:
            ValidationError: the days are not in order.
        """
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day lies before the first.")})


class FeedTokenQuerySet(models.QuerySet["FeedToken"]):
    """Keys of calendar feeds, scoped: one's own."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(user=user) if is_insider(user) else self.none()


class FeedToken(models.Model):
    """The key in the address of a person's calendar feed: kept as a hash, shown once, revocable."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="feed_tokens")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField(_("which calendar reads it"), max_length=100)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = FeedTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of a calendar feed")
        verbose_name_plural = _("keys of calendar feeds")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name
