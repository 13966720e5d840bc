"""The keeper's page, sending again, and what comes back."""

from __future__ import annotations

import io
import sys
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from common.errors import NotPermitted, Refused
from notifications import bounces
from notifications.choices import MailState
from notifications.models import Mail
from notifications.services.outbox import note_bounce, replay_all, replay_mail
from tests.factories.notifications import MailFactory

pytestmark = pytest.mark.django_db


# Sending again ----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["dead", "refused", "bounced"])
def test_mail_in_trouble_is_sent_again_under_its_id(administrator, events, sent, state):
    mail = MailFactory(dead=True, state=state)

    replayed = replay_mail(actor=administrator, mail=mail)

    assert (replayed.state, replayed.attempts, replayed.reply) == ("waiting", 0, "")
    event = events("notifications.mail_replayed")[0]
    assert event.target_id == str(mail.pk)
    assert event.payload["changes"] == {"state": [state, "waiting"]}
    assert "MED-" not in str(event.payload) + event.target_text
    assert sent()[0].extra_headers["Message-ID"] == mail.message_id


@pytest.mark.parametrize(
    ("made", "code"),
    [({}, "mail_not_in_trouble"), ({"account": True, "dead": True, "text": ""}, "mail_text_gone")],
)
def test_mail_that_cannot_be_sent_again_is_refused(administrator, made, code):
    with pytest.raises(Refused) as refusal:
        replay_mail(actor=administrator, mail=MailFactory(**made))

    assert refusal.value.code == code


def test_outbox_is_hidden_from_everybody_else(officer, administrator):
    mail = MailFactory()

    assert not Mail.objects.visible_to(officer).exists()
    assert Mail.objects.visible_to(administrator).get() == mail


def test_nobody_else_sends_again(officer):
    with pytest.raises(NotPermitted):
        replay_mail(actor=officer, mail=MailFactory(dead=True))
    with pytest.raises(NotPermitted):
        replay_all(actor=officer)


def test_everything_is_sent_again_but_secrets(administrator, events):
    MailFactory(dead=True)
    MailFactory(refused=True)
    MailFactory(account=True, dead=True, text="", subject="")
    MailFactory(state=MailState.SENT)

    assert replay_all(actor=administrator) == 2
    assert replay_all(actor=administrator) == 0
    assert events("notifications.mails_replayed")[0].payload == {"number": 2}
    assert len(events("notifications.mails_replayed")) == 1


@pytest.mark.usefixtures("broken_record")
def test_nothing_is_sent_again_when_it_cannot_be_recorded(administrator):
    mail = MailFactory(dead=True)

    with pytest.raises(DatabaseError):
        replay_mail(actor=administrator, mail=mail)
    with pytest.raises(DatabaseError):
        replay_all(actor=administrator)

    assert Mail.objects.get().state == MailState.DEAD


# The page ---------------------------------------------------------------------------------------


def test_keeper_sees_state_and_words_and_nothing_of_a_file(client_for, administrator):
    mail = MailFactory(refused=True)

    page = client_for(administrator).get("/system/mail/").content.decode()

    assert mail.to in page
    assert "550 no such box" in page
    assert "Refused by the server" in page
    for hidden in ("MED-2026-7K3QX", "Grazing", f"/notices/{mail.notice_id}", "File waits"):
        assert hidden not in page


def test_keeper_narrows_by_state(client_for, administrator):
    client = client_for(administrator)
    waiting = MailFactory()

    assert "No mail is in trouble" in client.get("/system/mail/").content.decode()
    assert waiting.to in client.get("/system/mail/?state=waiting").content.decode()
    assert "No mail stands in this state" in client.get("/system/mail/?state=dead").content.decode()
    assert "No mail is in trouble" in client.get("/system/mail/?state=odd").content.decode()


def test_page_is_no_page_for_others(client_for, officer, auditor):
    for person in (officer, auditor):
        assert client_for(person).get("/system/mail/").status_code == 404


def test_keeper_sends_one_and_all_again(client_for, administrator):
    client = client_for(administrator)
    mail, other = MailFactory(dead=True), MailFactory(refused=True)

    assert mail.to in client.get(f"/system/mail/{mail.pk}/replay/").content.decode()
    client.post(f"/system/mail/{mail.pk}/replay/")
    mail.refresh_from_db()
    assert mail.state == MailState.WAITING
    again = client.post(f"/system/mail/{mail.pk}/replay/")
    assert again.status_code == 409

    assert client.get("/system/mail/replay/").status_code == 200
    client.post("/system/mail/replay/")
    other.refresh_from_db()
    assert other.state == MailState.WAITING


def test_dropped_mail_says_why(client_for, administrator):
    MailFactory(account=True, state=MailState.DROPPED, dropped_because="too_old", text="")

    page = client_for(administrator).get("/system/mail/?state=dropped").content.decode()

    assert "Its link had run out." in page


# What comes back --------------------------------------------------------------------------------

REPORT = """\
From: MAILER-DAEMON@mx.example.org
To: mediation@localhost
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

Your message could not be delivered.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; reader@example.org
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1
 <reader@example.org>: no such box

--B
Content-Type: {part}

{original}
--B--
"""


def report(mail_id, *, action="failed", part="message/rfc822", body="\n\nSomething waits"):
    original = f"From: mediation@localhost\nMessage-ID: <{mail_id}@house.example>\nSubject: x{body}"
    return REPORT.format(action=action, part=part, original=original).encode()


def left(**more):
    return MailFactory(state=MailState.SENT, attempts=1, **more)


@pytest.mark.parametrize("part", ["message/rfc822", "text/rfc822-headers"])
def test_bounce_is_read_and_noted(part, tmp_path, capsys):
    mail, other = left(), left()
    file = tmp_path / "bounce"
    file.write_bytes(report(mail.pk, part=part))

    call_command("read_bounces", str(file))

    mail.refresh_from_db()
    other.refresh_from_db()
    assert mail.state == MailState.BOUNCED
    assert mail.reply == "5.1.1 smtp; 550 5.1.1 <reader@example.org>: no such box"
    assert other.state == MailState.SENT
    assert capsys.readouterr().out == "1 read, 1 marked as come back\n"


def test_bounce_is_read_from_standard_input(monkeypatch):
    mail = left()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(report(mail.pk))))

    call_command("read_bounces", stdout=io.StringIO())

    mail.refresh_from_db()
    assert mail.state == MailState.BOUNCED


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"Subject: Out of office\n\nBack on Sunday.",
        report(uuid4(), action="delayed"),
        report(uuid4(), action="delivered"),
        report("not-a-key"),
        report(uuid4()).replace(b"message/delivery-status", b"text/plain"),
        report(uuid4()).replace(b"Content-Type: message/rfc822", b"Content-Type: text/plain"),
        b"\xff\x00" * 100,
    ],
)
def test_what_is_no_bounce_is_passed_over(message):
    assert bounces.read(message) is None


def test_bounce_of_a_strangers_mail_changes_nothing():
    MailFactory()

    assert not note_bounce(mail_id=uuid4(), words="550")
    assert not note_bounce(mail_id=Mail.objects.get().pk, words="never tried")


def test_bounce_of_a_secret_that_waits_for_another_attempt_ends_it():
    mail = MailFactory(account=True, attempts=1)

    assert note_bounce(mail_id=mail.pk, words="x" * 500)

    mail.refresh_from_db()
    assert (mail.state, mail.text, len(mail.reply)) == (MailState.BOUNCED, "", 300)


def test_file_that_cannot_be_read_is_an_error(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("read_bounces", str(tmp_path / "absent"))
