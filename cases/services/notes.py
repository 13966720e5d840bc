"""Watch notes (Rule D4c), and the published agreements kept beside a file as precedents."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from cases.models import Dispute, Precedent, WatchNote
from cases.services.disputes import open_dispute
from cases.services.secrecy import require_own_clearance
from common.changes import apply_changes, lock
from common.choices import Classification
from common.errors import Refused
from common.policy import require
from library.models import Agreement


@transaction.atomic
def write_watch_note(
    *,
    actor: User,
    title: str,
    text: str,
    written_on: date,
    classification: int = Classification.CONFIDENTIAL,
) -> WatchNote:
    """Write a note about something to keep an eye on: no party, no consent, no file (Rule D4c).

    Raises:
        NotPermitted: the role writes no watch notes.
        Refused: a classification above the author's clearance.
    """
    require(actor, "cases.write_watch_note")
    require_own_clearance(actor=actor, classification=classification)
    note = WatchNote(
        title=title,
        text=text,
        author=actor,
        classification=classification,
        written_on=written_on,
        is_exercise=actor.is_exercise,
    )
    note.full_clean()
    note.save()
    record(actor=actor, verb="cases.watch_note_written", target=note)
    return note


@transaction.atomic
def change_watch_note(
    *, actor: User, note: WatchNote, version: int | None = None, **values: Any
) -> WatchNote:
    """Change a watch note; its author alone does.

    Args:
        values: ``title``, ``text``, ``classification``.

    Raises:
        NotPermitted: another person than the author.
        Refused: the note has ended, or a classification above the author's clearance.
        Stale: it was changed meanwhile.
    """
    note = lock(note, version=version)
    require(actor, "cases.change_watch_note", note)
    changes = apply_changes(note, values)
    require_own_clearance(actor=actor, classification=note.classification)
    return _save(actor, note, "cases.watch_note_changed", changes)


def _save(actor: User, note: WatchNote, verb: str, changes: dict[str, list[Any]]) -> WatchNote:
    note.full_clean()
    note.save()
    record(actor=actor, verb=verb, target=note, changes=changes)
    return note


@transaction.atomic
def end_watch_note(*, actor: User, note: WatchNote, reason: str, on: date) -> WatchNote:
    """End a watch note; its author alone does, without a second person (Rule D4c).

    Raises:
        NotPermitted: another person than the author.
        Refused: no reason, the note has ended already, or the day lies before it was written.
    """
    note = lock(note)
    require(actor, "cases.change_watch_note", note)
    if not reason.strip():
        raise Refused("reason_missing", _("Give the reason."), field="reason")
    if on < note.written_on:
        raise Refused("before_written", _("This day lies before the note was written."), field="on")
    changes = apply_changes(note, {"ended_on": on, "end_reason": reason})
    return _save(actor, note, "cases.watch_note_ended", changes)


@transaction.atomic
def open_file_from_note(*, actor: User, note: WatchNote, opened_on: date, **values: Any) -> Dispute:
    """Open a dispute file out of a watch note and keep the link; the note itself goes on.

    Args:
        values: arguments of :func:`cases.services.disputes.open_dispute`.

    Raises:
        NotPermitted: another person than the author, or a role that opens no files.
        Refused: the note has ended, or a file was opened from it already.
    """
    note = lock(note)
    require(actor, "cases.change_watch_note", note)
    if note.opened_file_id is not None:
        raise Refused("file_opened", _("A file was opened from this note already."))
    dispute = open_dispute(actor=actor, opened_on=opened_on, **values)
    changes = apply_changes(note, {"opened_file": dispute})
    _save(actor, note, "cases.watch_note_changed", changes)
    return dispute


@transaction.atomic
def link_precedent(*, actor: User, dispute: Dispute, agreement: Agreement, why: str) -> Precedent:
    """Keep a published agreement of the library beside a file.

    Args:
        why: what makes it a precedent.

    Raises:
        ValidationError: it is a precedent of the file already.
    """
    dispute = lock(dispute)
    require(actor, "cases.link_precedent", dispute)
    precedent = Precedent(dispute=dispute, agreement=agreement, why=why, linked_by=actor)
    precedent.full_clean()
    precedent.save()
    record(
        actor=actor,
        verb="cases.precedent_linked",
        target=precedent,
        subject=dispute,
        agreement=agreement,
    )
    return precedent


@transaction.atomic
def unlink_precedent(*, actor: User, precedent: Precedent) -> None:
    """Take a precedent away from a file; the published agreement stays in the library."""
    precedent = lock(precedent)
    dispute = precedent.dispute
    require(actor, "cases.link_precedent", dispute)
    Precedent.objects.filter(pk=precedent.pk).delete()
    record(
        actor=actor,
        verb="cases.precedent_unlinked",
        target=precedent,
        subject=dispute,
        agreement=precedent.agreement,
    )
