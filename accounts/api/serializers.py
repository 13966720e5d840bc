"""Shapes of accounts in the API: what is shown, and apart from it what is sent."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import ApiToken, Delegation, RoleChange, Unit, User
from accounts.models.tokens import TokenScope
from accounts.roles import CHOICES, Newcomer
from accounts.services.tokens import LONGEST_DAYS
from common.api.fields import VisibleRelatedField
from common.choices import Classification
from common.text import validate_plain_name
from institutions.models import State

GIVEN_ROLES = [pair for pair in CHOICES if pair[0] != Newcomer.code]
_LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]


class UnitSerializer(serializers.ModelSerializer[Unit]):
    """A unit with its head."""

    class Meta:
        model = Unit
        fields = ("id", "code", "name_en", "name_fr", "name_ar", "head", "version")


class UserSerializer(serializers.ModelSerializer[User]):
    """An account, for those who may open it."""

    role_label = serializers.CharField(read_only=True)
    language = serializers.CharField(read_only=True, help_text="Empty where none was chosen.")

    class Meta:
        model = User
        fields = (
            "id",
            "email",
            "full_name",
            "full_name_ar",
            "job_title",
            "role",
            "role_label",
            "clearance",
            "unit",
            "delegation",
            "is_portal_administrator",
            "is_authorised_signatory",
            "language",
            "is_exercise",
            "is_active",
            "version",
        )
        read_only_fields = fields


class MeSerializer(UserSerializer):
    """One's own account, with the powers of its role and those lent to whoever stands in."""

    powers = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = User
        fields = (*UserSerializer.Meta.fields, "powers")
        read_only_fields = fields


class DelegationSerializer(serializers.ModelSerializer[Delegation]):
    """A delegation and its standing."""

    state_name = serializers.CharField(source="__str__", read_only=True)
    is_accepted = serializers.BooleanField(read_only=True)
    is_frozen = serializers.BooleanField(read_only=True)

    class Meta:
        model = Delegation
        fields = (
            "id",
            "state",
            "state_name",
            "note_reference",
            "note_date",
            "signatory",
            "is_accepted",
            "accepted_on",
            "is_frozen",
            "is_exercise",
            "version",
        )
        read_only_fields = fields


class RoleChangeSerializer(serializers.ModelSerializer[RoleChange]):
    """A change of role and what became of it."""

    class Meta:
        model = RoleChange
        fields = (
            "id",
            "user",
            "old_role",
            "new_role",
            "reason",
            "proposed_by",
            "proposed_at",
            "decided_by",
            "decided_at",
            "is_approved",
        )
        read_only_fields = fields


class TokenSerializer(serializers.ModelSerializer[ApiToken]):
    """A token without its text."""

    id = serializers.UUIDField(source="public_id", read_only=True)

    class Meta:
        model = ApiToken
        fields = ("id", "user", "name", "scope", "created", "expiry")
        read_only_fields = fields


class NewTokenSerializer(TokenSerializer):
    """A token with its text, this once."""

    text = serializers.CharField(read_only=True)

    class Meta:
        model = ApiToken
        fields = (*TokenSerializer.Meta.fields, "text")
        read_only_fields = fields


# Input ------------------------------------------------------------------------------------------


class InviteInput(serializers.Serializer[Any]):
    """A new account."""

    email = serializers.EmailField(max_length=254)
    full_name = serializers.CharField(max_length=150, validators=[validate_plain_name])
    full_name_ar = serializers.CharField(
        max_length=150, required=False, allow_blank=True, validators=[validate_plain_name]
    )
    job_title = serializers.CharField(max_length=150, required=False, allow_blank=True)
    role = serializers.ChoiceField(choices=GIVEN_ROLES)
    clearance = serializers.ChoiceField(choices=Classification.choices, required=False)
    unit = VisibleRelatedField(Unit, required=False, allow_null=True)
    delegation = VisibleRelatedField(Delegation, required=False, allow_null=True)
    is_portal_administrator = serializers.BooleanField(required=False)
    is_authorised_signatory = serializers.BooleanField(required=False)
    language = serializers.ChoiceField(choices=_LANGUAGES, required=False)
    is_exercise = serializers.BooleanField(required=False)


class ChangeUserInput(serializers.Serializer[Any]):
    """What an administrator changes of an account."""

    full_name = serializers.CharField(max_length=150, validators=[validate_plain_name])
    full_name_ar = serializers.CharField(
        max_length=150, allow_blank=True, validators=[validate_plain_name]
    )
    job_title = serializers.CharField(max_length=150, allow_blank=True)
    unit = VisibleRelatedField(Unit, allow_null=True)
    delegation = VisibleRelatedField(Delegation, allow_null=True)
    is_portal_administrator = serializers.BooleanField()
    is_authorised_signatory = serializers.BooleanField()


class ReasonInput(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=300)


class ClearanceInput(ReasonInput):
    """Another clearance, and why."""

    clearance = serializers.ChoiceField(choices=Classification.choices)


class RoleInput(ReasonInput):
    """Another role, and why."""

    new_role = serializers.ChoiceField(choices=GIVEN_ROLES)


class LanguageInput(serializers.Serializer[Any]):
    """The language in which one reads."""

    language = serializers.ChoiceField(choices=_LANGUAGES)


class TokenInput(serializers.Serializer[Any]):
    """A new token."""

    user = VisibleRelatedField(User, required=False)
    name = serializers.CharField(max_length=100)
    scope = serializers.ChoiceField(choices=TokenScope.choices)
    days = serializers.IntegerField(min_value=1, max_value=LONGEST_DAYS)


class UnitInput(serializers.Serializer[Any]):
    """A unit."""

    code = serializers.CharField(max_length=20)
    name_en = serializers.CharField(max_length=300, required=False, allow_blank=True)
    name_fr = serializers.CharField(max_length=300, required=False, allow_blank=True)
    name_ar = serializers.CharField(max_length=300, required=False, allow_blank=True)
    head = VisibleRelatedField(User, required=False, allow_null=True)


class AccreditationInput(serializers.Serializer[Any]):
    """The note of accreditation."""

    state = VisibleRelatedField(State)
    note_reference = serializers.CharField(max_length=80)
    note_date = serializers.DateField()
    signatory = serializers.CharField(max_length=150)


class NothingInput(serializers.Serializer[Any]):
    """An act that asks for nothing but the word."""
