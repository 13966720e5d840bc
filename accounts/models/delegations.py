"""Who speaks for a State (Rules A1, A2 of domain.md)."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.users import is_insider
from common.models import VersionedModel


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Delegations, scoped: the house sees all of its world, a State's users their own only (A2)."""

    def visible_to(self, user: Any) -> Self:
        if not is_insider(user):
            return self.none()
        rows = self.select_related("state__actor")
        if user.has_power("accounts.read_users"):
            return rows
        if user.is_secretariat:
            return rows.filter(is_exercise=user.is_exercise)
        return rows.filter(pk=user.delegation_id)


class Delegation(VersionedModel):
    """A State's delegation: exists by an accreditation that the Secretary General accepted (A1).

    A frozen delegation (A2) does nothing and reads nothing new; only whoever may accept
    accreditations lifts the freeze, and no other State sees it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.ForeignKey(
        "institutions.State", models.PROTECT, related_name="+", verbose_name=_("State")
    )
    note_reference = models.CharField(_("reference of the note of accreditation"), max_length=80)
    note_date = models.DateField(_("date of the note"))
    signatory = models.CharField(_("signatory of the note"), max_length=150)
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("accepted by"),
    )
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True)
    frozen_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("frozen by"),
    )
    frozen_reason = models.CharField(_("reason of the freeze"), max_length=300, blank=True)
    is_exercise = models.BooleanField(_("belongs to the exercise"), default=False)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                name="delegation_one_per_state",
                violation_error_message=_("This State has a delegation already."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True, accepted_by__isnull=True)
                | Q(accepted_on__isnull=False, accepted_by__isnull=False),
                name="delegation_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, frozen_by__isnull=True, frozen_reason="")
                | (Q(frozen_at__isnull=False, frozen_by__isnull=False) & ~Q(frozen_reason="")),
                name="delegation_frozen_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.state)

    @property
    def is_accepted(self) -> bool:
        return self.accepted_on is not None

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None

    @property
    def is_in_force(self) -> bool:
        return self.is_accepted and not self.is_frozen
