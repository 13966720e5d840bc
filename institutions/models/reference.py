"""Recommendations of the conference, the glossary, and the days on which the house rests."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from common.i18n import in_language
from common.models import TranslatedNameModel
from common.text import join_search_text
from institutions.choices import HolidayKind
from institutions.models.base import (
    ReferenceRow,
    RegisterQuerySet,
    WorldQuerySet,
    reader_language,
)


class ConferenceRecommendation(ReferenceRow):
    """One of the fifteen recommendations of the First OIC Member States Conference on Mediation."""

    number = models.CharField(_("number"), max_length=5, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    text_en = models.TextField(_("text in English"))
    text_fr = models.TextField(_("text in French"), blank=True)
    text_ar = models.TextField(_("text in Arabic"), blank=True)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation of the conference")
        verbose_name_plural = _("recommendations of the conference")
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.number


class TermQuerySet(RegisterQuerySet):
    """Terms of the glossary."""

    def in_order(self) -> Self:
        """Order by the word in the reader's language."""
        return self.order_by(Lower(f"term_{reader_language()}"), "key")


class GlossaryTerm(ReferenceRow):
    """A word of the house in its three languages."""

    key = models.CharField(_("key"), max_length=60, unique=True)
    domain = models.CharField(_("field"), max_length=20)
    term_en = models.CharField(_("English"), max_length=200)
    term_fr = models.CharField(_("French"), max_length=200)
    term_ar = models.CharField(_("Arabic"), max_length=200)
    search_text = models.TextField(editable=False, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return in_language(self, "term")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the derived search column in step with the words."""
        self.search_text = join_search_text(self.term_en, self.term_fr, self.term_ar)
        super().save(*args, **kwargs)


class HolidayQuerySet(WorldQuerySet):
    """Holidays."""

    def in_force(self) -> Self:
        """Return those that the registry has not removed."""
        return self.filter(is_removed=False)


class Holiday(ReferenceRow, TranslatedNameModel):
    """Days on which the General Secretariat does not work.

    A removed one stays as a row, so that the reference data do not bring it back.
    """

    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    kind = models.CharField(
        _("kind"), max_length=12, choices=HolidayKind.choices, default=HolidayKind.HOLIDAY
    )
    is_exercise = models.BooleanField(_("exercise only"), default=False)
    is_removed = models.BooleanField(_("removed"), default=False, editable=False)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering: ClassVar = ["starts_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="holiday_dates_in_order",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(name_en="", name_fr="", name_ar=""),
                name="holiday_has_a_name",
                violation_error_message=_("Give the name in at least one language."),
            ),
            models.UniqueConstraint(
                fields=["starts_on", "kind", "name_en", "is_exercise"],
                condition=Q(is_removed=False),
                name="holiday_once",
                violation_error_message=_("This holiday is in the calendar already."),
            ),
        ]
