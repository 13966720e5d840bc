"""Shapes of watch notes and precedents: the Secretariat's own (Rule D4c)."""

from __future__ import annotations

from rest_framework import serializers

from cases.api.serializers.shared import InputSerializer, PersonSerializer, today
from cases.models import Dispute, Precedent, WatchNote
from common.api.fields import VisibleRelatedField
from library.models import Agreement


class WatchNoteSerializer(serializers.ModelSerializer[WatchNote]):
    """A watch note."""

    author = PersonSerializer(read_only=True)
    opened_file = serializers.SerializerMethodField()

    class Meta:
        model = WatchNote
        fields = (
            "id",
            "title",
            "text",
            "author",
            "classification",
            "written_on",
            "ended_on",
            "end_reason",
            "opened_file",
            "version",
        )

    def get_opened_file(self, note: WatchNote) -> str | None:
        """Return the file opened from it, where the person sees that file."""
        if note.opened_file_id is None:
            return None
        user = self.context["request"].user
        seen = Dispute.objects.visible_to(user).filter(pk=note.opened_file_id).exists()
        return str(note.opened_file_id) if seen else None


class WatchNoteInput(InputSerializer):
    """Something to keep an eye on; no party, no consent, no State named as a party."""

    class Meta(InputSerializer.Meta):
        model = WatchNote
        fields = ("title", "text", "classification")


class EndWatchNoteInput(serializers.Serializer[WatchNote]):
    """Why nothing has to be watched any more, and since when."""

    reason = serializers.CharField(max_length=300)
    on = today()


class OpenFileInput(InputSerializer):
    """The least that a file opened from a watch note says."""

    opened_on = today()

    class Meta(InputSerializer.Meta):
        model = Dispute
        fields = ("type", "title_en", "title_fr", "title_ar", "classification", "opened_on")


class PrecedentAgreementSerializer(serializers.ModelSerializer[Agreement]):
    """A published agreement, by its title in the data set."""

    class Meta:
        model = Agreement
        fields = ("id", "source", "source_id", "title", "dated_earliest", "dated_latest")


class PrecedentSerializer(serializers.ModelSerializer[Precedent]):
    """A published agreement kept beside a file, and why."""

    agreement = PrecedentAgreementSerializer(read_only=True)
    linked_by = PersonSerializer(read_only=True)

    class Meta:
        model = Precedent
        fields = ("id", "dispute", "agreement", "why", "linked_by", "created_at")


class PrecedentInput(InputSerializer):
    """Which published agreement, and why it is a precedent."""

    agreement = VisibleRelatedField(Agreement)

    class Meta(InputSerializer.Meta):
        model = Precedent
        fields = ("agreement", "why")
