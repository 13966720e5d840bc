"""`make run`: one machine, embedded servers, the demonstration world."""

from oicmediation.settings.base import *  # noqa: F403
from oicmediation.settings.base import STATE_DIR
from oicmediation.settings.environment import env
from oicmediation.settings.secret import local_secret

SECRET_KEY = local_secret(STATE_DIR)
DEBUG = env.bool("DEBUG", default=False)
DEMONSTRATION = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.list("ALLOWED_HOSTS", default=[])]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(STATE_DIR / "mail")
