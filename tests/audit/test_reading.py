"""Reading the record: auditors without content, staff what they see, a State the function only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from audit import selectors
from audit.models import AuditEvent
from audit.selectors import Depth, Entry, depth_for
from audit.services import record, record_readings
from common.choices import Classification
from institutions.models import Actor
from tests.factories.accounts import UserFactory
from tests.factories.institutions import ActorFactory

VERB = "accounts.user_changed"
LABEL = "institutions.Actor"


@dataclass
class Part:
    """A part of an actor's entry of a kind that nobody scopes."""

    audit_subject: object
    classification: int = 0

    def __post_init__(self):
        self.pk = uuid4()
        self._meta = type("Meta", (), {"label": "axes.AccessLog"})


def read(actor_of_event, *rows, level=Classification.CONFIDENTIAL):
    for row in rows:
        row.classification = level
    record_readings(actor=actor_of_event, objects=list(rows))


@pytest.fixture
def entry(db) -> Actor:
    return ActorFactory(name_en="Movement of Orvana")


def words_of(page):
    return [entry.verb for entry in page.entries]


# Depth ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("persona", "depth"),
    [
        ("officer", Depth.FULL),
        ("head", Depth.FULL),
        ("asg", Depth.FULL),
        ("secretary_general", Depth.FULL),
        ("cabinet", Depth.NOTHING),
        ("registry", Depth.NOTHING),
        ("envoy", Depth.NOTHING),
        ("administrator", Depth.NOTHING),
        ("auditor", Depth.WITHOUT_CONTENT),
        ("focal_point", Depth.OUTWARD),
    ],
)
def test_depth_by_persona(request, entry, persona, depth):
    assert depth_for(request.getfixturevalue(persona), LABEL, entry.pk) is depth


def test_depth_of_what_one_does_not_see_is_nothing(officer):
    hidden = ActorFactory(exercise=True)

    assert depth_for(officer, LABEL, hidden.pk) is Depth.NOTHING


@pytest.mark.parametrize("label", ["nonsense", "no.Such", "axes.AccessLog", "auth.Group"])
def test_depth_of_nonsense_is_nothing(officer, label):
    assert depth_for(officer, label, uuid4()) is Depth.NOTHING


def test_record_of_an_account_is_for_its_owner_and_the_administrators(
    officer, other_officer, administrator, focal_point
):
    label = "accounts.User"

    assert depth_for(officer, label, officer.pk) is Depth.FULL
    assert depth_for(administrator, label, officer.pk) is Depth.FULL
    assert depth_for(other_officer, label, officer.pk) is Depth.NOTHING


# Of one object ----------------------------------------------------------------------------------


def test_staff_read_what_changed(officer, entry):
    record(actor=officer, verb=VERB, target=entry, changes={"code": ["A", "B"]}, reason="Why")

    line = selectors.record_of_object(officer, LABEL, entry.pk).entries[0]

    assert line.changes == [("code", "A", "B")]
    assert line.reason == "Why"
    assert line.target_text == "Movement of Orvana"
    assert not line.is_reading
    assert not line.is_refusal


def test_auditor_reads_no_content(officer, auditor, entry):
    entry.classification = Classification.CONFIDENTIAL
    record(actor=officer, verb=VERB, target=entry, changes={"code": ["A", "B"]}, reason="Why")

    line = selectors.record_of_object(auditor, LABEL, entry.pk).entries[0]

    assert line.actor_name == officer.full_name
    assert line.target_id == str(entry.pk)
    assert line.target_text == ""
    assert line.payload == {}
    assert line.changes == []
    assert line.reason == ""


def test_staff_do_not_read_of_hidden_parts(officer, entry):
    hidden = ActorFactory(exercise=True)
    seen = ActorFactory()
    for target in (entry, hidden, seen, Part(entry)):
        record(actor=officer, verb=VERB, target=target, subject=entry)
    record(actor=officer, verb=VERB, target=None, subject=entry)

    page = selectors.record_of_object(officer, LABEL, entry.pk)

    assert {line.target_id for line in page.entries} == {str(entry.pk), str(seen.pk), ""}


def test_staff_do_not_read_above_their_clearance(head, entry):
    entry.classification = Classification.SECRET
    record(actor=head, verb=VERB, target=entry)
    weak = UserFactory(desk_officer=True, clearance=Classification.CONFIDENTIAL)

    assert len(selectors.record_of_object(head, LABEL, entry.pk).entries) == 1
    assert selectors.record_of_object(weak, LABEL, entry.pk).entries == []


def test_others_read_nothing(cabinet, officer, entry):
    record(actor=officer, verb=VERB, target=entry)

    assert selectors.record_of_object(cabinet, LABEL, entry.pk).entries == []
    assert selectors.readers_of(cabinet, LABEL, entry.pk) == []
    assert selectors.outward_readings(officer, LABEL, entry.pk) == []


def test_record_is_paged_by_number(officer, auditor, entry):
    for _ in range(selectors.PAGE_SIZE + 3):
        record(actor=officer, verb=VERB, target=entry)

    first = selectors.record_of_object(auditor, LABEL, entry.pk)
    second = selectors.record_of_object(auditor, LABEL, entry.pk, first.before)

    assert len(first.entries) == selectors.PAGE_SIZE
    assert len(second.entries) == 3
    assert second.before is None
    numbers = [line.number for line in (*first.entries, *second.entries)]
    assert numbers == sorted(set(numbers), reverse=True)


# Who opened it ----------------------------------------------------------------------------------


def test_everybody_who_opened_a_confidential_thing_is_listed(officer, other_officer, head, entry):
    others = ActorFactory.create_batch(2)
    read(officer, entry)
    read(officer, *others, entry)
    read(other_officer, entry)
    read(head, *others)

    readers = selectors.readers_of(officer, LABEL, entry.pk)

    assert [(reader.actor_id, reader.times) for reader in readers] == [
        (str(other_officer.pk), 1),
        (str(officer.pk), 2),
    ]
    assert str(readers[0].role) == "Desk officer"


def test_state_reads_the_function_and_the_day_never_a_name(
    officer, head, registry, envoy, other_focal_point, focal_point, entry
):
    for person in (officer, officer, head, registry, envoy, other_focal_point):
        read(person, entry)

    rows = selectors.outward_readings(focal_point, LABEL, entry.pk)

    assert {(str(row.office), row.times) for row in rows} == {
        ("General Secretariat, Political Affairs", 3),
        ("General Secretariat, Registry", 1),
    }
    assert officer.full_name not in str(rows)


def test_state_of_a_frozen_delegation_reads_nothing(focal_point, entry):
    focal_point.delegation.frozen_at = focal_point.delegation.created_at

    assert depth_for(focal_point, LABEL, entry.pk) is Depth.NOTHING


# Pages ------------------------------------------------------------------------------------------


def object_url(pk, label=LABEL):
    return f"/audit/object/{label}/{pk}/"


def test_object_page_for_staff_names_readers_and_changes(client_for, officer, entry):
    record(actor=officer, verb=VERB, target=entry, changes={"code": ["A", "B"]})
    read(officer, entry)

    page = client_for(officer).get(object_url(entry.pk)).content.decode()

    assert "Opened by" in page
    assert officer.full_name in page
    assert "<bdi>A</bdi>" in page
    assert "<bdi>B</bdi>" in page


def test_object_page_for_a_state_bears_no_name(client_for, officer, focal_point, entry):
    read(officer, entry)

    page = client_for(focal_point).get(object_url(entry.pk)).content.decode()

    assert "General Secretariat, Political Affairs" in page
    assert officer.full_name not in page
    assert str(officer.pk) not in page


def test_object_page_without_a_reading_says_so(client_for, focal_point, entry):
    assert (
        "No reading is on record here"
        in client_for(focal_point).get(object_url(entry.pk)).content.decode()
    )


@pytest.mark.parametrize("persona", ["cabinet", "registry", "envoy", "administrator"])
def test_object_page_is_not_found_by_others(request, client_for, persona, entry):
    assert client_for(request.getfixturevalue(persona)).get(object_url(entry.pk)).status_code == 404


def test_hidden_and_absent_objects_are_alike(client_for, officer):
    client = client_for(officer)
    hidden = client.get(object_url(ActorFactory(exercise=True).pk))
    absent = client.get(object_url(uuid4()))

    assert hidden.status_code == absent.status_code == 404


def test_person_page_is_for_auditors_and_oneself(client_for, auditor, officer, other_officer, head):
    record(actor=officer, verb=VERB, target=officer, reason="hidden from all here")
    url = f"/audit/person/{officer.pk}/"

    for reader in (auditor, officer):
        page = client_for(reader).get(url)
        assert officer.full_name in page.content.decode()
        assert "hidden from all here" not in page.content.decode()
    for other in (other_officer, head):
        assert client_for(other).get(url).status_code == 404


def test_whole_record_is_for_auditors(client_for, auditor, officer, administrator):
    record(actor=officer, verb=VERB, target=officer)

    page = client_for(auditor).get("/audit/")

    assert page.status_code == 200
    assert "Head of the chain" in page.content.decode()
    assert "changed an account" in page.content.decode()
    for other in (officer, administrator):
        assert client_for(other).get("/audit/").status_code == 404


def test_whole_record_is_narrowed(client_for, auditor, officer):
    record(actor=officer, verb=VERB, target=officer)
    record(actor=officer, verb="accounts.logged_in", target=officer)
    day = AuditEvent.objects.first().at.date()
    client = client_for(auditor)

    def numbers(**query):
        return words_of(selectors.whole_record(auditor, query))

    assert numbers(verb=VERB) == [VERB]
    assert numbers(kind="refusal") == []
    assert len(numbers(actor_id=str(officer.pk), target_label="accounts.User")) == 2
    assert numbers(until=day.replace(year=2001)) == []
    assert numbers(since=day.replace(year=day.year + 1)) == []
    assert client.get("/audit/", {"since": "nonsense"}).status_code == 200
    assert client.get("/audit/", {"before": "x" * 30}).status_code == 200
    assert (
        "Nothing is on record here" in client.get("/audit/", {"kind": "refusal"}).content.decode()
    )
    assert selectors.whole_record(officer, {}).entries == []
    assert selectors.record_of_person(auditor, officer.pk).entries
    assert selectors.record_of_person(UserFactory(), officer.pk).entries == []


def test_pages_cost_few_queries(client_for, auditor, officer, entry, django_assert_max_num_queries):
    for _ in range(30):
        record(actor=officer, verb=VERB, target=entry)
    for person, url in ((auditor, "/audit/"), (officer, object_url(entry.pk))):
        client = client_for(person)
        client.get(url)  # the first request of a session writes when it began
        with django_assert_max_num_queries(10):
            assert client.get(url).status_code == 200


def test_old_kinds_of_object_show_their_label(officer, auditor):
    event = record(actor=officer, verb=VERB, target=Part(None), changes={"some_field": [1, 2]})
    AuditEvent.objects.get(pk=event.number)

    line = selectors.whole_record(auditor, {}).entries[0]

    assert line.target_kind
    assert selectors.kind_words("gone.Thing") == "gone.Thing"
    assert selectors._field_words("gone.Thing", "some_field") == "some field"


# API --------------------------------------------------------------------------------------------


def test_api_gives_an_auditor_the_whole_record_without_content(api_for, auditor, officer):
    record(actor=officer, verb=VERB, target=officer, reason="Why")

    body = api_for(auditor).get("/api/v1/audit/", {"verb": VERB}).json()

    assert body["before"] is None
    assert body["results"][0]["payload"] == {}
    assert body["results"][0]["words"] == "changed an account"


def test_api_gives_staff_the_record_of_what_they_see(api_for, officer, entry):
    record(actor=officer, verb=VERB, target=entry, reason="Why")
    api = api_for(officer)

    body = api.get("/api/v1/audit/", {"target_label": LABEL, "target_id": entry.pk}).json()

    assert body["results"][0]["payload"] == {"reason": "Why"}
    hidden = {"target_label": LABEL, "target_id": ActorFactory(exercise=True).pk}
    assert api.get("/api/v1/audit/", hidden).status_code == 404
    assert api.get("/api/v1/audit/").status_code == 404
    assert api.get("/api/v1/audit/", {"actor_id": officer.pk}).status_code == 200
    assert api.get("/api/v1/audit/", {"actor_id": uuid4()}).status_code == 404


def test_api_gives_a_state_the_function_only(api_for, officer, focal_point, entry):
    read(officer, entry)
    query = {"target_label": LABEL, "target_id": entry.pk}
    api = api_for(focal_point)

    rows = api.get("/api/v1/audit/readings/", query).json()

    assert [(row["office"], row["times"]) for row in rows] == [
        ("General Secretariat, Political Affairs", 1)
    ]
    assert api.get("/api/v1/audit/", query).status_code == 404
    assert api_for(officer).get("/api/v1/audit/readings/", query).status_code == 404


@pytest.mark.parametrize(
    "query", [{"before": "x"}, {"target_id": "x"}, {"since": "yesterday"}, {"target_label": "../x"}]
)
def test_api_answers_nonsense_with_400(api_for, auditor, query):
    assert api_for(auditor).get("/api/v1/audit/", query).status_code == 400


def test_api_changes_nothing(api_for, auditor):
    api = api_for(auditor)

    for method in (api.post, api.put, api.patch, api.delete):
        assert method("/api/v1/audit/", {}).status_code == 405


def test_changes_are_told_in_the_readers_words() -> None:
    person = {"role": ["desk_officer", "asg"], "is_active": [True, False], "unit": ["a", "b"]}
    told = _line_of("accounts.User", person).changes
    days = _line_of("cases.Dispute", {"opened_on": ["2026-03-01", None], "gone": [1, 2]}).changes

    assert told[0][0] == "role"
    assert [str(word) for word in told[0][1:]] == [
        "Desk officer",
        "Assistant Secretary General for Political Affairs",
    ]
    assert [words[1:] for words in told[1:]] == [("yes", "no"), ("", "")]
    assert days[0][1:] == ("1 March 2026", None)
    assert days[1] == ("gone", 1, 2)


def _line_of(label: str, changes: dict[str, list[object]]) -> Entry:
    words: dict[str, Any] = dict.fromkeys(
        ("kind", "verb", "words", "actor_id", "actor_name", "actor_role"), ""
    )
    words |= dict.fromkeys(("target_id", "target_kind", "target_text"), "")
    return Entry(
        number=1,
        at=timezone.now(),
        target_label=label,
        classification=0,
        payload={"changes": changes},
        **words,
    )
