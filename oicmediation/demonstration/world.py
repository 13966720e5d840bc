"""Tells the demonstration world, once, in one transaction."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Dispute
from common.errors import Refused
from institutions.models import Actor
from oicmediation.demonstration import accounts, due, register
from oicmediation.demonstration.exercise import Exercise
from oicmediation.demonstration.files import mira, others, roads, sahn, waters
from oicmediation.demonstration.history import publish
from oicmediation.demonstration.people import (
    ADMINISTRATORS,
    DELEGATIONS,
    EVERYBODY,
    HOUSE,
    ORVANA,
)


@dataclass
class Told:
    """What a run did.

    Args:
        is_new: false where the world stood already; its files are then left as people made them.
        accounts: how many were ``created``, ``restored`` and ``unchanged``.
    """

    is_new: bool
    files: int = 0
    accounts: Counter[str] = field(default_factory=Counter)


def refuse_in_production() -> None:
    """Keep the demonstration out of a house of real files.

    Raises:
        Refused: the settings are those of production.
    """
    if settings.IS_PRODUCTION:
        raise Refused(
            "no_demonstration",
            _(
                "These are production settings: the demonstration world and its accounts "
                "never stand in a house of real files."
            ),
        )


def is_told() -> bool:
    """Tell whether the exercise stands already."""
    return Actor.objects.filter(is_exercise=True, code=ORVANA).exists()


@transaction.atomic
def tell(*, on: date) -> Told:
    """Tell the exercise and the file of published history; bring back accounts where they stand.

    Args:
        on: the day on which things stand as told.

    Raises:
        Refused: production settings, or a day that has not come.
    """
    refuse_in_production()
    if on > timezone.localdate():
        raise Refused("day_ahead", _("Choose a day that has come: rights begin on their days."))
    exercise = Exercise(on=on)
    told = Told(is_new=not is_told())
    if not told.is_new:
        accounts.set_up(exercise, EVERYBODY, counts=told.accounts)
        return told
    accounts.set_up(exercise, ADMINISTRATORS, counts=told.accounts)
    accounts.add_units(exercise)
    accounts.set_up(exercise, HOUSE, counts=told.accounts)
    accounts.appoint_head(exercise)
    register.add_states(exercise)
    register.add_sessions(exercise)
    register.add_resolutions(exercise)
    accounts.accredit_delegations(exercise)
    accounts.set_up(exercise, DELEGATIONS, counts=told.accounts)
    _tell_files(exercise)
    publish(on=on)
    told.files = Dispute.objects.count()
    return told


def _tell_files(exercise: Exercise) -> None:
    for chapter in (sahn, mira, waters, roads, others, due):
        chapter.tell(exercise)
