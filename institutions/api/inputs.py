"""Shapes of the register in the API: what is sent."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from common.api.fields import VisibleRelatedField
from institutions.choices import HolidayKind, Membership, ReservationKind, SessionKind
from institutions.models import Actor, Organ, RegionalGroup, Resolution, Session, State
from institutions.services import ADDABLE_KINDS


def _text(length: int = 300) -> serializers.CharField:
    return serializers.CharField(max_length=length, required=False, allow_blank=True)


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


class TextsInput(SourcedInput):
    """A text in three languages."""

    text_en = serializers.CharField(required=False, allow_blank=True)
    text_fr = serializers.CharField(required=False, allow_blank=True)
    text_ar = serializers.CharField(required=False, allow_blank=True)


class ParagraphCorrectionInput(TextsInput):
    """What is corrected of a paragraph."""

    number = serializers.CharField(max_length=40)


class ParagraphInput(ParagraphCorrectionInput):
    """A new paragraph of a resolution."""

    resolution = VisibleRelatedField(Resolution)


class ReservationCorrectionInput(TextsInput):
    """What is corrected of a reservation."""

    state = VisibleRelatedField(State)
    kind = serializers.ChoiceField(choices=ReservationKind.choices)
    paragraph = _text(40)
    recorded_on = serializers.DateField(required=False, allow_null=True)


class ReservationInput(ReservationCorrectionInput):
    """A reservation or dissociation of a State."""

    resolution = VisibleRelatedField(Resolution)


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
