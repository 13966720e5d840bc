"""One's own notices and preferences, on pages and in the API."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db import DatabaseError
from django.utils import timezone

from common.choices import Classification
from common.errors import Refused
from notifications.choices import MailChoice
from notifications.models import Hours, Notice, Preference
from notifications.selectors import Choice
from notifications.services.preferences import choose_preferences
from tests.factories.accounts import StateUserFactory
from tests.factories.cases import DisputeFactory
from tests.factories.notifications import KIND, NoticeFactory

pytestmark = pytest.mark.django_db

LIST = "/notices/"
API = "/api/v1/notices/"
PREFERENCES = "/api/v1/notice-preferences/"


# The list ---------------------------------------------------------------------------------------


def test_list_says_what_why_and_when(client_for, officer):
    notice = NoticeFactory(recipient=officer, due_on=date(2026, 4, 5))

    page = client_for(officer).get(LIST).content.decode()

    for words in (
        "Grazing waits since 1 March 2026.",
        "You keep this file.",
        "MED-2026-7K3QX",
        "5 April 2026",
        f"/notices/{notice.pk}/open/",
        "Mark all as read",
    ):
        assert words in page


def test_list_shows_what_waits_or_all(client_for, officer):
    client = client_for(officer)
    assert "Nothing waits" in client.get(LIST).content.decode()
    assert "You have not been told anything yet" in client.get(f"{LIST}?show=all").content.decode()
    NoticeFactory(recipient=officer, read_at=timezone.now())

    assert "Grazing" not in client.get(LIST).content.decode()
    assert "Grazing" in client.get(f"{LIST}?show=all").content.decode()


def test_bell_rings_on_every_page_until_all_is_read(client_for, officer, head):
    NoticeFactory.create_batch(3, recipient=officer)
    NoticeFactory(recipient=officer, is_shown=False)
    client = client_for(officer)
    assert '<bdi class="count">3</bdi>' in client.get("/files/").content.decode()
    assert 'class="count"' not in client_for(head).get("/files/").content.decode()

    client.post("/notices/read-all/")

    assert 'class="count"' not in client.get("/files/").content.decode()


def test_bell_does_not_count_beyond_99(client_for, officer):
    Notice.objects.bulk_create([NoticeFactory.build(recipient=officer) for _n in range(101)])

    assert '<bdi class="count">99+</bdi>' in client_for(officer).get("/files/").content.decode()


def test_strangers_page_has_no_bell(client):
    assert "bell" not in client.get("/accounts/login/").content.decode()


def test_opening_marks_as_read_and_leads_there(client_for, officer):
    notice = NoticeFactory(recipient=officer, url="/files/")

    answer = client_for(officer).post(f"/notices/{notice.pk}/open/")

    notice.refresh_from_db()
    assert answer["Location"] == "/files/"
    assert notice.is_read


def test_notice_without_an_address_leads_to_the_list(client_for, officer):
    notice = NoticeFactory(recipient=officer, url="")

    assert client_for(officer).post(f"/notices/{notice.pk}/open/")["Location"] == LIST


@pytest.mark.parametrize(("shown", "back"), [("", LIST), ("all", f"{LIST}?show=all")])
def test_marking_stays_with_the_list(client_for, officer, shown, back):
    notice = NoticeFactory(recipient=officer)
    client = client_for(officer)

    assert client.post(f"/notices/{notice.pk}/read/", {"show": shown})["Location"] == back
    first = Notice.objects.get().read_at
    client.post(f"/notices/{notice.pk}/read/")

    assert first is not None
    assert Notice.objects.get().read_at == first, "read once"


def test_link_of_a_mail_leads_to_the_one_notice(client_for, officer, head):
    notice = NoticeFactory(recipient=officer, is_shown=False)

    assert "Grazing" in client_for(officer).get(f"/notices/{notice.pk}/").content.decode()
    assert client_for(head).get(f"/notices/{notice.pk}/").status_code == 404


def test_notice_of_what_is_hidden_now_is_absent_everywhere(client_for, api_for, officer):
    dispute = DisputeFactory(desk_officer=officer, classification=Classification.SECRET)
    notice = NoticeFactory(recipient=officer, subject_label="cases.Dispute", subject_id=dispute.pk)
    client, api = client_for(officer), api_for(officer)

    assert "Grazing" not in client.get(f"{LIST}?show=all").content.decode()
    assert client.get(f"/notices/{notice.pk}/").status_code == 404
    assert client.post(f"/notices/{notice.pk}/open/").status_code == 404
    assert api.get(API).json()["count"] == 0
    assert api.post(f"{API}{notice.pk}/mark-read/").status_code == 404
    client.post("/notices/read-all/")
    assert not Notice.objects.get().is_read


# The API ----------------------------------------------------------------------------------------


def test_api_lists_and_marks(api_for, officer, head):
    first, second = NoticeFactory.create_batch(2, recipient=officer)
    NoticeFactory(recipient=head)
    api = api_for(officer)

    assert api.get(API).json()["count"] == 2
    one = api.get(f"{API}{first.pk}/").json()
    assert one["sentence"] == "Grazing waits since 1 March 2026."
    assert (one["kind_label"], one["why"], one["is_read"]) == (
        "File waits",
        "You keep this file.",
        False,
    )
    assert api.post(f"{API}{first.pk}/mark-read/").json()["is_read"] is True
    assert [row["id"] for row in api.get(f"{API}?is_waiting=true").json()["results"]] == [
        str(second.pk)
    ]
    assert api.get(f"{API}?kind=test.urgent").json()["count"] == 0
    assert api.post(f"{API}mark-all-read/").json() == {"marked": 1}
    assert api_for(head).get(f"{API}{first.pk}/").status_code == 404


# Preferences ------------------------------------------------------------------------------------


def chosen(**values):
    given = {"choices": {}, "quiet_from": None, "quiet_until": None, "digest_at": time(8)}
    return given | values


def test_preferences_are_kept_and_recorded(officer, events):
    choose_preferences(
        actor=officer,
        **chosen(
            choices={KIND: Choice(is_shown=False, mail=MailChoice.AT_ONCE)},
            quiet_from=time(22),
            quiet_until=time(6),
        ),
    )

    row = Preference.objects.get()
    assert (row.user, row.kind, row.is_shown, row.mail) == (officer, KIND, False, "at_once")
    assert Hours.objects.get().quiet_from == time(22)
    changes = events("notifications.preferences_changed")[0].payload["changes"]
    assert changes[KIND] == ["shown, digest", "hidden, at_once"]
    assert changes["digest_at"] == ["07:30:00", "08:00:00"]


def test_same_choice_again_leaves_no_trace(officer, events):
    for _time in range(2):
        choose_preferences(actor=officer, **chosen())

    assert len(events("notifications.preferences_changed")) == 1
    assert not Preference.objects.exists()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"choices": {"test.unheard": Choice(True, "off")}}, "unknown_kind"),
        ({"choices": {"test.states": Choice(True, "off")}}, "unknown_kind"),
        ({"choices": {"test.urgent": Choice(True, "off")}}, "required_kind"),
        ({"choices": {"test.urgent": Choice(False, "at_once")}}, "required_kind"),
        ({"quiet_from": time(22)}, "quiet_hours_half"),
        ({"quiet_from": time(0)}, "quiet_hours_half"),
        ({"quiet_until": time(6)}, "quiet_hours_half"),
        ({"quiet_from": time(6), "quiet_until": time(6)}, "quiet_hours_half"),
        ({"quiet_from": time(0), "quiet_until": time(0)}, "quiet_hours_half"),
    ],
)
def test_preference_that_cannot_be_is_refused(officer, values, code):
    with pytest.raises(Refused) as refusal:
        choose_preferences(actor=officer, **chosen(**values))

    assert refusal.value.code == code
    assert not Preference.objects.exists()


@pytest.mark.usefixtures("broken_record")
def test_preferences_are_as_before_when_they_cannot_be_recorded(officer):
    with pytest.raises(DatabaseError):
        choose_preferences(actor=officer, **chosen(choices={KIND: Choice(True, "off")}))

    assert not Preference.objects.exists()
    assert not Hours.objects.exists()


def form_of(**values):
    return {
        "shown:test.urgent": "on",
        "mail:test.urgent": "at_once",
        f"mail:{KIND}": "off",
        "digest_at": "09:15",
        "quiet_from": "",
        "quiet_until": "",
    } | values


def test_page_shows_and_keeps_preferences(client_for, officer):
    client = client_for(officer)
    page = client.get("/notices/preferences/").content.decode()
    for words in ("Consent ended", "always told", "File waits", 'value="07:30"'):
        assert words in page
    assert "Awaits your reply" not in page

    answer = client.post("/notices/preferences/", form_of(), follow=True)

    assert "Your choices are kept." in answer.content.decode()
    row = Preference.objects.get()
    assert (row.kind, row.is_shown, row.mail) == (KIND, False, "off")
    assert Hours.objects.get().digest_at == time(9, 15)


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"quiet_from": "22:00"}, 409),
        ({"digest_at": "soon"}, 422),
        ({"mail:test.urgent": "off"}, 422),
    ],
)
def test_page_says_what_is_wrong(client_for, officer, wrong, status):
    assert client_for(officer).post("/notices/preferences/", form_of(**wrong)).status_code == status
    assert not Preference.objects.exists()


def test_state_is_offered_what_is_for_states(client_for, focal_point):
    page = client_for(focal_point).get("/notices/preferences/").content.decode()

    assert "Awaits your reply" in page
    assert "Consent ended" not in page


def test_api_changes_what_is_named_and_keeps_the_rest(api_for, officer):
    api = api_for(officer)
    kinds = [{"kind": KIND, "is_shown": True, "mail": "at_once"}]
    body = {"quiet_from": "22:00", "quiet_until": "06:00", "kinds": kinds}

    assert api.patch(PREFERENCES, body).status_code == 200
    answer = api.patch(PREFERENCES, {"digest_at": "10:00"}).json()

    assert (answer["quiet_from"], answer["digest_at"]) == ("22:00:00", "10:00:00")
    assert {row["kind"]: row["mail"] for row in answer["kinds"]} == {
        "test.urgent": "at_once",
        KIND: "at_once",
    }
    assert answer == api.get(PREFERENCES).json()
    refused = api.patch(PREFERENCES, {"quiet_from": None})
    assert (refused.status_code, refused.json()["code"]) == (409, "quiet_hours_half")


def test_api_of_a_state_offers_its_own(api_for, db):
    kinds = api_for(StateUserFactory()).get(PREFERENCES).json()["kinds"]

    assert [row["kind"] for row in kinds] == ["test.states"]
