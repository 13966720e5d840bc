"""The routes of the whole product."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from oicmediation.runtime import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
