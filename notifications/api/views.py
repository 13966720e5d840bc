"""Notices and preferences in the API; every act calls the service that the page calls."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from common.api.views import HouseViewSet, ReadViewSet
from notifications.api import serializers as shapes
from notifications.filters import NoticeFilter
from notifications.models import Hours, Notice
from notifications.selectors import choices_of, hours_of
from notifications.services.preferences import choose_preferences
from notifications.services.reading import mark_all_read, mark_read

_HOURS = ("digest_at", "quiet_from", "quiet_until")


class NoticeViewSet(ReadViewSet):
    """One's own notices, newest first, as long as one may see what they speak of."""

    model = Notice
    queryset = Notice.objects.none()
    serializer_class = shapes.NoticeSerializer
    filterset_class = NoticeFilter
    is_reading = False

    def select(self, rows: Any) -> Any:
        """Leave out of lists what the person wants by e-mail alone."""
        return rows.in_product() if self.action in ("list", "mark_all_read") else rows

    @extend_schema(request=shapes.NothingInput, responses=shapes.NoticeSerializer)
    @action(detail=True, methods=["post"], url_path="mark-read")
    def mark_read(self, request: Request, pk: str) -> Response:
        """Mark a notice as read; marking it again changes nothing."""
        notice = self.get_object()
        return self.perform_act(
            shapes.NothingInput, mark_read, obj=notice, notice=notice, shown=self.changed
        )

    @extend_schema(request=shapes.NothingInput, responses=shapes.MarkedSerializer, filters=False)
    @action(detail=False, methods=["post"], url_path="mark-all-read")
    def mark_all_read(self, request: Request) -> Response:
        """Mark everything in the list as read."""
        return self.perform_act(
            shapes.NothingInput,
            mark_all_read,
            shown=lambda marked: Response(shapes.MarkedSerializer({"marked": marked}).data),
        )


class PreferencesViewSet(HouseViewSet):
    """What one wants to be told, by which channel and when."""

    model = Notice
    queryset = Notice.objects.none()
    serializer_class = shapes.PreferencesSerializer
    pagination_class = None
    filter_backends = ()

    def get_serializer_context(self) -> dict[str, Any]:
        """Bring the present hours, so that a partial change keeps the rest."""
        context = dict(super().get_serializer_context())
        if self.action == "partial_update":
            context["present"] = _present(hours_of(self.request.user))
        return context

    @extend_schema(responses=shapes.PreferencesSerializer)
    def retrieve(self, request: Request) -> Response:
        """Show what holds for every kind offered to the person, and the hours."""
        return self._shown(hours_of(request.user))

    @extend_schema(request=shapes.PreferencesInput, responses=shapes.PreferencesSerializer)
    def partial_update(self, request: Request) -> Response:
        """Choose; what is left out stays as it is."""
        return self.perform_act(shapes.PreferencesInput, choose_preferences, shown=self._shown)

    def _shown(self, hours: Any) -> Response:
        kinds = [
            {
                "kind": kind.key,
                "label": kind.label,
                "group": kind.group,
                "is_required": kind.is_required,
                "is_shown": choice.is_shown,
                "mail": choice.mail,
            }
            for kind, choice in choices_of(self.request.user).items()
        ]
        return Response(shapes.PreferencesSerializer({**_present(hours), "kinds": kinds}).data)


def _present(hours: Hours) -> dict[str, Any]:
    return {name: getattr(hours, name) for name in _HOURS}
