"""How quick a sweep is, as ratios: 100,000 rows of which one in a hundred is due.

    .venv/bin/python benchmarks/sweep.py [--rows 100000] [--rounds 5]

First the engine alone: tasks on hold return, by a sweep, by one UPDATE, and by a Celery job for each
row (a real worker of two threads). Then the sweeps of mandates and tasks as they are, with the part that
their handlers take: what is left is the engine, and is held against an UPDATE of the same rows.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
LEAST_OF_UPDATE = 1 / 5
LEAST_OF_JOBS = 40


def main() -> int:
    """Run beside embedded servers of its own; exit code 1 when the engine misses a goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        return measure(options.rows, options.rounds)
    command = [sys.executable, "scripts/with_servers.py", "--settings", "development", "--"]
    return subprocess.call(  # noqa: S603 - our own command
        [*command, sys.executable, __file__, "--here", *sys.argv[1:]], cwd=ROOT
    )


def measure(rows: int, rounds: int) -> int:
    """Load, measure and print."""
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks import clockwork, volume

    call_command("migrate", verbosity=0)
    call_command("load_reference", stdout=StringIO())
    clockwork.load(volume.load(disputes=rows, events=0, users=100))
    _settle()
    is_reached = _engine(rows, rounds)
    _real_sweeps(rows)
    return 0 if is_reached else 1


# The engine -------------------------------------------------------------------------------------


def _engine(rows: int, rounds: int) -> bool:
    """Compare the three ways to take due tasks off hold; tell whether the goals are reached."""
    from benchmarks.clockwork import ON
    from cases.choices import TaskState
    from cases.models import Task
    from common.sweeps import Sweep

    def find(on: date) -> Any:
        return Task.objects.filter(state=TaskState.ON_HOLD, held_until__lte=on)

    def handle(tasks: list[Any], on: date) -> int:
        keys = [task.pk for task in tasks]
        return Task.objects.filter(pk__in=keys).update(state=TaskState.OPEN, held_until=None)

    sweep = Sweep("benchmarks.holds", "Holds", find=find, handle=handle)
    due = [str(pk) for pk in find(ON).values_list("pk", flat=True)]

    def again() -> None:
        Task.objects.filter(pk__in=due).update(state=TaskState.ON_HOLD, held_until=ON)
        _settle()

    def by_update() -> None:
        find(ON).update(state=TaskState.OPEN, held_until=None)

    update = _median(by_update, again, rounds)
    swept = _median(lambda: sweep.run(ON), again, rounds)
    with _worker():
        jobs = _median(lambda: _by_jobs(due, find(ON)), again, max(rounds // 2, 1))
    print(f"{rows:,} tasks, {len(due):,} of them due; median of {rounds}")
    print(f"  one UPDATE      {update * 1000:8.0f} ms")
    print(f"  sweep           {swept * 1000:8.0f} ms   {update / swept:.2f} of one UPDATE")
    print(f"  a job each      {jobs * 1000:8.0f} ms   {jobs / swept:.0f} x the sweep")
    return update / swept >= LEAST_OF_UPDATE and jobs / swept >= LEAST_OF_JOBS


def _median(act: Callable[[], Any], again: Callable[[], None], rounds: int) -> float:
    seconds = []
    for _round in range(rounds):
        began = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - began)
        again()
    return statistics.median(seconds)


def _by_jobs(due: list[str], waiting: Any) -> None:
    """Send a job for each row and wait until the last is done."""
    from celery import current_app

    from benchmarks.per_row import RETURN_ONE

    for pk in due:
        current_app.send_task(RETURN_ONE, kwargs={"pk": pk}, ignore_result=True)
    while waiting.all().exists():
        time.sleep(0.02)


@contextmanager
def _worker() -> Iterator[None]:
    command = [sys.executable, "-m", "celery", "-A", "oicmediation", "worker"]
    command += ["-I", "benchmarks.per_row", "--pool", "threads", "--concurrency", "2"]
    command += ["--without-gossip", "--without-mingle", "--loglevel", "ERROR"]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, **silent) as worker:  # noqa: S603
        try:
            time.sleep(10)
            yield
        finally:
            worker.kill()


# The sweeps of the house ------------------------------------------------------------------------


def _real_sweeps(rows: int) -> None:
    """Run each sweep of mandates, reviews and tasks once and print where its time goes."""
    from benchmarks.clockwork import ON
    from cases.models import Mandate, MandateReview, Task
    from common.sweeps import Sweep, registered

    print(f"\nthe sweeps of case work, {rows:,} mandates and as many tasks")
    print(f"{'':28}{'found':>8}{'left':>6}{'ms':>8}{'engine':>8}{'handler':>9}{'UPDATE':>8}")
    for sweep in registered():
        if isinstance(sweep, Sweep) and sweep.find(ON).model in (Mandate, MandateReview, Task):
            _one(sweep, ON)


def _one(sweep: Any, on: date) -> None:
    inside: list[float] = []

    def handle(found: list[Any], day: date) -> int:
        began = time.perf_counter()
        written: int = sweep.handle(found, day)
        inside.append(time.perf_counter() - began)
        return written

    update = _update_of_the_same(sweep, on)
    began = time.perf_counter()
    outcome = replace(sweep, handle=handle).run(on)
    whole = time.perf_counter() - began
    figures = [whole, whole - sum(inside), sum(inside), update]
    columns = "".join(f"{1000 * seconds:{8 + (at == 2)}.0f}" for at, seconds in enumerate(figures))
    print(f"{sweep.name:28}{outcome.found:8}{outcome.left:6}{columns} {outcome.error}")
    _settle()


def _update_of_the_same(sweep: Any, on: date) -> float:
    """Return how long one UPDATE of the rows that the sweep finds takes; it is taken back."""
    from django.db import transaction
    from django.db.models import F

    due = sweep.find(on).order_by()
    with transaction.atomic():
        began = time.perf_counter()
        rows = due.model._base_manager.filter(pk__in=due.values("pk"))
        rows.update(version=F("version") + 1)
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    return seconds


def _settle() -> None:
    """Leave no dead rows to the next measure."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    sys.exit(main())
