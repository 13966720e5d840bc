"""Pages of the record: of one object, of one person, and the whole of it for auditors."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from audit.forms import RecordFilterForm
from audit.selectors import (
    Depth,
    chain_head,
    depth_for,
    kind_words,
    may_read_person,
    outward_readings,
    readers_of,
    record_of_object,
    record_of_person,
    whole_record,
)
from common.policy import may


@login_required
@require_GET
def record_page(request: HttpRequest) -> HttpResponse:
    """Show the whole record to an auditor."""
    if not may(request.user, "audit.read_record"):
        raise Http404
    form = RecordFilterForm(request.GET or None)
    filters = form.cleaned_data if form.is_valid() else {}
    context = {
        "title": _("Record of acts"),
        "form": form,
        "page": whole_record(request.user, filters, _before(request)),
        "head": chain_head(),
    }
    return render(request, "audit/record.html", context)


@login_required
@require_GET
def object_page(request: HttpRequest, label: str, pk: UUID) -> HttpResponse:
    """Show what happened to one object, and who opened it."""
    depth = depth_for(request.user, label, pk)
    if depth is Depth.NOTHING:
        raise Http404
    title = _("Record of this entry: %(kind)s") % {"kind": kind_words(label)}
    if depth is Depth.OUTWARD:
        outward = {"title": title, "readings": outward_readings(request.user, label, pk)}
        return render(request, "audit/outward.html", outward)
    context = {
        "title": title,
        "page": record_of_object(request.user, label, pk, _before(request)),
        "readers": readers_of(request.user, label, pk),
        "pk": pk,
    }
    return render(request, "audit/object.html", context)


@login_required
@require_GET
def person_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what one person did."""
    if not may_read_person(request.user, pk):
        raise Http404
    page = record_of_person(request.user, pk, _before(request))
    name = page.entries[0].actor_name if page.entries else str(pk)
    context = {"title": _("Record of one person"), "name": name, "page": page}
    return render(request, "audit/person.html", context)


def _before(request: HttpRequest) -> int | None:
    text = request.GET.get("before", "")
    return int(text) if text.isdecimal() and len(text) < 19 else None
