"""One digest a person and working day, at their hour, of what no digest has told before."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from common import extensions
from common.choices import Classification
from notifications.choices import DropReason, MailChoice, MailState
from notifications.models import Mail, Notice
from notifications.selectors import digests_due
from notifications.services.delivery import deliver_due
from notifications.services.digests import send_digests
from notifications.sweeps import DELIVERY, DIGESTS
from tests.factories.accounts import UserFactory
from tests.factories.cases import DisputeFactory
from tests.factories.institutions import HolidayFactory
from tests.factories.notifications import HoursFactory, NoticeFactory

pytestmark = pytest.mark.django_db

SUNDAY, MONDAY = date(2026, 3, 1), date(2026, 3, 2)


def test_digest_counts_by_group_and_names_references_apart(officer, sent):
    NoticeFactory.create_batch(2, recipient=officer)
    NoticeFactory(recipient=officer, kind="test.urgent", reference="MED-2026-AAAAA")

    assert send_digests(on=MONDAY) == 1

    (message,) = sent()
    text = message.body
    assert message.to == [officer.email]
    assert message.subject == "What waits for you at OIC Mediation"
    assert "3 new things wait for you at OIC Mediation:" in text
    assert "- Reviews: 2\n- Consents: 1" in text or "- Consents: 1\n- Reviews: 2" in text
    assert "MED-2026-7K3QX\nMED-2026-AAAAA" in text
    assert "http://localhost:8000/notices/" in text
    assert "Grazing" not in text
    assert "Consent ended" not in text


def test_digest_is_in_the_readers_language(sent):
    NoticeFactory(recipient__language="fr", kind="gone")

    send_digests(on=MONDAY)

    assert sent()[0].extra_headers["Content-Language"] == "fr"


def test_digest_comes_once_a_day_and_tells_nothing_twice(officer, sent):
    NoticeFactory(recipient=officer)
    assert send_digests(on=SUNDAY) == 1
    NoticeFactory(recipient=officer)

    assert send_digests(on=SUNDAY) == 0
    assert send_digests(on=MONDAY) == 1
    assert send_digests(on=MONDAY + timedelta(days=1)) == 0
    assert sorted(notice.told_on for notice in Notice.objects.all()) == [SUNDAY, MONDAY]
    assert ["One new thing waits" in message.body for message in sent()] == [True, True]


def test_digest_after_an_outage_is_one(officer):
    NoticeFactory.create_batch(3, recipient=officer)

    assert send_digests(on=MONDAY) == 1
    assert Mail.objects.count() == 1


@pytest.mark.parametrize(
    "passed_over", [{"read_at": timezone.now()}, {"mail": MailChoice.AT_ONCE}, {"mail": "off"}]
)
def test_digest_passes_over(officer, passed_over):
    NoticeFactory(recipient=officer, **passed_over)

    assert send_digests(on=MONDAY) == 0


def test_digest_passes_over_closed_accounts(db):
    NoticeFactory(recipient=UserFactory(deactivated=True))

    assert send_digests(on=MONDAY) == 0


@pytest.mark.parametrize("day", [date(2026, 3, 6), date(2026, 3, 7)])
def test_no_digest_on_friday_and_saturday(officer, day):
    NoticeFactory(recipient=officer)

    assert send_digests(on=day) == 0
    assert send_digests(on=date(2026, 3, 8)) == 1


def test_no_digest_on_a_holiday_of_its_world(officer):
    HolidayFactory(starts_on=MONDAY, ends_on=MONDAY, is_exercise=True)
    NoticeFactory(recipient=UserFactory(is_exercise=True))
    NoticeFactory(recipient=officer)

    assert list(digests_due(MONDAY)) == [officer]


def test_digest_waits_for_the_persons_hour(officer, head, monkeypatch):
    monkeypatch.setattr(extensions.rest_days, "_providers", {})
    today, now = timezone.localdate(), timezone.localtime()
    late = now + timedelta(hours=1)
    for person in (officer, head):
        NoticeFactory(recipient=person)
    HoursFactory(user=officer, digest_at=late.time() if late.date() == today else time.max)
    HoursFactory(user=head, digest_at=time.min)

    assert list(digests_due(today)) == [head]
    assert set(digests_due(today - timedelta(days=1))) == {officer, head}


def test_digest_leaves_out_what_is_hidden_or_read_since(officer, sent):
    dispute = DisputeFactory(desk_officer=officer)
    subject = {"subject_label": "cases.Dispute", "subject_id": dispute.pk}
    NoticeFactory(recipient=officer, reference="MED-2026-SECRT", **subject)
    NoticeFactory(recipient=officer)
    read = NoticeFactory(recipient=officer)
    send_digests(on=MONDAY)
    Notice.objects.filter(pk=read.pk).update(read_at=timezone.now())
    dispute.classification = Classification.SECRET
    dispute.save()

    (message,) = sent()

    assert "One new thing waits" in message.body
    assert "MED-2026-SECRT" not in message.body


def test_digest_with_nothing_left_is_not_sent(officer, sent):
    NoticeFactory(recipient=officer)
    send_digests(on=MONDAY)
    Notice.objects.update(read_at=timezone.now())

    assert sent() == []
    mail = Mail.objects.get()
    assert (mail.state, mail.dropped_because) == (MailState.DROPPED, DropReason.READ_ALREADY)


def test_digest_without_references_is_whole(officer, sent):
    NoticeFactory(recipient=officer, reference="")
    send_digests(on=MONDAY)

    assert "References" not in sent()[0].body


def test_clockwork_writes_and_delivers(officer):
    NoticeFactory(recipient=officer)

    assert DIGESTS.count(MONDAY) == 1
    assert DIGESTS.run(MONDAY).written == 1
    assert DELIVERY.count(MONDAY) == 1
    assert DELIVERY.run(MONDAY).written == 1
    assert deliver_due().found == 0
