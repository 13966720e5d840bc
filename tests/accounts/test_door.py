"""Log-in, log-out, throttling, reset, invitation, language: the house's own door."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.services.people import invite_user
from accounts.views import log_in
from tests.factories.accounts import PASSWORD, DelegationFactory, StateUserFactory, UserFactory

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _hasty_reset(monkeypatch):
    monkeypatch.setattr(log_in, "RESET_TAKES_SECONDS", 0.0)


def enter(client, email, password=PASSWORD, path=LOGIN, **extra):
    return client.post(path, {"login": email, "password": password}, **extra)


# Log-in -----------------------------------------------------------------------------------------


def test_log_in_with_any_capitals_is_recorded(client, officer, events):
    answer = enter(client, officer.email.upper())

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(officer.pk)
    event = events("accounts.logged_in")[0]
    assert event.actor_id == str(officer.pk)
    assert event.payload == {"address": "127.0.0.1"}


def test_log_in_leads_to_the_page_that_was_asked_for(client, officer):
    asked = client.get("/accounts/profile/")
    assert asked.status_code == 302

    answer = enter(client, officer.email, path=asked["Location"])

    assert answer["Location"] == "/accounts/profile/"


def test_log_in_leads_to_no_foreign_site(client, officer):
    answer = enter(client, officer.email, path=f"{LOGIN}?next=https://evil.example/")

    assert "evil" not in answer["Location"]


def test_wrong_password_and_unknown_name_are_answered_alike(client, officer, events):
    wrong = enter(client, officer.email, "not the right phrase")
    unknown = enter(client, "nobody@example.org", "not the right phrase")

    assert wrong.status_code == unknown.status_code == 200
    assert _plain(wrong, officer.email) == _plain(unknown, "nobody@example.org")
    failures = events("accounts.log_in_failed")
    assert [event.target_id for event in failures] == [str(officer.pk), ""]
    assert "nobody" not in str([event.payload for event in failures])


def test_log_in_of_a_closed_account_is_refused(client, db):
    user = UserFactory(deactivated=True)

    answer = enter(client, user.email, follow=True)

    assert "_auth_user_id" not in client.session
    assert "Please contact the General Secretariat." in answer.content.decode()


def test_log_in_of_a_ministrys_system_is_refused(client, db):
    enter(client, StateUserFactory(rest_client=True).email)

    assert "_auth_user_id" not in client.session


def test_log_out_is_recorded(client, officer, events):
    enter(client, officer.email)

    client.post("/accounts/logout/")

    assert "_auth_user_id" not in client.session
    assert len(events("accounts.logged_out")) == 1


def test_sign_up_is_no_page(client):
    assert client.get("/accounts/signup/").status_code == 404


@pytest.mark.parametrize("known", [True, False])
def test_name_is_locked_after_ten_failures_whoever_it_is(client, officer, events, known):
    email = officer.email if known else "nobody@example.org"
    spellings = [email, email.upper(), f" {email} "]
    for count in range(10):
        answer = enter(client, spellings[count % 3], "wrong", REMOTE_ADDR=f"192.0.2.{count}")

    assert answer.status_code == 429
    assert "fifteen minutes" in answer.content.decode()
    assert enter(client, email, REMOTE_ADDR="198.51.100.1").status_code == 429
    assert "_auth_user_id" not in client.session
    assert len(events("accounts.log_in_failed")) == 10


def test_address_is_locked_after_ten_failures(client, officer):
    for count in range(10):
        enter(client, f"guess{count}@example.org", "wrong")

    assert enter(client, officer.email).status_code == 429


def test_lock_opens_after_fifteen_minutes(client, officer, time_machine):
    for _ in range(10):
        enter(client, officer.email, "wrong")
    time_machine.move_to(timezone.now() + timedelta(minutes=16))

    enter(client, officer.email)

    assert client.session["_auth_user_id"] == str(officer.pk)


# Session limits ---------------------------------------------------------------------------------


def test_session_ends_after_thirty_idle_minutes(client_for, officer, time_machine):
    client = client_for(officer)
    client.get("/accounts/profile/")

    time_machine.move_to(timezone.now() + timedelta(minutes=31))

    assert client.get("/accounts/profile/").status_code == 302


def test_session_ends_after_twelve_hours_however_busy(client_for, officer, time_machine):
    client = client_for(officer)
    began = timezone.now()
    for minutes in range(0, 12 * 60, 20):
        time_machine.move_to(began + timedelta(minutes=minutes))
        assert client.get("/accounts/profile/").status_code == 200

    time_machine.move_to(began + timedelta(hours=12, minutes=1))

    assert client.get("/accounts/profile/").status_code == 302


def test_pages_of_a_person_are_kept_by_nobody(client_for, officer):
    assert client_for(officer).get("/accounts/profile/")["Cache-Control"] == "private, no-store"


# Passwords --------------------------------------------------------------------------------------


def test_password_reset_by_mail_works_once(client, officer, events, sent):
    client.post("/accounts/password/reset/", {"email": officer.email})
    assert sent()[0].to == [officer.email]
    path = _link(sent()[0].body)
    page = client.get(path, follow=True)
    form = {"password1": "another calm phrase 8", "password2": "another calm phrase 8"}

    client.post(page.request["PATH_INFO"], form)

    officer.refresh_from_db()
    assert officer.check_password("another calm phrase 8")
    assert events("accounts.password_changed")[0].actor_id == ""
    assert "set-password" not in client.get(path, follow=True).request["PATH_INFO"]


def test_password_reset_of_an_unknown_name_is_answered_alike_and_mails_nothing(
    client, officer, sent
):
    known = client.post("/accounts/password/reset/", {"email": officer.email})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(sent()) == 1


def test_password_reset_of_a_closed_account_mails_nothing(client, db, sent):
    client.post("/accounts/password/reset/", {"email": UserFactory(deactivated=True).email})

    assert sent() == []


def test_password_reset_takes_its_time_for_everybody(client, officer, monkeypatch):
    slept = []
    monkeypatch.setattr(log_in, "RESET_TAKES_SECONDS", 60.0)
    monkeypatch.setattr(log_in.time, "sleep", slept.append)

    client.post("/accounts/password/reset/", {"email": officer.email})
    client.post("/accounts/password/reset/", {"email": "nobody@example.org"})

    assert [round(seconds / 10) for seconds in slept] == [6, 6]


def test_password_reset_speaks_the_persons_language(client, db, sent):
    user = UserFactory(language="ar")

    client.post("/accounts/password/reset/", {"email": user.email})

    assert sent()[0].to == [user.email]


def test_password_change_ends_the_other_sessions(client_for, officer, events):
    here, there = client_for(officer), client_for(officer)
    form = {
        "oldpassword": PASSWORD,
        "password1": "another calm phrase 8",
        "password2": "another calm phrase 8",
    }

    here.post("/accounts/password/change/", form)

    assert there.get("/accounts/profile/").status_code == 302
    assert events("accounts.password_changed")[0].actor_id == str(officer.pk)


@pytest.mark.parametrize("weak", ["short", "123456789012345", "password1234"])
def test_weak_password_is_refused(client_for, officer, weak):
    answer = client_for(officer).post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": weak, "password2": weak},
    )

    assert answer.status_code == 200
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


# Invitations ------------------------------------------------------------------------------------


def test_invitation_is_mailed_shown_and_taken_up(client, client_for, administrator, sent):
    shown = client_for(administrator).post(
        "/accounts/users/invite/",
        {
            "email": "new@example.org",
            "full_name": "New Person",
            "role": "desk_officer",
            "clearance": 1,
            "language": "fr",
        },
    )
    path = _link(sent()[0].body)
    assert path in shown.content.decode()

    page = client.get(path, follow=True)
    assert path not in page.request["PATH_INFO"]
    assert "New Person" in page.content.decode()
    differing = client.post("/accounts/invitation/", {"password": PASSWORD, "again": "other"})
    assert differing.status_code == 422
    weak = client.post("/accounts/invitation/", {"password": "short", "again": "short"})
    assert weak.status_code == 422
    taken = client.post("/accounts/invitation/", {"password": PASSWORD, "again": PASSWORD})
    assert taken["Location"] == LOGIN
    enter(client, "new@example.org")
    assert "_auth_user_id" in client.session
    assert client.get(path, follow=True).status_code == 410


def test_nonsensical_invitation_is_closed(client, db):
    assert client.get("/accounts/invitation/nonsense/", follow=True).status_code == 410
    assert client.get("/accounts/invitation/").status_code == 410


def test_mail_to_an_arabic_reader_is_in_arabic_letters_where_known(administrator):
    invited = invite_user(
        actor=administrator,
        email="new@example.org",
        full_name="New Person",
        role="focal_point",
        delegation=DelegationFactory(),
        language="ar",
    )

    assert invited.user.language == "ar"


# Language ---------------------------------------------------------------------------------------


def test_language_of_a_stranger_is_a_cookie_and_the_page_stays(client, db):
    answer = client.post("/language/", {"language": "ar", "next": "/accounts/login/?next=/x/"})

    assert answer["Location"] == "/accounts/login/?next=/x/"
    assert 'dir="rtl"' in client.get(LOGIN).content.decode()


def test_language_of_a_person_is_kept_on_the_account(client_for, officer):
    client = client_for(officer)

    client.post("/language/", {"language": "fr", "next": "/accounts/profile/"})

    officer.refresh_from_db()
    assert officer.language == "fr"
    assert 'lang="fr"' in client.get("/accounts/profile/").content.decode()


@pytest.mark.parametrize(
    ("target", "language"),
    [
        ("https://evil.example/", "fr"),
        ("//evil.example", "fr"),
        ("javascript:alert(1)", "fr"),
        ("", "xx"),
    ],
)
def test_language_switch_leads_nowhere_else(client, db, target, language):
    answer = client.post("/language/", {"language": language, "next": target})

    assert answer["Location"] == "/"


def test_language_switch_is_a_post(client, db):
    assert client.get("/language/").status_code == 405


def test_profile_keeps_the_language(client_for, officer):
    client = client_for(officer)

    client.post(reverse("accounts:profile"), {"language": "ar"})

    officer.refresh_from_db()
    assert officer.language == "ar"


# Mail in development ----------------------------------------------------------------------------


def test_sent_mail_is_shown_with_the_file_back_end_only(client, officer, settings, tmp_path, sent):
    assert client.get("/development/mail/").status_code == 404
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    done = client.post("/accounts/password/reset/", {"email": officer.email}, follow=True)
    assert "/development/mail/" in done.content.decode()
    sent()

    page = client.get("/development/mail/").content.decode()

    assert officer.email in page
    assert "/accounts/password/reset/key/" in page
    settings.IS_PRODUCTION = True
    assert client.get("/development/mail/").status_code == 404


def _link(body):
    return re.search(r"http://testserver(/\S+)", body)[1]


def _plain(answer, email):
    """The page without what must differ: the token and the name that was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    return text.replace(email, "")
