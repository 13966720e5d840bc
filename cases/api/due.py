"""What is due in the API: one's worklist, and the mandates by the session that must decide."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.serializers import due as shapes
from cases.filters import BySessionFilter
from cases.models import Mandate, Task
from cases.selectors import by_session
from common import worklist
from common.api.views import HouseViewSet


class WorklistViewSet(HouseViewSet):
    """What waits for the person, the earliest first, as "My morning" shows it."""

    model = Task
    queryset = Task.objects.none()
    serializer_class = shapes.WorkItemSerializer
    pagination_class = None
    filter_backends = ()

    @extend_schema(
        parameters=[shapes.WorklistQuery], responses=shapes.WorkItemSerializer(many=True)
    )
    def list(self, request: Request) -> Response:
        """Tell what waits until a day; ``scope=unit`` for all that the person oversees."""
        user: Any = request.user
        asked = shapes.WorklistQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        scope = asked.validated_data["scope"]
        if scope == worklist.UNIT and not worklist.may_see_unit(user):
            raise PermissionDenied(_("You oversee no unit."))
        until = asked.validated_data.get("until") or worklist.horizon(timezone.localdate())
        return Response(self.get_serializer(worklist.work_of(user, until, scope), many=True).data)


class MandatesBySessionViewSet(mixins.ListModelMixin, HouseViewSet):
    """Every mandate on which an organ must decide, in the order of the sessions."""

    model = Mandate
    queryset = Mandate.objects.none()
    serializer_class = shapes.MandateBySessionSerializer
    filterset_class = BySessionFilter

    def get_queryset(self) -> Any:
        """Return the mandates that the person sees, with what they lack for the Secretariat."""
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return by_session.with_names(by_session.mandates_by_session(self.request.user))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Tell of each mandate which session must decide on it, and what is missing."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        rows = [
            shapes.SessionRow(group, row)
            for group in by_session.grouped(request.user, page or [])
            for row in group.rows
        ]
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)
