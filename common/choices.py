"""Enumerations that every root and child of the house shares."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Classification(models.IntegerChoices):
    """How secret a thing is; ordered, so that it compares with a person's clearance."""

    OPEN = 0, _("Open")
    RESTRICTED = 1, _("Restricted")
    CONFIDENTIAL = 2, _("Confidential")
    SECRET = 3, _("Secret")


class Audience(models.TextChoices):
    """Who, among those who see a file, sees this part of it (architecture.md § 4, "see")."""

    TEAM = "team", _("The file's team only")
    SECRETARIAT = "secretariat", _("Secretariat only")
    PARTY = "party", _("Secretariat and one party")
    PARTIES = "parties", _("Secretariat and the parties")
    SHARED = "shared", _("All who see the file")


#: From narrow to wide: widening is an act of its own.
AUDIENCE_ORDER = (
    Audience.TEAM,
    Audience.SECRETARIAT,
    Audience.PARTY,
    Audience.PARTIES,
    Audience.SHARED,
)


def is_wider(new: str, old: str) -> bool:
    """Tell whether audience `new` lets more people read than `old`."""
    order = [str(value) for value in AUDIENCE_ORDER]
    return order.index(new) > order.index(old)
