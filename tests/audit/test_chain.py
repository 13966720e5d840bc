"""The record cannot be altered, and where somebody did it all the same it shows."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from audit.models import AuditEvent, ChainHead
from audit.services import record
from audit.verification import Fault, verify_chain
from tests.conftest import record_may_be_emptied

VERB = "accounts.unit_changed"


@pytest.fixture
def chain(db):
    """Ten events of one person."""
    return [record(actor=None, verb=VERB, target=None, step=step) for step in range(10)]


def tamper(sql, *values):
    """Do what only the owner of the database can: set the guards aside."""
    with record_may_be_emptied(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def number_of(chain, position):
    return chain[position].number


# Guards -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_auditevent SET actor_name = 'x'",
        "UPDATE audit_auditevent SET payload = payload",
        "DELETE FROM audit_auditevent",
        "DELETE FROM audit_auditevent WHERE number = (SELECT max(number) FROM audit_auditevent)",
        "TRUNCATE audit_auditevent",
        "TRUNCATE audit_auditevent CASCADE",
        "UPDATE audit_chainhead SET number = 1",
        "DELETE FROM audit_chainhead",
        "INSERT INTO audit_chainhead (id, number, hash) VALUES (2, 1, '')",
        "TRUNCATE audit_chainhead",
    ],
)
def test_database_refuses_to_alter_the_record(chain, sql):
    with (
        pytest.raises(DatabaseError, match="refused"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)

    assert AuditEvent.objects.count() == 10
    assert verify_chain().is_whole


def test_orm_is_refused_too(chain):
    for change in (
        lambda: AuditEvent.objects.all().delete(),
        lambda: AuditEvent.objects.update(verb="x"),
        lambda: chain[3].delete(),
        lambda: chain[3].save(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_number_time_and_hash_are_never_the_callers(chain):
    forged = AuditEvent(
        number=5, at="2001-01-01T00:00:00Z", kind="act", verb="x", hash="f" * 64, previous_hash="e"
    )
    forged.save(force_insert=True)

    latest = AuditEvent.objects.order_by("-number").first()
    assert latest.number == number_of(chain, 9) + 1
    assert latest.at.year > 2001
    assert verify_chain().is_whole


# Proof ------------------------------------------------------------------------------------------


def test_empty_and_untouched_chains_are_whole(db):
    assert verify_chain().is_whole
    record(actor=None, verb=VERB, target=None)
    assert verify_chain().is_whole


@pytest.mark.parametrize(
    "column",
    [
        *(
            "verb",
            "actor_id",
            "actor_name",
            "actor_role",
            "target_label",
            "target_id",
            "target_text",
        ),
        *("subject_label", "subject_id", "subject_text"),
    ],
)
def test_altered_column_is_found_and_named(chain, column):
    number = number_of(chain, 4)

    tamper(f"UPDATE audit_auditevent SET {column} = 'x' WHERE number = %s", number)

    assert verify_chain().faults == [Fault(number, number, "altered")]


@pytest.mark.parametrize(
    "assignment",
    [
        "payload = '{\"step\": 40}'",
        "at = at + interval '1 microsecond'",
        "classification = 1",
        "kind = 'reading'",
        "previous_hash = repeat('0', 64)",
        "hash = repeat('a', 64)",
    ],
)
def test_altered_fact_is_found_and_named(chain, assignment):
    number = number_of(chain, 4)

    tamper(f"UPDATE audit_auditevent SET {assignment} WHERE number = %s", number)

    assert Fault(number, number, "altered") in verify_chain().faults


def test_text_that_slips_into_the_next_column_is_found(db):
    number = record(actor=None, verb=VERB, target=None).number
    tamper("UPDATE audit_auditevent SET target_text = E'a\\nb'")
    tamper("UPDATE audit_auditevent SET hash = audit_event_digest(audit_auditevent)")
    tamper("UPDATE audit_chainhead SET hash = (SELECT hash FROM audit_auditevent)")
    assert verify_chain().is_whole

    tamper("UPDATE audit_auditevent SET target_text = 'a', subject_label = 'b'")

    assert verify_chain().faults == [Fault(number, number, "altered")]


def test_row_altered_and_sealed_anew_is_found(chain):
    number = number_of(chain, 4)
    tamper("UPDATE audit_auditevent SET verb = 'x' WHERE number = %s", number)

    tamper(
        "UPDATE audit_auditevent SET hash = audit_event_digest(audit_auditevent) WHERE number = %s",
        number,
    )

    assert verify_chain().faults == [Fault(number, number, "altered")]


def test_removed_rows_are_found_and_named(chain):
    first, last = number_of(chain, 3), number_of(chain, 5)

    tamper("DELETE FROM audit_auditevent WHERE number BETWEEN %s AND %s", first, last)

    assert verify_chain().faults == [Fault(first, last, "removed")]


def test_removed_beginning_is_found(chain):
    tamper("DELETE FROM audit_auditevent WHERE number <= %s", number_of(chain, 1))

    assert verify_chain().faults == [Fault(1, number_of(chain, 1), "removed")]


def test_removed_end_is_found(chain):
    tamper("DELETE FROM audit_auditevent WHERE number >= %s", number_of(chain, 8))

    assert verify_chain().faults == [Fault(number_of(chain, 8), number_of(chain, 9), "removed")]


def test_inserted_row_is_found_and_named(chain):
    number = number_of(chain, 9) + 1

    _insert(number)

    assert Fault(number, number, "inserted") in verify_chain().faults


def test_row_inserted_before_the_first_is_found(chain):
    _insert(0)

    assert Fault(0, 0, "inserted") in verify_chain(first=-5).faults
    assert not verify_chain().is_whole


def test_row_put_in_the_place_of_another_is_found(chain):
    number = number_of(chain, 4)
    tamper("DELETE FROM audit_auditevent WHERE number = %s", number)
    _insert(number)

    assert Fault(number, number, "altered") in verify_chain().faults


def test_last_row_replaced_is_found(chain):
    number = number_of(chain, 9)
    tamper("UPDATE audit_auditevent SET verb = 'x' WHERE number = %s", number)
    tamper(
        "UPDATE audit_auditevent SET hash = audit_event_digest(audit_auditevent) WHERE number = %s",
        number,
    )

    assert verify_chain().faults == [Fault(number, number, "altered")]


def test_lost_head_is_found(chain):
    tamper("DELETE FROM audit_chainhead")

    assert not verify_chain().is_whole


def test_verification_from_a_row_on_trusts_what_lies_before(chain):
    tamper("UPDATE audit_auditevent SET verb = 'x' WHERE number = %s", number_of(chain, 2))

    assert verify_chain(number_of(chain, 5)).is_whole
    assert verify_chain(number_of(chain, 5)).rows == 5


# Commands ---------------------------------------------------------------------------------------


def run(command, *arguments):
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def test_command_says_that_the_chain_is_whole(chain):
    said = run("verify_audit")

    assert said.startswith("10 rows verified")
    assert ChainHead.objects.get().hash in said


def test_command_names_the_first_fault_and_fails(chain):
    number = number_of(chain, 4)
    tamper("UPDATE audit_auditevent SET verb = 'x' WHERE number = %s", number)

    out = StringIO()
    with pytest.raises(CommandError, match=f"the first at row {number}") as error:
        call_command("verify_audit", stdout=out)

    assert error.value.returncode == 1
    assert f"Row {number} was altered" in out.getvalue()


def test_command_begins_where_it_is_told(chain):
    assert run("verify_audit", "--from", str(number_of(chain, 5))).startswith("5 rows verified")


def test_published_head_proves_a_rewritten_chain(chain):
    published = run("audit_head").strip()
    assert run("verify_audit", "--published", published)
    tamper("UPDATE audit_auditevent SET verb = 'x' WHERE number = %s", number_of(chain, 9))
    tamper("UPDATE audit_auditevent SET hash = audit_event_digest(audit_auditevent)")
    tamper(
        "UPDATE audit_chainhead SET hash = (SELECT hash FROM audit_auditevent"
        " ORDER BY number DESC LIMIT 1)"
    )

    with pytest.raises(CommandError, match="published"):
        run("verify_audit", "--published", published)
    with pytest.raises(CommandError, match="NUMBER:HASH"):
        run("verify_audit", "--published", "nonsense")


def test_head_of_an_empty_record(db):
    assert run("audit_head") == "0:\n"
    assert "chain is whole" in run("verify_audit")


def _insert(number):
    tamper(
        """INSERT INTO audit_auditevent (number, at, kind, verb, actor_id, actor_name, actor_role,
             target_label, target_id, target_text, subject_label, subject_id, subject_text,
             classification, payload, previous_hash, hash)
           VALUES (%s, now(), 'act', 'x', '', '', '', '', '', '', '', '', '', 0, '{}',
             repeat('0', 64), repeat('b', 64))""",
        number,
    )
