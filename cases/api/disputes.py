"""The dispute file in the API: the file, its parties, causes, team and notified States."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import CaseViewSet, PartViewSet, act
from cases.api.serializers import disputes as shapes
from cases.api.serializers.shared import DayInput, ReasonedInput, ReasonedOnDayInput
from cases.filters import DisputeFilter, DisputeOutwardFilter
from cases.models import Dispute, Party, RootCause, StateNotification, TeamMember
from cases.selectors.audience import who_may_see
from cases.selectors.people import bring_people
from cases.selectors.rows import COLUMNS, FileRow, file_rows
from cases.selectors.timeline import timeline_of
from cases.services import disputes, ends, parties, sharing, team
from common.grants import learn_groups
from common.web.trace import note_reading

act_on_file = partial(act, answer=shapes.DisputeSerializer)


class DisputeViewSet(CaseViewSet):
    """Dispute files that the person sees (Rules D1, D4b, D7)."""

    model = Dispute
    keyword = "dispute"
    queryset = Dispute.objects.none()
    serializer_class = shapes.DisputeSerializer
    inward_filters = DisputeFilter
    outward_filters = DisputeOutwardFilter
    is_list_reading = False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let the list name the person's groups."""
        super().initial(request, *args, **kwargs)
        if self.action == "list":
            learn_groups(request.user)

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return the rows of a page: what they show and no more."""
        return file_rows(self.sight, super().paginate_queryset(queryset))

    def sees_inside(self, obj: Dispute | FileRow) -> bool:
        """Tell whether the person sees the file from inside."""
        return self.sight.is_inside(obj.id)

    def get_serializer_class(self) -> Any:
        """Return the row's shape for the list, the whole for one file."""
        is_row = self.action == "list"
        return shapes.DisputeRowSerializer if is_row else shapes.DisputeSerializer

    def select(self, rows: Any) -> Any:
        """Read what the answer shows and no more."""
        if self.action == "list":
            return rows.values_list(*COLUMNS)
        return rows.select_related("desk_officer", "unit")

    def shown(self, obj: Dispute, http_status: int = status.HTTP_200_OK) -> Response:
        """Return the file with the persons it names."""
        if self.sees_inside(obj):
            bring_people(obj)
        return super().shown(obj, http_status)

    @extend_schema(request=shapes.DisputeInput, responses={201: shapes.DisputeSerializer})
    def create(self, request: Request) -> Response:
        """Open a dispute file; whoever opens it is its desk officer unless another is named (D1)."""
        return self.add(disputes.open_dispute, shapes.DisputeInput)

    @extend_schema(request=shapes.DisputeChangeInput, responses=shapes.DisputeSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what the file says; If-Match names the state that was read."""
        return self.change(disputes.change_dispute, shapes.DisputeChangeInput)

    reclassify = act_on_file("reclassify", disputes.reclassify_dispute, shapes.ReclassifyInput)
    assign_officer = act_on_file(
        "assign-officer", disputes.assign_desk_officer, shapes.AssignOfficerInput
    )
    suspend = act_on_file("suspend", disputes.suspend_dispute, ReasonedOnDayInput)
    resume = act_on_file("resume", disputes.resume_dispute, ReasonedOnDayInput)
    propose_end = act_on_file("propose-end", ends.propose_end, shapes.ProposeEndInput)
    approve_end = act_on_file("approve-end", ends.approve_end, DayInput)
    decline_end = act_on_file("decline-end", ends.decline_end, ReasonedInput)
    reopen = act_on_file("reopen", ends.reopen_dispute, ReasonedOnDayInput)

    @extend_schema(responses=shapes.TimelineEntrySerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def timeline(self, request: Request, pk: str) -> Response:
        """Show everything with a date that the person sees of the file, newest first."""
        dispute = self._read()
        entries = timeline_of(request.user, dispute)
        return Response(shapes.TimelineEntrySerializer(entries, many=True).data)

    @extend_schema(responses=shapes.SeerSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def access(self, request: Request, pk: str) -> Response:
        """Show who may see the file, what of it, and why; for the Secretariat."""
        dispute = self._read()
        if not self.sight.is_secretariat:
            raise Http404
        return Response(shapes.SeerSerializer(who_may_see(dispute), many=True).data)

    def _read(self) -> Dispute:
        dispute: Dispute = self.get_object()
        note_reading(self.request, dispute)
        return dispute


class FilePartViewSet(PartViewSet):
    """Parts of a file, at ``disputes/{key}/…``."""

    whole = Dispute
    whole_keyword = "dispute"
    joined: ClassVar[tuple[str, ...]] = ("dispute",)


class PartyViewSet(FilePartViewSet):
    """Parties to the file, by their neutral names to those outside (Rules D1, C2)."""

    model = Party
    keyword = "party"
    queryset = Party.objects.none()
    serializer_class = shapes.PartySerializer
    joined = ("dispute", "actor")

    @extend_schema(request=shapes.PartyInput, responses={201: shapes.PartySerializer})
    def create(self, request: Request, dispute_pk: str) -> Response:
        """Add a party of any kind, with its wordings and the days it is one (Rule D1)."""
        return self.add(parties.add_party, shapes.PartyInput)

    @extend_schema(request=shapes.PartyChangeInput, responses=shapes.PartySerializer)
    def partial_update(self, request: Request, dispute_pk: str, pk: str) -> Response:
        """Change a party's wordings or the days it is one; needs If-Match."""
        return self.change(parties.change_party, shapes.PartyChangeInput)


class RootCauseViewSet(FilePartViewSet):
    """Why the parties are at odds, cause by cause; for the file's team."""

    model = RootCause
    keyword = "cause"
    queryset = RootCause.objects.none()
    serializer_class = shapes.RootCauseSerializer

    @extend_schema(request=shapes.RootCauseInput, responses={201: shapes.RootCauseSerializer})
    def create(self, request: Request, dispute_pk: str) -> Response:
        """Record why the parties are at odds, as an entry of its own."""
        return self.add(parties.add_root_cause, shapes.RootCauseInput)

    @extend_schema(request=shapes.RootCauseChangeInput, responses=shapes.RootCauseSerializer)
    def partial_update(self, request: Request, dispute_pk: str, pk: str) -> Response:
        """Correct a root cause; needs If-Match."""
        return self.change(parties.change_root_cause, shapes.RootCauseChangeInput)


class TeamViewSet(FilePartViewSet):
    """Who works on the file; for the Secretariat."""

    model = TeamMember
    keyword = "member"
    queryset = TeamMember.objects.none()
    serializer_class = shapes.TeamMemberSerializer
    joined = ("dispute", "user")

    @extend_schema(request=shapes.TeamMemberInput, responses={201: shapes.TeamMemberSerializer})
    def create(self, request: Request, dispute_pk: str) -> Response:
        """Take a person into the file's team from the first to the last day."""
        return self.add(team.add_team_member, shapes.TeamMemberInput)

    end = act("end", team.end_team_member, DayInput, shapes.TeamMemberSerializer)


class StateNotificationViewSet(FilePartViewSet):
    """Concerned States that were notified of the file, and with which it is shared (Rule D7)."""

    model = StateNotification
    keyword = "notification"
    queryset = StateNotification.objects.none()
    serializer_class = shapes.StateNotificationSerializer
    joined = ("dispute", "state__actor", "notified_by", "shared_by")

    @extend_schema(
        request=shapes.StateNotificationInput,
        responses={201: shapes.StateNotificationSerializer},
    )
    def create(self, request: Request, dispute_pk: str) -> Response:
        """Record that the ASG notified a concerned State; it still sees nothing (Rule D7)."""
        return self.add(sharing.notify_state, shapes.StateNotificationInput)

    share = act("share", sharing.share_with_state, DayInput, shapes.StateNotificationSerializer)
    end_sharing = act(
        "end-sharing", sharing.end_sharing, DayInput, shapes.StateNotificationSerializer
    )
