"""Bases of the children of a dispute file."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.choices import Audience, Classification
from common.models import VersionedModel
from common.scoping import ChildQuerySet

if TYPE_CHECKING:
    from cases.models.disputes import Dispute

DISPUTE = "cases.Dispute"


class DisputeChildQuerySet(ChildQuerySet):
    """A child that hangs on the file directly."""

    root_label = DISPUTE
    scope_path = "dispute"


class ProcessChildQuerySet(ChildQuerySet):
    """A child that hangs on a process."""

    root_label = DISPUTE
    scope_path = "process__dispute"


class FilePart(VersionedModel):
    """Abstract: a part of a dispute file with a key of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    #: How to reach the file from the part, attribute by attribute.
    file_path: ClassVar[tuple[str, ...]] = ("dispute",)

    @property
    def file(self) -> Dispute:
        """Return the dispute file the part belongs to."""
        part: Any = self
        for name in self.file_path:
            part = getattr(part, name)
        return part  # type: ignore[no-any-return]

    @property
    def audit_subject(self) -> Dispute:
        return self.file


class DatedPart(models.Model):
    """Abstract: a part with its first and last day, ``valid_from`` and ``valid_to``.

    PostgreSQL builds no range that ends before it begins, so the order is looked at before the
    exclusion constraint asks for one.
    """

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse a last day before the first.

        Raises:
            ValidationError: the days are not in order.
        """
        part: Any = self
        super().clean()
        if part.valid_from and part.valid_to and part.valid_to < part.valid_from:
            raise ValidationError({"valid_to": _("The last day lies before the first.")})


class SecretPart(models.Model):
    """Abstract: a part with a classification of its own, never below its file's."""

    classification = models.PositiveSmallIntegerField(
        _("classification"), choices=Classification.choices, default=Classification.RESTRICTED
    )

    class Meta:
        abstract = True

    @property
    def effective_classification(self) -> int:
        """Return the classification that counts: never below the file's."""
        part: Any = self
        return max(int(part.classification), int(part.file.classification))


class AddressedPart(models.Model):
    """Abstract: a part whose audience is chosen."""

    audience = models.CharField(
        _("audience"), max_length=20, choices=Audience.choices, default=Audience.SECRETARIAT
    )
    audience_party = models.ForeignKey(
        "cases.Party",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the party that reads it"),
    )

    class Meta:
        abstract = True


def audience_is_whole(name: str) -> models.CheckConstraint:
    """Return the constraint that exactly the audience "party" names a party."""
    return models.CheckConstraint(
        condition=models.Q(audience=Audience.PARTY, audience_party__isnull=False)
        | (~models.Q(audience=Audience.PARTY) & models.Q(audience_party__isnull=True)),
        name=name,
        violation_error_message=_("Name the party that reads it, and only for that audience."),
    )
