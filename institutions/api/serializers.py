"""Shapes of the register in the API: what is shown; ``inputs.py`` has what is sent."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from institutions.choices import Membership
from institutions.models import (
    Actor,
    ConferenceRecommendation,
    GlossaryTerm,
    Holiday,
    Office,
    OfficeHolding,
    Organ,
    RegionalGroup,
    Reservation,
    Resolution,
    ResolutionParagraph,
    Session,
    State,
)
from institutions.selectors import Standing, groups_on, standings_on

_SOURCED = ("source", "confidence", "version")


def _three(stem: str) -> tuple[str, str, str]:
    return f"{stem}_en", f"{stem}_fr", f"{stem}_ar"


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

    url = serializers.CharField(read_only=True, help_text="Where the text is published.")
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


class ParagraphSerializer(serializers.ModelSerializer[ResolutionParagraph]):
    """A paragraph of a resolution as adopted."""

    class Meta:
        model = ResolutionParagraph
        fields = ("id", "resolution", "number", *_three("text"), *_SOURCED)
        read_only_fields = fields


class ReservationSerializer(serializers.ModelSerializer[Reservation]):
    """A State's reservation or dissociation."""

    class Meta:
        model = Reservation
        fields = (
            "id",
            "resolution",
            "state",
            "kind",
            "paragraph",
            *_three("text"),
            "recorded_on",
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
