"""Being on time: stored facts say what is due on a day, the clock only wakes whoever looks.

A sweep finds due rows, locks a batch of them and deals with it in one transaction. Nothing is kept
between two runs but what a batch has written, so that an outage, a killed process or a second beat
changes nothing: the next run finds what is still due. Why batches: docs/adr/0010.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from django.conf import settings
from django.db import DatabaseError, Error, connection, models, transaction
from django.db.models.functions import Now

from common.errors import HouseError, Text
from common.models import SweepRun

logger = logging.getLogger(__name__)
_HOUSE = str(settings.BASE_DIR)


@dataclass
class Outcome:
    """What a run did.

    Args:
        found: how many things were due.
        written: how many rows it wrote for them.
        left: how many it could not deal with; they stay due.
        error: why the last of those was left, without any content.
    """

    found: int = 0
    written: int = 0
    left: int = 0
    error: str = ""


@dataclass(frozen=True)
class Sweep:
    """One kind of thing that falls due.

    Args:
        name: ``app.what_it_does``.
        label: says to an administrator what it does.
        find: returns the rows that are due on a day, by stored facts alone, so that whatever day it
            is asked late, it still finds them. Rows are locked, so no ``distinct`` and no aggregate.
        handle: deals with locked rows for a day and returns how many rows it wrote; all or nothing.
            What it writes must make the row no longer due, or carry a unique key of the occurrence.
        every: minutes between two wakes.
        batch: how many rows one transaction takes.
    """

    name: str
    label: Text
    find: Callable[[date], models.QuerySet[Any]]
    handle: Callable[[list[Any], date], int]
    every: int = 5
    batch: int = 500

    def count(self, on: date) -> int:
        """Return how many things are due on a day; writes nothing."""
        return self.find(on).count()

    def run(self, on: date) -> Outcome:
        """Deal with all that is due on a day; what somebody else holds is left to the next run.

        Each row is met once, in the order of keys, so that a run ends whatever `handle` writes.
        """
        outcome = Outcome()
        after, is_last = None, False
        while not is_last:
            due = self.find(on) if after is None else self.find(on).filter(pk__gt=after)
            taken = _Batch(self, on, outcome)
            taken.deal_with(due)
            is_last = len(taken.keys) < self.batch
            after = taken.keys[-1] if taken.keys else None
        return outcome


@dataclass(frozen=True)
class Errand:
    """Something else that the clock wakes: it claims its rows in its own way, as delivery does.

    Args:
        name: ``app.what_it_does``.
        label: says to an administrator what it does.
        run: does what waits on a day.
        count: returns how much waits on a day; writes nothing.
        every: minutes between two wakes.
    """

    name: str
    label: Text
    run: Callable[[date], Outcome]
    count: Callable[[date], int]
    every: int = 1


ByTheClock: TypeAlias = Sweep | Errand

# Registry ---------------------------------------------------------------------------------------

_REGISTRY: dict[str, ByTheClock] = {}


def register(*entries: ByTheClock) -> None:
    """Add what an app does by the clock; called from ``AppConfig.ready()``.

    Raises:
        ValueError: the name is taken by another.
    """
    for entry in entries:
        if _REGISTRY.setdefault(entry.name, entry) is not entry:
            raise ValueError(f"sweep {entry.name} is registered twice")


def registered() -> list[ByTheClock]:
    """Return all that runs by the clock, by name."""
    return sorted(_REGISTRY.values(), key=lambda entry: entry.name)


def named(name: str) -> ByTheClock:
    """Return one of them.

    Raises:
        KeyError: there is none of that name.
    """
    return _REGISTRY[name]


# A run and its books ----------------------------------------------------------------------------


def today() -> date:
    """Return the day at the seat of the General Secretariat, on the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (now() AT TIME ZONE %s)::date", [settings.TIME_ZONE])
        (day,) = cursor.fetchone()
    assert isinstance(day, date)  # noqa: S101 - for the type checker
    return day


def run(entry: ByTheClock) -> Outcome:
    """Run for today and keep the books that the watchdog reads.

    A run that breaks off as a whole has not committed: its books say why, and it grows late.
    """
    begun = time.monotonic()
    SweepRun.objects.bulk_create(
        [SweepRun(name=known.name) for known in registered()], ignore_conflicts=True
    )
    books = SweepRun.objects.filter(name=entry.name)
    books.update(last_begun_at=Now())
    try:
        outcome = entry.run(today())
    except Exception as error:
        with suppress(Error):
            books.update(last_error=in_short(error))
        raise
    books.update(
        last_committed_at=Now(),
        lasting=timedelta(seconds=time.monotonic() - begun),
        found=outcome.found,
        written=outcome.written,
        left=outcome.left,
        last_error=outcome.error,
    )
    return outcome


# A batch ----------------------------------------------------------------------------------------


class _Batch:
    """Some due rows, dealt with together; when that fails, each by itself."""

    def __init__(self, sweep: Sweep, on: date, outcome: Outcome) -> None:
        self.sweep = sweep
        self.on = on
        self.outcome = outcome
        self.keys: list[Any] = []
        self.line: Any = None

    def deal_with(self, due: models.QuerySet[Any]) -> None:
        """Lock the first of the due rows and handle them."""
        if not self._is_done_together(due):
            logger.warning("sweep %s: a batch failed, one by one now", self.sweep.name)
            for key in self.keys:
                self._deal_with_one(key)

    def _is_done_together(self, due: models.QuerySet[Any]) -> bool:
        try:
            with transaction.atomic():
                self.line = connection.connection
                self.keys = _lock(due, self.sweep.batch)
                found, written = self._handle(self.keys)
        except Exception:
            if not self.keys or self._is_line_lost():
                raise
            return False
        self._note(found, written)
        return True

    def _deal_with_one(self, key: Any) -> None:
        try:
            with transaction.atomic():
                self.line = connection.connection
                keys = _lock(self.sweep.find(self.on).filter(pk=key), 1)
                found, written = self._handle(keys)
        except Exception as error:
            if self._is_line_lost():
                raise
            self._leave(key, error)
        else:
            self._note(found, written)

    def _leave(self, key: Any, error: Exception) -> None:
        """Count what cannot be dealt with; a reason that is the same again is logged in short."""
        reason = in_short(error)
        is_new = reason != self.outcome.error
        logger.error(
            "sweep %s: %s is left, %s", self.sweep.name, key, reason, exc_info=is_new and error
        )
        self.outcome.found += 1
        self.outcome.left += 1
        self.outcome.error = reason

    def _handle(self, keys: list[Any]) -> tuple[int, int]:
        """Handle locked rows, asking again what is due: somebody may have been quicker."""
        if not keys:
            return 0, 0
        rows = list(self.sweep.find(self.on).filter(pk__in=keys).order_by("pk"))
        return len(rows), self.sweep.handle(rows, self.on) if rows else 0

    def _is_line_lost(self) -> bool:
        """Tell a broken house from a broken thing: without its database nothing is the thing's fault.

        Django has opened another connection by the time that the transaction is left.
        """
        return connection.connection is not self.line

    def _note(self, found: int, written: int) -> None:
        self.outcome.found += found
        self.outcome.written += written


def _lock(due: models.QuerySet[Any], count: int) -> list[Any]:
    """Lock the first rows that nobody holds and return their keys."""
    bare = due.select_related(None).prefetch_related(None).order_by("pk")
    rows = bare.select_for_update(skip_locked=True, of=("self",))
    return list(rows.values_list("pk", flat=True)[:count])


def in_short(error: BaseException) -> str:
    """Return the kind of an error, its code and where it arose: never its words, which may tell content."""
    code = error.code if isinstance(error, HouseError) else _constraint(error)
    kind = f"{type(error).__name__} ({code})" if code else type(error).__name__
    return f"{kind}: {_place(error)}"[:200]


def _constraint(error: BaseException) -> str:
    """Return the constraint that the database named, else its code of the error."""
    cause: Any = error.__cause__ if isinstance(error, DatabaseError) else None
    diagnosis = getattr(cause, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or getattr(cause, "pgcode", None) or ""


def _place(error: BaseException) -> str:
    """Return the line of the house's own code at which an error arose."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename.startswith(_HOUSE)]
    last = [frame for frame in own if "site-packages" not in frame.filename][-1]
    return f"{Path(last.filename).name}, line {last.lineno}"
