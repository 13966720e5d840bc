"""The routes of the REST API, under /api/v1/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from accounts.api import urls as accounts_urls
from audit.api import urls as audit_urls
from library.api import urls as library_urls

router = SimpleRouter()
for app_urls in (accounts_urls, audit_urls, library_urls):
    app_urls.register(router)

urlpatterns: list[URLPattern | URLResolver] = [*accounts_urls.urlpatterns, *router.urls]
