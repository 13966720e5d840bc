"""The calendar, and its feed: one's own days, by the rights of today, told outside only if open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from rest_framework.test import APIClient

from accounts.models import FeedToken, User
from accounts.selectors import owner_of_feed
from accounts.services import feeds, people
from cases.choices import MandateEnd, ReviewStepKind
from cases.models import Task
from common import agenda
from common.choices import Classification
from common.errors import NotPermitted, Refused
from common.throttle import is_too_often
from institutions.choices import SessionStatus
from tests.factories.cases import (
    DisputeFactory,
    MandateFactory,
    MandateReviewFactory,
    ReviewStepFactory,
)
from tests.factories.institutions import SessionFactory

pytestmark = pytest.mark.django_db

MONTH = {"month": "2031-06"}
FIRST, LAST = date(2031, 6, 1), date(2031, 6, 30)
IN_JUNE = date(2031, 6, 12)


def labels(user: User, scope: str = "mine") -> list[str]:
    return [str(item.label) for item in agenda.entries(user, FIRST, LAST, scope)]


def task_of(user: User, due_on: date = IN_JUNE, **values: Any) -> Task:
    values = {"owner": user, "created_by": user, "title": "Call the host", **values}
    return Task.objects.create(due_on=due_on, **values)


def a_full_month(officer: User, **file: Any) -> Any:
    """Put one of everything into June 2031 and return the file."""
    dispute = DisputeFactory(desk_officer=officer, **file)
    SessionFactory(
        status=SessionStatus.PLANNED, number=54, starts_on=IN_JUNE, ends_on=date(2031, 6, 14)
    )
    mandate = MandateFactory(
        dispute=dispute, active=True, ends_on=date(2031, 6, 20), title_en="Mediation in the valley"
    )
    review = MandateReviewFactory(mandate=mandate)
    ReviewStepFactory(
        review=review, due_on=date(2031, 6, 3), kind=ReviewStepKind.SUBMISSION, owner=officer
    )
    task_of(officer, dispute=dispute)
    return dispute


# Entries ----------------------------------------------------------------------------------------


def test_calendar_holds_sessions_ends_steps_and_tasks(officer: User) -> None:
    a_full_month(officer)

    assert labels(officer) == [
        "Submission: Mediation in the valley",
        "Call the host",
        "Council of Foreign Ministers, 54th session",
        "The mandate ends: Mediation in the valley",
    ]


def test_others_see_their_own_and_the_head_of_unit_all(
    officer: User, other_officer: User, head: User
) -> None:
    a_full_month(officer)

    assert labels(other_officer) == labels(head) == ["Council of Foreign Ministers, 54th session"]
    assert len(labels(head, "unit")) == 4


def test_sessions_of_unknown_days_postponed_or_of_the_other_world_are_not_there(
    officer: User,
) -> None:
    days = {"starts_on": FIRST, "ends_on": LAST}
    SessionFactory(status=SessionStatus.PLANNED, dates_as_written="summer 2031", **days)
    SessionFactory(status=SessionStatus.POSTPONED, **days)
    SessionFactory(status=SessionStatus.PLANNED, exercise=True, **days)

    assert labels(officer) == []


def test_what_is_done_leaves_the_calendar(officer: User) -> None:
    a_full_month(officer)
    step = ReviewStepFactory(
        review=MandateReviewFactory(),
        owner=officer,
        due_on=IN_JUNE,
        done_on=IN_JUNE,
        done_by=officer,
    )
    Task.objects.update(state="done", closed_at=timezone.now(), closed_by=officer)

    assert str(step) not in " ".join(labels(officer))
    assert "Call the host" not in labels(officer)


def test_mandate_until_further_decision_stands_on_its_review_date(officer: User) -> None:
    MandateFactory(
        dispute=DisputeFactory(desk_officer=officer),
        active=True,
        end_kind=MandateEnd.DECISION,
        ends_on=None,
        review_on=IN_JUNE,
        title_en="Good offices",
    )

    assert labels(officer) == ["Review date of the mandate: Good offices"]


def test_month_is_whole_weeks_and_a_session_stands_on_each_of_its_days(officer: User) -> None:
    a_full_month(officer)

    days = agenda.days_of_month(officer, FIRST, IN_JUNE)

    assert (days[0].on, days[-1].on) == (date(2031, 6, 1), date(2031, 7, 5))
    assert [day.on.day for day in days if day.is_today] == [12]
    held = [day.on.day for day in days for item in day.items if str(item.kind) == "session"]
    assert held == [12, 13, 14]
    assert sum(not day.is_of_month for day in days) == 5


def test_months_lead_on_until_the_years_end(officer: User) -> None:
    assert agenda.month_before(FIRST) == date(2031, 5, 1)
    assert agenda.month_after(date(2031, 12, 1)) == date(2032, 1, 1)
    assert agenda.month_before(agenda.FIRST_MONTH) is None
    assert agenda.month_after(agenda.LAST_MONTH) is None


# Page -------------------------------------------------------------------------------------------


def test_page_shows_a_month_and_a_list(
    client_for: Callable[[User], Client], officer: User, head: User
) -> None:
    a_full_month(officer)
    browser = client_for(officer)

    page = browser.get("/calendar/", MONTH).content.decode()
    assert "The mandate ends: Mediation in the valley" in page
    assert "Friday 20 June 2031" in page
    assert "My unit" not in page
    listed = browser.get("/calendar/", {**MONTH, "view": "list"}).content.decode()
    assert 'class="plain month-list"' in listed
    unit = client_for(head).get("/calendar/", {**MONTH, "scope": "unit"}).content.decode()
    assert "The mandate ends: Mediation in the valley" in unit


@pytest.mark.parametrize("month", ["", "x", "2031-13", "0001-01", "9999-12", "2031-06-01"])
def test_page_of_any_month_that_is_asked_for(
    client_for: Callable[[User], Client], officer: User, month: str
) -> None:
    assert client_for(officer).get("/calendar/", {"month": month}).status_code == 200


def test_page_is_set_from_right_to_left_in_arabic(
    client_for: Callable[[User], Client], officer: User
) -> None:
    officer.language = "ar"
    officer.save()

    page = client_for(officer).get("/calendar/", MONTH).content.decode()
    assert 'dir="rtl"' in page
    assert "محرم" in page or "صفر" in page


# Keys of feeds ----------------------------------------------------------------------------------


def feed_url(made: feeds.NewFeed) -> str:
    return reverse("cases:calendar_feed", args=[made.text])


def test_key_is_shown_once_and_kept_as_a_hash(
    officer: User, events: Callable[[str], list[Any]]
) -> None:
    made = feeds.create_feed(actor=officer, name="Telephone")

    token = FeedToken.objects.get()
    assert made.text not in (token.digest, token.name)
    assert owner_of_feed(made.text) == officer
    assert events("accounts.feed_created")[0].payload["feed"] == str(token.pk)


def test_revoked_key_opens_nothing(officer: User, events: Callable[[str], list[Any]]) -> None:
    made = feeds.create_feed(actor=officer, name="Telephone")

    feeds.revoke_feed(actor=officer, token=made.token)

    assert owner_of_feed(made.text) is None
    assert len(events("accounts.feed_revoked")) == 1
    with pytest.raises(Refused):
        feeds.revoke_feed(actor=officer, token=made.token)


def test_key_is_revoked_by_its_owner_alone(officer: User, other_officer: User) -> None:
    made = feeds.create_feed(actor=officer, name="Telephone")

    with pytest.raises(NotPermitted):
        feeds.revoke_feed(actor=other_officer, token=made.token)


def test_states_and_those_without_files_have_no_feed(focal_point: User, auditor: User) -> None:
    for person in (focal_point, auditor):
        with pytest.raises(NotPermitted):
            feeds.create_feed(actor=person, name="Telephone")


def test_key_ends_with_the_account_and_does_not_come_back(
    officer: User, administrator: User
) -> None:
    made = feeds.create_feed(actor=officer, name="Telephone")

    people.deactivate_user(actor=administrator, user=officer, reason="left")
    assert owner_of_feed(made.text) is None
    people.reactivate_user(actor=administrator, user=officer, reason="came back")
    assert owner_of_feed(made.text) is None


def test_key_of_a_person_whose_role_no_longer_sees_files_opens_nothing(officer: User) -> None:
    made = feeds.create_feed(actor=officer, name="Telephone")
    User.objects.filter(pk=officer.pk).update(role="auditor")

    assert owner_of_feed(made.text) is None


def test_no_key_is_made_or_revoked_without_its_record(
    officer: User, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    made = feeds.create_feed(actor=officer, name="Telephone")
    request.getfixturevalue("broken_record")

    with pytest.raises(DatabaseError):
        feeds.create_feed(actor=officer, name="Desk")
    with pytest.raises(DatabaseError):
        feeds.revoke_feed(actor=officer, token=made.token)
    assert FeedToken.objects.count() == 1
    assert owner_of_feed(made.text) == officer


# The feed ---------------------------------------------------------------------------------------


def read(client: Client, made: feeds.NewFeed) -> dict[str, Any]:
    answer = client.get(feed_url(made))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(answer.content)
    return {str(event["uid"]): event for event in found.walk("VEVENT")}


@pytest.fixture
def soon() -> date:
    return timezone.localdate() + timedelta(days=20)


def test_feed_says_no_title_above_open(client: Client, officer: User, soon: date) -> None:
    dispute = DisputeFactory(desk_officer=officer)
    review = MandateReviewFactory(mandate__dispute=dispute, mandate__title_en="Secret valley")
    step = ReviewStepFactory(review=review, due_on=soon, owner=officer)
    MandateFactory(dispute=dispute, active=True, ends_on=soon, title_en="Secret valley")
    task_of(officer, soon, dispute=dispute, title="Secret errand")
    bare = task_of(officer, soon, title="Secret errand")
    made = feeds.create_feed(actor=officer, name="Telephone")

    answer = client.get(feed_url(made))
    found = read(client, made)

    assert b"ecret" not in answer.content
    event = found[f"cases.review_step:{step.pk}@oic-mediation"]
    assert str(event["summary"]) == f"A review is due ({dispute.reference})"
    assert event.decoded("dtstart") == soon
    assert event.decoded("dtend") == soon + timedelta(days=1)
    assert str(found[f"cases.task:{bare.pk}@oic-mediation"]["summary"]) == "A task is due"
    assert len(found) == 4


def test_feed_names_what_is_open(client: Client, officer: User, soon: date) -> None:
    dispute = DisputeFactory(desk_officer=officer, open_to_staff=True)
    MandateFactory(dispute=dispute, active=True, ends_on=soon, title_en="Open valley")
    SessionFactory(status=SessionStatus.PLANNED, number=54, starts_on=soon, ends_on=soon)

    made = feeds.create_feed(actor=officer, name="Telephone")

    said = sorted(str(event["summary"]) for event in read(client, made).values())
    assert said == [
        "Council of Foreign Ministers, 54th session",
        "The mandate ends: Open valley",
    ]


def test_feed_keeps_its_uid_when_a_thing_moves(client: Client, officer: User, soon: date) -> None:
    task = task_of(officer, soon)
    made = feeds.create_feed(actor=officer, name="Telephone")
    before = read(client, made)

    Task.objects.filter(pk=task.pk).update(due_on=soon + timedelta(days=3))

    assert read(client, made).keys() == before.keys()


def test_feed_speaks_its_owners_language(client: Client, officer: User, soon: date) -> None:
    officer.language = "ar"
    officer.save()
    SessionFactory(status=SessionStatus.PLANNED, number=54, starts_on=soon, ends_on=soon)
    made = feeds.create_feed(actor=officer, name="Telephone")

    (event,) = read(client, made).values()
    assert any("\u0600" <= letter <= "\u06ff" for letter in str(event["summary"]))


def test_feed_checks_the_rights_at_each_reading(
    client: Client, officer: User, head: User, soon: date
) -> None:
    dispute = DisputeFactory(desk_officer=head)
    ReviewStepFactory(
        review=MandateReviewFactory(mandate__dispute=dispute), due_on=soon, owner=head
    )
    made = feeds.create_feed(actor=head, name="Telephone")
    assert len(read(client, made)) == 1

    User.objects.filter(pk=head.pk).update(clearance=Classification.OPEN)
    assert read(client, made) == {}


def test_wrong_key_finds_nothing(client: Client, officer: User) -> None:
    assert client.get("/calendar/feed/nothing.ics").status_code == 404


def test_feed_is_read_at_most_so_often(client: Client, officer: User) -> None:
    made = feeds.create_feed(actor=officer, name="Telephone")
    for _time in range(60):
        is_too_often("calendar_feed", made.text, most=60, seconds=3600)

    answer = client.get(feed_url(made))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")


def test_window_that_closes_between_two_counts_lets_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone(key: str) -> int:
        raise ValueError(key)

    monkeypatch.setattr("common.throttle.cache.incr", gone)
    assert is_too_often("door", "key", most=0, seconds=60) is False


# Doors of keys ----------------------------------------------------------------------------------


def test_pages_make_and_revoke_an_address(
    client_for: Callable[[User], Client], officer: User, other_officer: User
) -> None:
    browser = client_for(officer)
    assert "No other calendar reads yours" in browser.get("/calendar/feeds/").content.decode()
    assert browser.get("/calendar/feeds/new/").status_code == 200
    assert browser.post("/calendar/feeds/new/", {"name": ""}).status_code == 422

    page = browser.post("/calendar/feeds/new/", {"name": "Telephone"}).content.decode()
    token = FeedToken.objects.get()
    assert "http://testserver/calendar/feed/" in page
    listed = browser.get("/calendar/feeds/").content.decode()
    assert "Telephone" in listed
    assert "/calendar/feed/" not in listed.replace("/calendar/feeds/", "")

    revoke = reverse("cases:feed_revoke", args=[token.pk])
    assert client_for(other_officer).get(revoke).status_code == 404
    assert browser.get(revoke).status_code == 200
    assert browser.post(revoke).status_code == 302
    assert browser.get(revoke).status_code == 404


def test_api_makes_and_revokes_an_address(
    api_for: Callable[..., APIClient], client: Client, officer: User, rest_client: User
) -> None:
    api = api_for(officer)

    made = api.post("/api/v1/calendar-feeds/", {"name": "Telephone"})
    assert made.status_code == 201
    assert client.get(made.json()["address"]).status_code == 200
    (row,) = api.get("/api/v1/calendar-feeds/").json()["results"]
    assert row.keys() == {"id", "name", "created_at"}
    assert api.delete(f"/api/v1/calendar-feeds/{row['id']}/").status_code == 204
    assert client.get(made.json()["address"]).status_code == 404
    assert api_for(rest_client).post("/api/v1/calendar-feeds/", {"name": "x"}).status_code == 403
