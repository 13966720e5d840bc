"""Shapes of what is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.choices import ReviewStepKind
from cases.selectors.by_session import PLACES, MandateRow, SessionGroup
from common.extensions import WorkItem
from common.worklist import MINE, UNIT


class WorklistQuery(serializers.Serializer[Any]):
    """Whose work, and until when."""

    scope = serializers.ChoiceField(choices=[MINE, UNIT], default=MINE)
    until = serializers.DateField(required=False)


class WorkItemSerializer(serializers.Serializer[WorkItem]):
    """One thing that waits, why it stands here, and the one act that can be done at once."""

    due_on = serializers.DateField(allow_null=True)
    act = serializers.CharField()
    thing = serializers.CharField()
    why = serializers.CharField()
    kind = serializers.CharField()
    url = serializers.CharField()
    button = serializers.CharField()
    button_url = serializers.CharField()
    owner = serializers.CharField()
    stands_in_for = serializers.CharField()
    priority = serializers.IntegerField()


@dataclass(frozen=True)
class SessionRow:
    """A mandate beside the session under which it stands."""

    group: SessionGroup
    row: MandateRow


class NextStepSerializer(serializers.Serializer[Any]):
    """The step of the open review that is next."""

    kind = serializers.ChoiceField(choices=ReviewStepKind.choices)
    owner = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)


class MandateBySessionSerializer(serializers.Serializer[SessionRow]):
    """A mandate, the session that must decide on it, and what is missing.

    ``next_step`` and ``missing`` are the Secretariat's own affair: null and empty for others.
    """

    mandate = serializers.UUIDField(source="row.mandate.pk")
    title = serializers.CharField(source="row.mandate.title")
    type = serializers.CharField(source="row.mandate.type")
    dispute = serializers.UUIDField(source="row.mandate.dispute_id")
    reference = serializers.CharField(source="row.mandate.dispute.reference")
    place = serializers.SerializerMethodField()
    session = serializers.SerializerMethodField()
    session_label = serializers.SerializerMethodField()
    end = serializers.CharField(source="row.end")
    on = serializers.DateField(source="row.on", allow_null=True)
    next_step = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField()

    def get_place(self, shown: SessionRow) -> str:
        """Say where it stands: ``dated``, ``undated``, ``postponed``, ``no_session``, ``open_ended``."""
        return PLACES[shown.group.place]

    def get_session(self, shown: SessionRow) -> str | None:
        """Return the key of the session, if one is named."""
        return str(shown.group.session.pk) if shown.group.session else None

    def get_session_label(self, shown: SessionRow) -> str:
        """Return the name of the session, or nothing."""
        return shown.group.session.label if shown.group.session else ""

    @extend_schema_field(NextStepSerializer(allow_null=True))
    def get_next_step(self, shown: SessionRow) -> Any:
        """Return the step that is next, for the Secretariat."""
        step = shown.row.lacks.next_step if shown.row.lacks else None
        return NextStepSerializer(step).data if step else None

    def get_missing(self, shown: SessionRow) -> list[str]:
        """Return what is missing in words, for the Secretariat."""
        return [str(words) for words in shown.row.lacks.words()] if shown.row.lacks else []
