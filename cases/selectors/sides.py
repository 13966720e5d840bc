"""From which side a person sees a file: from inside, or only what was shared with them (D7)."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from cases.models import Dispute


class Sight:
    """How one person sees files; what decides it is read at most once.

    Inside are the Secretariat and the mediators granted a file; everybody else sees what was
    shared: title, neutral names, outward stage, mandates, agreements (Rule D7).

    Args:
        user: the person who looks.
    """

    def __init__(self, user: Any) -> None:
        self.user = user

    @property
    def is_secretariat(self) -> bool:
        """Whether the person also sees what Rule C5 keeps from mediators."""
        return bool(self.user.is_secretariat)

    @cached_property
    def team_files(self) -> frozenset[UUID]:
        """The files that a mediator was granted."""
        if self.user.state_actor_id is not None:
            return frozenset()
        return frozenset(Dispute.objects.of_team(self.user).values_list("pk", flat=True))

    def is_inside(self, dispute_id: UUID) -> bool:
        """Tell whether the person sees this file from inside."""
        return self.is_secretariat or dispute_id in self.team_files
