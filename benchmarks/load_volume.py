"""Fill an empty, migrated database: ``python -m benchmarks.load_volume --disputes N``."""

from __future__ import annotations

import argparse
import time

import django


def main() -> None:
    """Parse the command line, migrate, and load."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--disputes", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--users", type=int, default=100)
    options = parser.parse_args()
    django.setup()
    from django.core.management import call_command

    from benchmarks.volume import load

    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    load(disputes=options.disputes, events=options.events, users=options.users)
    print(
        f"{options.disputes} files, {options.events} events, {options.users} officers "
        f"in {time.perf_counter() - began:.1f} s"
    )


if __name__ == "__main__":
    main()
