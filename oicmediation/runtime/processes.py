"""Child processes that end with their parent and can be ended as a group."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


class Failed(Exception):
    """Something did not start; the message is for the person at the terminal."""


def end_with_parent(signal_number: int) -> None:
    """Ask the kernel to send this process `signal_number` when its parent dies (Linux)."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal_number)


@dataclass
class Child:
    """One process with its own group, its log and the signal that ends it in good order.

    `death_signal` is what the kernel sends when the supervisor itself was killed: the quickest
    orderly end, so that port and sockets are free for the next start.
    """

    name: str
    command: Sequence[str]
    log: Path | None
    environment: Mapping[str, str]
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGTERM
    account: str | None = None
    directory: Path | None = None
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start the process; its output goes to the end of its log, or to ours without one."""
        parent = os.getpid()

        def prepare() -> None:
            end_with_parent(self.death_signal)
            if os.getppid() != parent:
                os._exit(1)

        with contextlib.ExitStack() as stack:
            log = stack.enter_context(self.log.open("ab")) if self.log else None
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.directory,
                env=dict(self.environment),
                process_group=0,
                preexec_fn=prepare,
                **as_account(self.account),
            )

    def wait(self) -> int:
        """Wait for the end of a process that is running; return its exit code."""
        assert self.process is not None  # noqa: S101 - started before
        return self.process.wait()

    @property
    def is_running(self) -> bool:
        """Whether the process was started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def stop(self, *, patience: float = 15.0) -> None:
        """End the process in good order, after `patience` seconds by force, and its group."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.sweep_up()

    def sweep_up(self) -> None:
        """Kill what an ended process left in its group, so that nothing holds its port."""
        if self.process is None:
            return
        self.process.wait()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process = None

    def last_lines(self, count: int = 20) -> str:
        """Return the end of the log, for the message that says why it failed."""
        if self.log is None:
            return ""
        text = self.log.read_text(encoding="utf-8", errors="replace")
        return "\n".join(text.splitlines()[-count:])


def as_account(account: str | None) -> dict[str, Any]:
    """Return the arguments that make `subprocess` run as another system account."""
    if account is None:
        return {}
    return {"user": account, "group": account_group(account), "extra_groups": []}


def account_group(account: str) -> int:
    """Return the id of the account's own group."""
    return pwd.getpwnam(account).pw_gid


def wait_until(
    condition: Callable[[], bool], child: Child, *, seconds: float, pause: float = 0.05
) -> None:
    """Wait until `condition` holds.

    Raises:
        Failed: the child ended before, or `seconds` passed; the end of its log is quoted.
    """
    deadline = time.monotonic() + seconds
    while not condition():
        if not child.is_running:
            raise Failed(f"{child.name} ended at once.\n{child.last_lines()}")
        if time.monotonic() > deadline:
            raise Failed(
                f"{child.name} did not answer within {seconds:.0f} s.\n{child.last_lines()}"
            )
        time.sleep(pause)
