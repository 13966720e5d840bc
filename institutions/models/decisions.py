"""The words of resolutions, paragraph by paragraph, and the States that stood apart from them."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import DecimalField, F, Func, Q, TextField, Value
from django.db.models.functions import Cast, NullIf
from django.utils.translation import gettext_lazy as _

from common.i18n import in_language
from common.text import validate_plain_name
from institutions.choices import ReservationKind
from institutions.models.actors import State
from institutions.models.base import ReferenceRow, WorldQuerySet
from institutions.models.sessions import Resolution


class OfResolutionQuerySet(WorldQuerySet):
    """Rows that belong to a resolution, and to its world."""

    world_path = "resolution__is_exercise"


class ResolutionParagraphQuerySet(OfResolutionQuerySet):
    """Paragraphs as they stand in the text."""

    def in_order(self) -> Self:
        """Order as the text does: what has no number first, then 2 before 10, then 10 bis."""
        digits = Func(
            F("number"),
            Value(r"\D.*$"),
            Value(""),
            function="regexp_replace",
            output_field=TextField(),
        )
        place = Cast(NullIf(digits, Value("")), DecimalField(max_digits=40, decimal_places=0))
        return self.order_by("resolution", place.asc(nulls_first=True), "number")


class ResolutionParagraph(ReferenceRow):
    """One paragraph of a resolution as adopted: the agreed language, never ours."""

    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="paragraphs")
    number = models.CharField(_("paragraph"), max_length=40, validators=[validate_plain_name])
    text_en = models.TextField(_("text in English"), blank=True)
    text_fr = models.TextField(_("text in French"), blank=True)
    text_ar = models.TextField(_("text in Arabic"), blank=True)

    objects = ResolutionParagraphQuerySet.as_manager()

    class Meta:
        verbose_name = _("paragraph of a resolution")
        verbose_name_plural = _("paragraphs of a resolution")
        ordering: ClassVar = ["resolution", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["resolution", "number"],
                name="paragraph_once_per_resolution",
                violation_error_message=_("The register has this paragraph already."),
            ),
            models.CheckConstraint(
                condition=~Q(text_en="", text_fr="", text_ar=""),
                name="paragraph_has_text",
                violation_error_message=_("Give the text in at least one language."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resolution}, {self.number}"

    @property
    def text(self) -> str:
        """The text in the reader's language."""
        return in_language(self, "text")


class Reservation(ReferenceRow):
    """A reservation or dissociation that a State put on record against a resolution."""

    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="reservations")
    state = models.ForeignKey(State, models.PROTECT, related_name="+", verbose_name=_("State"))
    kind = models.CharField(_("kind"), max_length=12, choices=ReservationKind.choices)
    paragraph = models.CharField(
        _("paragraph; empty for the whole resolution"),
        max_length=40,
        blank=True,
        validators=[validate_plain_name],
    )
    text_en = models.TextField(_("text in English"), blank=True)
    text_fr = models.TextField(_("text in French"), blank=True)
    text_ar = models.TextField(_("text in Arabic"), blank=True)
    recorded_on = models.DateField(_("put on record on"), null=True, blank=True)

    objects = OfResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        ordering: ClassVar = ["resolution", "state", "paragraph"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["resolution", "state", "kind", "paragraph"],
                name="reservation_once",
                violation_error_message=_("The register has this reservation already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.state}: {self.get_kind_display()}"

    @property
    def text(self) -> str:
        """The text in the reader's language."""
        return in_language(self, "text")
