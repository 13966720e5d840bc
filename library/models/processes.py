"""A peace process as a published set names it."""

from __future__ import annotations

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Max, Min
from django.utils.translation import gettext_lazy as _

from library.models.base import LibraryQuerySet


class ProcessQuerySet(LibraryQuerySet):
    """Processes with what a list says of them."""

    def with_agreements(self, agreements: LibraryQuerySet) -> Self:
        """Return the processes that hold some of `agreements`, with their number and dates."""
        return (
            self.filter(agreements__in=agreements.order_by().values("pk"))
            .annotate(
                agreement_count=Count("agreements"),
                first_on=Min("agreements__dated_earliest"),
                last_on=Max("agreements__dated_latest"),
            )
            .order_by("name_key", "source_key")
        )


class Process(models.Model):
    """Agreements that the set puts together; names and regions are the set's own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(_("data set"), max_length=30)
    source_key = models.CharField(_("key in the data set"), max_length=200)
    name = models.TextField(_("name"))
    name_key = models.TextField(editable=False)
    conflict_names = ArrayField(
        models.TextField(), verbose_name=_("conflicts as named"), blank=True
    )
    regions = ArrayField(models.TextField(), verbose_name=_("regions as coded"), blank=True)
    imported_at = models.DateTimeField(_("imported at"), auto_now=True)

    objects = ProcessQuerySet.as_manager()

    class Meta:
        verbose_name = _("published process")
        verbose_name_plural = _("published processes")
        ordering = ["name_key", "source_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key"], name="library_process_once_per_source"
            )
        ]

    def __str__(self) -> str:
        return self.name
