"""Processes in the API: stage, engagement, bases, and what may be done today."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import ClassVar

from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import DateField

from cases.api.base import CaseViewSet, PartViewSet, act, add_part
from cases.api.filters import ProcessFilter, ProcessOutwardFilter
from cases.api.serializers import processes as shapes
from cases.api.serializers.shared import ReasonedOnDayInput
from cases.models import Basis, Process, StageChange
from cases.selectors.panel import acts_of
from cases.services import bases, processes
from common.web.trace import note_reading

act_on_process = partial(act, answer=shapes.ProcessSerializer)


class ProcessViewSet(CaseViewSet):
    """Processes: who talks with whom, at what stage, in what engagement (Rules D1, D2, C6)."""

    model = Process
    keyword = "process"
    queryset = Process.objects.none()
    serializer_class = shapes.ProcessSerializer
    joined = ("dispute",)
    fetched = ("parties__actor",)
    inward_filters = ProcessFilter
    outward_filters = ProcessOutwardFilter

    @extend_schema(request=shapes.ProcessInput, responses={201: shapes.ProcessSerializer})
    def create(self, request: Request) -> Response:
        """Open a process at any stage, with the reason (Rule D2)."""
        return self.add(processes.open_process, shapes.ProcessInput)

    @extend_schema(request=shapes.ProcessChangeInput, responses=shapes.ProcessSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change a process's titles or who talks in it; needs If-Match."""
        return self.change(processes.change_process, shapes.ProcessChangeInput)

    stage = act_on_process("stage", processes.change_stage, shapes.StageInput)
    engagement = act_on_process("engagement", processes.change_engagement, shapes.EngagementInput)
    suspend = act_on_process("suspend", processes.suspend_process, ReasonedOnDayInput)
    resume = act_on_process("resume", processes.resume_process, ReasonedOnDayInput)

    @extend_schema(
        parameters=[
            OpenApiParameter("on", OpenApiTypes.DATE, description="The day asked about; today.")
        ],
        responses=shapes.ActSerializer(many=True),
        filters=False,
    )
    @action(detail=True, url_path="what-may-be-done", pagination_class=None)
    def what_may_be_done(self, request: Request, pk: str) -> Response:
        """Show each act with the answer of the policy that guards it: open, or why not."""
        process = self._inside()
        acts = acts_of(request.user, process, self._day())
        return Response(shapes.ActSerializer(acts, many=True).data)

    def _inside(self) -> Process:
        process: Process = self.get_object()
        if not self.sees_inside(process):
            raise Http404
        note_reading(self.request, process)
        return process

    def _day(self) -> date:
        written = self.request.query_params.get("on")
        if not written:
            return timezone.localdate()
        day: date = DateField().run_validation(written)
        return day


class ProcessPartViewSet(PartViewSet):
    """Parts of a process, at ``processes/{key}/…``."""

    whole = Process
    whole_keyword = "process"
    joined: ClassVar[tuple[str, ...]] = ("process__dispute",)


class StageChangeViewSet(ProcessPartViewSet):
    """The moves of a process from stage to stage with their reasons; for the file's team."""

    model = StageChange
    queryset = StageChange.objects.none()
    serializer_class = shapes.StageChangeSerializer
    joined = ("process__dispute", "by", "agreement")


class BasisViewSet(ProcessPartViewSet):
    """Bases of acting besides mandates; a basis replaces no consent (Rule M0)."""

    model = Basis
    keyword = "basis"
    queryset = Basis.objects.none()
    serializer_class = shapes.BasisSerializer
    joined = ("process__dispute", "holder", "inviting")

    good_offices = add_part(
        "good-offices", bases.offer_good_offices, shapes.GoodOfficesInput, shapes.BasisSerializer
    )
    invitations = add_part(
        "invitations", bases.record_invitation, shapes.InvitationInput, shapes.BasisSerializer
    )
    agreements = add_part(
        "agreements",
        bases.record_agreement_basis,
        shapes.AgreementBasisInput,
        shapes.BasisSerializer,
    )
    state = act("state", bases.change_basis_state, shapes.BasisStateInput, shapes.BasisSerializer)
