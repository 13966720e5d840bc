"""Routes of notices in the API."""

from __future__ import annotations

from django.urls import URLPattern, path
from rest_framework.routers import BaseRouter

from notifications.api import views

#: One's own preferences have no key, hence no place in a router.
urlpatterns: list[URLPattern] = [
    path(
        "notice-preferences/",
        views.PreferencesViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="notice-preferences",
    ),
]


def register(router: BaseRouter) -> None:
    """Add notices to the central router."""
    router.register("notices", views.NoticeViewSet, basename="notice")
