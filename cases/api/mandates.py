"""Mandates in the API (Rules M1 to M9)."""

from __future__ import annotations

from functools import partial

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import CaseViewSet, PartViewSet, act
from cases.api.filters import MandateFilter
from cases.api.serializers import mandates as shapes
from cases.api.serializers.shared import DayInput, ReasonedInput
from cases.models import Mandate, TermsOfReference
from cases.services import mandates

act_on_mandate = partial(act, answer=shapes.MandateSerializer)
_SESSIONS = ("session", "end_session", "extended_to")


class MandateViewSet(CaseViewSet):
    """What an organ asked whom to do in a file, by which resolution and until when."""

    model = Mandate
    keyword = "mandate"
    queryset = Mandate.objects.none()
    serializer_class = shapes.MandateSerializer
    joined = (
        "dispute",
        "organ__actor",
        "resolution__session",
        "terminated_by_resolution__session",
        *(f"{name}__{part}" for name in _SESSIONS for part in ("organ__actor", "joint_with")),
    )
    fetched = ("holders", "processes")
    inward_filters = MandateFilter
    outward_filters = MandateFilter

    @extend_schema(request=shapes.MandateInput, responses={201: shapes.MandateSerializer})
    def create(self, request: Request) -> Response:
        """Draft a mandate of a file; it covers the named processes, or all (Rule M1)."""
        return self.add(mandates.draft_mandate, shapes.MandateInput)

    @extend_schema(request=shapes.MandateChangeInput, responses=shapes.MandateSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change a draft; what an organ adopted is changed by that organ alone; needs If-Match."""
        return self.change(mandates.change_draft_mandate, shapes.MandateChangeInput)

    adopt = act_on_mandate("adopt", mandates.adopt_mandate, shapes.AdoptInput)
    activate = act_on_mandate("activate", mandates.activate_mandate, DayInput)
    suspend = act_on_mandate("suspend", mandates.suspend_mandate, ReasonedInput)
    extend = act_on_mandate("extend", mandates.extend_mandate, shapes.ExtendInput)
    terminate = act_on_mandate("terminate", mandates.terminate_mandate, shapes.TerminateInput)


class TermsViewSet(PartViewSet):
    """The versions of a mandate's terms of reference; the old ones stay readable (Rule M8)."""

    model = TermsOfReference
    whole = Mandate
    whole_keyword = "mandate"
    queryset = TermsOfReference.objects.none()
    serializer_class = shapes.TermsSerializer
    joined = ("mandate__dispute", "by")

    @extend_schema(request=shapes.TermsInput, responses={201: shapes.TermsSerializer})
    def create(self, request: Request, mandate_pk: str) -> Response:
        """Add a version of the terms of reference; the old ones stay readable (Rule M8)."""
        return self.add(mandates.add_terms_of_reference, shapes.TermsInput)
