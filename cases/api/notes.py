"""Watch notes and precedents in the API: the Secretariat's own (Rule D4c)."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import CaseViewSet, act
from cases.api.disputes import FilePartViewSet
from cases.api.filing_filters import WatchNoteFilter
from cases.api.serializers import notes as shapes
from cases.models import Precedent, WatchNote
from cases.services import notes

act_on_note = partial(act, answer=shapes.WatchNoteSerializer)


class WatchNoteViewSet(CaseViewSet):
    """Watch notes: read by their author and by those who see all files, ended by the author alone."""

    model = WatchNote
    keyword = "note"
    queryset = WatchNote.objects.none()
    serializer_class = shapes.WatchNoteSerializer
    joined = ("author",)
    inward_filters = WatchNoteFilter
    outward_filters = WatchNoteFilter

    def sees_inside(self, obj: Any) -> bool:
        """Tell that whoever sees a watch note sees the whole of it."""
        return True

    @extend_schema(request=shapes.WatchNoteInput, responses={201: shapes.WatchNoteSerializer})
    def create(self, request: Request) -> Response:
        """Write a watch note: no party, no consent, no file (Rule D4c)."""
        return self.add(
            notes.write_watch_note, shapes.WatchNoteInput, written_on=timezone.localdate()
        )

    @extend_schema(request=shapes.WatchNoteInput, responses=shapes.WatchNoteSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change one's own watch note; needs If-Match."""
        return self.change(notes.change_watch_note, shapes.WatchNoteInput)

    end = act_on_note("end", notes.end_watch_note, shapes.EndWatchNoteInput)
    open_file = act_on_note("open-file", notes.open_file_from_note, shapes.OpenFileInput)


class PrecedentViewSet(FilePartViewSet):
    """Published agreements kept beside a file, at ``disputes/{key}/precedents/``."""

    model = Precedent
    keyword = "precedent"
    queryset = Precedent.objects.none()
    serializer_class = shapes.PrecedentSerializer
    joined = ("dispute", "agreement", "linked_by")

    @extend_schema(request=shapes.PrecedentInput, responses={201: shapes.PrecedentSerializer})
    def create(self, request: Request, dispute_pk: str) -> Response:
        """Keep a published agreement of the library beside the file."""
        return self.add(notes.link_precedent, shapes.PrecedentInput)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, dispute_pk: str, pk: str) -> Response:
        """Take a precedent away from the file."""
        actor: Any = request.user
        notes.unlink_precedent(actor=actor, precedent=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)
