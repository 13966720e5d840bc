"""Shapes of tasks, and of handing over what somebody holds."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import User
from cases.api.serializers.shared import AdmissiblePersonField, InputSerializer, PersonSerializer
from cases.models import Dispute, ReviewStep, Task, TeamMember
from common.api.fields import VisibleRelatedField


class TaskSerializer(serializers.ModelSerializer[Task]):
    """A task."""

    owner = PersonSerializer(read_only=True)
    created_by = PersonSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Task
        fields = (
            "id",
            "title",
            "note",
            "dispute",
            "owner",
            "unit",
            "due_on",
            "priority",
            "state",
            "held_until",
            "hold_reason",
            "url",
            "created_by",
            "closed_at",
            "version",
        )
        read_only_fields = fields


class ChangeTaskInput(InputSerializer):
    """What a task asks, by when and of whom."""

    owner = AdmissiblePersonField()

    class Meta(InputSerializer.Meta):
        model = Task
        fields: tuple[str, ...] = ("title", "note", "owner", "due_on", "priority")


class TaskInput(ChangeTaskInput):
    """A new task; one's own where no owner is named."""

    owner = AdmissiblePersonField(required=False)
    dispute = VisibleRelatedField(Dispute, required=False, allow_null=True)

    class Meta(ChangeTaskInput.Meta):
        fields = (*ChangeTaskInput.Meta.fields, "dispute")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Name the person who sends it where nobody is named."""
        return {"owner": self.context["request"].user, **attrs}


class HoldInput(serializers.Serializer[Task]):
    """Until when a task rests, and why."""

    until = serializers.DateField()
    reason = serializers.CharField(max_length=300)


class TaskReasonInput(serializers.Serializer[Task]):
    """Why a task need not be done."""

    reason = serializers.CharField(max_length=300)


class GiveTasksInput(serializers.Serializer[Task]):
    """Several tasks, and who receives them."""

    tasks = VisibleRelatedField(Task, many=True, allow_empty=False)
    to = AdmissiblePersonField(User)


class NothingInput(serializers.Serializer[Any]):
    """An act that asks for nothing but the word."""


# Handing over -----------------------------------------------------------------------------------


class HeldSerializer(serializers.Serializer[User]):
    """The keys of what a person holds, as far as one sees it."""

    person = serializers.UUIDField(source="person.pk", read_only=True)
    files = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField()
    tasks = serializers.SerializerMethodField()
    places = serializers.SerializerMethodField()

    def get_files(self, held: Any) -> list[str]:
        """Files kept as desk officer."""
        return _keys(held.files)

    def get_steps(self, held: Any) -> list[str]:
        """Steps of mandate reviews."""
        return _keys(held.steps)

    def get_tasks(self, held: Any) -> list[str]:
        """Tasks that wait."""
        return _keys(held.tasks)

    def get_places(self, held: Any) -> list[str]:
        """Places in teams."""
        return _keys(held.places)


def _keys(rows: Any) -> list[str]:
    return [str(row.pk) for row in rows]


class PortionInput(serializers.Serializer[User]):
    """What goes to one person."""

    to = AdmissiblePersonField(User)
    files = VisibleRelatedField(Dispute, many=True, required=False)
    steps = VisibleRelatedField(ReviewStep, many=True, required=False)
    tasks = VisibleRelatedField(Task, many=True, required=False)
    places = VisibleRelatedField(TeamMember, many=True, required=False)


class HandOverInput(serializers.Serializer[User]):
    """What goes to whom; all of it, or nothing."""

    portions = PortionInput(many=True, allow_empty=False)
