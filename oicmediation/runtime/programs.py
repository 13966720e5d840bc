"""The three programs of our own: web, worker and beat."""

from __future__ import annotations

import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from oicmediation.runtime.processes import Child
from oicmediation.settings.environment import PROJECT_DIR

CELERY = ("-m", "celery", "-A", "oicmediation")


def web(port: int, logs: Path, environment: Mapping[str, str]) -> Child:
    """Return gunicorn on 127.0.0.1."""
    config = "python:oicmediation.runtime.gunicorn_config"
    return Child(
        name="web",
        command=[
            *(sys.executable, "-m", "gunicorn"),
            *("--config", config),
            *("--bind", f"127.0.0.1:{port}"),
        ],
        log=logs / "web.log",
        environment=environment,
        death_signal=signal.SIGQUIT,
        directory=PROJECT_DIR,
    )


def worker(logs: Path, environment: Mapping[str, str]) -> Child:
    """Return a Celery worker of threads: no process of its own can outlive it."""
    return Child(
        name="worker",
        command=[
            *(sys.executable, *CELERY, "worker", "--loglevel", "INFO"),
            *("--pool", "threads", "--concurrency", "2"),
            *("--without-gossip", "--without-mingle"),
        ],
        log=logs / "worker.log",
        environment=environment,
        death_signal=signal.SIGQUIT,
        directory=PROJECT_DIR,
    )


def beat(logs: Path, environment: Mapping[str, str]) -> Child:
    """Return Celery's beat."""
    return Child(
        name="beat",
        command=[sys.executable, *CELERY, "beat", "--loglevel", "INFO"],
        log=logs / "beat.log",
        environment=environment,
        directory=PROJECT_DIR,
    )
