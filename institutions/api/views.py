"""The register in the API: read by all, changed through the same services as the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from common.api.views import ReadViewSet, etag_of
from institutions import filters, services
from institutions.api import inputs
from institutions.api import serializers as shapes
from institutions.models import (
    Actor,
    ConferenceRecommendation,
    GlossaryTerm,
    Holiday,
    Office,
    OfficeHolding,
    Organ,
    RegionalGroup,
    Resolution,
    Session,
    State,
)


class RegisterViewSet(ReadViewSet):
    """Base: the register is open to all who are logged in, so reading it is not put on record."""

    is_reading = False


class StateViewSet(RegisterViewSet):
    """States; ``?on=`` asks for standing and regional group on another day than today."""

    model = State
    queryset = State.objects.none()
    serializer_class = shapes.StateSerializer
    filterset_class = filters.StateFilter

    def select(self, rows: Any) -> Any:
        """Join the names, in the reader's order."""
        return rows.select_related("actor").by_name()

    def get_serializer_context(self) -> dict[str, Any]:
        """Add the day that was asked for."""
        context = dict(super().get_serializer_context())
        if self.request is not None and "on" in self.request.query_params:
            narrowed = filters.StateFilter(self.request.query_params, request=self.request)
            context["day"] = narrowed.day
        return context

    def shown(self, obj: State, http_status: int = status.HTTP_200_OK) -> Response:
        """Return a State with the ETag of its actor."""
        response = super().shown(obj, http_status)
        response.headers["ETag"] = etag_of(obj.actor)
        return response

    @extend_schema(request=inputs.StateInput, responses={201: shapes.StateSerializer})
    def create(self, request: Request) -> Response:
        """Add a State."""
        return self.perform_act(inputs.StateInput, services.add_state, shown=self.created)

    @extend_schema(request=inputs.StateChangeInput, responses=shapes.StateSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Correct its names, or give it new ones from a day on; needs If-Match."""
        state = self.get_object()
        return self.perform_act(
            inputs.StateChangeInput,
            services.change_state,
            obj=state.actor,
            state=state,
            shown=self.changed,
            partial_input=True,
            is_version_needed=True,
        )

    @extend_schema(request=inputs.RegionalGroupInput, responses=shapes.StateSerializer)
    @action(detail=True, methods=["post"], url_path="change-group")
    def change_group(self, request: Request, pk: str) -> Response:
        """Set to which regional group it counts from a day on."""
        return self._act(inputs.RegionalGroupInput, services.change_regional_group, "state")

    @extend_schema(request=inputs.StandingInput, responses=shapes.StateSerializer)
    @action(detail=True, methods=["post"], url_path="change-standing")
    def change_standing(self, request: Request, pk: str) -> Response:
        """Record another standing from a day on."""
        return self._act(inputs.StandingInput, services.change_standing, "member")

    def _act(self, shape: type[Any], act: Callable[..., Any], name: str) -> Response:
        state = self.get_object()
        subject = state.actor if name == "member" else state
        return self.perform_act(
            shape, act, obj=state.actor, shown=lambda _made: self.changed(state), **{name: subject}
        )


class ActorViewSet(RegisterViewSet):
    """Actors of every kind; those made for a file are seen by the Secretariat's staff only."""

    model = Actor
    queryset = Actor.objects.none()
    serializer_class = shapes.ActorSerializer
    filterset_class = filters.ActorFilter

    def select(self, rows: Any) -> Any:
        """Order as the reader expects."""
        return rows.by_name()

    @extend_schema(request=inputs.ActorInput, responses={201: shapes.ActorSerializer})
    def create(self, request: Request) -> Response:
        """Add a movement, an organisation, a community, a group or a person."""
        return self.perform_act(inputs.ActorInput, services.add_actor, shown=self.created)

    @extend_schema(request=inputs.ActorChangeInput, responses=shapes.ActorSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Correct its names, abbreviation or source; needs If-Match."""
        entry = self.get_object()
        return self.perform_act(
            inputs.ActorChangeInput,
            services.change_actor,
            obj=entry,
            entry=entry,
            shown=self.changed,
            partial_input=True,
            is_version_needed=True,
        )


class OrganViewSet(RegisterViewSet):
    """Organs and what each may decide."""

    model = Organ
    queryset = Organ.objects.none()
    serializer_class = shapes.OrganSerializer

    def select(self, rows: Any) -> Any:
        """Join the names."""
        return rows.select_related("actor")


class OfficeViewSet(RegisterViewSet):
    """Offices."""

    model = Office
    queryset = Office.objects.none()
    serializer_class = shapes.OfficeSerializer

    def select(self, rows: Any) -> Any:
        """Join the names."""
        return rows.select_related("actor")

    @extend_schema(
        request=inputs.TakeUpOfficeInput, responses={201: shapes.OfficeHoldingSerializer}
    )
    @action(detail=True, methods=["post"], url_path="take-up")
    def take_up(self, request: Request, pk: str) -> Response:
        """Record who takes it up; the present holder leaves it that day."""
        office = self.get_object()
        return self.perform_act(
            inputs.TakeUpOfficeInput, services.take_up_office, office=office, shown=_holding
        )


def _holding(holding: OfficeHolding) -> Response:
    data = shapes.OfficeHoldingSerializer(holding).data
    return Response(data, status=status.HTTP_201_CREATED, headers={"ETag": etag_of(holding)})


class OfficeHoldingViewSet(RegisterViewSet):
    """Who holds and held the offices."""

    model = OfficeHolding
    queryset = OfficeHolding.objects.none()
    serializer_class = shapes.OfficeHoldingSerializer
    filterset_fields = ("office", "holder")

    def select(self, rows: Any) -> Any:
        """Order for pages that do not shift."""
        return rows.order_by("office", "-from_latest", "id")

    @extend_schema(request=inputs.LeaveOfficeInput, responses=shapes.OfficeHoldingSerializer)
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, pk: str) -> Response:
        """Record that the holder has left."""
        holding = self.get_object()
        return self.perform_act(
            inputs.LeaveOfficeInput,
            services.leave_office,
            obj=holding,
            holding=holding,
            shown=self.changed,
        )


class SessionViewSet(RegisterViewSet):
    """Sessions."""

    model = Session
    queryset = Session.objects.none()
    serializer_class = shapes.SessionSerializer
    filterset_class = filters.SessionFilter

    def select(self, rows: Any) -> Any:
        """Join the names, the latest first."""
        return rows.with_names().latest_first()

    @extend_schema(request=inputs.SessionInput, responses={201: shapes.SessionSerializer})
    def create(self, request: Request) -> Response:
        """Add a planned session."""
        return self.perform_act(inputs.SessionInput, services.create_session, shown=self.created)

    @extend_schema(request=inputs.SessionChangeInput, responses=shapes.SessionSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Correct number, place, theme or source; needs If-Match."""
        return self._act(
            inputs.SessionChangeInput,
            services.change_session,
            partial_input=True,
            is_version_needed=True,
        )

    @extend_schema(request=inputs.SessionMoveInput, responses=shapes.SessionSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str) -> Response:
        """Give it other days; a mandate that ends with its close moves with it."""
        return self._act(inputs.SessionMoveInput, services.move_session)

    @extend_schema(request=inputs.PostponeInput, responses=shapes.SessionSerializer)
    @action(detail=True, methods=["post"])
    def postpone(self, request: Request, pk: str) -> Response:
        """Take its days from it until new ones are known."""
        return self._act(inputs.PostponeInput, services.postpone_session)

    @extend_schema(request=inputs.SessionHeldInput, responses=shapes.SessionSerializer)
    @action(detail=True, methods=["post"], url_path="record-held")
    def record_held(self, request: Request, pk: str) -> Response:
        """Record on which days it was held."""
        return self._act(inputs.SessionHeldInput, services.record_session_held)

    def _act(self, shape: type[Any], act: Callable[..., Any], **options: Any) -> Response:
        session = self.get_object()
        return self.perform_act(
            shape, act, obj=session, session=session, shown=self.changed, **options
        )


class ResolutionViewSet(RegisterViewSet):
    """Resolutions; ``?q=`` takes a reference in any written form."""

    model = Resolution
    queryset = Resolution.objects.none()
    serializer_class = shapes.ResolutionSerializer
    filterset_class = filters.ResolutionFilter

    def select(self, rows: Any) -> Any:
        """Join what the reference and the session's label need, in the register's order."""
        return rows.with_session().in_order()

    @extend_schema(request=inputs.ResolutionInput, responses={201: shapes.ResolutionSerializer})
    def create(self, request: Request) -> Response:
        """Register a resolution."""
        return self.perform_act(
            inputs.ResolutionInput, services.register_resolution, shown=self.created
        )

    @extend_schema(request=inputs.ResolutionCorrectionInput, responses=shapes.ResolutionSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Correct an entry; needs If-Match."""
        resolution = self.get_object()
        return self.perform_act(
            inputs.ResolutionCorrectionInput,
            services.correct_resolution,
            obj=resolution,
            resolution=resolution,
            shown=self.changed,
            partial_input=True,
            is_version_needed=True,
        )


class HolidayViewSet(RegisterViewSet):
    """The working calendar: Friday and Saturday are free besides."""

    model = Holiday
    queryset = Holiday.objects.none()
    serializer_class = shapes.HolidaySerializer
    filterset_class = filters.HolidayFilter

    def select(self, rows: Any) -> Any:
        """Leave out what was removed."""
        return rows.in_force()

    @extend_schema(request=inputs.HolidayInput, responses={201: shapes.HolidaySerializer})
    def create(self, request: Request) -> Response:
        """Add days off."""
        return self.perform_act(inputs.HolidayInput, services.add_holiday, shown=self.created)

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Remove days off."""
        holiday = self.get_object()
        return self.perform_act(
            inputs.NothingInput,
            services.remove_holiday,
            obj=holiday,
            holiday=holiday,
            shown=lambda _holiday: Response(status=status.HTTP_204_NO_CONTENT),
        )


class RegionalGroupViewSet(RegisterViewSet):
    """Regional groups: the administrator's setting, not the list of the OIC."""

    model = RegionalGroup
    queryset = RegionalGroup.objects.none()
    serializer_class = shapes.RegionalGroupSerializer


class GlossaryViewSet(RegisterViewSet):
    """The words of the house."""

    model = GlossaryTerm
    queryset = GlossaryTerm.objects.none()
    serializer_class = shapes.GlossaryTermSerializer
    filterset_class = filters.TermFilter


class RecommendationViewSet(RegisterViewSet):
    """Recommendations of the First OIC Member States Conference on Mediation."""

    model = ConferenceRecommendation
    queryset = ConferenceRecommendation.objects.none()
    serializer_class = shapes.RecommendationSerializer
