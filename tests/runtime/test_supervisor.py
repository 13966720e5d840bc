"""The supervisor restarts what died, gives up in words, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from oicmediation.runtime import supervisor as module
from oicmediation.runtime.processes import Child, Failed, wait_until
from oicmediation.runtime.supervisor import Stop, Supervisor
from oicmediation.settings.environment import PROJECT_DIR, child_environment

SLEEP = "import time; print('up', flush=True); time.sleep(60)"


def child(name: str, tmp_path: Path, code: str = SLEEP, **changes) -> Child:
    return Child(
        name=name,
        command=[sys.executable, "-c", code],
        log=tmp_path / f"{name}.log",
        environment=child_environment(),
        **changes,
    )


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_for(condition, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


@pytest.fixture
def supervisor(monkeypatch):
    """A supervisor whose `watch` looks around a limited number of times."""
    kept = {
        number: signal.getsignal(number)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    one = Supervisor()
    yield one
    one.stop()
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.fixture
def looks(monkeypatch):
    """Let `watch` sleep `n` times, then behave as on Ctrl-C."""

    def limit(count: int, before_each=lambda: None) -> None:
        left = iter(range(count))

        def sleep(seconds: float) -> None:
            before_each()
            if next(left, None) is None:
                raise Stop

        monkeypatch.setattr(
            module, "time", type("clock", (), {"sleep": sleep, "monotonic": time.monotonic})
        )

    return limit


def test_watch_restarts_a_killed_child(supervisor, tmp_path, looks, capsys):
    one = child("worker", tmp_path)
    supervisor.start(one)
    first = one.process.pid
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: not one.is_running)
    looks(0)

    with pytest.raises(Stop):
        supervisor.watch()

    assert one.is_running
    assert one.process.pid != first
    assert "worker stopped by itself; starting it again" in capsys.readouterr().out


def test_watch_gives_up_on_a_child_that_keeps_dying(supervisor, tmp_path, looks):
    one = child("worker", tmp_path, "raise SystemExit('the reason')")
    supervisor.start(one)
    looks(1000, before_each=lambda: wait_for(lambda: not one.is_running))

    with pytest.raises(Failed, match=r"(?s)worker died 5 times in a minute.*the reason"):
        supervisor.watch()


def test_stop_ends_the_last_child_first(supervisor, tmp_path, capsys):
    for name in ("servers", "web"):
        supervisor.start(child(name, tmp_path))

    supervisor.stop()

    said = capsys.readouterr().out
    assert said.index("stopping web") < said.index("stopping servers")


def test_ctrl_c_and_term_ask_to_stop(supervisor):
    supervisor.listen()

    for number in (signal.SIGINT, signal.SIGTERM):
        with pytest.raises(Stop):
            signal.raise_signal(number)


def test_child_that_does_not_listen_is_ended_by_force(tmp_path):
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + SLEEP
    one = child("deaf", tmp_path, deaf)
    one.start()
    wait_for(lambda: "up" in one.last_lines())

    one.stop(patience=0.2)

    assert not one.is_running


def test_stopping_a_child_sweeps_up_what_it_started(tmp_path):
    code = (
        "import subprocess, sys, time;"
        "p = subprocess.Popen(['sleep', '60']); print(p.pid, flush=True); time.sleep(60)"
    )
    one = child("parent", tmp_path, code)
    one.start()
    wait_for(lambda: one.last_lines())
    grandchild = int(one.last_lines())

    one.stop()

    wait_for(lambda: not is_alive(grandchild))


def test_children_end_when_their_supervisor_is_killed(tmp_path):
    code = f"""
import sys, time
from pathlib import Path
from tests.runtime.test_supervisor import child
one = child("orphan", Path({str(tmp_path)!r}))
one.start()
print(one.process.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=PROJECT_DIR, stdout=subprocess.PIPE, text=True
    ) as parent:
        pid = int(parent.stdout.readline())
        assert is_alive(pid)
        parent.kill()

    wait_for(lambda: not is_alive(pid))


def test_wait_until_quotes_the_log_of_a_child_that_ended(tmp_path):
    one = child("web", tmp_path, "raise SystemExit('no such table')")
    one.start()

    with pytest.raises(Failed, match=r"(?s)web ended at once.*no such table"):
        wait_until(lambda: False, one, seconds=20)


def test_wait_until_loses_patience(tmp_path):
    one = child("web", tmp_path)
    one.start()

    with pytest.raises(Failed, match="web did not answer within"):
        wait_until(lambda: False, one, seconds=0.2)
    one.stop()


def test_a_child_without_a_log_has_no_last_lines(tmp_path):
    one = child("web", tmp_path)
    one.log = None

    assert one.last_lines() == ""
    one.stop()
