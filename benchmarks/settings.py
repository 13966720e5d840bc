"""The settings of development with a real mail server, for processes that are to be killed."""

from oicmediation.settings.development import *  # noqa: F403
from oicmediation.settings.environment import env

vars().update(env.email_url("EMAIL_URL"))
WORKER_PATIENCE_SECONDS = 20
CLOCK_SHIFT = env.int("CLOCK_SHIFT", default=0)
"""By how many seconds the process's clock stands wrong."""
