"""Shapes of the record in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from audit.models import Kind
from common.choices import Classification


class EntrySerializer(serializers.Serializer[Any]):
    """One entry as the reader may read it; ``payload`` is empty for an auditor."""

    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    verb = serializers.CharField()
    words = serializers.CharField()
    actor_id = serializers.CharField()
    actor_name = serializers.CharField()
    actor_role = serializers.CharField()
    target_label = serializers.CharField()
    target_id = serializers.CharField()
    target_text = serializers.CharField()
    classification = serializers.ChoiceField(choices=Classification.choices)
    payload = serializers.DictField()


class EntryPageSerializer(serializers.Serializer[Any]):
    """A page of the record; send ``before`` back to go on to older entries."""

    results = EntrySerializer(many=True, source="entries")
    before = serializers.IntegerField(allow_null=True)


class OutwardReadingSerializer(serializers.Serializer[Any]):
    """The function and the date of our readings, and how often (Rule R10)."""

    office = serializers.CharField()
    on = serializers.DateField()
    times = serializers.IntegerField()


class RecordQuerySerializer(serializers.Serializer[Any]):
    """How the record may be narrowed; ``target_label`` and ``target_id`` together name an object."""

    kind = serializers.ChoiceField(choices=Kind.choices, required=False)
    verb = serializers.CharField(required=False, max_length=80)
    actor_id = serializers.UUIDField(required=False)
    target_label = serializers.RegexField(r"^[a-z_]+\.[A-Za-z]+$", required=False, max_length=80)
    target_id = serializers.UUIDField(required=False)
    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)
    before = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


class ObjectQuerySerializer(serializers.Serializer[Any]):
    """Which object."""

    target_label = serializers.RegexField(r"^[a-z_]+\.[A-Za-z]+$", max_length=80)
    target_id = serializers.UUIDField()
