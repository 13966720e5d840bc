"""What is done in a process, as far as Rule C4 tells one act from another."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.choices import ActivityKind, ActivityState
from cases.models.base import (
    AddressedPart,
    FilePart,
    ProcessChildQuerySet,
    SecretPart,
    audience_is_whole,
)
from cases.models.processes import Process


class ActivityQuerySet(ProcessChildQuerySet):
    """Activities are the Secretariat's unless their audience says otherwise."""

    has_classification = True
    has_audience = True


class Activity(SecretPart, AddressedPart, FilePart):
    """A sounding, a contact, a mission, a joint round or a tabled proposal, planned or held."""

    file_path = ("process", "dispute")

    process = models.ForeignKey(Process, models.CASCADE, related_name="activities")
    kind = models.CharField(_("kind"), max_length=30, choices=ActivityKind.choices)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=ActivityState.choices,
        default=ActivityState.PLANNED,
        editable=False,
    )
    planned_on = models.DateField(_("planned for"))
    purpose = models.CharField(_("purpose"), max_length=300)
    footing = models.CharField(_("footing"), max_length=300, editable=False)
    state_visited = models.ForeignKey(
        "institutions.State",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("State visited"),
    )
    agreed_by_state_on = models.DateField(_("State visited agreed on"), null=True, blank=True)
    agreed_by_state_how = models.CharField(
        _("how the State visited agreed"), max_length=200, blank=True
    )
    is_disputed_territory = models.BooleanField(_("in disputed territory"), default=False)
    decided_in_person_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Secretary General's own decision by"),
    )
    decided_in_person_on = models.DateField(_("decided on"), null=True, blank=True)
    hold_reason = models.CharField(_("why on hold"), max_length=300, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["planned_on", "created_at", "id"]
        constraints = [audience_is_whole("activity_audience_whole")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.planned_on}"
