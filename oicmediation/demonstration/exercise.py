"""What every part of the exercise shares: its first day, its people, its States, its register."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from institutions.models import Resolution, Session, State


@dataclass
class Exercise:
    """The exercise while it is being told.

    Args:
        on: the day on which things stand as told; every other day is counted from it.
    """

    on: date
    people: dict[str, User] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    resolutions: dict[str, Resolution] = field(default_factory=dict)

    def day(self, offset: int) -> date:
        """Return the day so many days after the exercise's own; before it when negative."""
        return self.on + timedelta(days=offset)


def in_three(name: str, en: str, fr: str, ar: str) -> dict[str, Any]:
    """Return a text in the three languages, as the services take it: ``title_en`` and so on."""
    return {f"{name}_en": en, f"{name}_fr": fr, f"{name}_ar": ar}
