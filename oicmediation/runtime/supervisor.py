"""Keep a list of children alive until told to stop; then stop them, the last one first."""

from __future__ import annotations

import signal
import time
from collections import deque
from collections.abc import Callable
from types import FrameType
from typing import Any

from oicmediation.runtime.processes import Child, Failed
from oicmediation.runtime.progress import say, step

PATIENCE_SECONDS = 60.0
DEATHS_TO_GIVE_UP = 5


class Stop(Exception):
    """Somebody asked the supervisor to stop."""


class Supervisor:
    """Starts children in order and restarts one that died.

    A child that dies five times within a minute is not restarted again: the whole stops and says
    which one it was, with the end of its log.
    """

    def __init__(self) -> None:
        self._children: list[tuple[Child, Callable[[], None]]] = []
        self._deaths: dict[str, deque[float]] = {}

    def listen(self) -> None:
        """Turn Ctrl-C and TERM into `Stop`."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _stop)

    def start(self, child: Child, start: Callable[[], None] | None = None) -> None:
        """Start a child now and look after it from now on; `start` does more than run it."""
        self._children.append((child, start or child.start))
        with step(child.name):
            self._children[-1][1]()

    def watch(self) -> None:
        """Look after the children for ever.

        Raises:
            Stop: somebody asked for it.
            Failed: a child died too often.
        """
        while True:
            for child, start in self._children:
                if not child.is_running:
                    self._revive(child, start)
            time.sleep(0.5)

    def _revive(self, child: Child, start: Callable[[], None]) -> None:
        deaths = self._deaths.setdefault(child.name, deque(maxlen=DEATHS_TO_GIVE_UP))
        deaths.append(time.monotonic())
        if len(deaths) == deaths.maxlen and deaths[-1] - deaths[0] < PATIENCE_SECONDS:
            raise Failed(
                f"{child.name} died {len(deaths)} times in a minute.\n{child.last_lines()}"
            )
        say(f"{child.name} stopped by itself; starting it again. Its log: {child.log}")
        child.sweep_up()
        start()

    def stop(self) -> None:
        """Stop every child, the last one first; a second Ctrl-C changes nothing."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for child, _ in reversed(self._children):
            if child.process is not None:
                with step(f"stopping {child.name}"):
                    child.stop()


def _stop(number: int, frame: FrameType | None) -> Any:
    raise Stop
