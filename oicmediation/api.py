"""The one router of the API, its schema and its human page, under /api/v1/."""

from __future__ import annotations

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import IsAuthenticated
from rest_framework.routers import DefaultRouter

from accounts.api import urls as accounts
from audit.api import urls as audit
from cases.api import urls as cases
from common.api.views import NothingHere
from institutions.api import urls as institutions
from library.api import urls as library
from notifications.api import urls as notifications

router = DefaultRouter()
router.include_format_suffixes = False
for app in (audit, notifications, institutions, accounts, library, cases):
    app.register(router)

#: Swagger UI draws its small signs as data: images.
human_page = csp_update({"img-src": [SELF, "data:"]})(
    login_required(
        SpectacularSwaggerSplitView.as_view(url_name="api:schema", template_name="api_docs.html")
    )
)

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "schema/",
        SpectacularAPIView.as_view(permission_classes=[IsAuthenticated]),
        name="schema",
    ),
    path("docs/", human_page, name="docs"),
    *accounts.urlpatterns,
    *notifications.urlpatterns,
    *router.urls,
    re_path(r"^.*/$", NothingHere.as_view(), name="nothing"),
]
