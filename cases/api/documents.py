"""Documents in the API: filed as multipart, read by their audience, handed out version by version."""

from __future__ import annotations

from functools import partial

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import CaseViewSet, PartViewSet, act
from cases.api.filing_filters import DocumentFilter
from cases.api.serializers import documents as shapes
from cases.models import Document, DocumentVersion
from cases.services import documents
from common.api.parsers import StrictJSONParser
from common.files import download
from common.web.trace import note_reading

act_on_document = partial(act, answer=shapes.DocumentSerializer)
_MULTIPART = "multipart/form-data"


class DocumentViewSet(CaseViewSet):
    """Documents that the person reads, each with its audience; the content lies in the versions."""

    model = Document
    keyword = "document"
    queryset = Document.objects.none()
    serializer_class = shapes.DocumentSerializer
    parser_classes = (StrictJSONParser, MultiPartParser)
    joined = ("dispute", "audience_party__actor", "paper_of__actor", "filed_by")
    inward_filters = DocumentFilter
    outward_filters = DocumentFilter
    is_list_reading = False

    @extend_schema(
        request={_MULTIPART: shapes.DocumentInput}, responses={201: shapes.DocumentSerializer}
    )
    def create(self, request: Request) -> Response:
        """File a document with its first version; its audience is chosen now."""
        return self.add(documents.file_document, shapes.DocumentInput)

    @extend_schema(request=shapes.DocumentChangeInput, responses=shapes.DocumentSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Correct title, date or author; needs If-Match."""
        return self.change(documents.change_document, shapes.DocumentChangeInput)

    audience = act_on_document("audience", documents.change_audience, shapes.AudienceInput)
    classification = act_on_document(
        "classification", documents.reclassify_document, shapes.DocumentClassificationInput
    )


class DocumentVersionViewSet(PartViewSet):
    """The versions of a document, newest first; the former ones stay readable."""

    model = DocumentVersion
    whole = Document
    whole_keyword = "document"
    keyword = "version"
    queryset = DocumentVersion.objects.none()
    serializer_class = shapes.DocumentVersionSerializer
    parser_classes = (StrictJSONParser, MultiPartParser)
    joined = ("document__dispute", "uploaded_by")
    is_reading = False
    is_list_reading = False

    def sees_inside(self, obj: DocumentVersion) -> bool:
        """Tell whether the person sees the version's file from inside."""
        return self.sight.is_inside(obj.document.dispute_id)

    @extend_schema(
        request={_MULTIPART: shapes.DocumentVersionInput},
        responses={201: shapes.DocumentVersionSerializer},
    )
    def create(self, request: Request, document_pk: str) -> Response:
        """Add a version; the former ones stay readable and unaltered."""
        return self.add(documents.add_document_version, shapes.DocumentVersionInput)

    @extend_schema(
        responses={(200, "*/*"): OpenApiResponse(OpenApiTypes.BINARY, "The file as it was filed.")}
    )
    @action(detail=True)
    def content(self, request: Request, document_pk: str, pk: str) -> FileResponse:
        """Hand out the content of a version; the reading is put on record."""
        version = self.get_object()
        note_reading(request, version)
        return download(version)
