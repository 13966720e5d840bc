"""Writing the record: with the act, by the door, without the substance of secrets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from accounts.models import Unit
from audit import verbs
from audit.middleware import RecordAtTheDoor
from audit.models import AuditEvent, ChainHead
from audit.services import NewAct, record, record_many, record_readings, record_refusal
from common.choices import Classification
from common.web.trace import note_readings, note_refusal
from tests.factories.accounts import UnitFactory

VERB = "accounts.unit_changed"


@dataclass
class Meta:
    label: str = "cases.Document"


@dataclass
class Thing:
    """Something with a classification, a file and a title, that needs no table."""

    classification: int = Classification.OPEN
    audit_subject: Any = None
    audit_text: str = "MED-2026-AAAAA"
    is_protected: bool = False
    pk: Any = field(default_factory=uuid4)
    _meta: Any = field(default_factory=Meta)

    def __post_init__(self):
        self.audit_subject = self.audit_subject or self


# Acts -------------------------------------------------------------------------------------------


def test_several_acts_are_chained_in_their_order_by_one_statement(
    officer, django_assert_num_queries
):
    units = UnitFactory.create_batch(3)
    before = AuditEvent.objects.count()

    with django_assert_num_queries(1):
        record_many(NewAct(officer, VERB, unit, changes={"code": ["A", "B"]}) for unit in units)

    rows = list(AuditEvent.objects.order_by("number")[before:])
    assert [row.target_id for row in rows] == [str(unit.pk) for unit in units]
    assert [row.previous_hash for row in rows[1:]] == [row.hash for row in rows[:-1]]
    assert ChainHead.objects.get().hash == rows[-1].hash


def test_several_acts_are_recorded_together_or_not_at_all(officer):
    before = AuditEvent.objects.count()

    with pytest.raises(ValueError, match="registered"):
        record_many([NewAct(officer, VERB, officer), NewAct(officer, "accounts.no_verb", officer)])

    assert AuditEvent.objects.count() == before


def test_act_is_recorded_with_number_time_and_hash(officer):
    unit = UnitFactory()

    event = record(
        actor=officer,
        verb=VERB,
        target=unit,
        changes={"code": ["A", "B"]},
        note="why",
        head=officer,
    )

    assert event.number == ChainHead.objects.get().number
    assert len(event.hash) == 64
    assert event.at is not None
    stored = AuditEvent.objects.get(pk=event.number)
    assert (stored.actor_id, stored.actor_role) == (str(officer.pk), "desk_officer")
    assert (stored.target_label, stored.target_id) == ("accounts.Unit", str(unit.pk))
    assert (stored.subject_label, stored.subject_id) == ("accounts.Unit", str(unit.pk))
    assert stored.payload == {
        "changes": {"code": ["A", "B"]},
        "note": "why",
        "head": str(officer.pk),
    }
    assert str(stored) == f"{stored.number} {VERB}"
    assert str(stored.verb_words) == "changed a unit"


def test_act_of_the_system_names_nobody(db):
    event = record(actor=None, verb=VERB, target=UnitFactory())

    assert (event.actor_id, event.actor_name, event.actor_role) == ("", "", "")


def test_act_with_an_unknown_verb_is_a_mistake_of_the_house(officer):
    with pytest.raises(ValueError, match="not a registered verb"):
        record(actor=officer, verb="accounts.no_such_verb", target=officer)


@pytest.mark.django_db(transaction=True)
def test_act_outside_a_transaction_is_a_mistake_of_the_house():
    with pytest.raises(ValueError, match="transaction"):
        record(actor=None, verb=VERB, target=None)


@pytest.mark.django_db(transaction=True)
def test_act_is_undone_when_the_record_cannot_be_written():
    with pytest.raises(DatabaseError), transaction.atomic():  # noqa: PT012 - one act
        Unit.objects.create(code="X", name_en="X")
        record(actor=None, verb=VERB, target=Thing(pk="longer than any key" * 4))

    assert not Unit.objects.exists()
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_record_is_undone_with_the_act_and_numbers_have_no_gap():
    with transaction.atomic():
        first = record(actor=None, verb=VERB, target=None)
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012 - one act
        record(actor=None, verb=VERB, target=None)
        raise ZeroDivisionError
    with transaction.atomic():
        second = record(actor=None, verb=VERB, target=None)

    assert second.number == first.number + 1
    assert second.previous_hash == first.hash


def test_old_verb_shows_its_name():
    assert verbs.words("gone.verb") == "gone.verb"
    assert verbs.all_verbs()[verbs.READ]


# Secrets ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "thing",
    [
        Thing(classification=Classification.SECRET),
        Thing(is_protected=True),
        Thing(audit_subject=Thing(classification=Classification.SECRET)),
    ],
    ids=["secret", "protected", "of a secret file"],
)
def test_secret_leaves_an_opaque_id_only(officer, thing):
    event = record(
        actor=officer,
        verb=VERB,
        target=thing,
        subject=thing.audit_subject,
        changes={"title": ["A", "B"]},
        reason="He met them in Orvana",
    )

    assert event.target_text == ""
    assert event.target_id == str(thing.pk)
    assert event.payload == {"changed_fields": ["title"]}


def test_confidential_keeps_its_words(officer):
    event = record(
        actor=officer, verb=VERB, target=Thing(classification=Classification.CONFIDENTIAL)
    )

    assert event.target_text == "MED-2026-AAAAA"
    assert event.classification == Classification.CONFIDENTIAL


# Readings and refusals --------------------------------------------------------------------------


def test_reading_of_open_things_is_not_on_record(officer):
    record_readings(
        actor=officer, objects=[Thing(), Thing(classification=Classification.RESTRICTED)]
    )

    assert not AuditEvent.objects.exists()


def test_reading_of_several_is_one_event_a_file_and_classification(officer):
    file = Thing(classification=Classification.CONFIDENTIAL, _meta=Meta("cases.Dispute"))
    documents = [Thing(classification=2, audit_subject=file) for _ in range(3)]
    secret = Thing(classification=3, audit_subject=file)

    record_readings(actor=officer, objects=[*documents, secret, Thing()])

    first, second = AuditEvent.objects.order_by("number")
    assert first.payload == {"ids": [str(document.pk) for document in documents]}
    assert first.subject_label == "cases.Dispute"
    assert (second.target_id, second.payload) == (str(secret.pk), {})
    assert set(AuditEvent.objects.readings_of("cases.Document", documents[2].pk)) == {first}


def test_refusal_is_recorded_with_the_words_shown(officer):
    record_refusal(actor=officer, code="consent_missing", message="x" * 500, target=None)

    event = AuditEvent.objects.get()
    assert event.kind == "refusal"
    assert event.payload["code"] == "consent_missing"
    assert len(event.payload["message"]) == 300


def test_refusal_about_a_secret_keeps_the_code_only(officer):
    record_refusal(actor=officer, code="x", message="Orvana", target=Thing(classification=3))

    assert AuditEvent.objects.get().payload == {"code": "x"}


# The door ---------------------------------------------------------------------------------------


def door(status, *, user, note):
    request = RequestFactory().get("/")
    request.user = user

    def view(inner):
        note(inner)
        return HttpResponse(status=status)

    return RecordAtTheDoor(view)(request)


def test_door_records_what_was_shown(officer):
    thing = Thing(classification=2)

    door(200, user=officer, note=lambda request: note_readings(request, [thing]))

    assert AuditEvent.objects.get().target_id == str(thing.pk)


def test_door_records_no_reading_of_a_page_that_failed(officer):
    door(404, user=officer, note=lambda request: note_readings(request, [Thing(classification=2)]))

    assert not AuditEvent.objects.exists()


def test_door_records_refusals(officer):
    door(409, user=officer, note=lambda request: note_refusal(request, "x", "Not today.", officer))

    assert AuditEvent.objects.get().payload == {"code": "x", "message": "Not today."}


def test_door_shows_nothing_that_it_could_not_record(officer, broken_record):
    with pytest.raises(DatabaseError):
        door(
            200,
            user=officer,
            note=lambda request: note_readings(request, [Thing(classification=2)]),
        )
