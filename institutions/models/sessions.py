"""Sessions of organs and the resolutions they adopted."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.i18n import in_language
from common.text import join_search_text, validate_plain_name
from institutions.choices import SessionKind, SessionStatus
from institutions.intervals import both_spans, in_words
from institutions.models.actors import Actor, State
from institutions.models.base import ReferenceRow, WorldQuerySet
from institutions.models.organs import Organ
from institutions.naming import session_label, session_ordinal
from institutions.references import Reference


class SessionQuerySet(WorldQuerySet):
    """Sessions, with the organ that names them."""

    def with_names(self) -> Self:
        """Join what a session's label and place need."""
        return self.select_related("organ__actor", "joint_with", "country__actor")

    def latest_first(self) -> Self:
        """Order by date, those without a date first: they lie ahead."""
        return self.order_by(F("starts_on").desc(nulls_first=True), "-number", "id")


class Session(ReferenceRow):
    """A meeting of an organ: held, planned or postponed.

    Where ``dates_as_written`` is filled the source tells no days ("June 2000"), and ``starts_on``
    and ``ends_on`` are the bounds between which the session lies.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="sessions")
    joint_with = models.ForeignKey(
        Actor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="joint_sessions",
        verbose_name=_("held jointly with"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=SessionKind.choices)
    number = models.PositiveSmallIntegerField(
        _("number"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(999)],
    )
    status = models.CharField(_("status"), max_length=12, choices=SessionStatus.choices)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    dates_as_written = models.CharField(_("dates as written"), max_length=60, blank=True)
    city_en = models.CharField(_("city in English"), max_length=100, blank=True)
    city_fr = models.CharField(_("city in French"), max_length=100, blank=True)
    city_ar = models.CharField(_("city in Arabic"), max_length=100, blank=True)
    country = models.ForeignKey(
        State,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions_hosted",
        verbose_name=_("country"),
    )
    theme_en = models.CharField(_("theme in English"), max_length=300, blank=True)
    theme_fr = models.CharField(_("theme in French"), max_length=300, blank=True)
    theme_ar = models.CharField(_("theme in Arabic"), max_length=300, blank=True)
    is_exercise = models.BooleanField(_("exercise only"), default=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering: ClassVar = ["-starts_on", "-number", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organ", "kind", "number", "is_exercise"],
                condition=Q(number__isnull=False),
                name="session_number_once_per_organ_and_kind",
                violation_error_message=_(
                    "The register has a session of this organ, kind and number already."
                ),
            ),
            models.UniqueConstraint(
                fields=["organ", "kind", "starts_on", "is_exercise"],
                condition=Q(number__isnull=True),
                name="session_without_number_once_a_day",
                violation_error_message=_(
                    "The register has a session of this organ on that day already."
                ),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, ends_on__isnull=True)
                | Q(starts_on__lte=F("ends_on")),
                name="session_dates_in_order",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=False) | Q(kind=SessionKind.JOINT),
                name="session_has_a_number_unless_joint",
                violation_error_message=_("A session has a number, unless it is a joint one."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=False) | ~Q(status=SessionStatus.HELD),
                name="session_held_has_dates",
                violation_error_message=_("A session that was held has dates."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The session's name in the reader's language, its organ first."""
        return session_label(self)

    @property
    def ordinal(self) -> str:
        """The session's number in words, without its organ: "52nd session"."""
        return session_ordinal(self.kind, self.number)

    @property
    def has_exact_dates(self) -> bool:
        """Whether the days are known, and not only bounds."""
        return self.starts_on is not None and not self.dates_as_written

    @property
    def closes_on(self) -> date | None:
        """The last day where it is known to the day; a mandate may end with it (rule M4)."""
        return self.ends_on if self.has_exact_dates else None

    @property
    def days_in_words(self) -> list[str]:
        """The days in both calendars: "10–11 July 2017", "16–17 Shawwal 1438"."""
        if self.starts_on is None or self.ends_on is None:
            return []
        return both_spans(self.starts_on, self.ends_on)

    @property
    def dates_in_words(self) -> str:
        """The bounds in words where the days are not known: "June 2000"."""
        return in_words(self.starts_on, self.ends_on)

    def may_include(self, day: date) -> bool:
        """Tell whether `day` may lie within the session, as far as its dates are known."""
        if self.starts_on is None or self.ends_on is None:
            return True
        return self.starts_on <= day <= self.ends_on


class ResolutionQuerySet(WorldQuerySet):
    """Resolutions of the register."""

    def with_session(self) -> Self:
        """Join what a resolution's reference and session label need."""
        return self.select_related("session__organ__actor", "session__joint_with")

    def referred_to(self, reference: Reference) -> Self:
        """Return those that a written reference may mean; the session's number must fit."""
        rows = self.filter(number=reference.number, session__number=reference.session)
        return rows.filter(tag__in=reference.equivalent_tags) if reference.tag else rows

    def in_order(self) -> Self:
        """Order by session, the latest first, and number."""
        return self.order_by(
            F("session__starts_on").desc(nulls_first=True), "session_id", "tag", "number"
        )


class Resolution(ReferenceRow):
    """A resolution as adopted; its title is the Organisation's own, never ours."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="resolutions")
    number = models.PositiveSmallIntegerField(
        _("number"), validators=[MinValueValidator(1), MaxValueValidator(9999)]
    )
    tag = models.CharField(_("tag"), max_length=20, blank=True, validators=[validate_plain_name])
    title_en = models.CharField(_("title in English"), max_length=500, blank=True)
    title_fr = models.CharField(_("title in French"), max_length=500, blank=True)
    title_ar = models.CharField(_("title in Arabic"), max_length=500, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    url = models.URLField(_("where the text is published"), max_length=500, blank=True)
    is_exercise = models.BooleanField(_("exercise only"), default=False)
    search_text = models.TextField(editable=False, blank=True)

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        ordering: ClassVar = ["session", "tag", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "number", "tag"],
                name="resolution_once_per_session",
                violation_error_message=_("The register has this resolution already."),
            ),
            models.CheckConstraint(
                condition=~Q(title_en="", title_fr="", title_ar=""),
                name="resolution_has_a_title",
                violation_error_message=_("Give the title in at least one language."),
            ),
        ]
        indexes: ClassVar = [
            GinIndex(
                fields=["search_text"], opclasses=["gin_trgm_ops"], name="resolution_search_trgm"
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def parsed(self) -> Reference:
        """The reference in its parts."""
        return Reference(self.number, self.session.number or 0, self.tag)

    @property
    def reference(self) -> str:
        """The reference as it is printed in Latin script: ``53/45-POL``."""
        return self.parsed.latin

    @property
    def reference_ar(self) -> str:
        """The reference as it is printed in Arabic script: ``53/45-س``."""
        return self.parsed.arabic

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return in_language(self, "title")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the derived search column in step with reference and titles."""
        self.search_text = join_search_text(
            self.reference, self.reference_ar, self.title_en, self.title_fr, self.title_ar
        )
        super().save(*args, **kwargs)
