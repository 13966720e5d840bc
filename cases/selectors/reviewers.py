"""Who owes a step of a review, and who is told of it (Rule M5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from accounts.models import User
from accounts.roles import ROLES
from accounts.selectors import stand_in_of
from cases.choices import ReviewStepKind
from cases.lifecycle import REVIEW_STEPS
from cases.models import Dispute

#: Whoever has this power, of the file's team, does what is the desk officer's.
OFFICERS = REVIEW_STEPS[ReviewStepKind.ASSESSMENT].power


@cache
def _roles_with(power: str) -> list[str]:
    return [code for code, role in ROLES.items() if power in role.powers]


class Reviewers:
    """The people of a world by what their role covers, each read once; for one run of work."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, bool], list[User]] = {}
        self._stand_ins: dict[tuple[Any, date], User | None] = {}

    def owner_of(self, kind: str, dispute: Dispute) -> User | None:
        """Return who owes a step of a review in a file; None where nobody may do it.

        The file's desk officer; for countersignature and proposal the head of the file's unit, else
        whoever has that power and no greater one, of the same unit first.
        """
        power = REVIEW_STEPS[ReviewStepKind(kind)].power
        if power == OFFICERS:
            return dispute.desk_officer
        cleared = [
            user
            for user in self._with_power(power, dispute.is_exercise)
            if user.clearance >= dispute.classification
        ]
        return min(cleared, key=lambda user: _distance(user, dispute), default=None)

    def told_of(self, dispute: Dispute) -> list[User]:
        """Return desk officer, head of unit and Assistant Secretary General of a file."""
        owners = {self.owner_of(kind, dispute) for kind in ReviewStepKind}
        return sorted((user for user in owners if user is not None), key=lambda user: str(user.pk))

    def command_of(self, dispute: Dispute) -> list[User]:
        """Return head of unit and Assistant Secretary General, to whom a delay goes."""
        return [user for user in self.told_of(dispute) if user.pk != dispute.desk_officer_id]

    def reached(self, people: Iterable[User | None], on: date) -> list[User]:
        """Return the people with those who stand in for them on a day."""
        here = [user for user in people if user is not None]
        return here + [found for user in here if (found := self._stand_in(user, on)) is not None]

    def _with_power(self, power: str, is_exercise: bool) -> list[User]:
        key = (power, is_exercise)
        if key not in self._known:
            self._known[key] = list(
                User.objects.filter(
                    role__in=_roles_with(power), is_active=True, is_exercise=is_exercise
                )
            )
        return self._known[key]

    def _stand_in(self, user: User, on: date) -> User | None:
        key = (user.pk, on)
        if key not in self._stand_ins:
            self._stand_ins[key] = stand_in_of(user, on)
        return self._stand_ins[key]


def _distance(user: User, dispute: Dispute) -> tuple[bool, int, bool, str]:
    """Return how far a person stands from a file: the least is the one whose task it is."""
    unit = dispute.unit
    is_head = unit is not None and unit.head_id == user.pk
    return not is_head, len(user.kind.powers), user.unit_id != dispute.unit_id, str(user.pk)
