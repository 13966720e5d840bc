"""Pages of watch notes: things to keep an eye on that are no files (Rule D4c)."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.web import PersonRequest
from cases.forms.filing import (
    ChangeWatchNoteForm,
    EndWatchNoteForm,
    OpenFileForm,
    WatchNoteForm,
)
from cases.models import Dispute, WatchNote
from cases.services.notes import (
    change_watch_note,
    end_watch_note,
    open_file_from_note,
    write_watch_note,
)
from common.api.pagination import page_of
from common.policy import may, require
from common.web.acts import act_page, get_visible, posted
from common.web.trace import note_reading


@login_required
@require_GET
def watch_note_list(request: PersonRequest) -> HttpResponse:
    """List the watch notes that the person reads, those that go on first."""
    if not request.user.is_secretariat:
        raise Http404
    rows = WatchNote.objects.visible_to(request.user).select_related("author")
    context = {
        "title": _("Watch notes"),
        "page": page_of(rows.going_on_first(), request.GET.get("page")),
        "write": may(request.user, "cases.write_watch_note"),
    }
    return render(request, "cases/watch_note_list.html", context)


@login_required
@require_GET
def watch_note_detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show a watch note, and what its author may do."""
    note = _visible(request, pk)
    files = Dispute.objects.visible_to(request.user).filter(pk=note.opened_file_id)
    change = may(request.user, "cases.change_watch_note", note)
    context = {
        "title": note.title,
        "note": note,
        "opened_file": files.first(),
        "acts": _acts_of(note, change),
        "page_classification": note.classification,
        "page_is_exercise": note.is_exercise,
        "breadcrumbs": _trail(),
    }
    note_reading(request, note)
    return render(request, "cases/watch_note_detail.html", context)


def _acts_of(note: WatchNote, change: Any) -> list[dict[str, Any]]:
    acts = [
        (_("Change the note"), "cases:watch_note_change"),
        (_("End the note"), "cases:watch_note_end"),
    ]
    if note.opened_file_id is None:
        acts.append((_("Open a file from this note"), "cases:watch_note_open_file"))
    return [
        {"label": label, "url": reverse(name, args=[note.pk]), "verdict": change}
        for label, name in acts
    ]


def _visible(request: PersonRequest, pk: UUID) -> WatchNote:
    rows = WatchNote.objects.select_related("author")  # unscoped: get_visible scopes it
    note: WatchNote = get_visible(rows, request.user, pk=pk)
    return note


def _own(request: PersonRequest, pk: UUID) -> WatchNote:
    note = _visible(request, pk)
    require(request.user, "cases.change_watch_note", note)
    return note


def _trail() -> list[tuple[str, str]]:
    return [(_("Watch notes"), reverse("cases:watch_note_list"))]


def _url(note: WatchNote) -> str:
    return reverse("cases:watch_note_detail", args=[note.pk])


def _act_context(note: WatchNote, heading: str, submit: str, **extra: Any) -> dict[str, Any]:
    return {
        "title": heading,
        "submit_label": submit,
        "cancel_url": _url(note),
        "breadcrumbs": [*_trail(), (note.title, _url(note))],
        "page_classification": note.classification,
        "page_is_exercise": note.is_exercise,
        **extra,
    }


@login_required
@require_http_methods(["GET", "POST"])
def watch_note_write(request: PersonRequest) -> HttpResponse:
    """Write a watch note."""
    if not request.user.is_secretariat:
        raise Http404
    require(request.user, "cases.write_watch_note")
    return act_page(
        request,
        form=WatchNoteForm(posted(request), viewer=request.user),
        act=partial(write_watch_note, actor=request.user, written_on=timezone.localdate()),
        done=_url,
        said=_("The watch note is written."),
        context={
            "title": _("Write a watch note"),
            "lead": _("No party, no consent, and no State named as a party: that would be a file."),
            "submit_label": _("Write the note"),
            "cancel_url": reverse("cases:watch_note_list"),
            "breadcrumbs": _trail(),
            "page_is_exercise": request.user.is_exercise,
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def watch_note_change(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Change one's own watch note."""
    note = _own(request, pk)
    return act_page(
        request,
        form=ChangeWatchNoteForm(
            posted(request), instance=note, initial={"version": note.version}, viewer=request.user
        ),
        act=partial(change_watch_note, actor=request.user, note=note),
        done=_url(note),
        said=_("The watch note has been changed."),
        context=_act_context(note, _("Change the note"), _("Save")),
        subject=note,
    )


@login_required
@require_http_methods(["GET", "POST"])
def watch_note_end(request: PersonRequest, pk: UUID) -> HttpResponse:
    """End one's own watch note."""
    note = _own(request, pk)
    return act_page(
        request,
        form=EndWatchNoteForm(posted(request)),
        act=partial(end_watch_note, actor=request.user, note=note),
        done=_url(note),
        said=_("The watch note has ended."),
        context=_act_context(note, _("End the note"), _("End the note")),
        subject=note,
    )


@login_required
@require_http_methods(["GET", "POST"])
def watch_note_open_file(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Open a dispute file out of one's own watch note."""
    note = _own(request, pk)
    initial = {"title_en": note.title, "classification": note.classification}
    return act_page(
        request,
        form=OpenFileForm(posted(request), initial=initial, viewer=request.user),
        act=partial(
            open_file_from_note, actor=request.user, note=note, opened_on=timezone.localdate()
        ),
        done=lambda dispute: reverse("cases:dispute_detail", args=[dispute.pk]),
        said=_("The file is open; the watch note leads to it."),
        context=_act_context(
            note,
            _("Open a file from this note"),
            _("Open the file"),
            lead=_("Parties, processes and the rest are added in the file."),
        ),
        subject=note,
    )
