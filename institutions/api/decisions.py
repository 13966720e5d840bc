"""Paragraphs of resolutions and reservations of States in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from institutions import filters, services
from institutions.api import inputs
from institutions.api import serializers as shapes
from institutions.api.views import RegisterViewSet
from institutions.models import Reservation, ResolutionParagraph


class ParagraphViewSet(RegisterViewSet):
    """The words of resolutions; ``?resolution=`` asks for those of one."""

    model = ResolutionParagraph
    queryset = ResolutionParagraph.objects.none()
    serializer_class = shapes.ParagraphSerializer
    filterset_class = filters.ParagraphFilter

    def select(self, rows: Any) -> Any:
        """Order as the texts do."""
        return rows.select_related("resolution").in_order()

    @extend_schema(request=inputs.ParagraphInput, responses={201: shapes.ParagraphSerializer})
    def create(self, request: Request) -> Response:
        """Enter a paragraph."""
        return self.perform_act(inputs.ParagraphInput, services.add_paragraph, shown=self.created)

    @extend_schema(request=inputs.ParagraphCorrectionInput, responses=shapes.ParagraphSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Correct a paragraph; needs If-Match."""
        paragraph = self.get_object()
        return self.perform_act(
            inputs.ParagraphCorrectionInput,
            services.correct_paragraph,
            obj=paragraph,
            paragraph=paragraph,
            shown=self.changed,
            partial_input=True,
            is_version_needed=True,
        )

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take out a paragraph that was entered by mistake."""
        paragraph = self.get_object()
        return self.perform_act(
            inputs.NothingInput,
            services.remove_paragraph,
            obj=paragraph,
            paragraph=paragraph,
            shown=_gone,
        )


class ReservationViewSet(RegisterViewSet):
    """The States that stood apart from resolutions; ``?resolution=`` and ``?state=`` narrow."""

    model = Reservation
    queryset = Reservation.objects.none()
    serializer_class = shapes.ReservationSerializer
    filterset_class = filters.ReservationFilter

    def select(self, rows: Any) -> Any:
        """Order for pages that do not shift."""
        return rows.select_related("resolution").order_by("resolution", "state", "id")

    @extend_schema(request=inputs.ReservationInput, responses={201: shapes.ReservationSerializer})
    def create(self, request: Request) -> Response:
        """Record a reservation or dissociation."""
        return self.perform_act(
            inputs.ReservationInput, services.record_reservation, shown=self.created
        )

    @extend_schema(
        request=inputs.ReservationCorrectionInput, responses=shapes.ReservationSerializer
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Correct a reservation; needs If-Match."""
        reservation = self.get_object()
        return self.perform_act(
            inputs.ReservationCorrectionInput,
            services.correct_reservation,
            obj=reservation,
            reservation=reservation,
            shown=self.changed,
            partial_input=True,
            is_version_needed=True,
        )

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take out a reservation that was entered by mistake."""
        reservation = self.get_object()
        return self.perform_act(
            inputs.NothingInput,
            services.remove_reservation,
            obj=reservation,
            reservation=reservation,
            shown=_gone,
        )


def _gone(_nothing: Any) -> Response:
    return Response(status=status.HTTP_204_NO_CONTENT)
