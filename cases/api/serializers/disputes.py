"""Shapes of the dispute file, its parties, causes, team and notified States."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import User
from cases.api.serializers.processes import ProcessInsideSerializer, ProcessOutsideSerializer
from cases.api.serializers.shared import (
    INSIDE,
    OUTSIDE,
    AdmissiblePersonField,
    DayInput,
    InputSerializer,
    NamedActorSerializer,
    NamedSerializer,
    NamedStateSerializer,
    OneWorldField,
    PersonSerializer,
    ReasonedInput,
    SideField,
    TwoSidedSerializer,
    today,
)
from cases.models import Dispute, Party, RootCause, StateNotification, TeamMember
from cases.services.disputes import TEXT_FIELDS
from cases.services.ends import WAYS_OUT
from common.api.fields import VisibleRelatedField
from common.api.shapes import Shape
from common.choices import Classification
from institutions.models import Actor, State

_TITLES = ("title_en", "title_fr", "title_ar")
WAYS_OUT_CHOICES = [(way.value, way.label) for way in WAYS_OUT]
_NEUTRAL = ("neutral_name_en", "neutral_name_fr", "neutral_name_ar")


# Parts ------------------------------------------------------------------------------------------


class PartyInsideSerializer(Shape, serializers.ModelSerializer[Party]):
    """A party with all its wordings."""

    seen_from = SideField(INSIDE)
    name = serializers.CharField(read_only=True)
    actor = NamedActorSerializer(read_only=True)

    class Meta:
        model = Party
        fields = (
            "id",
            "seen_from",
            "dispute",
            "name",
            "kind",
            "actor",
            *_NEUTRAL,
            "official_wording",
            "own_wording",
            "valid_from",
            "valid_to",
            "version",
        )


class PartyOutsideSerializer(Shape, serializers.ModelSerializer[Party]):
    """A party by its neutral name."""

    seen_from = SideField(OUTSIDE)
    name = serializers.CharField(read_only=True)

    class Meta:
        model = Party
        fields = ("id", "seen_from", "dispute", "name")


class PartySerializer(TwoSidedSerializer):
    """A party, from the person's side."""

    inside = PartyInsideSerializer
    outside = PartyOutsideSerializer


class PartyChangeInput(InputSerializer):
    """Wordings of a party and the days it is one."""

    class Meta(InputSerializer.Meta):
        model = Party
        fields: tuple[str, ...] = (
            *_NEUTRAL,
            "official_wording",
            "own_wording",
            "valid_from",
            "valid_to",
        )


class PartyInput(PartyChangeInput):
    """A new party."""

    actor = OneWorldField(Actor, source="party_actor")

    class Meta(PartyChangeInput.Meta):
        fields = ("actor", "kind", *PartyChangeInput.Meta.fields)


class RootCauseSerializer(serializers.ModelSerializer[RootCause]):
    """Why the parties are at odds: one cause."""

    class Meta:
        model = RootCause
        fields = (
            "id",
            "dispute",
            "kind",
            "text_en",
            "text_fr",
            "text_ar",
            "source",
            "identified_on",
            "version",
        )


class RootCauseChangeInput(InputSerializer):
    """What a cause says."""

    class Meta(InputSerializer.Meta):
        model = RootCause
        fields = ("kind", "text_en", "text_fr", "text_ar", "source", "identified_on")


class RootCauseInput(RootCauseChangeInput):
    """A new cause."""

    identified_on = today()


class TeamMemberSerializer(serializers.ModelSerializer[TeamMember]):
    """A place in the team."""

    user = PersonSerializer(read_only=True)

    class Meta:
        model = TeamMember
        fields = ("id", "dispute", "user", "function", "valid_from", "valid_to", "version")


class TeamMemberInput(InputSerializer):
    """A new place in the team."""

    user = AdmissiblePersonField(User)
    valid_from = today()

    class Meta(InputSerializer.Meta):
        model = TeamMember
        fields = ("user", "function", "valid_from", "valid_to")


class StateNotificationSerializer(serializers.ModelSerializer[StateNotification]):
    """A State that was notified, and whether the file is shared with it."""

    state = NamedStateSerializer(read_only=True)
    notified_by = PersonSerializer(read_only=True)
    shared_by = PersonSerializer(read_only=True, allow_null=True)

    class Meta:
        model = StateNotification
        fields = (
            "id",
            "dispute",
            "state",
            "notified_on",
            "notified_by",
            "instrument",
            "shared_on",
            "shared_by",
            "withdrawn_on",
            "version",
        )


class StateNotificationInput(InputSerializer):
    """A State to notify, and by what instrument."""

    state = OneWorldField(State)
    notified_on = today()

    class Meta(InputSerializer.Meta):
        model = StateNotification
        fields = ("state", "notified_on", "instrument")


# The file ---------------------------------------------------------------------------------------


class DisputeRowInsideSerializer(Shape, serializers.ModelSerializer[Dispute]):
    """A file as a row of a list."""

    seen_from = SideField(INSIDE)
    title = serializers.CharField(read_only=True)
    desk_officer = PersonSerializer(read_only=True, allow_null=True)
    processes = ProcessInsideSerializer(many=True, read_only=True)

    class Meta:
        model = Dispute
        fields: tuple[str, ...] = (
            "id",
            "seen_from",
            "reference",
            "title",
            "type",
            "status",
            "classification",
            "desk_officer",
            "opened_on",
            "processes",
            "is_exercise",
            "is_historical",
        )


class DisputeRowOutsideSerializer(Shape, serializers.ModelSerializer[Dispute]):
    """What was shared of a file, as a row of a list."""

    seen_from = SideField(OUTSIDE)
    title = serializers.CharField(read_only=True)
    processes = ProcessOutsideSerializer(many=True, read_only=True)

    class Meta:
        model = Dispute
        fields: tuple[str, ...] = (
            "id",
            "seen_from",
            "reference",
            "title",
            "classification",
            "processes",
            "is_exercise",
            "is_historical",
        )


class DisputeRowSerializer(TwoSidedSerializer):
    """A file as a row, from the person's side."""

    inside = DisputeRowInsideSerializer
    outside = DisputeRowOutsideSerializer


class DisputeInsideSerializer(DisputeRowInsideSerializer):
    """A file, whole. Causes, team, notified States and the timeline have addresses of their own."""

    states_concerned = serializers.SerializerMethodField()
    unit = NamedSerializer(read_only=True, allow_null=True)
    opened_by = PersonSerializer(read_only=True, allow_null=True)
    ended_by = PersonSerializer(read_only=True, allow_null=True)
    end_approved_by = PersonSerializer(read_only=True, allow_null=True)
    end_proposed_by = PersonSerializer(read_only=True, allow_null=True)
    end_proposed_target = serializers.SerializerMethodField()
    merged_into = serializers.SerializerMethodField()
    parties = serializers.SerializerMethodField()

    class Meta(DisputeRowInsideSerializer.Meta):
        fields = (
            *DisputeRowInsideSerializer.Meta.fields,
            *TEXT_FIELDS,
            "states_concerned",
            "unit",
            "opened_by",
            "outcome",
            "ended_on",
            "ended_by",
            "end_approved_by",
            "end_reason",
            "end_proposed_outcome",
            "end_proposed_by",
            "end_proposed_reason",
            "end_proposed_target",
            "merged_into",
            "parties",
            "version",
        )

    @extend_schema_field(NamedStateSerializer(many=True))
    def get_states_concerned(self, dispute: Dispute) -> Any:
        """Return the States that the file concerns."""
        states = dispute.states_concerned.select_related("actor")
        return self.part("states_concerned", NamedStateSerializer).each(states)

    @extend_schema_field(PartyInsideSerializer(many=True))
    def get_parties(self, dispute: Dispute) -> Any:
        """Return the parties with all their wordings."""
        parties = dispute.parties.select_related("actor")
        return self.part("parties", PartyInsideSerializer).each(parties)

    def get_end_proposed_target(self, dispute: Dispute) -> str | None:
        """Return the file into which a merger is proposed, where the person sees it."""
        return self._seen(dispute.end_proposed_target_id)

    def get_merged_into(self, dispute: Dispute) -> str | None:
        """Return the file that goes on, where the person sees it."""
        return self._seen(dispute.merged_into_id)

    def _seen(self, key: Any) -> str | None:
        if key is None:
            return None
        user = self.context["request"].user
        return str(key) if Dispute.objects.visible_to(user).filter(pk=key).exists() else None


class DisputeOutsideSerializer(DisputeRowOutsideSerializer):
    """What was shared of a file."""

    parties = serializers.SerializerMethodField()

    class Meta(DisputeRowOutsideSerializer.Meta):
        fields = (*DisputeRowOutsideSerializer.Meta.fields, *_TITLES, "parties")

    @extend_schema_field(PartyOutsideSerializer(many=True))
    def get_parties(self, dispute: Dispute) -> Any:
        """Return the parties by their neutral names."""
        parties = dispute.parties.select_related("actor")
        return self.part("parties", PartyOutsideSerializer).each(parties)


class DisputeSerializer(TwoSidedSerializer):
    """A file, from the person's side."""

    inside = DisputeInsideSerializer
    outside = DisputeOutsideSerializer


class DisputeChangeInput(InputSerializer):
    """What a file says."""

    states_concerned = OneWorldField(State, many=True, required=False)

    class Meta(InputSerializer.Meta):
        model = Dispute
        fields: tuple[str, ...] = ("type", *TEXT_FIELDS, "states_concerned")


class DisputeInput(DisputeChangeInput):
    """A new file; whoever opens it is its desk officer unless another is named."""

    opened_on = today()
    desk_officer = VisibleRelatedField(User, required=False, allow_null=True)

    class Meta(DisputeChangeInput.Meta):
        fields = (*DisputeChangeInput.Meta.fields, "classification", "opened_on", "desk_officer")


class ReclassifyInput(DayInput, ReasonedInput):
    """Another classification, and why."""

    classification = serializers.ChoiceField(choices=Classification.choices)


class AssignOfficerInput(DayInput):
    """Whose file it is from a day on."""

    desk_officer = VisibleRelatedField(User)
    keep_former = serializers.BooleanField(
        default=False, help_text="Whether the former officer stays in the team."
    )


class ProposeEndInput(ReasonedInput):
    """An honourable way out."""

    outcome = serializers.ChoiceField(choices=WAYS_OUT_CHOICES)
    merged_into = VisibleRelatedField(Dispute, required=False, allow_null=True)


# What is asked about a file ---------------------------------------------------------------------


class TimelineEntrySerializer(serializers.Serializer[Any]):
    """One line of a file's timeline, in the reader's language."""

    on = serializers.DateField(read_only=True)
    kind = serializers.CharField(read_only=True)
    text = serializers.CharField(read_only=True)
    note = serializers.CharField(read_only=True)
    audience = serializers.CharField(read_only=True)
    classification = serializers.IntegerField(read_only=True, allow_null=True)


class SeerSerializer(serializers.Serializer[Any]):
    """Who may see a file, what of it, and why."""

    who = serializers.CharField(read_only=True)
    what = serializers.CharField(read_only=True)
    why = serializers.CharField(read_only=True)
    valid_from = serializers.DateField(read_only=True, allow_null=True)
    valid_to = serializers.DateField(read_only=True, allow_null=True)
