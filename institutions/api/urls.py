"""Routes of the register in the API."""

from __future__ import annotations

from rest_framework.routers import BaseRouter

from institutions.api import decisions, views


def register(router: BaseRouter) -> None:
    """Add the register to the central router."""
    router.register("states", views.StateViewSet, basename="state")
    router.register("actors", views.ActorViewSet, basename="actor")
    router.register("organs", views.OrganViewSet, basename="organ")
    router.register("offices", views.OfficeViewSet, basename="office")
    router.register("office-holdings", views.OfficeHoldingViewSet, basename="office-holding")
    router.register("sessions", views.SessionViewSet, basename="session")
    router.register("resolutions", views.ResolutionViewSet, basename="resolution")
    router.register("paragraphs", decisions.ParagraphViewSet, basename="paragraph")
    router.register("reservations", decisions.ReservationViewSet, basename="reservation")
    router.register("holidays", views.HolidayViewSet, basename="holiday")
    router.register("regional-groups", views.RegionalGroupViewSet, basename="regional-group")
    router.register("glossary", views.GlossaryViewSet, basename="glossary-term")
    router.register("recommendations", views.RecommendationViewSet, basename="recommendation")
