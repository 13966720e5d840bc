"""`make run`: one machine, embedded servers, the demonstration world."""

from oicmediation.settings.base import *  # noqa: F403
from oicmediation.settings.base import STATE_DIR, STORAGES
from oicmediation.settings.environment import allowed_hosts, env
from oicmediation.settings.secret import local_secret

SECRET_KEY = local_secret(STATE_DIR)
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *allowed_hosts()]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
# Hashed names as in production, but not compressed: that takes longer than all else together.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
