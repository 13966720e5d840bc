"""Nothing that is due is lost or told twice, whatever is killed meanwhile.

    .venv/bin/python -m benchmarks.faults [--notices 10000] [--seed 1] [--short]

Real processes on servers of their own: PostgreSQL, Valkey, two workers, beat, a mail server that asks
one message in fifty to come again and drops one in two hundred. Tasks fall past their day in waves;
the sweep ``cases.tell_of_tasks`` tells their owners, in the product and by mail at once. Meanwhile:
kill -9 of workers, of Valkey (once with its data), of beat; a second beat; SIGSTOP; an immediate
restart of PostgreSQL; the mail server gone; sweeps by hand as of other days; a worker whose clock is
a day ahead and one an hour behind.

Simulated is the hurry (beat wakes every two seconds) and the wrong clock (set inside the process, as
nobody may set the machine's). Exit code 1 when anything was lost or told twice.
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from shutil import rmtree
from typing import Any

import psycopg2
from aiosmtpd.controller import Controller

from oicmediation.runtime import places
from oicmediation.runtime.processes import Child
from oicmediation.runtime.servers import Folders, Postgres, Valkey
from oicmediation.settings.environment import PROJECT_DIR, child_environment

SWEEP = "cases.tell_of_tasks"
KIND = "cases.task_past"
LIMIT_SECONDS = 180
THREADS = 2
WAVES = 20
A_DAY, AN_HOUR = 86_400, 3_600
_LINK = re.compile(rb"/notices/([0-9a-f-]{36})/")
_ID = re.compile(rb"^message-id:\s*(<[^>]+>)", re.IGNORECASE | re.MULTILINE)


# Mail -------------------------------------------------------------------------------------------


class Postbox:
    """Takes mail, now and then unwillingly; keeps which Message-IDs came for which notice."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.ids: dict[bytes, list[bytes]] = defaultdict(list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Answer one message."""
        throw = self.dice.random()
        if throw < 1 / 200:
            server.transport.abort()
            return "250 never heard"
        if throw < 1 / 200 + 1 / 50:
            return "451 come again"
        link, name = _LINK.search(envelope.content), _ID.search(envelope.content)
        if link and name:
            self.ids[link[1]].append(name[1])
        return "250 OK"


class MailServer(Controller):
    """The post box at a port, which the system chooses when none is given."""

    def __init__(self, postbox: Postbox, port: int = 0) -> None:
        super().__init__(postbox, hostname="127.0.0.1", port=port)

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


# The house --------------------------------------------------------------------------------------


@dataclass
class House:
    """All processes, and what can happen to them.

    ``in_flight`` counts how many messages may have been under way when something was cut off: no more
    than so many may arrive twice.
    """

    postgres: Postgres
    valkey: Valkey
    postbox: Postbox
    mail: MailServer
    logs: Path
    environment: dict[str, str]
    children: dict[str, Child] = field(default_factory=dict)
    in_flight: int = 0
    happened: Counter[str] = field(default_factory=Counter)

    def start(self, name: str, shift: int = 0) -> None:
        """Start a worker or a beat under a name."""
        program = ["beat"] if name.startswith("beat") else ["worker", "--pool", "threads"]
        if program[0] == "worker":
            program += ["--concurrency", str(THREADS), "--without-gossip", "--without-mingle"]
            program += ["--hostname", f"{name}@%h"]
        self.children[name] = Child(
            name=name,
            command=[sys.executable, "-m", "celery", "-A", "benchmarks.clock_app", *program],
            log=self.logs / f"{name}.log",
            environment={**self.environment, "CLOCK_SHIFT": str(shift)},
            death_signal=signal.SIGKILL,
            directory=PROJECT_DIR,
        )
        self.children[name].start()

    def kill(self, name: str, shift: int = 0) -> None:
        """Kill -9 a worker or a beat and start it anew, perhaps with another clock."""
        self._note(f"kill -9 of {name.split('-')[0]}", THREADS if "worker" in name else 0)
        child = self.children[name]
        assert child.process is not None  # noqa: S101 - started before
        child.process.kill()
        child.sweep_up()
        self.start(name, shift)

    def revive(self) -> None:
        """Start whatever ended by itself, as every supervisor does."""
        for name, child in list(self.children.items()):
            if not child.is_running:
                self._note(f"{name.split('-')[0]} ended by itself and was started anew", THREADS)
                child.sweep_up()
                self.start(name)

    def second_beat(self) -> None:
        """Start another beat beside the first."""
        self._note("second beat")
        self.start("beat-two")

    def pause(self, name: str, seconds: float) -> None:
        """Stop a process for a while as a busy machine might."""
        self._note(f"SIGSTOP for {seconds:.0f} s")
        process = self.children[name].process
        assert process is not None  # noqa: S101 - started before
        process.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        process.send_signal(signal.SIGCONT)

    def kill_valkey(self, *, with_data: bool) -> None:
        """Kill -9 the broker; perhaps it comes back empty."""
        self._note("kill -9 of Valkey" + (", its data lost" if with_data else ""))
        process = self.valkey.child.process
        assert process is not None  # noqa: S101 - started before
        process.kill()
        self.valkey.child.sweep_up()
        if with_data:
            rmtree(self.valkey.data, ignore_errors=True)
        self.valkey.start()

    def restart_postgres(self) -> None:
        """Let PostgreSQL drop everything at once, as ``pg_ctl -m immediate`` does."""
        self._note("immediate restart of PostgreSQL", 2 * THREADS)
        process = self.postgres.child.process
        assert process is not None  # noqa: S101 - started before
        process.send_signal(signal.SIGQUIT)
        process.wait()
        self.postgres.child.sweep_up()
        self.postgres.start()

    def lose_mail(self, seconds: float) -> None:
        """Let the mail server be gone for a while."""
        self._note(f"mail server gone for {seconds:.0f} s", 2 * THREADS)
        self.mail.stop()
        time.sleep(seconds)
        self.mail = MailServer(self.postbox, self.mail.port)
        self.mail.start()

    def by_hand(self, days: int) -> None:
        """Sweep by hand as of another day, beside the clock."""
        self._note("sweep by hand as of another day")
        on = date.today() + timedelta(days=days)  # noqa: TID251 - any day near today will do
        subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "manage.py", "sweep", SWEEP, "--on", str(on)],
            cwd=PROJECT_DIR,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run one statement, over a connection of its own; tries again while the server is away."""
        for _time in range(100):
            with suppress(psycopg2.OperationalError, psycopg2.InterfaceError):
                connection = psycopg2.connect(self.postgres.url)
                try:
                    with connection, connection.cursor() as cursor:
                        cursor.execute(statement, values)
                        return cursor.fetchall() if cursor.description else []
                finally:
                    connection.close()
            time.sleep(0.1)
        raise TimeoutError(statement)

    def _note(self, what: str, in_flight: int = 0) -> None:
        self.happened[what] += 1
        self.in_flight += in_flight


def in_a_house(act: Callable[[House], int], *, notices: int, seed: int) -> int:
    """Build everything for one trial, run it and take everything away again."""
    folder = Path(tempfile.mkdtemp(prefix="oic-faults-"))
    with ExitStack() as stack:
        stack.callback(places.remove, folder)
        folders = Folders.under(folder)
        stack.callback(rmtree, folders.sockets, ignore_errors=True)
        postgres, valkey = Postgres(folders, for_tests=True), Valkey(folders)
        postbox = Postbox(seed)
        mail = MailServer(postbox)
        for server in (postgres, valkey):
            server.start()
            stack.callback(server.child.stop)
        mail.start()
        environment = _environment(postgres, valkey, mail)
        house = House(postgres, valkey, postbox, mail, folders.logs, environment)
        stack.callback(_stop, house)
        command = [sys.executable, "-m", "benchmarks.fault_data", str(notices)]
        subprocess.run(command, cwd=PROJECT_DIR, env=house.environment, check=True)  # noqa: S603
        return act(house)


def _environment(postgres: Postgres, valkey: Valkey, mail: MailServer) -> dict[str, str]:
    return child_environment(
        DATABASE_URL=postgres.url,
        REDIS_URL=valkey.url,
        DJANGO_SETTINGS_MODULE="benchmarks.settings",
        EMAIL_URL=f"smtp://127.0.0.1:{mail.port}",
        OIC_STATE_DIR=str(postgres.folders.logs.parent / "state"),
    )


def _stop(house: House) -> None:
    house.mail.stop()
    for child in house.children.values():
        if child.process is not None:
            child.process.kill()
            child.sweep_up()


# A trial ----------------------------------------------------------------------------------------

Faults = list[tuple[float, Callable[[], None]]]


def faults_of(house: House, *, is_short: bool) -> Faults:
    """Return what happens at which second."""
    short: Faults = [
        (6, lambda: house.kill("worker-one")),
        (9, lambda: house.kill_valkey(with_data=True)),
        (11, lambda: house.kill("beat-one")),
        (13, house.second_beat),
        (15, house.restart_postgres),
        (19, lambda: house.kill("worker-two", A_DAY)),
        (21, lambda: house.lose_mail(3)),
    ]
    if is_short:
        return short
    return [
        *short,
        (26, lambda: house.pause("worker-one", 8)),
        (35, lambda: house.by_hand(-1)),
        (36, lambda: house.by_hand(0)),
        (38, lambda: house.kill("worker-one", -AN_HOUR)),
        (42, lambda: house.kill_valkey(with_data=False)),
        (45, lambda: house.kill("beat-one", -AN_HOUR)),
        (48, lambda: house.kill("worker-two")),
        (52, lambda: house.lose_mail(10)),
        (63, lambda: house.kill("worker-one")),
        (66, house.restart_postgres),
        (70, lambda: house.kill("beat-one")),
        (72, lambda: house.kill_valkey(with_data=True)),
    ]


def trial(house: House, *, notices: int, is_short: bool) -> int:
    """Set tasks free in waves while everything happens; wait for the last mail; print; judge."""
    for name in ("worker-one", "worker-two", "beat-one"):
        house.start(name)
    began = time.monotonic()
    faults = faults_of(house, is_short=is_short)
    last = faults[-1][0]
    waves = [(last * number / WAVES, notices // WAVES) for number in range(WAVES)]
    events: Faults = [*faults, *((at, lambda n=n: _set_free(house, n)) for at, n in waves)]
    for at, happen in sorted(events, key=lambda event: event[0]):
        time.sleep(max(began + at - time.monotonic(), 0))
        happen()
    _set_free(house, notices)
    while time.monotonic() - began < 2 * LIMIT_SECONDS and _waiting(house):
        house.revive()
        time.sleep(0.5)
    return _report(house, notices, time.monotonic() - began)


def _set_free(house: House, count: int) -> None:
    house.ask(
        "UPDATE cases_task SET state = 'open', held_until = NULL WHERE id IN "
        "(SELECT id FROM cases_task WHERE state = 'on_hold' LIMIT %s)",
        count,
    )


def _waiting(house: House) -> int:
    """Return how many tasks are untold and how many mails unsent, together."""
    ((tasks, mails),) = house.ask(
        "SELECT (SELECT count(*) FROM cases_task WHERE told < 2), "
        "(SELECT count(*) FROM notifications_mail m JOIN notifications_notice n "
        "ON n.id = m.notice_id WHERE n.kind = %s AND m.state = 'waiting')",
        KIND,
    )
    return int(tasks + mails)


def _report(house: House, notices: int, seconds: float) -> int:
    ((written, told),) = house.ask(
        "SELECT count(*), count(DISTINCT subject_id) FROM notifications_notice WHERE kind = %s",
        KIND,
    )
    keys = {
        str(key).encode()
        for (key,) in house.ask("SELECT id FROM notifications_notice WHERE kind = %s", KIND)
    }
    ids = {key: found for key, found in house.postbox.ids.items() if key in keys}
    unsent = notices - len(ids)
    two_ids = sum(len(set(found)) > 1 for found in ids.values())
    copies = sum(len(found) - 1 for found in ids.values())
    for what, times in house.happened.items():
        print(f"  {times} x {what}")
    print(f"{sum(house.happened.values())} faults, {notices:,} notices, {seconds:.0f} s")
    print(f"  in the product {written:,}, of {told:,} things; lost {notices - told:,}")
    print(f"  by mail {len(ids):,}; lost {unsent:,}; under two Message-IDs {two_ids:,}")
    print(f"  copies under the same Message-ID {copies}, under way when cut off {house.in_flight}")
    is_whole = written == told == notices and not unsent and not two_ids
    is_good = is_whole and copies <= house.in_flight and seconds <= LIMIT_SECONDS
    print("as promised" if is_good else "NOT as promised")
    return 0 if is_good else 1


def main() -> int:
    """Parse, build, break, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notices", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--short", action="store_true", help="seven faults in half a minute")
    options = parser.parse_args()
    return in_a_house(
        lambda house: trial(house, notices=options.notices, is_short=options.short),
        notices=options.notices,
        seed=options.seed,
    )


if __name__ == "__main__":
    sys.exit(main())
