"""Watch notes by page and by API: the author's own; for anybody else no such thing."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.models import Dispute, WatchNote
from tests.factories.cases import WatchNoteFactory

API = "/api/v1/watch-notes/"
FILE = {
    "type": "inter_state_members",
    "title_en": "Prices in the northern markets",
    "classification": "2",
}


@pytest.fixture
def note(officer):
    return WatchNoteFactory(author=officer, title="Situation in the northern markets")


def url(name, *keys):
    return reverse(f"cases:{name}", args=keys)


def form(**values):
    facts = {"title": "Situation of the salt road", "text": "Two closed", "classification": "2"}
    return facts | values


def test_note_is_written_and_listed_by_page(officer, client_for):
    client = client_for(officer)

    assert "No watch note yet" in client.get(url("watch_note_list")).content.decode()
    assert client.get(url("watch_note_write")).status_code == 200
    answer = client.post(url("watch_note_write"), form())

    assert answer.status_code == 302
    assert "Two closed" in client.get(answer.url).content.decode()
    assert "Situation of the salt road" in client.get(url("watch_note_list")).content.decode()


def test_note_is_changed_and_ended_by_page(officer, note, client_for):
    client = client_for(officer)

    assert client.get(url("watch_note_change", note.pk)).status_code == 200
    client.post(url("watch_note_change", note.pk), form(version="1", text="Three closed"))
    assert client.get(url("watch_note_end", note.pk)).status_code == 200
    client.post(url("watch_note_end", note.pk), {"reason": "Calm again", "on": "2026-11-20"})

    note.refresh_from_db()
    assert (note.text, note.end_reason) == ("Three closed", "Calm again")
    page = client.get(url("watch_note_detail", note.pk)).content.decode()
    assert "Calm again" in page
    assert client.get(url("watch_note_change", note.pk)).status_code == 409
    listed = client.get(url("watch_note_list")).content.decode()
    assert 'ended <time datetime="2026-11-20">' in listed


def test_file_is_opened_from_a_note_by_page(officer, note, client_for):
    client = client_for(officer)

    shown = client.get(url("watch_note_open_file", note.pk))
    assert shown.context["form"]["title_en"].value() == note.title
    answer = client.post(url("watch_note_open_file", note.pk), FILE)

    dispute = Dispute.objects.get()
    assert answer.url == url("dispute_detail", dispute.pk)
    page = client.get(url("watch_note_detail", note.pk)).content.decode()
    assert dispute.reference in page
    assert url("watch_note_open_file", note.pk) not in page


def test_others_who_see_all_files_read_and_may_not_touch(head, note, client_for, api_for):
    client = client_for(head)

    page = client.get(url("watch_note_detail", note.pk))
    assert page.status_code == 200
    assert "Only its author changes or ends a watch note" in page.content.decode()
    for name in ("watch_note_change", "watch_note_end", "watch_note_open_file"):
        assert client.get(url(name, note.pk)).status_code == 403
    answer = api_for(head).post(f"{API}{note.pk}/end/", {"reason": "Calm"})
    assert answer.status_code == 403


def test_anybody_else_finds_nothing(
    other_officer, registry, envoy, focal_point, note, client_for, api_for
):
    for user in (other_officer, registry, envoy, focal_point):
        assert client_for(user).get(url("watch_note_detail", note.pk)).status_code == 404
        assert api_for(user).get(f"{API}{note.pk}/").status_code == 404
        assert api_for(user).get(API).json()["count"] == 0


def test_pages_of_notes_exist_for_the_secretariat_alone(
    registry, envoy, focal_point, client_for, api_for
):
    for user in (envoy, focal_point):
        assert client_for(user).get(url("watch_note_list")).status_code == 404
        assert client_for(user).get(url("watch_note_write")).status_code == 404
        assert api_for(user).post(API, form()).status_code == 403
    assert client_for(registry).get(url("watch_note_list")).status_code == 200
    assert client_for(registry).get(url("watch_note_write")).status_code == 403


def test_note_by_api(officer, api_for):
    api = api_for(officer)

    made = api.post(API, form(classification=2))
    assert made.status_code == 201
    one = f"{API}{made.json()['id']}/"
    assert api.patch(one, {"text": "Three closed"}).status_code == 428
    changed = api.patch(one, {"text": "Three closed"}, HTTP_IF_MATCH=made["ETag"])
    assert changed.json()["text"] == "Three closed"
    opened = api.post(f"{one}open-file/", FILE | {"classification": 2})
    assert opened.json()["opened_file"] == str(Dispute.objects.get().pk)
    ended = api.post(f"{one}end/", {"reason": "Calm"})
    assert ended.json()["end_reason"] == "Calm"
    assert api.get(API, {"has_ended": "true"}).json()["count"] == 1
    assert api.get(API, {"has_ended": "false"}).json()["count"] == 0


def test_file_that_the_reader_does_not_see_is_not_named(officer, note, head, api_for):
    api_for(officer).post(f"{API}{note.pk}/open-file/", FILE | {"classification": 2})
    Dispute.objects.update(classification=3)

    assert api_for(officer).get(f"{API}{note.pk}/").json()["opened_file"] is None
    assert api_for(head).get(f"{API}{note.pk}/").json()["opened_file"] is not None


def test_one_key_writes_one_note(officer, api_for):
    api = api_for(officer)

    for _number in range(2):
        api.post(API, form(classification=2), HTTP_IDEMPOTENCY_KEY="once")

    assert WatchNote.objects.count() == 1
