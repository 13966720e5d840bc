"""Shapes of a process, its moves and the bases on which the OIC acts in it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.api.serializers.shared import (
    INSIDE,
    OUTSIDE,
    DayInput,
    InputSerializer,
    NamedActorSerializer,
    NamedSerializer,
    OneWorldField,
    PersonSerializer,
    ReasonedInput,
    SideField,
    TwoSidedSerializer,
    text,
    today,
)
from cases.choices import (
    BasisState,
    DisputeStatus,
    Engagement,
    Level,
    NationalRole,
    OutwardStage,
    Stage,
)
from cases.lifecycle import outward_stage
from cases.models import Agreement, Basis, Dispute, Party, Process, StageChange
from common.api.fields import VisibleRelatedField
from common.api.shapes import Shape
from institutions.models import Actor

_TITLES = ("title_en", "title_fr", "title_ar")


class ProcessInsideSerializer(Shape, serializers.ModelSerializer[Process]):
    """A process with its real stage and engagement."""

    seen_from = SideField(INSIDE)
    title = serializers.CharField(read_only=True)
    outward_stage = serializers.SerializerMethodField()

    class Meta:
        model = Process
        fields: tuple[str, ...] = (
            "id",
            "seen_from",
            "dispute",
            "title",
            "stage",
            "stage_since",
            "outward_stage",
            "engagement",
            "national_role",
            "status",
            "opened_on",
            "version",
        )

    def get_outward_stage(self, process: Process) -> OutwardStage | None:
        """Return what is seen of the stage from outside."""
        return outward_stage_of(process)


class ProcessOutsideSerializer(Shape, serializers.ModelSerializer[Process]):
    """What is seen of a process from outside: its title and the outward name of its stage."""

    seen_from = SideField(OUTSIDE)
    title = serializers.CharField(read_only=True)
    outward_stage = serializers.SerializerMethodField()

    class Meta:
        model = Process
        fields: tuple[str, ...] = ("id", "seen_from", "dispute", "title", "outward_stage")

    def get_outward_stage(self, process: Process) -> OutwardStage | None:
        """Return what is seen of the stage; nothing before the parties talk."""
        return outward_stage_of(process)


def outward_stage_of(process: Process) -> OutwardStage | None:
    """Return the outward name of a process's stage (Rule D7)."""
    return outward_stage(process.stage, is_suspended=process.status == DisputeStatus.SUSPENDED)


class ProcessDetailInsideSerializer(ProcessInsideSerializer):
    """A process, whole."""

    parties = NamedSerializer(many=True, read_only=True)

    class Meta(ProcessInsideSerializer.Meta):
        fields = (*ProcessInsideSerializer.Meta.fields, *_TITLES, "parties")


class ProcessDetailOutsideSerializer(ProcessOutsideSerializer):
    """A process as seen from outside, with the parties by their neutral names."""

    parties = NamedSerializer(many=True, read_only=True)

    class Meta(ProcessOutsideSerializer.Meta):
        fields = (*ProcessOutsideSerializer.Meta.fields, *_TITLES, "parties")


class ProcessSerializer(TwoSidedSerializer):
    """A process, from the person's side."""

    inside = ProcessDetailInsideSerializer
    outside = ProcessDetailOutsideSerializer


class ProcessChangeInput(InputSerializer):
    """Titles of a process and who talks in it."""

    parties = VisibleRelatedField(Party, many=True, required=False)

    class Meta(InputSerializer.Meta):
        model = Process
        fields: tuple[str, ...] = (*_TITLES, "parties")


class ProcessInput(ProcessChangeInput, ReasonedInput):
    """A new process, at any stage, with the reason."""

    dispute = VisibleRelatedField(Dispute)
    parties = VisibleRelatedField(Party, many=True)
    opened_on = today()
    stage = serializers.ChoiceField(choices=Stage.choices, default=Stage.EARLY_WARNING)
    engagement = serializers.ChoiceField(
        choices=Engagement.choices, default=Engagement.GOOD_OFFICES
    )

    class Meta(ProcessChangeInput.Meta):
        fields = (
            "dispute",
            *ProcessChangeInput.Meta.fields,
            "opened_on",
            "stage",
            "engagement",
            "national_role",
            "reason",
        )


class StageInput(DayInput, ReasonedInput):
    """The stage to which a process moves, when and why."""

    stage = serializers.ChoiceField(choices=Stage.choices)


class EngagementInput(DayInput, ReasonedInput):
    """What the OIC is in the process from a day on, and why."""

    engagement = serializers.ChoiceField(choices=Engagement.choices)
    national_role = serializers.ChoiceField(
        choices=NationalRole.choices, required=False, allow_blank=True
    )


class StageChangeSerializer(serializers.ModelSerializer[StageChange]):
    """A move from stage to stage with its reason."""

    reason = serializers.CharField(source="why", read_only=True)
    by = PersonSerializer(read_only=True, allow_null=True)

    class Meta:
        model = StageChange
        fields = (
            "id",
            "process",
            "old_stage",
            "new_stage",
            "kind",
            "on",
            "reason",
            "agreement",
            "by",
        )


# What may be done -------------------------------------------------------------------------------


class ActSerializer(serializers.Serializer[Any]):
    """One act: whether it is open on the day, on what footing, or why it is not."""

    key = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment] # the word of the panel
    is_allowed = serializers.BooleanField(source="verdict.is_allowed", read_only=True)
    note = serializers.SerializerMethodField()
    code = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField()

    def get_note(self, act: Any) -> str:
        """Return on what footing the act is open."""
        return str(getattr(act.verdict, "note", ""))

    def get_code(self, act: Any) -> str:
        """Return the rule's stable name where the act is not open."""
        return str(getattr(act.verdict, "code", ""))

    def get_reason(self, act: Any) -> str:
        """Return why the act is not open, in the reader's language."""
        return str(getattr(act.verdict, "reason", ""))

    def get_missing(self, act: Any) -> list[str]:
        """Return what is missing, item by item."""
        return list(getattr(act.verdict, "missing", ()))


# Bases ------------------------------------------------------------------------------------------


class BasisSerializer(serializers.ModelSerializer[Basis]):
    """On what footing the OIC acts besides its mandates (Rule M0)."""

    holder = NamedActorSerializer(read_only=True, allow_null=True)
    inviting = NamedActorSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Basis
        fields = (
            "id",
            "process",
            "kind",
            "state",
            "starts_on",
            "ends_on",
            "state_since",
            "holder",
            "agreement",
            "inviting",
            "level",
            "scope",
            "form",
            "note",
            "classification",
            "version",
        )


class GoodOfficesInput(InputSerializer):
    """An offer of good offices."""

    offered_on = today()
    holder = OneWorldField(Actor, required=False, allow_null=True)

    class Meta(InputSerializer.Meta):
        model = Basis
        fields = ("offered_on", "holder", "note", "classification")


class InvitationInput(InputSerializer):
    """An invitation: who, at what level, when, for what and in what form."""

    inviting = OneWorldField(Actor)
    invited_on = today()
    level = serializers.ChoiceField(choices=Level.choices)
    scope = text()
    form = serializers.CharField(max_length=200)

    class Meta(InputSerializer.Meta):
        model = Basis
        fields = ("inviting", "invited_on", "level", "scope", "form", "ends_on", "classification")


class AgreementBasisInput(serializers.Serializer[Any]):
    """A signed agreement that names the OIC."""

    agreement = VisibleRelatedField(Agreement)
    since = today()
    note = text(is_needed=False)


class BasisStateInput(DayInput):
    """What became of a basis."""

    state = serializers.ChoiceField(choices=BasisState.choices)
    note = text(is_needed=False)
