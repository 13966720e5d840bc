"""What the faults happen to: officers, and tasks that are one day past and wait to be set free."""

from __future__ import annotations

import argparse
from datetime import timedelta
from itertools import islice

import django

OFFICERS = 100


def main(count: int) -> None:
    """Migrate an empty database and write the tasks, all of them on hold."""
    django.setup()
    from django.core.management import call_command

    from accounts.models import User
    from cases.models import Task
    from common.sweeps import today

    call_command("migrate", verbosity=0)
    officers = User.objects.bulk_create(
        User(
            email=f"officer.{number}@example.org",
            full_name=f"Officer {number}",
            role="desk_officer",
            clearance=2,
            is_exercise=True,
        )
        for number in range(OFFICERS)
    )
    yesterday = today() - timedelta(days=1)
    tasks = (
        Task(
            title=f"Ask for the minutes of place {number}",
            owner=officers[number % OFFICERS],
            due_on=yesterday,
            state="on_hold",
            held_until=yesterday + timedelta(days=10_000),
            is_exercise=True,
        )
        for number in range(count)
    )
    while some := list(islice(tasks, 2000)):
        Task.objects.bulk_create(some)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    main(parser.parse_args().count)
