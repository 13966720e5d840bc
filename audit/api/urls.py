"""Routes of the record in the API."""

from __future__ import annotations

from rest_framework.routers import BaseRouter

from audit.api.views import RecordViewSet


def register(router: BaseRouter) -> None:
    """Add the record to the central router."""
    router.register("audit", RecordViewSet, basename="audit")
