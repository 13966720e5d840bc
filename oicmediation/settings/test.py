"""`make test`: nothing leaves the process, nothing is slow on purpose."""

import tempfile
from pathlib import Path

from oicmediation.settings.base import *  # noqa: F403
from oicmediation.settings.base import INSTALLED_APPS, MIDDLEWARE, STORAGES

SECRET_KEY = "only-for-tests"  # noqa: S105 - guards nothing
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Nothing is collected for tests; the live server finds static files by itself. A page that asks
# the database once a row fails its test (django-zeal).
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = [
    *(name for name in MIDDLEWARE if "whitenoise" not in name),
    "zeal.middleware.zeal_middleware",
]
ZEAL_RAISE = True
# django-guardian writes each codename by itself, a place in the team has two of them, and an act
# may concern two people. A decision of an organ is recorded by several services, each of which
# locks what it changes.
ZEAL_ALLOWLIST = [
    {"model": "auth.Group", "field": "get()"},
    {"model": "auth.Permission", "field": "get()"},
    {"model": "cases.DisputeGroupGrant", "field": "get()"},
    {"model": "cases.Mandate", "field": "get()"},
    {"model": "cases.MandateReview", "field": "get()"},
]
MEDIA_ROOT = Path(tempfile.gettempdir()) / "oic-mediation-test-media"
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BROKER_URL = "memory://"
