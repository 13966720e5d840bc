"""`make run` as a person meets it: real processes, killed and started again."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from oicmediation.runtime import __main__ as runtime
from oicmediation.runtime import places
from oicmediation.runtime.processes import Failed
from oicmediation.runtime.servers import Folders
from oicmediation.settings.environment import PROJECT_DIR, child_environment


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def processes_of(state: Path) -> list[str]:
    """The command lines of processes that were started for this state folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            environment = (entry / "environ").read_bytes()
            command = (entry / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        if command and f"OIC_STATE_DIR={state}".encode() in environment:
            found.append(command.replace(b"\0", b" ").decode())
    return found


class Run:
    """One `python -m oicmediation.runtime` and what it printed."""

    def __init__(self, state: Path, port: int) -> None:
        environment = child_environment(
            OIC_STATE_DIR=str(state),
            PORT=str(port),
            DJANGO_SETTINGS_MODULE="oicmediation.settings.development",
        )
        for replaced in ("DATABASE_URL", "REDIS_URL"):
            environment.pop(replaced, None)
        self.printed = state.with_suffix(".out")
        with self.printed.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "oicmediation.runtime"],
                cwd=PROJECT_DIR,
                env=environment,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def text(self) -> str:
        return self.printed.read_text(encoding="utf-8")

    def until(self, words: str, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while words not in self.text:
            assert self.process.poll() is None, self.text
            assert time.monotonic() < deadline, self.text
            time.sleep(0.05)

    def ends_with(self, signal_number: int | None = None) -> int:
        if signal_number is not None:
            self.process.send_signal(signal_number)
        return self.process.wait(60)


@pytest.fixture
def state():
    folder = Path(tempfile.mkdtemp(prefix="oic-run-"))
    yield folder / "state"
    places.remove(folder / "state")
    shutil.rmtree(folder, ignore_errors=True)


def in_database(state: Path, sql: str):
    sockets = str(Folders.under(state).sockets)
    with closing(psycopg2.connect(dbname="oic", user="oic", host=sockets)) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None


@pytest.mark.slow
def test_run_survives_kill_9_and_leaves_nothing_behind(state):
    port = free_port()
    first = Run(state, port)
    first.until("Ready: http://localhost:", seconds=180)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
        assert answer.read() == b"ok\n"
    in_database(state, "CREATE TABLE survivor AS SELECT 42 AS answer")

    second = Run(state.with_name("elsewhere"), port)
    assert second.ends_with() == 1
    assert f"Port {port} is taken" in second.text
    assert f"make run PORT={port + 1}" in second.text

    first.ends_with(signal.SIGKILL)
    again = Run(state, port)
    again.until("Ready: http://localhost:", seconds=60)
    assert in_database(state, "SELECT answer FROM survivor") == 42

    assert again.ends_with(signal.SIGINT) == 0
    assert again.text.rstrip().endswith("Stopped.")
    assert processes_of(state) == []


def test_state_folder_belongs_to_one_run_at_a_time(tmp_path):
    with (
        runtime.only_one(tmp_path),
        pytest.raises(Failed, match=f"process {os.getpid()}.*OIC_STATE_DIR"),
        runtime.only_one(tmp_path),
    ):
        pass


def test_state_folder_is_free_again_afterwards(tmp_path):
    with runtime.only_one(tmp_path):
        pass
    with runtime.only_one(tmp_path):
        assert (tmp_path / "lock").read_text(encoding="utf-8") == str(os.getpid())


def test_taken_port_says_how_to_choose_another(monkeypatch):
    monkeypatch.setattr(runtime.time, "monotonic", iter(range(0, 100, 6)).__next__)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(Failed, match=f"make run PORT={port + 1}"):
            runtime.wait_for_port(port)


def test_servers_that_variables_replace_are_not_started(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/oic")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere")
    supervisor = runtime.Supervisor()

    environment = runtime.start_servers(supervisor, tmp_path)

    assert environment["DATABASE_URL"] == "postgres://elsewhere/oic"
    assert environment["REDIS_URL"] == "redis://elsewhere"
    assert environment["OIC_STATE_DIR"] == str(tmp_path)
    assert not list(tmp_path.iterdir())
