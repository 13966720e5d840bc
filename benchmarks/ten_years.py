"""Ten years of the clock, a day at a time, on the demonstration world: no file may end by itself (D4, D5).

    .venv/bin/python -m benchmarks.ten_years [--days 3653]

Loads the demonstration world beside embedded servers of its own, wakes every sweep for every day from
today on, and prints what the clock wrote. Exit code 1 when a file ended that no person ended, or when a
sweep left something undone.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DAYS = 3653


@dataclass
class Years:
    """What the clock did.

    Args:
        written: how much each sweep wrote.
        left: how much each sweep could not do.
        ended: references of the files that ended meanwhile; no sweep may end one.
    """

    written: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    ended: list[str] = field(default_factory=list)


def live_through(days: Iterable[date]) -> Years:
    """Wake every sweep on each of the days and tell what came of it."""
    from cases.choices import DisputeStatus
    from cases.models import Dispute
    from common.sweeps import Sweep, registered

    def ended() -> set[str]:
        files = Dispute.objects.filter(status=DisputeStatus.ENDED)
        return set(files.values_list("reference", flat=True))

    before, years = ended(), Years()
    sweeps = [entry for entry in registered() if isinstance(entry, Sweep)]
    for day in days:
        for sweep in sweeps:
            outcome = sweep.run(day)
            years.written[sweep.name] += outcome.written
            years.left[sweep.name] += outcome.left
    years.ended = sorted(ended() - before)
    return years


def main() -> int:
    """Run beside embedded servers of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        return _run(options.days)
    command = [sys.executable, "scripts/with_servers.py", "--settings", "development", "--"]
    return subprocess.call(  # noqa: S603 - our own command
        [*command, sys.executable, "-m", "benchmarks.ten_years", "--here", *sys.argv[1:]], cwd=ROOT
    )


def _run(days: int) -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    for command in ("migrate", "load_reference", "load_demonstration"):
        call_command(command, verbosity=0, stdout=StringIO())
    today, began = timezone.localdate(), time.monotonic()
    years = live_through(today + timedelta(days=number) for number in range(days))
    print(f"{days:,} days in {time.monotonic() - began:,.0f} s")
    for name, written in sorted(years.written.items()):
        print(f"  {name:32}wrote {written:8,}  left {years.left[name]:,}")
    print(f"  files that ended by themselves: {', '.join(years.ended) or 'none'}")
    return 1 if years.ended or sum(years.left.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
