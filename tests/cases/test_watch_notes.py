"""Rule D4c (domain.md): a watch note is no file, and its author may end it, alone."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from cases.choices import DisputeType
from cases.models import Dispute, WatchNote
from cases.services.notes import (
    change_watch_note,
    end_watch_note,
    open_file_from_note,
    write_watch_note,
)
from common.choices import Classification
from common.errors import NotPermitted, Refused, Stale
from tests.factories.accounts import UserFactory
from tests.factories.cases import WatchNoteFactory

TODAY = date(2026, 11, 23)
FILE = {
    "opened_on": TODAY,
    "type": DisputeType.INTER_STATE_MEMBERS,
    "title_en": "Prices in the northern markets",
}


@pytest.fixture
def note(officer):
    return WatchNoteFactory(author=officer)


def write(user, **values):
    facts = {"title": "Situation in the northern markets", "text": "Prices rose twice"}
    return write_watch_note(actor=user, written_on=TODAY, **facts | values)


def test_officer_writes_a_note_of_the_own_world(events):
    author = UserFactory(desk_officer=True, is_exercise=True)

    note = write(author)

    assert (note.author, note.is_exercise) == (author, True)
    assert note.classification == Classification.CONFIDENTIAL
    assert events("cases.watch_note_written")[0].target_text == str(note.pk)


def test_who_keeps_no_files_writes_no_notes(registry, cabinet, envoy, focal_point):
    for user in (registry, cabinet, envoy, focal_point):
        with pytest.raises(NotPermitted):
            write(user)


def test_note_above_the_authors_clearance_is_refused(officer, note):
    with pytest.raises(Refused) as refusal:
        write(officer, classification=Classification.SECRET)
    assert refusal.value.code == "above_clearance"

    with pytest.raises(Refused):
        change_watch_note(actor=officer, note=note, classification=Classification.SECRET)


def test_note_without_words_is_not_written(officer):
    with pytest.raises(ValidationError):
        write(officer, text="")


def test_author_changes_the_note(officer, note, events):
    changed = change_watch_note(actor=officer, note=note, version=1, text="Prices fell")

    assert (changed.text, changed.version) == ("Prices fell", 2)
    assert "text" in events("cases.watch_note_changed")[0].payload["changes"]


def test_stale_change_is_refused(officer, note):
    change_watch_note(actor=officer, note=note, text="Prices fell")

    with pytest.raises(Stale):
        change_watch_note(actor=officer, note=note, version=1, text="Prices rose")


def test_author_ends_the_note_alone(officer, note, events):
    ended = end_watch_note(actor=officer, note=note, reason="Calm since May", on=TODAY)

    assert (ended.ended_on, ended.end_reason) == (TODAY, "Calm since May")
    assert len(events("cases.watch_note_ended")) == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda user, note: change_watch_note(actor=user, note=note, text="Other"),
        lambda user, note: end_watch_note(actor=user, note=note, reason="Calm", on=TODAY),
        lambda user, note: open_file_from_note(actor=user, note=note, **FILE),
    ],
    ids=["change", "end", "open a file"],
)
def test_nobody_but_the_author_touches_it(head, asg, other_officer, note, act):
    for user in (head, asg, other_officer):
        with pytest.raises(NotPermitted) as refusal:
            act(user, note)
        assert refusal.value.code == "not_author"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"reason": " ", "on": TODAY}, "reason_missing"),
        ({"reason": "Calm", "on": date(2020, 1, 1)}, "before_written"),
    ],
)
def test_ending_is_refused(officer, note, values, code):
    with pytest.raises(Refused) as refusal:
        end_watch_note(actor=officer, note=note, **values)

    assert refusal.value.code == code


def test_ended_note_rests(officer, note):
    end_watch_note(actor=officer, note=note, reason="Calm", on=TODAY)

    with pytest.raises(Refused) as refusal:
        change_watch_note(actor=officer, note=note, text="Other")
    assert refusal.value.code == "note_ended"


def test_file_is_opened_from_a_note_that_goes_on(officer, note, events):
    dispute = open_file_from_note(actor=officer, note=note, **FILE)

    note.refresh_from_db()
    assert note.opened_file == dispute
    assert note.ended_on is None
    assert dispute.desk_officer == officer
    assert [len(events(f"cases.{verb}")) for verb in ("dispute_opened", "watch_note_changed")] == [
        1,
        1,
    ]


def test_second_file_from_one_note_is_refused(officer, note):
    open_file_from_note(actor=officer, note=note, **FILE)

    with pytest.raises(Refused) as refusal:
        open_file_from_note(actor=officer, note=note, **FILE)
    assert refusal.value.code == "file_opened"
    assert Dispute.objects.count() == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda user, note: write(user),
        lambda user, note: change_watch_note(actor=user, note=note, text="Other"),
        lambda user, note: end_watch_note(actor=user, note=note, reason="Calm", on=TODAY),
        lambda user, note: open_file_from_note(actor=user, note=note, **FILE),
    ],
    ids=["write", "change", "end", "open a file"],
)
def test_act_is_rolled_back_with_the_record(officer, note, broken_record, act):
    before = WatchNote.objects.values().get()

    with pytest.raises(DatabaseError):
        act(officer, note)

    assert WatchNote.objects.values().get() == before
    assert not Dispute.objects.exists()


def test_note_is_read_by_its_author_and_by_who_sees_all(
    officer, other_officer, head, asg, cabinet, registry, envoy, focal_point, auditor, note
):
    def sees(user):
        return WatchNote.objects.visible_to(user).exists()

    assert all(sees(user) for user in (officer, head, asg, cabinet))
    assert not any(sees(user) for user in (other_officer, registry, envoy, focal_point, auditor))


def test_note_above_the_clearance_or_of_the_other_world_is_hidden(head, note):
    WatchNote.objects.update(classification=Classification.SECRET)
    assert WatchNote.objects.visible_to(head).exists()

    WatchNote.objects.update(is_exercise=True)
    assert not WatchNote.objects.visible_to(head).exists()


def test_notes_that_go_on_stand_before_those_that_ended(officer, note):
    ended = WatchNoteFactory(author=officer, ended_on=TODAY, written_on=TODAY)
    older = WatchNoteFactory(author=officer, written_on=date(2025, 1, 1))

    rows = list(WatchNote.objects.visible_to(officer).going_on_first())

    assert rows == [note, older, ended]
