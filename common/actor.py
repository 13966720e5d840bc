"""Who acts: what services and policies below ``accounts`` need to know of a person."""

from __future__ import annotations

from typing import Any, Protocol

from common.scoping import Viewer


class Person(Viewer, Protocol):
    """A logged-in person, or the account of a ministry's system."""

    @property
    def display_name(self) -> str: ...

    def has_power(self, power: str) -> bool:
        """Tell whether the person's role, or a power given to them, covers `power`."""


#: The house itself: sweeps and commands act under it; the audit record says "the system".
SYSTEM: Any = None
