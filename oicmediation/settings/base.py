"""What every setting has in common."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from oicmediation.settings.enumerations import ENUM_NAME_OVERRIDES
from oicmediation.settings.environment import (
    PROJECT_DIR,
    broker_and_cache,
    env,
    port,
    redis_url,
    state_dir,
)

BASE_DIR = PROJECT_DIR
STATE_DIR = state_dir()
DEBUG = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "guardian",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "axes",
    "csp",
    "common",
    "audit",
    "notifications",
    "institutions",
    "accounts",
    "library",
    "cases",
    "oicmediation",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "common.web.middleware.BodyLimit",
    "common.web.middleware.RemoveLeftovers",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "audit.middleware.RecordAtTheDoor",
    "common.web.middleware.SessionLimits",
    "common.web.middleware.PersonLanguage",
    "common.web.middleware.PrivateHeaders",
    "common.web.views.ShowRefusals",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "oicmediation.urls"
WSGI_APPLICATION = "oicmediation.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "common.web.context.house",
                "notifications.context.bell",
            ],
        },
    }
]

FORM_RENDERER = "common.web.forms.HouseRenderer"

# Data -------------------------------------------------------------------------------------------

_DATABASE: dict[str, Any] = env.db_url("DATABASE_URL", default="postgres:///oic")
DATABASES: dict[str, Any] = {
    "default": {
        **_DATABASE,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # A page of an index costs hardly more than the next of the table (SSD, memory); the default
        # of 4 is a disk's and makes lists read whole tables. Statements here are short: compiling
        # them takes longer than running them.
        "OPTIONS": {
            "options": "-c random_page_cost=1.1 -c jit=off",
            **_DATABASE.get("OPTIONS", {}),
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
_BROKER_URL, _CACHE_URL = broker_and_cache(redis_url())
CACHES: dict[str, Any] = {
    "default": {
        "BACKEND": "oicmediation.cache.ForgivingRedisCache",
        "LOCATION": _CACHE_URL,
        "KEY_PREFIX": "oic",
    }
}
MEDIA_ROOT = STATE_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# Languages and time -----------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("ar", _("Arabic"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["common.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Riyadh"

# Static files -----------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.str("STATIC_ROOT", default=str(STATE_DIR / "static"))
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": STATE_DIR / "files", "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60 * 60

# People and sessions ----------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_RESET_TIMEOUT = 60 * 60

# Idle 30 minutes, absolute 12 hours (ASVS 7.3.1, 7.3.2): the cookie bears the absolute end,
# common.web.middleware.SessionLimits enforces both.
SESSION_IDLE = timedelta(minutes=30)
SESSION_ABSOLUTE = timedelta(hours=12)
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "common.web.views.csrf_failure"

# The address and the name each lock on their own; counted in PostgreSQL, so that the lock holds
# while the cache is away.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_RESET_ON_SUCCESS = True
# An attempt during a lock does not prolong it: nobody is held out by a stranger's persistence.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "accounts.throttling.name_of"
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_IPWARE_PROXY_COUNT = 0
AXES_IPWARE_META_PRECEDENCE_ORDER = ["REMOTE_ADDR"]

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_FORMS = {
    "login": "accounts.forms.log_in.LogInForm",
    "reset_password": "accounts.forms.log_in.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.log_in.ResetPasswordKeyForm",
    "change_password": "accounts.forms.log_in.ChangePasswordForm",
}
# Log-in is throttled by axes alone.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}

ANONYMOUS_USER_NAME = None
GUARDIAN_RAISE_403 = False

# Browser's defences -----------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
# "no-referrer" makes Chromium send "Origin: null", which Django's CSRF check refuses.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# API --------------------------------------------------------------------------------------------

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.ApiTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["common.api.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "common.api.pagination.PageNumberPages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "common.api.problems.exception_handler",
    "PAGE_SIZE": 50,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
KNOX_TOKEN_MODEL = "accounts.ApiToken"  # noqa: S105 - a model's name
# Its own table is never used, and would stand outside what Django empties after a test.
MIGRATION_MODULES = {"knox": None}
REST_KNOX = {"TOKEN_TTL": timedelta(days=90), "TOKEN_PREFIX": "oic_", "AUTO_REFRESH": False}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "OIC Mediation",
    "DESCRIPTION": "Dispute files, mandates, consents and agreements of the OIC's mediation.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": ENUM_NAME_OVERRIDES,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "common.api.schema.add_problems",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# Jobs -------------------------------------------------------------------------------------------

CELERY_BROKER_URL = _BROKER_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 30}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_max": 0.2}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
#: After so many seconds without a wake a worker ends itself, to be started anew; 0: never.
WORKER_PATIENCE_SECONDS = env.int("WORKER_PATIENCE_SECONDS", default=600)
CELERY_TIMEZONE = TIME_ZONE
# Kept in memory: a sweep finds what is due in the database, so beat has nothing to remember.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"

# Mail -------------------------------------------------------------------------------------------

# The start of every link in a mail; its host also ends each Message-ID.
SITE_URL = env.str("SITE_URL", default=f"http://localhost:{port()}").rstrip("/")
# Shorter than the lease under which a deliverer holds a mail (notifications.services.delivery).
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="OIC Mediation <mediation@localhost>")
EMAIL_SUBJECT_PREFIX = ""
EMAIL_FILE_PATH = str(STATE_DIR / "mail")  # read by the file back end alone
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

# The house --------------------------------------------------------------------------------------

IS_PRODUCTION = False
"""Whether real files lie here; the demonstration world and its accounts never do then."""

SPECIMEN = True
"""Whether pages bear SPECIMEN (Rule N7): everywhere but in production."""

# Reviews of mandates ----------------------------------------------------------------------------

MANDATE_REVIEW_OPENS = 90
"""Rule M5: a review opens so many calendar days before the end, moved to the working day before."""

MANDATE_REVIEW_REMINDERS = (30, 7)
"""Rule M5: its owner is reminded so many days before the end; the longest first."""

MANDATE_REVIEW_STEPS = {
    "assessment": 60,
    "countersignature": 50,
    "proposal": 45,
    "submission": 30,
    "decision": 0,
}
"""So many calendar days before the decision each step is due, moved to the working day before; a
default of this project. A review that opens later than it should draws them together."""

MANDATE_REVIEW_STEP_REMINDER = 5
"""So many calendar days before a step is due its owner is reminded; a default of this project."""

MANDATE_REVIEW_ESCALATION = 1
"""So many calendar days after a step was due its delay goes to the head of unit and the Assistant
Secretary General; a default of this project."""

# Tasks and files without news --------------------------------------------------------------------

TASK_ESCALATION = 3
"""So many working days after a task was due its head of unit is told; a default of this project."""

FILE_NEWS_DAYS = 180
"""Rule D5: so many calendar days without an entry the desk officer is reminded; nothing ends."""

MORNING_LOOKS_AHEAD = 90
"""So many days ahead "My morning" looks."""

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
