"""gunicorn's settings: `gunicorn --config python:oicmediation.runtime.gunicorn_config`."""

from __future__ import annotations

import signal
from typing import Any

from oicmediation.runtime.processes import end_with_parent
from oicmediation.settings.environment import web_workers

wsgi_app = "oicmediation.wsgi:application"
bind = "0.0.0.0:8000"
workers = web_workers()
threads = 4
control_socket_disable = True
graceful_timeout = 10
timeout = 60


def post_fork(server: Any, worker: Any) -> None:
    """Let a worker end with its master, so that no orphan holds the port."""
    end_with_parent(signal.SIGKILL)
