"""A worker that hears no wake for a while ends itself; whoever keeps it starts it anew.

Beat wakes something every few seconds. A worker that hears none has lost the broker without noticing
(queue libraries have hung so after the broker came back empty), or beat is gone, and then nothing is
lost by beginning anew. What was under way is done again: every job is idempotent.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from typing import Any

from celery.signals import task_postrun, task_prerun, worker_ready
from django.conf import settings

logger = logging.getLogger(__name__)
EXIT_CODE = 75  # EX_TEMPFAIL: try again
LOOKS_A_PERIOD = 10


class Hearing:
    """When this worker last heard a wake, and what it is busy with.

    Args:
        patience: seconds without a wake, and without work, after which it counts as deaf.
    """

    def __init__(self, patience: float) -> None:
        self.patience = patience
        self._busy = 0
        self._last = time.monotonic()
        self._lock = threading.Lock()

    def begin(self) -> None:
        """Note that a wake was heard and its work begins."""
        with self._lock:
            self._busy += 1
            self._last = time.monotonic()

    def end(self) -> None:
        """Note that the work of a wake has ended."""
        with self._lock:
            self._busy -= 1
            self._last = time.monotonic()

    @property
    def is_deaf(self) -> bool:
        """Whether nothing was heard, nor done, for longer than the patience lasts."""
        with self._lock:
            return not self._busy and time.monotonic() - self._last > self.patience


def watch(*_sender: Any, **_facts: Any) -> None:
    """Begin to listen in a worker that is ready; without patience in the settings, do not."""
    if not settings.WORKER_PATIENCE_SECONDS:
        return
    hearing = Hearing(settings.WORKER_PATIENCE_SECONDS)
    task_prerun.connect(lambda **_facts: hearing.begin(), weak=False)
    task_postrun.connect(lambda **_facts: hearing.end(), weak=False)
    threading.Thread(target=_guard, args=(hearing,), name="liveness", daemon=True).start()


def _guard(hearing: Hearing) -> None:
    while not hearing.is_deaf:
        time.sleep(hearing.patience / LOOKS_A_PERIOD)
    logger.error("no wake was heard for %.0f s: ending, to be started anew", hearing.patience)
    logging.shutdown()
    os._exit(EXIT_CODE)


def keep_alive() -> None:
    """Let every worker of this program watch itself."""
    worker_ready.connect(watch, dispatch_uid="liveness")
