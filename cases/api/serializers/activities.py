"""Shapes of what is done in a process."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import User
from cases.api.serializers.shared import (
    InputSerializer,
    NamedSerializer,
    NamedStateSerializer,
    OneWorldField,
    PersonSerializer,
)
from cases.models import Activity, Party, Process
from common.api.fields import VisibleRelatedField
from institutions.models import State


class ActivitySerializer(serializers.ModelSerializer[Activity]):
    """An activity, planned or held, and the footing on which it was planned."""

    dispute = serializers.UUIDField(source="process.dispute_id", read_only=True)
    state_visited = NamedStateSerializer(read_only=True, allow_null=True)
    decided_in_person_by = PersonSerializer(read_only=True, allow_null=True)
    audience_party = NamedSerializer(read_only=True, allow_null=True)
    by = PersonSerializer(read_only=True, allow_null=True)
    hold_reason = serializers.SerializerMethodField()

    class Meta:
        model = Activity
        fields = (
            "id",
            "dispute",
            "process",
            "kind",
            "state",
            "planned_on",
            "purpose",
            "footing",
            "state_visited",
            "agreed_by_state_on",
            "agreed_by_state_how",
            "is_disputed_territory",
            "decided_in_person_by",
            "decided_in_person_on",
            "hold_reason",
            "classification",
            "audience",
            "audience_party",
            "by",
            "version",
        )

    def get_hold_reason(self, activity: Activity) -> str:
        """Return why it is on hold; a consent that is no longer in force is told inside only (C5)."""
        is_secretariat = self.context["request"].user.is_secretariat
        return activity.hold_reason if is_secretariat else ""


class ActivityInput(InputSerializer):
    """A new activity; the rules of its kind are asked for the day on which it is planned."""

    process = VisibleRelatedField(Process)
    state_visited = OneWorldField(State, required=False, allow_null=True)
    decided_in_person_by = VisibleRelatedField(User, required=False, allow_null=True)
    audience_party = VisibleRelatedField(Party, required=False, allow_null=True)

    class Meta(InputSerializer.Meta):
        model = Activity
        fields = (
            "process",
            "kind",
            "planned_on",
            "purpose",
            "classification",
            "state_visited",
            "agreed_by_state_on",
            "agreed_by_state_how",
            "is_disputed_territory",
            "decided_in_person_by",
            "decided_in_person_on",
            "audience",
            "audience_party",
        )


class ReplanInput(serializers.Serializer[Any]):
    """The new day of an activity on hold."""

    planned_on = serializers.DateField()
