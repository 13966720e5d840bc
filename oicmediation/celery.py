"""The Celery app. It only wakes sweeps: what is due stands in PostgreSQL, never in the queue."""

import os

from celery import Celery

from oicmediation.liveness import keep_alive

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oicmediation.settings.development")

app = Celery("oicmediation")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
keep_alive()
