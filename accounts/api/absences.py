"""Absences in the API; every act calls the service that the page calls."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.serializers import NothingInput
from accounts.models import Absence, User
from accounts.services import absences
from common.api.fields import VisibleRelatedField
from common.api.views import ReadViewSet


class AbsenceSerializer(serializers.ModelSerializer[Absence]):
    """Who is away, on which days, and who stands in."""

    class Meta:
        model = Absence
        fields = (
            "id",
            "user",
            "stand_in",
            "first_day",
            "last_day",
            "recorded_by",
            "cancelled_at",
            "version",
        )
        read_only_fields = fields


class ChangeAbsenceInput(serializers.Serializer[Any]):
    """The days, and who stands in."""

    stand_in = VisibleRelatedField(User)
    first_day = serializers.DateField()
    last_day = serializers.DateField()


class AbsenceInput(ChangeAbsenceInput):
    """A new absence; one's own where nobody is named."""

    user = VisibleRelatedField(User, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Name the person who sends it where nobody is named."""
        return {"user": self.context["request"].user, **attrs}


class AbsenceViewSet(ReadViewSet):
    """Who of the Secretariat is away, and who stands in."""

    model = Absence
    queryset = Absence.objects.none()
    serializer_class = AbsenceSerializer
    is_reading = False

    def select(self, rows: QuerySet[Absence]) -> QuerySet[Absence]:
        """Order for pages that do not shift, and join what policies ask of."""
        return rows.select_related("user__unit", "stand_in").order_by("-first_day", "-id")

    @extend_schema(request=AbsenceInput, responses={201: AbsenceSerializer})
    def create(self, request: Request) -> Response:
        """Record an absence; the stand-in is told and receives the rights for those days."""
        act = partial(absences.record_absence, on=timezone.localdate())
        return self.perform_act(AbsenceInput, act, shown=self.created)

    @extend_schema(request=ChangeAbsenceInput, responses=AbsenceSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change the days or the stand-in; needs If-Match."""
        absence = self.get_object()
        return self.perform_act(
            ChangeAbsenceInput,
            partial(absences.change_absence, on=timezone.localdate()),
            obj=absence,
            absence=absence,
            shown=self.changed,
            partial_input=True,
            is_version_needed=True,
        )

    @extend_schema(request=NothingInput, responses=AbsenceSerializer)
    @action(detail=True, methods=["post"], url_path="call-off")
    def call_off(self, request: Request, pk: str) -> Response:
        """Call the absence off; the rights that came from it end at once."""
        absence = self.get_object()
        act = partial(absences.call_off_absence, on=timezone.localdate())
        return self.perform_act(NothingInput, act, obj=absence, absence=absence, shown=self.changed)
