"""Actors: States, organisations, organs, offices, movements, communities, groups, persons."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from common.i18n import LANGUAGE_CODES, in_language
from common.models import TranslatedNameModel
from common.scoping import is_reader
from common.text import join_search_text, validate_plain_name
from institutions.choices import ActorKind, Membership
from institutions.models.base import (
    ImpreciseInterval,
    ReferenceRow,
    RegisterQuerySet,
    WorldQuerySet,
    certain_range,
    interval_checks,
    is_insider,
    reader_language,
)
from institutions.sorting import sort_key

#: The organs and offices of the Organisation serve both worlds; who holds them does not.
SHARED_KINDS = (ActorKind.ORGAN, ActorKind.OFFICE)


def by_name(path: str = "") -> list[str]:
    """Return the ordering of actors by name in the reader's language.

    Args:
        path: lookup from the ordered model to the actor, for instance ``actor__``.
    """
    return [f"{path}sort_{reader_language()}", f"{path}id"]


class ActorQuerySet(WorldQuerySet):
    """Actors, scoped: entries of the register by all, those made for a file by staff only."""

    def visible_to(self, user: Any) -> Self:
        """Return the register's entries, and for staff those made for files of their world too."""
        rows = super().visible_to(user)
        if is_insider(user) and is_reader(user) and user.is_secretariat:
            return rows.filter(Q(is_reference=True) | Q(is_exercise=user.is_exercise))
        return rows.filter(is_reference=True)

    def of_world(self, *, is_exercise: bool) -> Self:
        """Return the actors that an act of one world may name; the organs serve both."""
        if not is_exercise:
            return self.filter(is_exercise=False)
        return self.filter(Q(is_exercise=True) | Q(kind__in=SHARED_KINDS))

    def by_name(self) -> Self:
        """Order by name in the reader's language."""
        return self.order_by(*by_name())


class Actor(ReferenceRow, TranslatedNameModel):
    """Whoever may be a party, a holder of a mandate, a signatory, a participant or a host."""

    kind = models.CharField(_("kind"), max_length=20, choices=ActorKind.choices)
    code = models.CharField(_("code"), max_length=20, blank=True, validators=[validate_plain_name])
    is_exercise = models.BooleanField(_("exercise only"), default=False)
    is_reference = models.BooleanField(_("entry of the register"), default=False)
    search_text = models.TextField(editable=False, blank=True)
    sort_en = models.CharField(max_length=300, editable=False, blank=True)
    sort_fr = models.CharField(max_length=300, editable=False, blank=True)
    sort_ar = models.CharField(max_length=300, editable=False, blank=True)

    objects = ActorQuerySet.as_manager()

    class Meta:
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        ordering: ClassVar = ["sort_en", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "code", "is_exercise"],
                condition=~Q(code=""),
                name="actor_code_once_per_kind_and_world",
                violation_error_message=_("This code is taken by another actor of the same kind."),
            ),
            models.CheckConstraint(
                condition=~Q(name_en="", name_fr="", name_ar=""),
                name="actor_has_a_name",
                violation_error_message=_("Give the name in at least one language."),
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="actor_search_trgm"),
            models.Index(fields=["kind", "sort_en"], name="actor_kind_sort_en"),
        ]

    @property
    def is_government(self) -> bool:
        """Tell whether its consent is a government's (rule C2)."""
        return self.kind == ActorKind.STATE

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the derived search and sort columns in step with the names."""
        self.search_text = join_search_text(self.name_en, self.name_fr, self.name_ar, self.code)
        for language in LANGUAGE_CODES:
            name = in_language(self, "name", language)
            setattr(self, f"sort_{language}", sort_key(name))
        super().save(*args, **kwargs)


class StateQuerySet(WorldQuerySet):
    """States of the register."""

    world_path = "actor__is_exercise"

    def by_name(self) -> Self:
        """Order by name in the reader's language."""
        return self.order_by(*by_name("actor__"))


class State(models.Model):
    """A State: an actor with codes, an official name and the year in which it joined.

    A designation of the Organisation that has no ISO code carries none; its actor's code is then a
    private one (XCY, from the range that ISO leaves to its users).
    """

    actor = models.OneToOneField(Actor, models.CASCADE, primary_key=True, related_name="state")
    iso_alpha2 = models.CharField(
        _("ISO alpha-2"), max_length=2, null=True, blank=True, unique=True
    )
    iso_alpha3 = models.CharField(
        _("ISO alpha-3"), max_length=3, null=True, blank=True, unique=True
    )
    iso_numeric = models.CharField(
        _("ISO numeric"), max_length=3, null=True, blank=True, unique=True
    )
    official_name_en = models.CharField(_("official name in English"), max_length=300, blank=True)
    official_name_fr = models.CharField(_("official name in French"), max_length=300, blank=True)
    official_name_ar = models.CharField(_("official name in Arabic"), max_length=300, blank=True)
    joined_year = models.PositiveSmallIntegerField(_("year of joining"), null=True, blank=True)
    joined_otherwise = models.CharField(
        _("years of joining in other lists"), max_length=40, blank=True
    )
    is_un_member = models.BooleanField(_("member of the United Nations"), null=True, blank=True)

    objects = StateQuerySet.as_manager()

    class Meta:
        verbose_name = _("State")
        verbose_name_plural = _("States")

    def __str__(self) -> str:
        return str(self.actor)

    @property
    def code(self) -> str:
        """The ISO alpha-3 code, or the private one."""
        return self.actor.code

    @property
    def is_exercise(self) -> bool:
        """Whether the State exists in the exercise only."""
        return self.actor.is_exercise


class OfActorQuerySet(WorldQuerySet):
    """Dated facts about an actor: seen as the actor is."""

    world_path = "actor__is_exercise"

    def visible_to(self, user: Any) -> Self:
        """Return the facts about the actors whom the person sees."""
        return self.filter(actor__in=Actor.objects.visible_to(user).order_by().values("pk"))


class DatedName(ReferenceRow, TranslatedNameModel, ImpreciseInterval):
    """A name that an actor bore during an interval; the present one stands on the actor."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="dated_names")
    official_name_en = models.CharField(_("official name in English"), max_length=300, blank=True)
    official_name_fr = models.CharField(_("official name in French"), max_length=300, blank=True)
    official_name_ar = models.CharField(_("official name in Arabic"), max_length=300, blank=True)

    objects = OfActorQuerySet.as_manager()

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering: ClassVar = ["actor", "to_earliest"]
        constraints: ClassVar = [
            ExclusionConstraint(
                name="dated_name_one_at_a_time",
                violation_error_message=_("Another former name covers some of these days."),
                expressions=[
                    ("actor", RangeOperators.EQUAL),
                    (certain_range(), RangeOperators.OVERLAPS),
                ],
            ),
            *interval_checks("dated_name"),
        ]


class MembershipStatus(ReferenceRow, ImpreciseInterval):
    """The standing of an actor in the Organisation during an interval; never a mere yes or no."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="statuses")
    status = models.CharField(_("status"), max_length=12, choices=Membership.choices)
    decided_at = models.ForeignKey(
        "institutions.Session",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statuses_decided",
        verbose_name=_("decided at"),
    )

    objects = OfActorQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership status")
        verbose_name_plural = _("membership statuses")
        ordering: ClassVar = ["actor", "from_earliest"]
        constraints: ClassVar = [
            ExclusionConstraint(
                name="membership_status_one_at_a_time",
                violation_error_message=_("Another membership status covers some of these days."),
                expressions=[
                    ("actor", RangeOperators.EQUAL),
                    (certain_range(), RangeOperators.OVERLAPS),
                ],
            ),
            *interval_checks("membership_status"),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.get_status_display()}"


class RegionalGroup(ReferenceRow, TranslatedNameModel):
    """A regional group: the administrator's setting, not the Organisation's own list."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = _("regional group")
        verbose_name_plural = _("regional groups")
        ordering: ClassVar = ["position", "code"]


class OfStateQuerySet(WorldQuerySet):
    """Facts about a State: of the State's world."""

    world_path = "state__actor__is_exercise"


class RegionalGroupMembership(ReferenceRow):
    """To which regional group a State counts, from a first to a last day (rule G4)."""

    state = models.ForeignKey(State, models.CASCADE, related_name="group_memberships")
    group = models.ForeignKey(RegionalGroup, models.PROTECT, related_name="memberships")
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until (last day)"), null=True, blank=True)

    objects = OfStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership of a regional group")
        verbose_name_plural = _("memberships of regional groups")
        ordering: ClassVar = ["state", "valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
                name="regional_group_membership_dates_in_order",
                violation_error_message=_("The last day lies before the first."),
            ),
            ExclusionConstraint(
                name="regional_group_membership_one_at_a_time",
                violation_error_message=_(
                    "The State counts to another regional group on some of these days."
                ),
                expressions=[
                    ("state", RangeOperators.EQUAL),
                    (
                        Func("valid_from", "valid_to", Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state}: {self.group}"
