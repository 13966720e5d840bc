"""The History tab of a file: everything with a date, and the record of acts and readings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from audit.selectors import Depth, depth_for, readers_of, record_of_object
from cases.models import Dispute
from cases.selectors.timeline import timeline_of
from cases.views.frame import file_context, open_file
from cases.views.shown import on_timeline
from common.api.pagination import page_of

_LABEL = "cases.Dispute"


@login_required
@require_GET
def dispute_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the whole timeline of the file, newest first."""
    dispute = open_file(request, pk)
    context = _frame(request, dispute, "cases:dispute_history")
    page = page_of(timeline_of(request.user, dispute), request.GET.get("page"))
    context |= {"page": page, "entries": [on_timeline(entry) for entry in page]}
    return render(request, "cases/dispute_history.html", context)


@login_required
@require_GET
def dispute_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show who did what to the file and who opened it, as far as the person reads the record."""
    dispute = open_file(request, pk)
    if not _reads_record(request.user, dispute):
        raise Http404
    context = _frame(request, dispute, "cases:dispute_record")
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() else None
    context |= {
        "page": record_of_object(request.user, _LABEL, dispute.pk, number),
        "readers": readers_of(request.user, _LABEL, dispute.pk),
    }
    return render(request, "cases/dispute_record.html", context)


def _reads_record(user: Any, dispute: Dispute) -> bool:
    return depth_for(user, _LABEL, dispute.pk) in (Depth.FULL, Depth.WITHOUT_CONTENT)


def _frame(request: HttpRequest, dispute: Dispute, current: str) -> dict[str, Any]:
    context = file_context(request, dispute, "history")
    if not context["inside"]:
        raise Http404
    parts = [(_("What happened in the dispute"), "cases:dispute_history")]
    if _reads_record(request.user, dispute):
        parts.append((_("Record of acts and readings"), "cases:dispute_record"))
    context["parts"] = [
        {
            "label": label,
            "url": reverse(name, args=[dispute.pk]),
            "is_current": name == current,
        }
        for label, name in parts
    ]
    return context
