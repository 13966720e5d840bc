"""Shapes of notices and preferences in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from common.api.fields import ClockField
from notifications.choices import MailChoice
from notifications.models import Notice
from notifications.selectors import Choice


class NoticeSerializer(serializers.ModelSerializer[Notice]):
    """A notice in the reader's language."""

    kind_label = serializers.CharField(read_only=True)
    sentence = serializers.CharField(read_only=True)
    why = serializers.CharField(read_only=True)
    is_read = serializers.BooleanField(read_only=True)

    class Meta:
        model = Notice
        fields = (
            "id",
            "kind",
            "kind_label",
            "sentence",
            "why",
            "reference",
            "classification",
            "url",
            "due_on",
            "created_at",
            "read_at",
            "is_read",
        )
        read_only_fields = fields


class MarkedSerializer(serializers.Serializer[Any]):
    """How many notices were marked as read."""

    marked = serializers.IntegerField(read_only=True)


class KindChoiceSerializer(serializers.Serializer[Any]):
    """One kind of notice and what holds for it."""

    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    group = serializers.CharField()
    is_required = serializers.BooleanField()
    is_shown = serializers.BooleanField()
    mail = serializers.ChoiceField(choices=MailChoice.choices)


class PreferencesSerializer(serializers.Serializer[Any]):
    """Everything a person has chosen; times are those of Jeddah."""

    digest_at = ClockField()
    quiet_from = ClockField(allow_null=True)
    quiet_until = ClockField(allow_null=True)
    kinds = KindChoiceSerializer(many=True)


# Input ------------------------------------------------------------------------------------------


class KindChoiceInput(serializers.Serializer[Any]):
    """A choice for one kind."""

    kind = serializers.CharField(max_length=80)
    is_shown = serializers.BooleanField()
    mail = serializers.ChoiceField(choices=MailChoice.choices)


class PreferencesInput(serializers.Serializer[Any]):
    """What is to change; anything left out stays as it is."""

    digest_at = ClockField(required=False)
    quiet_from = ClockField(required=False, allow_null=True)
    quiet_until = ClockField(required=False, allow_null=True)
    kinds = KindChoiceInput(many=True, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return what the service takes; what was left out is as `present` says."""
        rows = attrs.pop("kinds", [])
        choices = {row["kind"]: Choice(row["is_shown"], row["mail"]) for row in rows}
        return {**self.context["present"], **attrs, "choices": choices}


class NothingInput(serializers.Serializer[Any]):
    """An act that asks for nothing but the word."""
