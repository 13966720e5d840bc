"""How lists of what is filed are narrowed and ordered."""

from __future__ import annotations

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from cases.choices import AgreementStage, AgreementStatus
from cases.models import Agreement, Document, WatchNote
from common.choices import Audience


class AgreementFilter(filters.FilterSet):
    """Narrows agreements by file, process, stage, status and day of signature."""

    dispute = filters.UUIDFilter(field_name="process__dispute_id", label=_("File"))
    process = filters.UUIDFilter(field_name="process_id", label=_("Process"))
    stage = filters.ChoiceFilter(choices=AgreementStage.choices)
    status = filters.ChoiceFilter(choices=AgreementStatus.choices)
    provision = filters.CharFilter(
        field_name="provisions__code", label=_("Provision"), max_length=20
    )
    signed_from = filters.DateFilter(field_name="signed_latest", lookup_expr="gte")
    signed_to = filters.DateFilter(field_name="signed_earliest", lookup_expr="lte")
    ordering = filters.OrderingFilter(fields=["signed_latest"])

    class Meta:
        model = Agreement
        fields: list[str] = []


class DocumentFilter(filters.FilterSet):
    """Narrows documents by file, audience and date."""

    dispute = filters.UUIDFilter(field_name="dispute_id", label=_("File"))
    audience = filters.ChoiceFilter(choices=Audience.choices)
    dated_from = filters.DateFilter(field_name="dated", lookup_expr="gte")
    dated_to = filters.DateFilter(field_name="dated", lookup_expr="lte")
    ordering = filters.OrderingFilter(fields=["dated", "created_at"])

    class Meta:
        model = Document
        fields: list[str] = []


class WatchNoteFilter(filters.FilterSet):
    """Narrows watch notes to those that go on, or that ended."""

    has_ended = filters.BooleanFilter(
        field_name="ended_on", lookup_expr="isnull", exclude=True, label=_("Has ended")
    )

    class Meta:
        model = WatchNote
        fields: list[str] = []
