"""Organs and what each may decide; offices and who holds them when."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from institutions.choices import OrganTier
from institutions.models.actors import Actor
from institutions.models.base import (
    ImpreciseInterval,
    ReferenceRow,
    RegisterQuerySet,
    WorldQuerySet,
    certain_range,
    interval_checks,
)


class OrganQuerySet(RegisterQuerySet):
    """Organs; they serve both worlds."""

    def deciding(self) -> Self:
        """Return the organs that may adopt a mandate, if only an urgent one (rule M2)."""
        return self.filter(Q(may_adopt_mandate=True) | Q(may_adopt_urgent=True))


class Organ(models.Model):
    """An organ of the Organisation, with its rank and its powers (domain.md § 2).

    ``rank`` orders the organs that decide: Summit 30, Council of Foreign Ministers 20, Executive
    Committee 10, all others 0.
    """

    actor = models.OneToOneField(Actor, models.CASCADE, primary_key=True, related_name="organ")
    abbreviation = models.CharField(_("abbreviation"), max_length=20, blank=True)
    tier = models.CharField(_("tier"), max_length=20, choices=OrganTier.choices)
    rank = models.PositiveSmallIntegerField(_("rank"), default=0)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    may_adopt_mandate = models.BooleanField(_("adopts mandates"), default=False)
    may_adopt_urgent = models.BooleanField(_("adopts urgent mandates"), default=False)
    may_task = models.BooleanField(_("tasks contact groups and envoys"), default=False)
    may_appoint = models.BooleanField(_("appoints or approves envoys"), default=False)
    meets_en = models.CharField(_("meets, in English"), max_length=200, blank=True)
    meets_fr = models.CharField(_("meets, in French"), max_length=200, blank=True)
    meets_ar = models.CharField(_("meets, in Arabic"), max_length=200, blank=True)
    note_en = models.CharField(_("note in English"), max_length=500, blank=True)
    note_fr = models.CharField(_("note in French"), max_length=500, blank=True)
    note_ar = models.CharField(_("note in Arabic"), max_length=500, blank=True)

    objects = OrganQuerySet.as_manager()

    class Meta:
        verbose_name = _("organ")
        verbose_name_plural = _("organs")
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return str(self.actor)

    @property
    def code(self) -> str:
        """The actor's code, unique among its kind."""
        return self.actor.code


class Office(models.Model):
    """An office that a person or a State holds for a time: Secretary General, CFM Chair."""

    actor = models.OneToOneField(Actor, models.CASCADE, primary_key=True, related_name="office")
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="offices")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return str(self.actor)

    @property
    def code(self) -> str:
        """The actor's code, unique among its kind."""
        return self.actor.code


class OfficeHolding(ReferenceRow, ImpreciseInterval):
    """Who held an office, and how long that is verified.

    ``verified_to`` is the last day for which a source shows the holder; after it the office is
    shown blank. Where it is empty the registry itself keeps the entry up to date.
    """

    office = models.ForeignKey(Office, models.CASCADE, related_name="holdings")
    holder = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="offices_held"
    )
    holder_name = models.CharField(_("holder's name"), max_length=200, blank=True)
    verified_to = models.DateField(_("verified to"), null=True, blank=True)
    is_exercise = models.BooleanField(_("exercise only"), default=False)

    objects = WorldQuerySet.as_manager()

    class Meta:
        verbose_name = _("holding of an office")
        verbose_name_plural = _("holdings of offices")
        ordering: ClassVar = ["office", "-from_earliest"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(holder__isnull=False) ^ ~Q(holder_name=""),
                name="office_holding_names_one_holder",
                violation_error_message=_(
                    "Name either an actor of the register or a person in words, not both."
                ),
            ),
            ExclusionConstraint(
                name="office_holding_one_at_a_time",
                violation_error_message=_("Somebody else holds this office on some of these days."),
                expressions=[
                    ("office", RangeOperators.EQUAL),
                    ("is_exercise", RangeOperators.EQUAL),
                    (certain_range(), RangeOperators.OVERLAPS),
                ],
            ),
            *interval_checks("office_holding"),
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.holder or self.holder_name}"
