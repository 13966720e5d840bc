"""The addresses of one's calendar feed in the API."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import FeedToken
from accounts.services import feeds
from common.api.views import HouseViewSet


class FeedInput(serializers.Serializer[Any]):
    """Which calendar is to read it."""

    name = serializers.CharField(max_length=100)


class FeedSerializer(serializers.ModelSerializer[FeedToken]):
    """An address, without what opens it."""

    class Meta:
        model = FeedToken
        fields = ("id", "name", "created_at")
        read_only_fields = fields


class NewFeedSerializer(FeedSerializer):
    """An address in full, this once."""

    address = serializers.CharField(read_only=True)

    class Meta:
        model = FeedToken
        fields = (*FeedSerializer.Meta.fields, "address")
        read_only_fields = fields


class CalendarFeedViewSet(mixins.ListModelMixin, HouseViewSet):
    """The addresses at which other calendars read one's own."""

    model = FeedToken
    queryset = FeedToken.objects.none()
    serializer_class = FeedSerializer
    is_replayable = False

    def select(self, rows: Any) -> Any:
        """Leave out what was revoked."""
        return rows.filter(revoked_at__isnull=True)

    @extend_schema(request=FeedInput, responses={201: NewFeedSerializer})
    def create(self, request: Request) -> Response:
        """Make an address; it is in this answer and nowhere else."""
        return self.perform_act(FeedInput, feeds.create_feed, shown=self._made)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Revoke an address."""
        actor: Any = request.user
        feeds.revoke_feed(actor=actor, token=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _made(self, made: feeds.NewFeed) -> Response:
        path = reverse("cases:calendar_feed", args=[made.text])
        shown = {
            **FeedSerializer(made.token).data,
            "address": self.request.build_absolute_uri(path),
        }
        return Response(shown, status=status.HTTP_201_CREATED)
