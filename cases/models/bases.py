"""The bases of acting besides a mandate (Rule M0): good offices, agreement, invitation."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cases.choices import BasisKind, BasisState, Level
from cases.models.base import FilePart, ProcessChildQuerySet, SecretPart
from cases.models.processes import Process
from common.dates import gregorian


class BasisQuerySet(ProcessChildQuerySet):
    """An offer not taken up is secret and never counted (Rule R7)."""

    has_classification = True


class Basis(SecretPart, FilePart):
    """On what footing the OIC acts in a process. A basis replaces no consent."""

    file_path = ("process", "dispute")

    process = models.ForeignKey(Process, models.CASCADE, related_name="bases")
    kind = models.CharField(_("kind"), max_length=20, choices=BasisKind.choices)
    state = models.CharField(_("state"), max_length=20, choices=BasisState.choices, editable=False)
    starts_on = models.DateField(_("since"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    state_since = models.DateField(_("in this state since"), editable=False)
    holder = models.ForeignKey(
        "institutions.Actor",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entrusted to"),
    )
    agreement = models.ForeignKey(
        "cases.Agreement", models.PROTECT, null=True, blank=True, related_name="+"
    )
    inviting = models.ForeignKey(
        "institutions.Actor",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("inviting State"),
    )
    level = models.CharField(_("level"), max_length=30, choices=Level.choices, blank=True)
    scope = models.TextField(_("scope"), blank=True)
    form = models.CharField(_("form"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = BasisQuerySet.as_manager()

    class Meta:
        verbose_name = _("basis of acting")
        verbose_name_plural = _("bases of acting")
        ordering = ["starts_on", "created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="basis_dates_in_order",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=BasisKind.INVITATION) | Q(inviting__isnull=False),
                name="basis_invitation_names_state",
                violation_error_message=_("Name the State that invited the OIC."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=BasisKind.AGREEMENT) | Q(agreement__isnull=False),
                name="basis_agreement_named",
                violation_error_message=_("Name the agreement that names the OIC."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"

    @property
    def as_footing(self) -> str:
        """Return the basis as the footing of an act, in words."""
        if self.kind == BasisKind.AGREEMENT:
            return _t("agreement of the parties: %(title)s") % {"title": self.agreement}
        if self.kind == BasisKind.INVITATION:
            return _t("invitation of %(state)s of %(date)s") % {
                "state": self.inviting,
                "date": gregorian(self.starts_on),
            }
        return _t("good offices of the Secretary General, accepted %(date)s") % {
            "date": gregorian(self.state_since)
        }
