"""The watch over what runs by the clock: when each last committed, and since when it is late.

Health is read from committed rows and the database's clock, never from a process that looks alive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models.functions import Now

from common import sweeps
from common.models import SweepRun

_GRACE = timedelta(minutes=5)


@dataclass(frozen=True)
class Standing:
    """How one sweep stands.

    Args:
        entry: what runs by the clock.
        books: of its last run; None when it is not known to the database yet.
        late_since: when it should have committed again; None as long as it is in time.
    """

    entry: sweeps.ByTheClock
    books: SweepRun | None
    late_since: datetime | None = None

    @property
    def is_late(self) -> bool:
        return self.books is None or self.late_since is not None

    @property
    def is_well(self) -> bool:
        return self.books is not None and not self.is_late and not self.books.left


def standings() -> list[Standing]:
    """Return how all stand that run by the clock, by name; asks the database once."""
    rows = SweepRun.objects.annotate(asked_at=Now())
    books = {row.name: row for row in rows}
    return [_standing(entry, books.get(entry.name)) for entry in sweeps.registered()]


def _standing(entry: sweeps.ByTheClock, books: SweepRun | None) -> Standing:
    """Judge one: late when it has missed a wake and the next, and a few minutes more."""
    if books is None:
        return Standing(entry, None)
    asked_at: datetime = books.asked_at  # type: ignore[attr-defined]
    every = timedelta(minutes=entry.every)
    heard_at = books.last_committed_at or books.known_since
    is_late = asked_at - heard_at > 2 * every + _GRACE
    return Standing(entry, books, heard_at + every if is_late else None)
