"""The record in the API: read only, by number."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from audit.api.serializers import (
    EntryPageSerializer,
    ObjectQuerySerializer,
    OutwardReadingSerializer,
    RecordQuerySerializer,
)
from audit.models import AuditEvent
from audit.selectors import (
    Depth,
    depth_for,
    outward_readings,
    record_of_object,
    record_of_person,
    whole_record,
)
from common.api.views import HouseViewSet


class RecordViewSet(HouseViewSet):
    """The record of acts, refusals and readings, as far as the person may read it."""

    model = AuditEvent
    queryset = AuditEvent.objects.none()
    serializer_class = EntryPageSerializer
    pagination_class = None
    filter_backends = ()

    @extend_schema(parameters=[RecordQuerySerializer], responses=EntryPageSerializer)
    def list(self, request: Request) -> Response:
        """List entries, newest first: the whole record for an auditor; for staff name an object."""
        query = RecordQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        page = self._page(request.user, dict(query.validated_data))
        return Response(EntryPageSerializer(page).data)

    @extend_schema(
        parameters=[ObjectQuerySerializer], responses=OutwardReadingSerializer(many=True)
    )
    @action(detail=False, url_path="readings")
    def readings(self, request: Request) -> Response:
        """List when which function of the General Secretariat opened what was shared with a State."""
        query = ObjectQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        label, pk = query.validated_data["target_label"], query.validated_data["target_id"]
        if depth_for(request.user, label, pk) is not Depth.OUTWARD:
            raise Http404
        rows = outward_readings(request.user, label, pk)
        return Response(OutwardReadingSerializer(rows, many=True).data)

    def _page(self, user: Any, query: dict[str, Any]) -> Any:
        before = query.pop("before", None)
        if user.has_power("audit.read_record"):
            return whole_record(user, query, before)
        label, pk = query.get("target_label"), query.get("target_id")
        if label and pk and depth_for(user, label, pk) is Depth.FULL:
            return record_of_object(user, label, pk, before)
        if query.get("actor_id") == user.pk:
            return record_of_person(user, user.pk, before)
        raise Http404
