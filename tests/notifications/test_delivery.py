"""The outbox against a real mail server: what is sent, refused, tried again, given up, dropped."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from common.choices import Classification
from common.mail import Carrier, Letter, Outcome, send
from notifications.choices import DropReason, MailState
from notifications.hours import end_of_quiet
from notifications.models import Mail
from notifications.services import delivery
from notifications.services.delivery import MOST_ATTEMPTS, deliver_due, wait_after
from notifications.tasks import deliver_mail
from tests.factories.accounts import UserFactory
from tests.factories.cases import DisputeFactory
from tests.factories.notifications import HoursFactory, MailFactory, NoticeFactory

pytestmark = pytest.mark.django_db


def states():
    return sorted(Mail.objects.values_list("state", flat=True))


def wait_is_over():
    Mail.objects.update(due_at=Now(), leased_until=None)


# Sent -------------------------------------------------------------------------------------------


def test_mail_says_that_something_waits_and_no_more(postbox):
    notice = NoticeFactory(recipient__email="reader@example.org", at_once=True)
    mail = MailFactory(notice=notice)

    done = deliver_due()

    (message,) = postbox.messages
    text = message.get_content()
    assert (done.found, done.sent) == (1, 1)
    assert postbox.recipients == [["reader@example.org"]]
    assert message["To"] == "reader@example.org"
    assert message["Subject"] == "Something waits for you at OIC Mediation: MED-2026-7K3QX"
    assert message["Message-ID"] == f"<{mail.pk}@localhost>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"
    assert message.get_content_type() == "text/plain"
    assert f"http://localhost:8000/notices/{notice.pk}/" in text
    assert "Grazing" not in text
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.lease) == (MailState.SENT, 1, None)


def test_mail_is_in_the_readers_language_to_the_address_of_now(postbox):
    user = UserFactory(language="ar")
    mail = MailFactory(notice=NoticeFactory(recipient=user, at_once=True), to="old@example.org")

    deliver_due()

    (message,) = postbox.messages
    assert message["Content-Language"] == "ar"
    assert "\u2068MED-2026-7K3QX\u2069" in message.get_content()
    mail.refresh_from_db()
    assert mail.to == user.email == message["To"]


def test_mail_without_a_reference_says_so_little(postbox):
    MailFactory(notice=NoticeFactory(reference="", at_once=True))

    deliver_due()

    assert postbox.messages[0]["Subject"] == "Something waits for you at OIC Mediation"


def test_many_mails_go_over_one_connection(postbox):
    MailFactory.create_batch(20)

    assert deliver_due().sent == 20
    assert postbox.connections == 1
    assert all(len(to) == 1 for to in postbox.recipients)
    assert len(set(postbox.ids)) == 20


def test_run_ends_at_its_limit(postbox):
    MailFactory.create_batch(5)

    assert deliver_due(limit=3).found == 3
    assert states() == ["sent"] * 3 + ["waiting"] * 2


def test_secret_text_is_gone_once_it_was_sent(postbox):
    mail = MailFactory(account=True)

    deliver_due()

    mail.refresh_from_db()
    assert (mail.subject, mail.text, mail.state) == ("", "", MailState.SENT)
    assert "https://house.example/key/" in postbox.messages[0].get_content()


def test_header_cannot_be_added_through_a_subject(postbox):
    letter = Letter(to="a@example.org", subject="Hello\r\nBcc: b@example.org", text="Words")

    with Carrier() as carrier:
        assert carrier.carry(letter).outcome == Outcome.SENT

    assert postbox.recipients == [["a@example.org"]]
    assert postbox.messages[0]["Bcc"] is None


def test_header_cannot_be_added_through_an_address(postbox):
    answer = send(to="a@example.org\nBcc: b@example.org", subject="Hello", text="Words")

    assert answer.outcome == Outcome.REFUSED
    assert postbox.messages == []


def test_task_delivers_and_keeps_the_books(postbox):
    MailFactory()

    deliver_mail()

    assert states() == ["sent"]


# Faults of the server ---------------------------------------------------------------------------


def test_server_that_asks_to_come_again_is_asked_again(postbox):
    mail = MailFactory()
    postbox.answers = ["451 4.7.1 greylisted"]

    deliver_due()

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.WAITING, 1)
    assert mail.reply == "451 4.7.1 greylisted"
    assert mail.due_at > timezone.now()
    assert deliver_due().found == 0
    wait_is_over()
    assert deliver_due().sent == 1
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.reply) == (MailState.SENT, 2, "")


@pytest.mark.parametrize("where", ["answers", "faults"])
def test_refusal_is_final_and_the_next_goes_on(postbox, where):
    MailFactory.create_batch(2)
    setattr(postbox, where, ["550 5.1.1 no such box"])

    assert deliver_due().sent == 1

    assert states() == ["refused", "sent"]
    assert Mail.objects.get(state=MailState.REFUSED).reply == "550 5.1.1 no such box"


def test_refused_secret_is_not_kept(postbox):
    MailFactory(account=True)
    postbox.answers = ["550 no"]

    deliver_due()

    assert Mail.objects.get().text == ""


def test_message_that_the_server_may_take_later_waits(postbox):
    MailFactory()
    postbox.faults = ["452 4.3.1 disk full"]

    deliver_due()

    assert Mail.objects.get().reply == "452 4.3.1 disk full"


def test_dropped_connection_delays_one_mail_and_no_other(postbox):
    MailFactory.create_batch(3)
    postbox.faults = ["drop"]

    assert deliver_due().sent == 2

    assert states() == ["sent", "sent", "waiting"]
    wait_is_over()
    assert deliver_due().sent == 1
    assert postbox.connections >= 2


def test_slow_server_is_not_waited_for(postbox):
    MailFactory()
    postbox.faults = [3.0]

    assert deliver_due().sent == 0

    assert "timed out" in Mail.objects.get().reply


def test_server_that_is_away_ends_the_run(postbox, settings):
    settings.EMAIL_PORT = 1
    MailFactory.create_batch(10)

    done = deliver_due()

    assert (done.found, done.sent) == (8, 0)
    assert sorted(Mail.objects.values_list("attempts", flat=True)) == [0] * 8 + [1] * 2
    assert not Mail.objects.filter(leased_until__isnull=False).exists()


def test_everything_goes_once_the_server_is_back(postbox, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    MailFactory.create_batch(10)
    deliver_due()
    settings.EMAIL_PORT = port
    wait_is_over()

    assert deliver_due().sent == 10
    assert len(set(postbox.ids)) == 10


def test_mail_is_given_up_after_many_attempts(postbox):
    mail = MailFactory(attempts=MOST_ATTEMPTS - 1)
    postbox.answers = ["451 not now"]

    deliver_due()

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.DEAD, MOST_ATTEMPTS)


def test_waits_double_are_spread_and_always_the_same():
    pk, other = uuid4(), uuid4()
    waits = [wait_after(pk, attempt) for attempt in range(1, MOST_ATTEMPTS)]

    assert waits == [wait_after(pk, attempt) for attempt in range(1, MOST_ATTEMPTS)]
    assert waits != [wait_after(other, attempt) for attempt in range(1, MOST_ATTEMPTS)]
    assert timedelta(seconds=2.5) <= waits[0] <= timedelta(seconds=5)
    assert max(waits) <= timedelta(hours=4)
    assert sum(waits, timedelta()) > timedelta(hours=24)
    assert wait_after(UUID(int=0), 10_000) <= timedelta(hours=4)


# Killed, and two at once ------------------------------------------------------------------------


def test_kill_between_the_servers_yes_and_ours_repeats_the_same_message(postbox, monkeypatch):
    MailFactory()

    def killed(*args):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "_finish", killed)
        with pytest.raises(SystemExit):
            deliver_due()
    assert deliver_due().found == 0, "another holds it until the lease runs out"
    Mail.objects.update(leased_until=Now() - timedelta(seconds=1))

    assert deliver_due().sent == 1
    assert len(postbox.ids) == 2
    assert len(set(postbox.ids)) == 1


def test_deliverer_that_slept_too_long_sends_nothing(postbox):
    MailFactory()
    (mail,) = delivery._claim(8)
    Mail.objects.update(leased_until=Now() - timedelta(seconds=1))
    (taken,) = delivery._claim(8)

    assert not delivery._begin(mail)
    assert delivery._begin(taken)


def test_run_that_slept_too_long_leaves_the_mail_to_the_next(postbox, monkeypatch):
    MailFactory()
    compose = delivery._letters_of

    def asleep(batch):
        Mail.objects.update(leased_until=Now() - timedelta(seconds=1))
        return compose(batch)

    monkeypatch.setattr(delivery, "_letters_of", asleep)

    assert deliver_due(limit=1).sent == 0
    assert postbox.messages == []


@pytest.mark.django_db(transaction=True)
def test_two_deliverers_send_each_mail_once(postbox):
    MailFactory.create_batch(60)
    start, results = Barrier(3), []

    def deliver():
        start.wait()
        try:
            results.append(deliver_due().sent)
        finally:
            connection.close()

    deliverers = [Thread(target=deliver) for _n in range(3)]
    for thread in deliverers:
        thread.start()
    for thread in deliverers:
        thread.join()

    assert sum(results) == 60
    assert len(postbox.ids) == len(set(postbox.ids)) == 60
    assert states() == ["sent"] * 60


# The right, asked again -------------------------------------------------------------------------


def only_reason():
    mail = Mail.objects.get()
    assert (mail.state, mail.attempts, mail.text) == (MailState.DROPPED, 0, "")
    return mail.dropped_because


def test_mail_to_who_lost_the_right_is_never_sent(postbox, officer):
    dispute = DisputeFactory(desk_officer=officer)
    subject = {"subject_label": "cases.Dispute", "subject_id": dispute.pk}
    MailFactory(notice=NoticeFactory(recipient=officer, at_once=True, **subject))
    dispute.classification = Classification.SECRET
    dispute.save()

    deliver_due()

    assert only_reason() == DropReason.NO_LONGER_SEEN
    assert postbox.messages == []


def test_mail_to_who_still_sees_the_subject_is_sent(postbox, officer):
    dispute = DisputeFactory(desk_officer=officer)
    subject = {"subject_label": "cases.Dispute", "subject_id": dispute.pk}
    MailFactory(notice=NoticeFactory(recipient=officer, at_once=True, **subject))

    assert deliver_due().sent == 1


def test_mail_above_a_lowered_clearance_is_never_sent(postbox, officer):
    MailFactory(notice=NoticeFactory(recipient=officer, classification=Classification.SECRET))

    deliver_due()

    assert only_reason() == DropReason.NO_LONGER_SEEN


@pytest.mark.parametrize("kind", ["notice", "account"])
def test_mail_to_a_closed_account_is_never_sent(postbox, kind):
    user = UserFactory(deactivated=True)
    if kind == "notice":
        MailFactory(notice=NoticeFactory(recipient=user))
    else:
        MailFactory(account=True, user=user)

    deliver_due()

    assert only_reason() == DropReason.NO_LONGER_ACTIVE


def test_mail_of_what_was_read_is_not_needed(postbox):
    MailFactory(notice=NoticeFactory(read_at=timezone.now()))

    deliver_due()

    assert only_reason() == DropReason.READ_ALREADY


def test_link_that_ran_out_is_not_sent(postbox):
    MailFactory(account=True, expires_at=timezone.now() - timedelta(seconds=1))

    deliver_due()

    assert only_reason() == DropReason.TOO_OLD


def test_mail_to_an_address_without_an_account_is_sent(postbox):
    MailFactory(account=True, user=None, to="guest@example.org")

    assert deliver_due().sent == 1


# Quiet hours ------------------------------------------------------------------------------------


def around(clock, hours):
    return (datetime.combine(date(2026, 3, 2), clock) + timedelta(hours=hours)).time()


def test_mail_waits_for_the_end_of_quiet_hours_without_an_attempt(postbox):
    mail = MailFactory()
    now = timezone.localtime().time().replace(second=0, microsecond=0)
    HoursFactory(user=mail.user, quiet_from=around(now, -1), quiet_until=around(now, 1))

    deliver_due()

    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.lease) == (MailState.WAITING, 0, None)
    assert timezone.now() < mail.due_at <= timezone.now() + timedelta(hours=1)


def test_mail_outside_quiet_hours_goes_and_an_accounts_at_any_hour(postbox):
    mail, own = MailFactory(), MailFactory(account=True)
    now = timezone.localtime().time().replace(second=0, microsecond=0)
    HoursFactory(user=mail.user, quiet_from=around(now, 1), quiet_until=around(now, 2))
    HoursFactory(user=own.user, quiet_from=around(now, -1), quiet_until=around(now, 1))

    assert deliver_due().sent == 2


@pytest.mark.parametrize(
    ("now", "quiet", "end"),
    [
        ((20, 30), (22, 6), None),
        ((19, 0), (22, 6), "3 03:00"),
        ((21, 0), (22, 6), "3 03:00"),
        ((2, 59), (22, 6), "2 03:00"),
        ((3, 0), (22, 6), None),
        ((9, 30), (12, 14), "2 11:00"),
        ((11, 0), (12, 14), None),
        ((9, 30), (None, None), None),
    ],
)
def test_quiet_hours_end_at_jeddahs_clock(now, quiet, end):
    """Jeddah is three hours ahead of UTC all year."""
    begin, until = (None if hour is None else time(hour) for hour in quiet)
    if now == (20, 30):
        begin, until = time(9), time(17)

    found = end_of_quiet(datetime(2026, 3, 2, *now, tzinfo=UTC), begin, until)

    assert (found and found.astimezone(UTC).strftime("%-d %H:%M")) == end


def test_claim_takes_what_is_longest_due_first(postbox):
    late, later = MailFactory(), MailFactory()
    Mail.objects.filter(pk=later.pk).update(due_at=F("due_at") - timedelta(minutes=5))

    assert [mail.pk for mail in delivery._claim(1)] == [later.pk]
    assert [mail.pk for mail in delivery._claim(8)] == [late.pk]
    assert delivery._claim(8) == []
