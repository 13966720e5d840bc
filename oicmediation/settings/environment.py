"""The environment variables of the whole project, read here and nowhere else.

`.env.example` documents each of them; a test keeps the two lists equal.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import environ
from django.core.exceptions import ImproperlyConfigured

PROJECT_DIR = Path(__file__).resolve().parents[2]

env = environ.Env()


def state_dir() -> Path:
    """Return the folder that holds everything the program writes (`OIC_STATE_DIR`)."""
    return Path(env.str("OIC_STATE_DIR", default=str(PROJECT_DIR / ".state"))).resolve()


def port() -> int:
    """Return the port of the web server that `make run` starts (`PORT`)."""
    return int(env.int("PORT", default=8000))


def web_workers() -> int:
    """Return how many processes serve the web (`WEB_WORKERS`)."""
    return int(env.int("WEB_WORKERS", default=2))


def allowed_hosts() -> list[str]:
    """Return the host names under which the product is reached (`ALLOWED_HOSTS`)."""
    return list(env.list("ALLOWED_HOSTS", default=["localhost"]))


def database_url() -> str:
    """Return `DATABASE_URL`, or an empty string when the embedded server is to be used."""
    return str(env.str("DATABASE_URL", default=""))


def redis_url() -> str:
    """Return `REDIS_URL`, or an empty string when the embedded server is to be used."""
    return str(env.str("REDIS_URL", default=""))


def broker_and_cache(url: str) -> tuple[str, str]:
    """Return the addresses of the broker (database 0) and the cache (database 1) at `url`.

    Clearing the cache must never empty the queue, hence two databases of one server.
    """
    parts = urlsplit(url or "redis://127.0.0.1:6379")
    if parts.scheme == "unix":
        return f"redis+socket://{parts.path}?virtual_host=0", f"unix://{parts.path}?db=1"
    return urlunsplit(parts._replace(path="/0")), urlunsplit(parts._replace(path="/1"))


def child_environment(**changes: str) -> dict[str, str]:
    """Return the environment of a child process: this one's with `changes` laid over it."""
    return {**os.environ, **changes}


def required(*names: str) -> dict[str, str]:
    """Return the values of variables that production cannot do without.

    Raises:
        ImproperlyConfigured: one or more are missing or empty; the message names all of them.
    """
    values = {name: env.str(name, default="") for name in names}
    missing = [name for name, value in values.items() if not value]
    if missing:
        raise ImproperlyConfigured(
            f"Production settings need these environment variables: {', '.join(missing)}. "
            "Each is described in .env.example."
        )
    return values
