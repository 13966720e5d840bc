"""Rule D5: no entry for 180 days reminds the officer, once for each 180 days; nothing ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.services.absences import record_absence
from audit.models import AuditEvent
from audit.services import record, record_readings
from cases.choices import DisputeStatus
from cases.models import Dispute
from cases.selectors.quiet import files_without_news, quiet_files
from cases.services.ends import approve_end, propose_end
from cases.services.quiet import ask_for_news
from common.worklist import MINE, UNIT
from notifications.models import Notice
from tests.conftest import record_may_be_emptied
from tests.factories.cases import DisputeFactory

TODAY = timezone.localdate()
OPENED = TODAY - timedelta(days=1000)
DAYS = timedelta(days=180)
pytestmark = pytest.mark.django_db


@pytest.fixture
def dispute(officer):
    return DisputeFactory(desk_officer=officer, opened_on=OPENED)


def entry(actor, dispute, day):
    """Let a person enter something on a day."""
    event = record(actor=actor, verb="cases.dispute_changed", target=dispute)
    moment = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    with record_may_be_emptied():
        AuditEvent.objects.filter(pk=event.pk).update(at=moment)


def asked(on):
    files = list(files_without_news(on))
    if files:
        ask_for_news(files=files, on=on)
    return files


def test_file_is_asked_after_when_180_days_are_past(dispute, officer):
    entry(officer, dispute, TODAY - DAYS + timedelta(days=1))

    assert asked(TODAY) == []
    assert asked(TODAY + timedelta(days=1)) == [dispute]

    notice = Notice.objects.get()
    assert notice.recipient == officer
    assert notice.facts["days"] == 180


def test_file_is_asked_after_once_for_each_180_days(dispute):
    assert asked(TODAY) == [dispute]
    assert asked(TODAY) == []
    assert asked(TODAY + DAYS - timedelta(days=1)) == []
    assert asked(TODAY + DAYS) == [dispute]
    assert Notice.objects.count() == 2


def test_entry_begins_the_180_days_anew(dispute, officer):
    asked(TODAY)
    entry(officer, dispute, TODAY + timedelta(days=10))

    assert asked(TODAY + DAYS) == []
    assert asked(TODAY + DAYS + timedelta(days=10)) == [dispute]


def test_reading_is_no_entry(dispute, officer):
    record_readings(actor=officer, objects=[dispute])

    assert asked(TODAY) == [dispute]


def test_what_the_clock_writes_is_no_entry(dispute):
    record(actor=None, verb="cases.dispute_changed", target=dispute)

    assert asked(TODAY) == [dispute]


def test_act_on_a_part_of_the_file_is_an_entry(dispute, officer):
    record(actor=officer, verb="cases.dispute_changed", target=officer, subject=dispute)

    assert asked(TODAY) == []


def test_young_file_is_not_asked_after(officer):
    DisputeFactory(desk_officer=officer, opened_on=TODAY - DAYS + timedelta(days=1))

    assert asked(TODAY) == []


def test_published_history_is_not_asked_after():
    DisputeFactory(history=True, opened_on=OPENED)

    assert asked(TODAY) == []


def test_ended_file_is_not_asked_after(dispute, officer, head):
    propose_end(actor=officer, dispute=dispute, outcome="opened_in_error", reason="Twice")
    approve_end(actor=head, dispute=dispute, on=TODAY)

    assert asked(TODAY + 2 * DAYS) == []


def test_stand_in_is_asked_too(dispute, officer, other_officer):
    record_absence(
        actor=officer,
        user=officer,
        stand_in=other_officer,
        first_day=TODAY,
        last_day=TODAY,
        on=TODAY,
    )

    asked(TODAY)

    people = Notice.objects.filter(kind="cases.no_news").values_list("recipient", flat=True)
    assert set(people) == {officer.pk, other_officer.pk}


def test_ten_years_of_asking_end_nothing(dispute):
    for step in range(40):
        asked(TODAY + timedelta(days=91) * step)

    dispute.refresh_from_db()
    assert dispute.status == DisputeStatus.ACTIVE
    assert Dispute.objects.filter(ended_on__isnull=False).count() == 0
    assert AuditEvent.objects.count() == 0


# In the morning --------------------------------------------------------------------------------------


def rows(user, scope=MINE):
    return list(quiet_files(user, TODAY + timedelta(days=90), scope))


def test_file_asked_after_waits_in_the_morning_until_something_is_entered(dispute, officer, head):
    assert rows(officer) == []
    asked(TODAY)

    (row,) = rows(officer)
    assert row.due_on == TODAY
    assert dispute.reference in str(row.thing)
    assert rows(head) == []
    assert len(rows(head, UNIT)) == 1

    record(actor=officer, verb="cases.dispute_changed", target=dispute)
    assert rows(officer) == []


def test_morning_of_the_stand_in_says_for_whom(dispute, officer, other_officer):
    record_absence(
        actor=officer,
        user=officer,
        stand_in=other_officer,
        first_day=TODAY,
        last_day=TODAY,
        on=TODAY,
    )
    asked(TODAY)

    (row,) = rows(User.objects.get(pk=other_officer.pk))
    assert row.stands_in_for == officer.full_name


def test_morning_of_others_knows_of_no_file(dispute, focal_point, envoy):
    asked(TODAY)

    assert rows(focal_point) == rows(envoy) == []


def test_file_that_nobody_keeps_asks_nobody(db):
    dispute = DisputeFactory(desk_officer=None)

    assert ask_for_news(files=[dispute], on=TODAY) == 0
