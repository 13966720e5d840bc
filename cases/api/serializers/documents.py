"""Shapes of documents and their versions; from outside no officer is named (Rule R10)."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.reverse import reverse

from cases.api.serializers.shared import (
    INSIDE,
    OUTSIDE,
    InputSerializer,
    NamedSerializer,
    PersonSerializer,
    SideField,
    TwoSidedSerializer,
)
from cases.models import Dispute, Document, DocumentVersion, Party
from common.api.fields import VisibleRelatedField
from common.choices import Audience, Classification


class DocumentVersionOutsideSerializer(serializers.ModelSerializer[DocumentVersion]):
    """What is known of a version; its content is handed out at ``content_url``."""

    seen_from = SideField(OUTSIDE)
    content_url = serializers.SerializerMethodField()

    class Meta:
        model = DocumentVersion
        fields: tuple[str, ...] = (
            "id",
            "seen_from",
            "number",
            "file_name",
            "media_type",
            "size",
            "sha256",
            "language",
            "uploaded_at",
            "content_url",
        )

    def get_content_url(self, version: DocumentVersion) -> str:
        """Return where the content is handed out."""
        return reverse(
            "api:document-version-content",
            kwargs={"document_pk": version.document_id, "pk": version.pk},
            request=self.context.get("request"),
        )


class DocumentVersionInsideSerializer(DocumentVersionOutsideSerializer):
    """A version with who filed it and what changed."""

    seen_from = SideField(INSIDE)
    uploaded_by = PersonSerializer(read_only=True)

    class Meta(DocumentVersionOutsideSerializer.Meta):
        fields = (
            *DocumentVersionOutsideSerializer.Meta.fields,
            "note",
            "scan_state",
            "uploaded_by",
        )


class DocumentVersionSerializer(TwoSidedSerializer):
    """A version, from the person's side."""

    inside = DocumentVersionInsideSerializer
    outside = DocumentVersionOutsideSerializer


class DocumentOutsideSerializer(serializers.ModelSerializer[Document]):
    """A document that the person reads."""

    seen_from = SideField(OUTSIDE)
    classification = serializers.IntegerField(source="effective_classification", read_only=True)
    audience_party = NamedSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Document
        fields: tuple[str, ...] = (
            "id",
            "seen_from",
            "dispute",
            "title",
            "dated",
            "author",
            "audience",
            "audience_party",
            "classification",
        )


class DocumentInsideSerializer(DocumentOutsideSerializer):
    """A document with who filed it and whose confidential paper it is."""

    seen_from = SideField(INSIDE)
    paper_of = NamedSerializer(read_only=True, allow_null=True)
    filed_by = PersonSerializer(read_only=True, allow_null=True)

    class Meta(DocumentOutsideSerializer.Meta):
        fields = (
            *DocumentOutsideSerializer.Meta.fields,
            "paper_of",
            "filed_by",
            "created_at",
            "version",
        )


class DocumentSerializer(TwoSidedSerializer):
    """A document, from the person's side."""

    inside = DocumentInsideSerializer
    outside = DocumentOutsideSerializer


def _upload() -> serializers.FileField:
    """Return the part of a multipart request that carries the file; the service judges it."""
    return serializers.FileField(allow_empty_file=True, max_length=200)


class DocumentInput(InputSerializer):
    """A document with its first version, as ``multipart/form-data``; its audience is chosen now."""

    dispute = VisibleRelatedField(Dispute)
    file = _upload()
    audience = serializers.ChoiceField(choices=Audience.choices)
    audience_party = VisibleRelatedField(Party, required=False, allow_null=True)
    language = serializers.CharField(max_length=8, required=False, allow_blank=True)

    class Meta(InputSerializer.Meta):
        model = Document
        fields = (
            "dispute",
            "file",
            "title",
            "dated",
            "author",
            "language",
            "audience",
            "audience_party",
            "classification",
        )


class DocumentChangeInput(InputSerializer):
    """What stands about a document."""

    class Meta(InputSerializer.Meta):
        model = Document
        fields = ("title", "dated", "author")


class DocumentVersionInput(InputSerializer):
    """The next version, as ``multipart/form-data``."""

    file = _upload()
    language = serializers.CharField(max_length=8, required=False, allow_blank=True)

    class Meta(InputSerializer.Meta):
        model = DocumentVersion
        fields = ("file", "note", "language")


class AudienceInput(serializers.Serializer[Any]):
    """Another audience; widening needs a reason."""

    audience = serializers.ChoiceField(choices=Audience.choices)
    audience_party = VisibleRelatedField(Party, required=False, allow_null=True)
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True)


class DocumentClassificationInput(serializers.Serializer[Any]):
    """Another classification, with the reason."""

    classification = serializers.ChoiceField(choices=Classification.choices)
    reason = serializers.CharField(max_length=300)
