"""The library's routes under /api/v1/."""

from __future__ import annotations

from rest_framework.routers import BaseRouter

from library.api.views import AgreementViewSet, ProcessViewSet


def register(router: BaseRouter) -> None:
    """Add the library to the API."""
    router.register("library/processes", ProcessViewSet, basename="library-process")
    router.register("library/agreements", AgreementViewSet, basename="library-agreement")
