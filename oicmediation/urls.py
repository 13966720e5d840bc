"""The routes of the whole product."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from cases.views.morning import home
from cases.views.search import search_page
from common.web.sweeps import sweeps_page
from oicmediation.runtime import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("healthz/sweeps", health.in_time, name="healthz_sweeps"),
    path("", home, name="home"),
    path("search/", search_page, name="search"),
    path("system/sweeps/", sweeps_page, name="sweeps"),
    path("", include("cases.urls")),
    path("", include("accounts.door_urls")),
    path("accounts/", include("accounts.urls")),
    path("register/", include("institutions.urls")),
    path("", include("notifications.urls")),
    path("audit/", include("audit.urls")),
    path("library/", include("library.urls")),
    path("api/v1/", include("oicmediation.api")),
]

if not settings.IS_PRODUCTION:
    from common.web.styleguide import styleguide

    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))

handler400 = "common.web.views.bad_request"
handler403 = "common.web.views.forbidden"
handler404 = "common.web.views.not_found"
handler500 = "common.web.views.server_error"
