"""Agreements in the API: a signature moves a process and ends nothing (Rule D3)."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import CaseViewSet, PartViewSet, Service
from cases.api.filing_filters import AgreementFilter
from cases.api.serializers import agreements as shapes
from cases.models import Agreement, AgreementProvision, Signatory
from cases.services import agreement_parts, agreements


class AgreementViewSet(CaseViewSet):
    """Agreements of the processes that the person sees; drafts inside the team only."""

    model = Agreement
    keyword = "agreement"
    queryset = Agreement.objects.none()
    serializer_class = shapes.AgreementSerializer
    joined = ("process__dispute",)
    fetched = (
        "parties__actor",
        "signatories__actor",
        "signatories__party__actor",
        "provisions",
    )
    inward_filters = AgreementFilter
    outward_filters = AgreementFilter

    @extend_schema(request=shapes.AgreementInput, responses={201: shapes.AgreementSerializer})
    def create(self, request: Request) -> Response:
        """Record an agreement; want of consent, basis or stage never stands in the way (D3)."""
        return self.add(
            agreements.record_agreement, shapes.AgreementInput, recorded_on=timezone.localdate()
        )

    @extend_schema(request=shapes.AgreementChangeInput, responses=shapes.AgreementSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what is on record; becoming signed or final moves the process; needs If-Match."""
        return self.do(
            agreements.change_agreement,
            shapes.AgreementChangeInput,
            partial_input=True,
            is_version_needed=True,
            recorded_on=timezone.localdate(),
        )


class AgreementPartViewSet(PartViewSet):
    """Parts of an agreement, at ``agreements/{key}/…``; read with it."""

    whole = Agreement
    whole_keyword = "agreement"
    is_reading = False
    is_list_reading = False

    def take_off(self, service: Service) -> Response:
        """Take the part named in the address off the record."""
        part = self.get_object()
        service(actor=self.request.user, **{self.keyword: part})
        return Response(status=status.HTTP_204_NO_CONTENT)


class SignatoryViewSet(AgreementPartViewSet):
    """Signatories and witnesses by sex, guarantors."""

    model = Signatory
    keyword = "signatory"
    queryset = Signatory.objects.none()
    serializer_class = shapes.SignatorySerializer
    joined = ("agreement__process__dispute", "actor", "party__actor")

    @extend_schema(request=shapes.SignatoryInput, responses={201: shapes.SignatorySerializer})
    def create(self, request: Request, agreement_pk: str) -> Response:
        """Record who stands on the agreement."""
        return self.add(agreement_parts.add_signatory, shapes.SignatoryInput)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, agreement_pk: str, pk: str) -> Response:
        """Take a signatory, witness or guarantor off the record."""
        return self.take_off(agreement_parts.remove_signatory)


class AgreementProvisionViewSet(AgreementPartViewSet):
    """Provisions on the typology that published agreements use too."""

    model = AgreementProvision
    keyword = "provision"
    queryset = AgreementProvision.objects.none()
    serializer_class = shapes.AgreementProvisionSerializer
    joined = ("agreement__process__dispute",)

    @extend_schema(
        request=shapes.AgreementProvisionInput,
        responses={201: shapes.AgreementProvisionSerializer},
    )
    def create(self, request: Request, agreement_pk: str) -> Response:
        """Record a provision."""
        return self.add(agreement_parts.record_provision, shapes.AgreementProvisionInput)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, agreement_pk: str, pk: str) -> Response:
        """Take a provision off the record."""
        return self.take_off(agreement_parts.remove_provision)
