"""A line for each step, with its time; used before anything is installed, so stdlib only."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator


def say(text: str) -> None:
    """Print one line at once."""
    print(text, flush=True)


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Print `title` when the work begins and its time when it is done."""
    print(f"  {title:<52}", end="", flush=True)
    begin = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - begin:6.1f} s", flush=True)


def fail(text: str) -> None:
    """Print the message for the person at the terminal and end with code 1."""
    print(f"\n{text}", file=sys.stderr, flush=True)
    raise SystemExit(1)
