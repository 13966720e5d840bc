"""What is done in a process, as far as Rule C4 tells one act from another."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cases.choices import ActivityKind, ActivityState
from cases.models.base import (
    AddressedPart,
    FilePart,
    ProcessChildQuerySet,
    SecretPart,
    audience_is_whole,
)
from cases.models.bases import Basis
from cases.models.consents import Consent
from cases.models.mandates import Mandate
from cases.models.processes import Process


class ActivityQuerySet(ProcessChildQuerySet):
    """Activities are the Secretariat's unless their audience says otherwise."""

    has_classification = True
    has_audience = True

    def with_footing(self) -> Self:
        """Join what the words of the footing and of a hold need."""
        return self.select_related(
            "mandate__resolution__session",
            "basis__agreement",
            "basis__inviting",
            "stopped_by__party__actor",
        )


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
    mandate = models.ForeignKey(
        Mandate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("mandate it stands on"),
    )
    basis = models.ForeignKey(
        Basis,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("basis it stands on"),
    )
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
    stopped_by = models.ForeignKey(
        Consent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("consent no longer in force that stopped it"),
    )
    cancel_reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["planned_on", "created_at", "id"]
        constraints = [audience_is_whole("activity_audience_whole")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.planned_on}"

    @property
    def footing(self) -> str:
        """Return on what footing it was planned, in the reader's language; empty when on none."""
        foot = self.mandate or self.basis
        return foot.as_footing if foot is not None else ""

    @property
    def hold_reason(self) -> str:
        """Return why it is on hold or was cancelled, in words."""
        if self.stopped_by is not None:
            return _t("the consent of %(party)s is no longer in force") % {
                "party": self.stopped_by.party.name
            }
        return self.cancel_reason
