"""How lists of the API are narrowed and ordered; those outside filter by nothing that is hidden."""

from __future__ import annotations

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from cases.choices import (
    ActivityKind,
    ActivityState,
    ConsentRole,
    ConsentState,
    DisputeStatus,
    Engagement,
    MandateState,
    MandateType,
    ReviewState,
    Stage,
)
from cases.models import Activity, Consent, Mandate, MandateReview, Process


class ProcessOutwardFilter(filters.FilterSet):
    """Narrows processes by what everybody sees of them."""

    dispute = filters.UUIDFilter(field_name="dispute_id", label=_("File"))

    class Meta:
        model = Process
        fields: list[str] = []


class ProcessFilter(ProcessOutwardFilter):
    """Narrows processes by file, stage, engagement and status."""

    stage = filters.ChoiceFilter(choices=Stage.choices)
    engagement = filters.ChoiceFilter(choices=Engagement.choices)
    status = filters.ChoiceFilter(choices=DisputeStatus.choices)
    ordering = filters.OrderingFilter(fields=["opened_on", "stage_since"])


class ConsentOutwardFilter(filters.FilterSet):
    """Narrows consents by what everybody sees of them."""

    dispute = filters.UUIDFilter(field_name="process__dispute_id", label=_("File"))
    process = filters.UUIDFilter(field_name="process_id", label=_("Process"))
    party = filters.UUIDFilter(field_name="party_id", label=_("Party"))
    role = filters.ChoiceFilter(choices=ConsentRole.choices)
    outward_state = filters.ChoiceFilter(choices=ConsentState.choices)

    class Meta:
        model = Consent
        fields: list[str] = []


class ConsentFilter(ConsentOutwardFilter):
    """Narrows consents by file, process, party, role and state."""

    state = filters.ChoiceFilter(choices=ConsentState.choices)
    ordering = filters.OrderingFilter(fields=["state_since", "created_at"])


class MandateFilter(filters.FilterSet):
    """Narrows mandates by file, process, type and state."""

    dispute = filters.UUIDFilter(field_name="dispute_id", label=_("File"))
    process = filters.UUIDFilter(field_name="processes", label=_("Process"))
    type = filters.ChoiceFilter(choices=MandateType.choices)
    state = filters.ChoiceFilter(choices=MandateState.choices)
    ordering = filters.OrderingFilter(fields=["adopted_on", "starts_on", "ends_on"])

    class Meta:
        model = Mandate
        fields: list[str] = []


class ActivityFilter(filters.FilterSet):
    """Narrows activities by file, process, kind, state and day."""

    dispute = filters.UUIDFilter(field_name="process__dispute_id", label=_("File"))
    process = filters.UUIDFilter(field_name="process_id", label=_("Process"))
    kind = filters.ChoiceFilter(choices=ActivityKind.choices)
    state = filters.ChoiceFilter(choices=ActivityState.choices)
    planned_from = filters.DateFilter(field_name="planned_on", lookup_expr="gte")
    planned_to = filters.DateFilter(field_name="planned_on", lookup_expr="lte")
    ordering = filters.OrderingFilter(fields=["planned_on", "created_at"])

    class Meta:
        model = Activity
        fields: list[str] = []


class MandateReviewFilter(filters.FilterSet):
    """Narrows reviews by file, mandate, session and state."""

    dispute = filters.UUIDFilter(field_name="mandate__dispute_id", label=_("File"))
    mandate = filters.UUIDFilter(field_name="mandate_id", label=_("Mandate"))
    session = filters.UUIDFilter(field_name="session_id", label=_("Session"))
    state = filters.ChoiceFilter(choices=ReviewState.choices)
    ordering = filters.OrderingFilter(fields=["opened_on", "decide_by"])

    class Meta:
        model = MandateReview
        fields: list[str] = []
