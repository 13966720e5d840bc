#!/usr/bin/env python
"""Run a command beside an embedded PostgreSQL and Valkey of its own.

    .venv/bin/python scripts/with_servers.py -- .venv/bin/pytest tests/cases -q
    .venv/bin/python scripts/with_servers.py --keep cases -- .venv/bin/pytest --reuse-db

The servers are reached through DATABASE_URL and REDIS_URL, use no port, do not sync to disk, and
stop whatever becomes of the command; any number of them run at once. With `--keep NAME` the data
stay for the next run of that name, which then starts at once; a run that finds the name in use
takes fresh servers. `--settings` chooses the Django settings (default: test).
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from oicmediation.runtime import places  # noqa: E402
from oicmediation.runtime.processes import Failed  # noqa: E402
from oicmediation.runtime.servers import Folders, Postgres, Valkey  # noqa: E402
from oicmediation.settings.environment import child_environment  # noqa: E402


@contextlib.contextmanager
def servers_folder(name: str | None) -> Iterator[Path]:
    """Give the folder for the servers: a kept one that nobody uses, else a fresh one."""
    if name is not None:
        digest = hashlib.sha256(f"{PROJECT}:{name}".encode()).hexdigest()[:10]
        kept = Path(tempfile.gettempdir()) / f"oic-kept-{os.geteuid()}-{digest}"
        kept.mkdir(mode=0o700, exist_ok=True)
        with (kept / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                print(f"The servers kept as {name} are in use: fresh ones.", file=sys.stderr)
            else:
                yield kept
                return
    fresh = Path(tempfile.mkdtemp(prefix="oic-servers-"))
    try:
        yield fresh
    finally:
        places.remove(fresh)


@contextlib.contextmanager
def running_servers(folder: Path) -> Iterator[dict[str, str]]:
    """Run both servers under `folder` and give the environment that leads to them."""
    folders = Folders.under(folder)
    postgres, valkey = Postgres(folders, for_tests=True), Valkey(folders)
    try:
        postgres.start()
        valkey.start()
        yield child_environment(
            DATABASE_URL=postgres.url, REDIS_URL=valkey.url, OIC_STATE_DIR=str(folder / "state")
        )
    finally:
        valkey.child.stop()
        postgres.child.stop()
        shutil.rmtree(folders.sockets, ignore_errors=True)


def main() -> int:
    """Parse the command line, run, and return the command's exit code."""
    parser = argparse.ArgumentParser(description="Run a command beside servers of its own.")
    parser.add_argument("--keep", metavar="NAME", help="keep the data under this name")
    parser.add_argument("--settings", default="test", help="which settings (default: test)")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="-- the command")
    arguments = parser.parse_args()
    command = [part for part in arguments.command if part != "--"]
    if not command:
        parser.error("a command is missing")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with (
        servers_folder(arguments.keep) as folder,
        running_servers(folder) as environment,
    ):
        environment["DJANGO_SETTINGS_MODULE"] = f"oicmediation.settings.{arguments.settings}"
        return run(command, environment)


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run the command to its end; Ctrl-C reaches it from the terminal, we only wait."""
    with subprocess.Popen(command, env=environment) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue
            except SystemExit:
                process.terminate()
                raise


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as failure:
        sys.exit(str(failure))
