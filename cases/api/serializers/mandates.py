"""Shapes of mandates and their terms of reference."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.api.serializers.shared import (
    INSIDE,
    OUTSIDE,
    InputSerializer,
    NamedActorSerializer,
    NamedSerializer,
    OneWorldField,
    PersonSerializer,
    ReasonedInput,
    SideField,
    TwoSidedSerializer,
    today,
)
from cases.models import Dispute, Mandate, Process, TermsOfReference
from cases.services.mandates import DRAFT_FIELDS
from common.api.fields import VisibleRelatedField
from institutions.models import Actor, Organ, Resolution, Session

_TITLES = ("title_en", "title_fr", "title_ar")
_SCOPES = ("scope_en", "scope_fr", "scope_ar")
_SHARED = (
    "id",
    "seen_from",
    "dispute",
    "processes",
    "holders",
    "type",
    "title",
    *_TITLES,
    *_SCOPES,
    "state",
    "organ",
    "session",
    "resolution",
    "paragraph",
    "adopted_on",
    "is_urgent",
    "starts_on",
    "end_kind",
    "ends_on",
    "end_session",
    "extended_to",
    "last_day",
    "succeeds",
    "terminated_on",
    "terminated_by_resolution",
)


class _MandateShape(serializers.ModelSerializer[Mandate]):
    """What both sides see of a mandate."""

    title = serializers.CharField(read_only=True)
    holders = NamedActorSerializer(many=True, read_only=True)
    organ = NamedSerializer(read_only=True, allow_null=True)
    session = NamedSerializer(read_only=True, allow_null=True)
    resolution = NamedSerializer(read_only=True, allow_null=True)
    end_session = NamedSerializer(read_only=True, allow_null=True)
    extended_to = NamedSerializer(read_only=True, allow_null=True)
    terminated_by_resolution = NamedSerializer(read_only=True, allow_null=True)
    last_day = serializers.DateField(
        read_only=True,
        allow_null=True,
        help_text="The last day in force; null while it is open.",
    )


class MandateInsideSerializer(_MandateShape):
    """A mandate, whole."""

    seen_from = SideField(INSIDE)

    class Meta:
        model = Mandate
        fields = (
            *_SHARED,
            "review_on",
            "extension_told_on",
            "is_reserved_to_adopter",
            "terms_waived_reason",
            "is_lead",
            "termination_reason",
            "version",
        )


class MandateOutsideSerializer(_MandateShape):
    """An adopted mandate as it was published."""

    seen_from = SideField(OUTSIDE)

    class Meta:
        model = Mandate
        fields = _SHARED


class MandateSerializer(TwoSidedSerializer):
    """A mandate, from the person's side."""

    inside = MandateInsideSerializer
    outside = MandateOutsideSerializer


class MandateChangeInput(InputSerializer):
    """What a draft says."""

    holders = OneWorldField(Actor, many=True, required=False)
    processes = VisibleRelatedField(Process, many=True, required=False)
    end_session = OneWorldField(Session, required=False, allow_null=True)

    class Meta(InputSerializer.Meta):
        model = Mandate
        fields: tuple[str, ...] = (*DRAFT_FIELDS, "holders", "processes")


class MandateInput(MandateChangeInput):
    """A new draft of a file; it covers the named processes, or all."""

    dispute = VisibleRelatedField(Dispute)
    succeeds = VisibleRelatedField(Mandate, required=False, allow_null=True)

    class Meta(MandateChangeInput.Meta):
        fields = ("dispute", *MandateChangeInput.Meta.fields, "succeeds")


class AdoptInput(serializers.Serializer[Any]):
    """The decision: organ, session, resolution, paragraph and date (Rule M2)."""

    organ = VisibleRelatedField(Organ)
    session = OneWorldField(Session)
    resolution = OneWorldField(Resolution)
    paragraph = serializers.CharField(max_length=40)
    adopted_on = serializers.DateField()


class ExtendInput(ReasonedInput):
    """To the close of which session the mandate runs on, and when its Chair was told."""

    session = OneWorldField(Session)
    told_on = today()


class TerminateInput(ReasonedInput):
    """By which resolution the mandate ends, when and why."""

    resolution = OneWorldField(Resolution)
    terminated_on = today()


class TermsSerializer(serializers.ModelSerializer[TermsOfReference]):
    """One version of the terms of reference."""

    by = PersonSerializer(read_only=True, allow_null=True)

    class Meta:
        model = TermsOfReference
        fields = (
            "id",
            "mandate",
            "number",
            "text_en",
            "text_fr",
            "text_ar",
            "adopted_on",
            "reason",
            "by",
        )


class TermsInput(InputSerializer):
    """A new version of the terms of reference; from the second on with its reason."""

    adopted_on = today()

    class Meta(InputSerializer.Meta):
        model = TermsOfReference
        fields = ("text_en", "text_fr", "text_ar", "adopted_on", "reason")
