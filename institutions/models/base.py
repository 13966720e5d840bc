"""What rows of reference have in common: a source, an interval of imprecise dates, a world."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.i18n import LANGUAGE_CODES
from common.models import VersionedModel
from common.scoping import ScopedQuerySet
from institutions.choices import Confidence
from institutions.intervals import in_words


def reader_language() -> str:
    """Return the reader's language as a column's ending: en, fr or ar."""
    language = (get_language() or "en")[:2]
    return language if language in LANGUAGE_CODES else "en"


def is_insider(user: Any) -> bool:
    """Tell whether the person is logged in and active; the register is open to all who are."""
    return bool(getattr(user, "is_authenticated", False) and user.is_active)


class WorldQuerySet(ScopedQuerySet):
    """Rows of the two worlds (architecture.md § 5).

    The real ones are seen by every logged-in person, those of the exercise by its participants.
    ``world_path`` is the lookup of the ``is_exercise`` column.
    """

    world_path = "is_exercise"

    def visible_to(self, user: Any) -> Self:
        """Return the rows of the worlds that the person takes part in."""
        if not is_insider(user):
            return self.none()
        return self if user.is_exercise else self.of_world(is_exercise=False)

    def of_world(self, *, is_exercise: bool) -> Self:
        """Return the rows that an act of one world may choose from."""
        return self.filter(**{self.world_path: is_exercise})


class RegisterQuerySet(ScopedQuerySet):
    """Rows that belong to both worlds and are open to every logged-in person."""

    def visible_to(self, user: Any) -> Self:
        """Return every row to a person, none to a stranger."""
        return self if is_insider(user) else self.none()


class ReferenceRow(VersionedModel):
    """Abstract: a row of the register, with where it comes from.

    A row that a person has created or changed in the product is kept: ``load_reference`` does not
    touch it again, so that a new data file never undoes the registry's work.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(_("source"), max_length=500, blank=True)
    confidence = models.CharField(
        _("confidence"), max_length=10, choices=Confidence.choices, default=Confidence.HIGH
    )
    is_kept = models.BooleanField(_("kept by the registry"), default=False, editable=False)

    class Meta:
        abstract = True


def certain_range() -> Func:
    """Return the days that are certain: from the latest beginning until the earliest end."""
    return Func(F("from_latest"), F("to_earliest"), function="daterange")


class ImpreciseInterval(models.Model):
    """Abstract: an interval whose ends are known as well as the sources tell.

    Each end is (earliest, latest, as written): "March 1989" lies between the 1st and the 31st; one
    bound alone says "by that day" or "not before it". Without a beginning the interval reaches back
    before our sources; without an end it still runs. The end is the first day on which the matter
    no longer holds.
    """

    from_earliest = models.DateField(_("began, at the earliest"), null=True, blank=True)
    from_latest = models.DateField(_("began, at the latest"), null=True, blank=True)
    from_as_written = models.CharField(_("beginning as written"), max_length=60, blank=True)
    to_earliest = models.DateField(_("ended, at the earliest"), null=True, blank=True)
    to_latest = models.DateField(_("ended, at the latest"), null=True, blank=True)
    to_as_written = models.CharField(_("end as written"), max_length=60, blank=True)

    class Meta:
        abstract = True

    @property
    def from_in_words(self) -> str:
        """The beginning as precisely as it is known, in the reader's language."""
        return in_words(self.from_earliest, self.from_latest)

    @property
    def to_in_words(self) -> str:
        """The end as precisely as it is known, in the reader's language."""
        return in_words(self.to_earliest, self.to_latest)


def interval_checks(name: str) -> list[models.CheckConstraint]:
    """Return the constraints that every :class:`ImpreciseInterval` carries under its own name."""
    return [
        models.CheckConstraint(
            condition=Q(from_earliest__isnull=True)
            | Q(from_latest__isnull=False, from_earliest__lte=F("from_latest")),
            name=f"{name}_from_in_order",
            violation_error_message=_(
                "The beginning “at the earliest” lies after “at the latest”."
            ),
        ),
        models.CheckConstraint(
            condition=Q(to_latest__isnull=True)
            | Q(to_earliest__isnull=False, to_earliest__lte=F("to_latest")),
            name=f"{name}_to_in_order",
            violation_error_message=_("The end “at the earliest” lies after “at the latest”."),
        ),
        models.CheckConstraint(
            condition=Q(from_latest__isnull=True)
            | Q(to_earliest__isnull=True)
            | Q(from_latest__lte=F("to_earliest")),
            name=f"{name}_ends_after_it_begins",
            violation_error_message=_("The end lies before the beginning."),
        ),
    ]
