"""Shapes of the register in the API: what is shown, and apart from it what is sent."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common.api.fields import VisibleRelatedField
from institutions.choices import HolidayKind, Membership, SessionKind
from institutions.models import (
    Actor,
    ConferenceRecommendation,
    GlossaryTerm,
    Holiday,
    Office,
    OfficeHolding,
    Organ,
    RegionalGroup,
    Resolution,
    Session,
    State,
)
from institutions.selectors import Standing, groups_on, standings_on
from institutions.services import ADDABLE_KINDS

_SOURCED = ("source", "confidence", "version")


def _three(stem: str) -> tuple[str, str, str]:
    return f"{stem}_en", f"{stem}_fr", f"{stem}_ar"


def _text(length: int = 300) -> serializers.CharField:
    return serializers.CharField(max_length=length, required=False, allow_blank=True)


# Shown ------------------------------------------------------------------------------------------


class ActorSerializer(serializers.ModelSerializer[Actor]):
    """An actor."""

    class Meta:
        model = Actor
        fields = (
            "id",
            "kind",
            "code",
            *_three("name"),
            "is_reference",
            "is_exercise",
            *_SOURCED,
        )
        read_only_fields = fields


class StandingSerializer(serializers.Serializer[Standing]):
    """A standing on a day; several possible ones where the sources leave it open."""

    status = serializers.ChoiceField(choices=Membership.choices)
    is_certain = serializers.BooleanField()
    possible = serializers.ListField(child=serializers.ChoiceField(choices=Membership.choices))


class StateSerializer(serializers.ModelSerializer[State]):
    """A State with its standing and regional group on the day asked for."""

    id = serializers.UUIDField(source="pk", read_only=True)
    code = serializers.CharField(read_only=True)
    name_en = serializers.CharField(source="actor.name_en", read_only=True)
    name_fr = serializers.CharField(source="actor.name_fr", read_only=True)
    name_ar = serializers.CharField(source="actor.name_ar", read_only=True)
    is_exercise = serializers.BooleanField(read_only=True)
    version = serializers.IntegerField(source="actor.version", read_only=True)
    standing = serializers.SerializerMethodField()
    regional_group = serializers.SerializerMethodField()

    class Meta:
        model = State
        fields = (
            "id",
            "code",
            "iso_alpha2",
            "iso_alpha3",
            "iso_numeric",
            *_three("name"),
            *_three("official_name"),
            "joined_year",
            "joined_otherwise",
            "is_un_member",
            "standing",
            "regional_group",
            "is_exercise",
            "version",
        )
        read_only_fields = fields

    @extend_schema_field(StandingSerializer)
    def get_standing(self, state: State) -> dict[str, Any]:
        """Return the standing on the day asked for."""
        standing = self._on("standings", standings_on).get(state.pk, Standing())
        return StandingSerializer(standing).data

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_regional_group(self, state: State) -> str | None:
        """Return the code of the regional group on the day asked for."""
        group = self._on("groups", groups_on).get(state.pk)
        return group.code if group else None

    def _on(self, name: str, select: Any) -> dict[Any, Any]:
        """Read once a request what holds on the day, for all States."""
        context: Any = self.context
        if name not in context:
            context[name] = select(context.get("day") or timezone.localdate())
        found: dict[Any, Any] = context[name]
        return found


class OrganSerializer(serializers.ModelSerializer[Organ]):
    """An organ and what it may decide."""

    id = serializers.UUIDField(source="pk", read_only=True)
    code = serializers.CharField(read_only=True)
    name_en = serializers.CharField(source="actor.name_en", read_only=True)
    name_fr = serializers.CharField(source="actor.name_fr", read_only=True)
    name_ar = serializers.CharField(source="actor.name_ar", read_only=True)

    class Meta:
        model = Organ
        fields = (
            "id",
            "code",
            "abbreviation",
            *_three("name"),
            "tier",
            "rank",
            "may_adopt_mandate",
            "may_adopt_urgent",
            "may_task",
            "may_appoint",
            *_three("meets"),
            *_three("note"),
        )
        read_only_fields = fields


class OfficeHoldingSerializer(serializers.ModelSerializer[OfficeHolding]):
    """Who held an office; an end is the first day on which it was no longer held."""

    class Meta:
        model = OfficeHolding
        fields = (
            "id",
            "office",
            "holder",
            "holder_name",
            "from_earliest",
            "from_latest",
            "to_earliest",
            "to_latest",
            "verified_to",
            "is_exercise",
            *_SOURCED,
        )
        read_only_fields = fields


class OfficeSerializer(serializers.ModelSerializer[Office]):
    """An office."""

    id = serializers.UUIDField(source="pk", read_only=True)
    code = serializers.CharField(read_only=True)
    name_en = serializers.CharField(source="actor.name_en", read_only=True)
    name_fr = serializers.CharField(source="actor.name_fr", read_only=True)
    name_ar = serializers.CharField(source="actor.name_ar", read_only=True)

    class Meta:
        model = Office
        fields = ("id", "code", *_three("name"), "organ")
        read_only_fields = fields


class SessionSerializer(serializers.ModelSerializer[Session]):
    """A session; where ``dates_as_written`` is filled the two days are bounds only."""

    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
    has_exact_dates = serializers.BooleanField(read_only=True)

    class Meta:
        model = Session
        fields = (
            "id",
            "label",
            "organ",
            "joint_with",
            "kind",
            "number",
            "status",
            "starts_on",
            "ends_on",
            "dates_as_written",
            "has_exact_dates",
            *_three("city"),
            "country",
            *_three("theme"),
            "is_exercise",
            *_SOURCED,
        )
        read_only_fields = fields


class ResolutionSerializer(serializers.ModelSerializer[Resolution]):
    """A resolution with its reference in both scripts."""

    reference = serializers.CharField(read_only=True)
    reference_ar = serializers.CharField(read_only=True)
    session_label = serializers.CharField(source="session.label", read_only=True)

    class Meta:
        model = Resolution
        fields = (
            "id",
            "reference",
            "reference_ar",
            "session",
            "session_label",
            "number",
            "tag",
            *_three("title"),
            "adopted_on",
            "url",
            "is_exercise",
            *_SOURCED,
        )
        read_only_fields = fields


class HolidaySerializer(serializers.ModelSerializer[Holiday]):
    """Days off."""

    class Meta:
        model = Holiday
        fields = (
            "id",
            *_three("name"),
            "starts_on",
            "ends_on",
            "kind",
            "is_exercise",
            *_SOURCED,
        )
        read_only_fields = fields


class RegionalGroupSerializer(serializers.ModelSerializer[RegionalGroup]):
    """A regional group: the administrator's setting, not the list of the OIC."""

    class Meta:
        model = RegionalGroup
        fields = ("id", "code", *_three("name"))
        read_only_fields = fields


class GlossaryTermSerializer(serializers.ModelSerializer[GlossaryTerm]):
    """A term."""

    class Meta:
        model = GlossaryTerm
        fields = ("id", "key", "domain", *_three("term"))
        read_only_fields = fields


class RecommendationSerializer(serializers.ModelSerializer[ConferenceRecommendation]):
    """A recommendation of the conference."""

    class Meta:
        model = ConferenceRecommendation
        fields = ("id", "number", *_three("text"), "source")
        read_only_fields = fields


# Sent -------------------------------------------------------------------------------------------


class NothingInput(serializers.Serializer[Any]):
    """An act that needs no more words."""


class SourcedInput(serializers.Serializer[Any]):
    """Where it is known from."""

    source = _text(500)  # type: ignore[assignment] # the house's word, not the framework's


class PostponeInput(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=300)


class NamesInput(serializers.Serializer[Any]):
    """A name in three languages; one at least."""

    name_en = _text()
    name_fr = _text()
    name_ar = _text()


class ActorInput(NamesInput, SourcedInput):
    """A new actor."""

    kind = serializers.ChoiceField(choices=[(kind.value, kind.label) for kind in ADDABLE_KINDS])
    code = _text(20)
    is_reference = serializers.BooleanField(default=False)


class ActorChangeInput(NamesInput, SourcedInput):
    """What is corrected."""

    code = _text(20)


class StateInput(NamesInput, SourcedInput):
    """A new State."""

    code = serializers.CharField(max_length=20)
    official_name_en = _text()
    official_name_fr = _text()
    official_name_ar = _text()
    joined_year = serializers.IntegerField(min_value=1900, max_value=2200, required=False)


class StateChangeInput(NamesInput):
    """Names corrected, or new ones from a day on."""

    official_name_en = _text()
    official_name_fr = _text()
    official_name_ar = _text()
    in_use_from = serializers.DateField(required=False)


class RegionalGroupInput(serializers.Serializer[Any]):
    """To which group from when."""

    group = VisibleRelatedField(RegionalGroup)
    valid_from = serializers.DateField()


class StandingInput(SourcedInput):
    """Which standing from when."""

    status = serializers.ChoiceField(choices=Membership.choices)
    on = serializers.DateField()
    decided_at = VisibleRelatedField(Session, required=False, allow_null=True)


class SessionChangeInput(SourcedInput):
    """What is corrected of a session."""

    number = serializers.IntegerField(min_value=1, max_value=999, required=False, allow_null=True)
    joint_with = VisibleRelatedField(Actor, required=False, allow_null=True)
    city_en = _text(100)
    city_fr = _text(100)
    city_ar = _text(100)
    country = VisibleRelatedField(State, required=False, allow_null=True)
    theme_en = _text()
    theme_fr = _text()
    theme_ar = _text()


class SessionInput(SessionChangeInput):
    """A new session."""

    organ = VisibleRelatedField(Organ)
    kind = serializers.ChoiceField(choices=SessionKind.choices)
    starts_on = serializers.DateField(required=False, allow_null=True)
    ends_on = serializers.DateField(required=False, allow_null=True)
    dates_as_written = _text(60)


class SessionHeldInput(serializers.Serializer[Any]):
    """The days on which it was held."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class SessionMoveInput(SessionHeldInput):
    """Other days."""

    dates_as_written = _text(60)


class ResolutionCorrectionInput(SourcedInput):
    """What is corrected of a resolution."""

    reference = serializers.CharField(max_length=60)
    title_en = _text(500)
    title_fr = _text(500)
    title_ar = _text(500)
    adopted_on = serializers.DateField(required=False, allow_null=True)
    url = serializers.URLField(max_length=500, required=False, allow_blank=True)


class ResolutionInput(ResolutionCorrectionInput):
    """A new resolution."""

    session = VisibleRelatedField(Session)


class TakeUpOfficeInput(SourcedInput):
    """Who takes up an office from when."""

    on = serializers.DateField()
    holder = VisibleRelatedField(Actor, required=False, allow_null=True)
    holder_name = _text(200)


class LeaveOfficeInput(serializers.Serializer[Any]):
    """The first day on which the office is no longer held."""

    on = serializers.DateField()


class HolidayInput(NamesInput, SourcedInput):
    """Days off."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    kind = serializers.ChoiceField(choices=HolidayKind.choices, default=HolidayKind.HOLIDAY)
