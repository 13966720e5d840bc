"""Shapes of reviews of mandates and of the acts on them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.api.serializers.shared import (
    DayInput,
    InputSerializer,
    NamedSerializer,
    OneWorldField,
    PersonSerializer,
    ReasonedInput,
    text,
    today,
)
from cases.choices import MandateEnd, Recommendation, ReviewOutcome
from cases.models import Mandate, MandateReview, ReviewStep
from cases.services.reviews import DRAFT_TEXTS
from common.api.fields import VisibleRelatedField
from institutions.models import Session


class ReviewStepSerializer(serializers.ModelSerializer[ReviewStep]):
    """One of the five steps: whose, due when, done by whom."""

    owner = PersonSerializer(read_only=True, allow_null=True)
    done_by = PersonSerializer(read_only=True, allow_null=True)

    class Meta:
        model = ReviewStep
        fields = ("kind", "owner", "due_on", "done_on", "done_by")


class MandateReviewSerializer(serializers.ModelSerializer[MandateReview]):
    """The review of a mandate with its steps."""

    session = NamedSerializer(read_only=True, allow_null=True)
    resolution = NamedSerializer(read_only=True, allow_null=True)
    outcome = serializers.ChoiceField(choices=ReviewOutcome.choices, allow_blank=True)
    steps = ReviewStepSerializer(many=True, read_only=True)

    class Meta:
        model = MandateReview
        fields = (
            "id",
            "mandate",
            "occurrence",
            "state",
            "opened_on",
            "ends_on",
            "decide_by",
            "progress",
            "consent",
            "obstacles",
            "recommendation",
            "returned_because",
            "proposal",
            "session",
            *DRAFT_TEXTS,
            "outcome",
            "resolution",
            "closed_on",
            "steps",
            "version",
        )


class OpenReviewInput(DayInput):
    """Of which mandate a review is opened before its day."""

    mandate = VisibleRelatedField(Mandate)


class AssessInput(DayInput):
    """The assessment with its recommendation."""

    progress = text()
    consent = text()
    obstacles = text(is_needed=False)
    recommendation = serializers.ChoiceField(choices=Recommendation.choices)


class DraftInput(InputSerializer):
    """The draft decision in the three languages."""

    class Meta(InputSerializer.Meta):
        model = MandateReview
        fields = DRAFT_TEXTS


class ReturnInput(DayInput, ReasonedInput):
    """Why it goes back, and when."""


class ProposeInput(DayInput):
    """What is proposed, and to which session."""

    proposal = text()
    session = OneWorldField(Session, required=False, allow_null=True)


class SubmitInput(DayInput):
    """To which session it is submitted."""

    session = OneWorldField(Session)


class _DecisionInput(serializers.Serializer[Any]):
    """A resolution in any written form; with a title it is entered where the register lacks it."""

    session = OneWorldField(Session)
    reference = serializers.CharField(max_length=60)
    title_en = text(is_needed=False, longest=500)
    title_fr = text(is_needed=False, longest=500)
    title_ar = text(is_needed=False, longest=500)


class _NewTermsInput(serializers.Serializer[Any]):
    """New terms of reference; none leave the present ones in force."""

    text_en = text(is_needed=False)
    text_fr = text(is_needed=False)
    text_ar = text(is_needed=False)


class RenewInput(DayInput, _NewTermsInput, _DecisionInput):
    """The decision that renews, and how long the new mandate runs."""

    paragraph = serializers.CharField(max_length=40)
    adopted_on = today()
    starts_on = serializers.DateField(required=False, allow_null=True)
    end_kind = serializers.ChoiceField(choices=MandateEnd.choices)
    end_session = OneWorldField(Session, required=False, allow_null=True)
    ends_on = serializers.DateField(required=False, allow_null=True)
    review_on = serializers.DateField(required=False, allow_null=True)


class AmendInput(ReasonedInput, _NewTermsInput, _DecisionInput):
    """The decision that amends the terms of reference and lets the mandate run on."""

    adopted_on = today()
    review_on = serializers.DateField(required=False, allow_null=True)


class EndInput(ReasonedInput, _DecisionInput):
    """The decision that ends the mandate."""

    terminated_on = today()
