"""The routes of the whole product."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from oicmediation.runtime import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("", include("accounts.door_urls")),
    path("accounts/", include("accounts.urls")),
    path("audit/", include("audit.urls")),
    path("library/", include("library.urls")),
    path("api/v1/", include("oicmediation.api")),
]
