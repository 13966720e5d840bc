"""`python -m oicmediation.runtime`: everything on this machine, until Ctrl-C."""

from __future__ import annotations

import contextlib
import fcntl
import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from oicmediation.runtime import places, programs
from oicmediation.runtime.probe import is_well
from oicmediation.runtime.processes import Child, Failed, wait_until
from oicmediation.runtime.progress import fail, say, step
from oicmediation.runtime.servers import Folders, Postgres, Valkey
from oicmediation.runtime.supervisor import Stop, Supervisor
from oicmediation.settings import environment as settings


def main() -> None:
    """Start everything, say so when HTTP answers, look after it, and stop it in good order."""
    supervisor = Supervisor()
    supervisor.listen()
    try:
        state, port = settings.state_dir(), settings.port()
        say(f"OIC Mediation: starting; everything written goes to {state}")
        places.make_private(state, account=None)
        with only_one(state):
            try:
                wait_for_port(port)
                start(supervisor, state, port)
                supervisor.watch()
            finally:
                supervisor.stop()
    except Stop:
        say("Stopped.")
    except Failed as failure:
        fail(str(failure))


def start(supervisor: Supervisor, state: Path, port: int) -> None:
    """Start servers, prepare the database, start our programs, and tell where they are.

    Raises:
        Failed: one of them does not come up.
    """
    logs = state / "logs"
    places.make_private(logs, account=None)
    environment = start_servers(supervisor, state)
    manage(environment, "prepare")
    web = programs.web(port, logs, environment)
    supervisor.start(programs.worker(logs, environment))
    supervisor.start(programs.beat(logs, environment))

    def start_web() -> None:
        web.start()
        address = f"http://127.0.0.1:{port}/healthz"
        wait_until(lambda: is_well(address, host_name="localhost"), web, seconds=60)

    supervisor.start(web, start_web)
    say(f"\nReady: http://localhost:{port}/   (Ctrl-C stops everything)\n")
    manage(environment, "demo_accounts")


def start_servers(supervisor: Supervisor, state: Path) -> dict[str, str]:
    """Start the servers that no variable replaces; return the environment that leads to them."""
    database_url, redis_url = settings.database_url(), settings.redis_url()
    if not (database_url and redis_url):
        folders = Folders.under(state)
        if folders.data != state:
            say(f"  (database and queue in {folders.data}: the servers' account cannot enter it)")
    if not database_url:
        postgres = Postgres(folders)
        supervisor.start(postgres.child, postgres.start)
        database_url = postgres.url
    if not redis_url:
        valkey = Valkey(folders)
        supervisor.start(valkey.child, valkey.start)
        redis_url = valkey.url
    return settings.child_environment(
        DATABASE_URL=database_url,
        REDIS_URL=redis_url,
        OIC_STATE_DIR=str(state),
        PYTHONUNBUFFERED="1",
    )


def manage(environment: dict[str, str], command: str) -> None:
    """Run a management command that prints to this terminal.

    Raises:
        Failed: it did not succeed.
    """
    child = Child(
        name=command,
        command=[sys.executable, "manage.py", command],
        log=None,
        environment=environment,
        directory=settings.PROJECT_DIR,
    )
    child.start()
    try:
        if child.wait() != 0:
            raise Failed(f"manage.py {command} failed; what it said stands above.")
    finally:
        child.stop()


@contextlib.contextmanager
def only_one(state: Path) -> Iterator[None]:
    """Hold the lock of the state folder; the kernel frees it however this process ends.

    Raises:
        Failed: another supervisor holds it.
    """
    with (state / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            raise Failed(
                f"OIC Mediation already runs with this state folder (process {lock.read()}). "
                "Stop it, or choose another folder and port: "
                "make run OIC_STATE_DIR=/some/folder PORT=8001"
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def wait_for_port(port: int) -> None:
    """Wait until the port is free: that of a killed predecessor is so within seconds.

    Raises:
        Failed: another program keeps it.
    """
    deadline = time.monotonic() + 5
    with step(f"port {port}"):
        while not is_free(port):
            if time.monotonic() > deadline:
                raise Failed(
                    f"Port {port} is taken by another program. Choose another one: "
                    f"make run PORT={port + 1}"
                )
            time.sleep(0.2)


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


if __name__ == "__main__":
    main()
