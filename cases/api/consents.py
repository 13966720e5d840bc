"""Consents in the API, step by step (Rules C1 to C5)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import CaseViewSet, PartViewSet, act
from cases.api.filters import ConsentFilter, ConsentOutwardFilter
from cases.api.serializers import consents as shapes
from cases.api.serializers.shared import DayInput
from cases.models import Consent, ConsentCondition, ConsentStep
from cases.services import consents


class ConsentViewSet(CaseViewSet):
    """Consents of governments and agreements of others to take part (Rules C1, C2).

    What Rule C5 keeps inside is seen by the Secretariat alone: mediators too read the outward
    state and the texts that were released.
    """

    model = Consent
    keyword = "consent"
    queryset = Consent.objects.none()
    serializer_class = shapes.ConsentSerializer
    joined = ("process__dispute", "party__actor")
    fetched = ("steps", "conditions")
    inward_filters = ConsentFilter
    outward_filters = ConsentOutwardFilter

    def sees_inside(self, obj: Consent) -> bool:
        """Tell whether the person sees where the consent really stands."""
        return self.sight.is_secretariat

    @extend_schema(request=shapes.ConsentInput, responses={201: shapes.ConsentSerializer})
    def create(self, request: Request) -> Response:
        """Open the record of one party's consent to one role; nothing is sought yet (Rule C1)."""
        return self.add(consents.open_consent, shapes.ConsentInput)


class ConsentPartViewSet(PartViewSet):
    """Parts of a consent, at ``consents/{key}/…``; for the Secretariat."""

    whole = Consent
    whole_keyword = "consent"
    joined: ClassVar[tuple[str, ...]] = ("consent__process__dispute",)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let in the Secretariat; for everybody else nothing is here.

        Raises:
            Http404: the person sees consents from outside.
        """
        super().initial(request, *args, **kwargs)
        if not self.sight.is_secretariat:
            raise Http404


class ConsentStepViewSet(ConsentPartViewSet):
    """The steps of a consent with their instruments; none is ever erased (Rule C1)."""

    model = ConsentStep
    keyword = "step"
    queryset = ConsentStep.objects.none()
    serializer_class = shapes.ConsentStepSerializer
    joined = ("consent__process__dispute", "by", "countersigned_by", "released_by")

    @extend_schema(request=shapes.ConsentStepInput, responses={201: shapes.ConsentStepSerializer})
    def create(self, request: Request, consent_pk: str) -> Response:
        """Record the next step of a consent with its date and instrument (Rules C1, C5)."""
        version = self.check_version(self.whole_seen, is_needed=False)
        return self.add(consents.record_consent, shapes.ConsentStepInput, version=version)

    countersign = act(
        "countersign", consents.countersign_step, DayInput, shapes.ConsentStepSerializer
    )
    confirm = act("confirm", consents.confirm_in_writing, DayInput, shapes.ConsentStepSerializer)
    release = act(
        "release", consents.release_outward_text, shapes.ReleaseInput, shapes.ConsentStepSerializer
    )


class ConsentConditionViewSet(ConsentPartViewSet):
    """The conditions of a consent; it counts as given when every one is met (Rule C3)."""

    model = ConsentCondition
    keyword = "condition"
    queryset = ConsentCondition.objects.none()
    serializer_class = shapes.ConsentConditionSerializer
    joined = ("consent__process__dispute", "met_by")

    meet = act("meet", consents.meet_condition, DayInput, shapes.ConsentConditionSerializer)
