"""Routes of accounts in the API."""

from __future__ import annotations

from django.urls import URLPattern, path
from rest_framework.routers import BaseRouter

from accounts.api import views
from accounts.api.absences import AbsenceViewSet

#: One's own account has no key, hence no place in a router.
urlpatterns: list[URLPattern] = [
    path(
        "me/",
        views.MeViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="me",
    ),
]


def register(router: BaseRouter) -> None:
    """Add accounts to the central router."""
    router.register("users", views.UserViewSet, basename="user")
    router.register("role-changes", views.RoleChangeViewSet, basename="role-change")
    router.register("units", views.UnitViewSet, basename="unit")
    router.register("delegations", views.DelegationViewSet, basename="delegation")
    router.register("absences", AbsenceViewSet, basename="absence")
    router.register("tokens", views.TokenViewSet, basename="token")
