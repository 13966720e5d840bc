"""My morning: what waits, for whom, until when, why, and the one act that each row offers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import Absence, User
from cases.choices import MandateEnd, ReviewState, ReviewStepKind
from cases.selectors.worklist import ending_mandates, review_steps
from common import worklist
from common.choices import Classification
from common.extensions import WorkItem
from tests.factories.cases import (
    DisputeFactory,
    MandateFactory,
    MandateReviewFactory,
    PartyFactory,
    ProcessFactory,
    ReviewStepFactory,
    TermsOfReferenceFactory,
)
from tests.factories.institutions import SessionFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], Client]
A_DAY = timedelta(days=1)


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def step_for(owner: User | None, due_on: date | None, **values: Any) -> Any:
    """Make an assessment that a person owes, in a file of that person."""
    officer = values.pop("officer", owner)
    dispute = DisputeFactory(desk_officer=officer, **values.pop("file", {}))
    mandate = MandateFactory(dispute=dispute, active=True)
    review = MandateReviewFactory(mandate=mandate, **values.pop("review", {}))
    return ReviewStepFactory(review=review, owner=owner, due_on=due_on, **values)


def stand_in(away: User, stand_in: User, today: date) -> None:
    Absence.objects.create(
        user=away, stand_in=stand_in, first_day=today, last_day=today, recorded_by=away
    )


def acts(items: Any) -> list[str]:
    return [str(item.act) for item in items]


# Rows -------------------------------------------------------------------------------------------


def test_next_step_of_a_review_waits_for_its_owner_with_the_act_that_can_be_done(
    officer: User, today: date
) -> None:
    step = step_for(officer, today)

    (item,) = review_steps(officer, today, worklist.MINE)

    assert str(item.act) == "Assess the mandate"
    assert item.thing == str(step.review.mandate)
    assert "the head of unit countersigns after you" in item.why
    assert item.button_url == reverse("cases:review_assess", args=[step.review_id])
    assert item.stands_in_for == ""


@pytest.mark.parametrize(
    ("kind", "state", "act"),
    [
        (ReviewStepKind.COUNTERSIGNATURE, ReviewState.ASSESSED, "Countersign the assessment"),
        (ReviewStepKind.PROPOSAL, ReviewState.COUNTERSIGNED, "Propose to the organ"),
        (ReviewStepKind.SUBMISSION, ReviewState.PROPOSED, "Submit to a session"),
    ],
)
def test_each_step_reads_as_what_is_to_be_done(
    officer: User, today: date, kind: str, state: str, act: str
) -> None:
    step_for(officer, today, kind=kind, review={"state": state})

    assert acts(review_steps(officer, today, worklist.MINE)) == [act]


def test_step_that_waits_for_the_organ_names_the_session(officer: User, today: date) -> None:
    session = SessionFactory(planned=True, number=53)
    step_for(
        officer,
        None,
        kind=ReviewStepKind.DECISION,
        review={"state": ReviewState.SUBMITTED, "session": session},
    )

    (item,) = review_steps(officer, today, worklist.MINE)
    assert session.label in item.why
    assert item.due_on is None


def test_nobody_is_asked_for_a_step_whose_turn_has_not_come_or_that_is_done(
    officer: User, today: date
) -> None:
    step_for(officer, today, kind=ReviewStepKind.SUBMISSION)
    step_for(officer, today, done_on=today, done_by=officer)
    step_for(officer, today + A_DAY)

    assert list(review_steps(officer, today, worklist.MINE)) == []


def test_step_of_an_absent_colleague_falls_to_the_stand_in_and_says_so(
    officer: User, other_officer: User, today: date
) -> None:
    step_for(officer, today, file={"open_to_staff": True})
    assert list(review_steps(other_officer, today, worklist.MINE)) == []

    stand_in(officer, other_officer, today)
    reader = User.objects.get(pk=other_officer.pk)

    (item,) = review_steps(reader, today, worklist.MINE)
    assert item.stands_in_for == officer.display_name


def test_step_of_nobody_falls_to_whoever_holds_its_power(
    officer: User, head: User, asg: User, today: date
) -> None:
    step_for(
        None,
        today,
        officer=officer,
        kind=ReviewStepKind.COUNTERSIGNATURE,
        review={"state": ReviewState.ASSESSED},
    )

    assert len(list(review_steps(head, today, worklist.MINE))) == 1


def test_unit_shows_everybodys_and_never_what_is_above_the_clearance(
    officer: User, head: User, today: date
) -> None:
    step_for(officer, today)
    step_for(officer, today, file={"classification": Classification.SECRET})
    head.clearance = Classification.CONFIDENTIAL
    head.save()

    assert list(review_steps(head, today, worklist.MINE)) == []
    (item,) = review_steps(head, today, worklist.UNIT)
    assert item.owner == officer.display_name
    assert item.button == "Open the review"
    assert "after you" not in item.why


def test_mandate_near_its_end_names_what_is_missing(officer: User, today: date) -> None:
    dispute = DisputeFactory(desk_officer=officer)
    party = PartyFactory(dispute=dispute, neutral_name_en="Upper side")
    ProcessFactory(dispute=dispute, parties=[party])
    mandate = MandateFactory(dispute=dispute, active=True, ends_on=today + 30 * A_DAY)
    MandateReviewFactory(mandate=mandate, draft_en="Renews", draft_ar="يجدد")

    (item,) = ending_mandates(officer, today + 90 * A_DAY, worklist.MINE)

    assert str(item.act) == "The mandate ends"
    assert item.due_on == mandate.ends_on
    assert item.why.endswith(
        "still missing: terms of reference, consent of Upper side, draft decision in French."
    )


def test_mandate_that_lacks_nothing_says_so(officer: User, today: date) -> None:
    dispute = DisputeFactory(desk_officer=officer)
    mandate = MandateFactory(dispute=dispute, active=True, ends_on=today + 30 * A_DAY)
    TermsOfReferenceFactory(mandate=mandate)

    (item,) = ending_mandates(officer, today + 90 * A_DAY, worklist.MINE)
    assert item.why.endswith("nothing is missing.")


def test_mandate_until_further_decision_stands_on_its_review_date(
    officer: User, today: date
) -> None:
    dispute = DisputeFactory(desk_officer=officer)
    MandateFactory(
        dispute=dispute,
        active=True,
        end_kind=MandateEnd.DECISION,
        ends_on=None,
        review_on=today - A_DAY,
    )

    (item,) = ending_mandates(officer, today, worklist.MINE)
    assert str(item.act) == "Review date of the mandate"


def test_mandates_beyond_the_horizon_lapsed_or_of_a_postponed_session_are_no_rows(
    officer: User, envoy: User, today: date
) -> None:
    dispute = DisputeFactory(desk_officer=officer)
    MandateFactory(dispute=dispute, active=True, ends_on=today + 91 * A_DAY)
    MandateFactory(dispute=dispute, active=True, ends_on=today - A_DAY)
    MandateFactory(dispute=dispute, active=True, until_session=True)
    MandateFactory(dispute=dispute)

    assert list(ending_mandates(officer, today + 90 * A_DAY, worklist.MINE)) == []
    assert list(ending_mandates(envoy, date.max, worklist.UNIT)) == []


def test_each_provider_asks_once(officer: User, head: User, today: date) -> None:
    for _time in range(3):
        step_for(officer, today)
        MandateFactory(
            dispute=DisputeFactory(desk_officer=officer), active=True, ends_on=today + A_DAY
        )

    for provider in (review_steps, ending_mandates):
        for person, scope in ((officer, worklist.MINE), (head, worklist.UNIT)):
            user = User.objects.get(pk=person.pk)
            with CaptureQueriesContext(connection) as asked:
                assert len(list(provider(user, today + A_DAY, scope))) >= 3
            assert len(asked) == 1


# Order ------------------------------------------------------------------------------------------


def item(due_on: date | None, thing: str = "x", **values: Any) -> WorkItem:
    return WorkItem(due_on, "Do", thing, "because", "task", "/x/", **values)


WEDNESDAY = date(2026, 11, 25)


def test_week_runs_from_sunday_to_saturday() -> None:
    days = worklist.week_of(WEDNESDAY)

    assert (days[0], days[-1]) == (date(2026, 11, 22), date(2026, 11, 28))
    assert worklist.week_of(date(2026, 11, 22)) == days


def test_rows_stand_under_their_time() -> None:
    items = [
        item(WEDNESDAY - A_DAY),
        item(WEDNESDAY),
        item(date(2026, 11, 28)),
        item(date(2026, 11, 29)),
        item(date(2027, 1, 3)),
        item(None),
    ]

    found = {
        str(section.title): [str(row.when) for row in section.rows]
        for section in worklist.by_date(items, WEDNESDAY)
    }

    assert found == {
        "Past its date": ["24 November"],
        "Today": ["task"],
        "This week": ["28 November"],
        "Later": ["29 November", "3 January 2027"],
        "Waiting for a day": ["task"],
    }
    assert worklist.by_date([], WEDNESDAY) == []


def test_week_shows_every_day_and_what_is_older_before_it() -> None:
    items = [item(date(2026, 11, 1)), item(date(2026, 11, 22)), item(None), item(date(2027, 1, 1))]

    sections = worklist.by_day(items, WEDNESDAY)

    assert [len(section.rows) for section in sections] == [1, 1, 0, 0, 0, 0, 0, 0]
    assert str(sections[1].title) == "Sunday 22 November 2026"
    assert sections[1].hijri == "12 Jumada II 1448"
    assert sections[0].hijri == ""


def test_unit_stands_under_the_names_of_those_who_owe() -> None:
    items = [item(WEDNESDAY, owner="Salma"), item(None, owner="Amir"), item(WEDNESDAY - A_DAY)]

    sections = worklist.by_owner(items, WEDNESDAY)

    assert [str(section.title) for section in sections] == ["Nobody yet", "Amir", "Salma"]
    assert sections[0].rows[0].is_past


def test_pressing_things_come_first_on_a_day(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [item(None, "c"), item(WEDNESDAY, "b"), item(WEDNESDAY, "a", priority=2)]
    providers = {"test": lambda user, until, scope: rows}
    monkeypatch.setattr(worklist.worklist, "_providers", providers)

    assert [row.thing for row in worklist.work_of(officer, WEDNESDAY)] == ["a", "b", "c"]


def test_french_writes_the_first_day_of_a_month(officer: User) -> None:
    from django.utils import translation

    with translation.override("fr"):
        assert worklist.short_day(date(2026, 12, 1), WEDNESDAY) == "1er décembre"


# Page -------------------------------------------------------------------------------------------


def test_morning_is_the_first_page_of_whoever_works_on_files(
    client_for: ClientFor, officer: User, today: date
) -> None:
    step_for(officer, today - A_DAY)

    page = client_for(officer).get("/").content.decode()

    assert worklist.weekday(today) in page
    assert "Past its date" in page
    assert "Write the assessment" in page
    assert '<span class="count">1</span>' in page
    assert "My unit" not in page


def test_calm_morning_says_that_it_is_calm(client_for: ClientFor, officer: User) -> None:
    page = client_for(officer).get("/").content.decode()

    assert "All is calm" in page
    assert 'class="count"' not in page


def test_head_sees_the_unit_by_owner(
    client_for: ClientFor, officer: User, head: User, today: date
) -> None:
    step_for(officer, today)
    browser = client_for(head)

    assert officer.display_name not in browser.get("/").content.decode()
    page = browser.get("/?scope=unit").content.decode()
    assert f"<h2>{officer.display_name}</h2>" in page


def test_officer_who_asks_for_the_unit_gets_their_own(
    client_for: ClientFor, officer: User, other_officer: User, today: date
) -> None:
    step_for(other_officer, today, file={"open_to_staff": True})

    page = client_for(officer).get("/?scope=unit").content.decode()
    assert "All is calm" in page


def test_week_has_days_as_headings_in_both_calendars(
    client_for: ClientFor, officer: User, today: date
) -> None:
    step_for(officer, today)

    page = client_for(officer).get("/?view=week").content.decode()
    assert page.count('<section class="day-section') == 7
    assert "Nothing is due." in page


def test_page_is_set_from_right_to_left_in_arabic(
    client_for: ClientFor, officer: User, today: date
) -> None:
    step_for(officer, today)
    officer.language = "ar"
    officer.save()

    page = client_for(officer).get("/").content.decode()
    assert '<html lang="ar" dir="rtl">' in page


def test_row_for_whom_the_reader_stands_in_is_marked(
    client_for: ClientFor, officer: User, other_officer: User, today: date
) -> None:
    step_for(officer, today, file={"open_to_staff": True})
    stand_in(officer, other_officer, today)

    page = client_for(other_officer).get("/").content.decode()
    assert f"you stand in for {officer.display_name}" in page


def test_others_begin_their_day_elsewhere(
    client_for: ClientFor, focal_point: User, auditor: User
) -> None:
    assert "Files shared with your State" in client_for(focal_point).get("/").content.decode()
    assert "What your role is for" in client_for(auditor).get("/").content.decode()


def test_count_of_the_navigation_is_heard_once_a_minute(officer: User, today: date) -> None:
    step_for(officer, today)

    assert worklist.count_of(officer, today) == 1
    step_for(officer, today)
    with CaptureQueriesContext(connection) as asked:
        assert worklist.count_of(officer, today) == 1
    assert len(asked) == 0
    cache.clear()
    assert worklist.count_of(officer, today) == 2


# API --------------------------------------------------------------------------------------------


def test_api_tells_what_waits(
    api_for: Callable[..., APIClient], officer: User, head: User, today: date
) -> None:
    step_for(officer, today)

    (row,) = api_for(officer).get("/api/v1/worklist/").json()
    assert row["act"] == "Assess the mandate"
    assert row["due_on"] == today.isoformat()
    assert api_for(head).get("/api/v1/worklist/").json() == []
    (row,) = api_for(head).get("/api/v1/worklist/", {"scope": "unit"}).json()
    assert row["owner"] == officer.display_name
    assert api_for(officer).get("/api/v1/worklist/", {"scope": "unit"}).status_code == 403
    before = {"until": (today - A_DAY).isoformat()}
    assert api_for(officer).get("/api/v1/worklist/", before).json() == []
    assert api_for(officer).get("/api/v1/worklist/", {"scope": "all"}).status_code == 400


def test_api_has_no_morning_for_who_has_no_files(
    api_for: Callable[..., APIClient], auditor: User
) -> None:
    assert api_for(auditor).get("/api/v1/worklist/").json() == []
