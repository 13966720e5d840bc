"""The library by API: read by the staff of the General Secretariat, absent for all others."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from rest_framework.request import Request

from common.api.views import ReadViewSet
from library.api.serializers import (
    AgreementDetailSerializer,
    AgreementSerializer,
    ProcessSerializer,
)
from library.filters import AgreementFilter, ProcessFilter
from library.models import Agreement, Process
from library.models.base import reads_library


class LibraryViewSet(ReadViewSet):
    """What is published may be read freely: no reading goes on record."""

    is_reading = False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let in those who read the library; for anybody else nothing is here.

        Raises:
            Http404: the person is no staff of the General Secretariat.
        """
        super().initial(request, *args, **kwargs)
        if not reads_library(request.user):
            raise Http404


class ProcessViewSet(LibraryViewSet):
    """Peace processes as published data sets name them."""

    model = Process
    serializer_class = ProcessSerializer
    filterset_class = ProcessFilter


class AgreementViewSet(LibraryViewSet):
    """Published peace agreements with their coded provisions."""

    model = Agreement
    filterset_class = AgreementFilter

    def get_serializer_class(self) -> Any:
        """Return the row's shape for lists, the whole for one agreement."""
        return AgreementDetailSerializer if self.action == "retrieve" else AgreementSerializer

    def select(self, rows: Any) -> Any:
        """Read what the answer shows and no more."""
        if self.action == "retrieve":
            return rows.select_related("process").prefetch_related("locations", "provisions")
        return rows.listed()
