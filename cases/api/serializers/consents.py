"""Shapes of consent: whole for the Secretariat, outward for everybody else (Rules C1, C5)."""

from __future__ import annotations

from rest_framework import serializers

from cases.api.serializers.shared import (
    INSIDE,
    OUTSIDE,
    InputSerializer,
    NamedSerializer,
    PersonSerializer,
    SideField,
    TwoSidedSerializer,
    today,
)
from cases.choices import ConsentState
from cases.models import Consent, ConsentCondition, ConsentStep, Party, Process
from cases.selectors.situation import counts_as_given
from common.api.fields import VisibleRelatedField
from common.i18n import in_language

_TEXTS = ("outward_text_en", "outward_text_fr", "outward_text_ar")
_PARTICULARS = (
    "instrument",
    "instrument_reference",
    "spoken_by",
    "spoken_to",
    "meeting",
    "level",
    "scope",
    "note",
    "confirmation_pending",
)


class ConsentInsideSerializer(serializers.ModelSerializer[Consent]):
    """Where one party really stands on one role."""

    seen_from = SideField(INSIDE)
    dispute = serializers.UUIDField(source="process.dispute_id", read_only=True)
    party = NamedSerializer(read_only=True)
    is_of_government = serializers.BooleanField(
        source="party.is_government",
        read_only=True,
        help_text="Governments give consent; others agree to take part.",
    )
    counts_as_given = serializers.SerializerMethodField()

    class Meta:
        model = Consent
        fields = (
            "id",
            "seen_from",
            "dispute",
            "process",
            "party",
            "is_of_government",
            "role",
            "state",
            "outward_state",
            "state_since",
            "counts_as_given",
            "version",
        )

    def get_counts_as_given(self, consent: Consent) -> bool:
        """Tell whether it stands: an oral one countersigned, every condition met."""
        return counts_as_given(consent)


class ConsentOutsideSerializer(serializers.ModelSerializer[Consent]):
    """What is seen of a consent from outside: its outward state and the texts released."""

    seen_from = SideField(OUTSIDE)
    dispute = serializers.UUIDField(source="process.dispute_id", read_only=True)
    party = NamedSerializer(read_only=True)
    released_texts = serializers.SerializerMethodField()

    class Meta:
        model = Consent
        fields = (
            "id",
            "seen_from",
            "dispute",
            "process",
            "party",
            "role",
            "outward_state",
            "released_texts",
        )

    def get_released_texts(self, consent: Consent) -> list[str]:
        """Return the texts that the Assistant Secretary General released, oldest first."""
        return [
            in_language(step, "outward_text")
            for step in consent.steps.all()
            if step.released_at is not None
        ]


class ConsentSerializer(TwoSidedSerializer):
    """A consent, from the person's side."""

    inside = ConsentInsideSerializer
    outside = ConsentOutsideSerializer


class ConsentInput(InputSerializer):
    """Whose consent to what role in which process."""

    process = VisibleRelatedField(Process)
    party = VisibleRelatedField(Party)

    class Meta(InputSerializer.Meta):
        model = Consent
        fields = ("process", "party", "role")


class ConsentStepSerializer(serializers.ModelSerializer[ConsentStep]):
    """One dated step with its instrument."""

    by = PersonSerializer(read_only=True, allow_null=True)
    countersigned_by = PersonSerializer(read_only=True, allow_null=True)
    released_by = PersonSerializer(read_only=True, allow_null=True)
    waits_for_countersignature = serializers.BooleanField(read_only=True)

    class Meta:
        model = ConsentStep
        fields = (
            "id",
            "consent",
            "old_state",
            "new_state",
            "on",
            *_PARTICULARS,
            "by",
            "confirmed_on",
            "waits_for_countersignature",
            "countersigned_by",
            "countersigned_on",
            *_TEXTS,
            "released_at",
            "released_by",
        )


class ConsentStepInput(InputSerializer):
    """The next step: to what state, on what day, by what instrument."""

    state = serializers.ChoiceField(choices=ConsentState.choices)
    on = today()
    conditions = serializers.ListField(
        child=serializers.CharField(max_length=2000),
        required=False,
        max_length=50,
        help_text="For a consent on conditions, each of them in words.",
    )

    class Meta(InputSerializer.Meta):
        model = ConsentStep
        fields = ("state", "on", *_PARTICULARS, "conditions")


class ReleaseInput(InputSerializer):
    """What others learn of a consent that is no longer in force."""

    class Meta(InputSerializer.Meta):
        model = ConsentStep
        fields = _TEXTS


class ConsentConditionSerializer(serializers.ModelSerializer[ConsentCondition]):
    """A condition of a consent, and whether it is met."""

    met_by = PersonSerializer(read_only=True, allow_null=True)

    class Meta:
        model = ConsentCondition
        fields = ("id", "consent", "step", "text", "is_current", "met_on", "met_by")
