"""Rule M5: the owner is reminded at T-30 and T-7, and of each step; a delay goes to the command."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from cases.choices import ReviewState
from cases.models import MandateReview, ReviewStep
from cases.selectors.reviews_due import reminder_due
from cases.services.review_clock import follow_dates, remind_of_end
from cases.services.review_dates import redate_reviews
from cases.services.reviews import assess_mandate, return_assessment
from common.actor import SYSTEM
from notifications.models import Notice
from tests.cases.rules.reviews import council, opened, run, run_all, told, until, until_session
from tests.cases.rules.world import TODAY, World
from tests.factories.accounts import AbsenceFactory, UserFactory
from tests.factories.reviews import ReviewFactory

END = TODAY + timedelta(days=90)
WORDS = {"progress": "Two rounds", "consent": "Both", "recommendation": "renew"}


def before(days: int) -> date:
    return END - timedelta(days=days)


@pytest.fixture
def review(world: World) -> MandateReview:
    world.head, world.asg  # noqa: B018 - they must be there to own their steps
    return opened(world, until(world, END), TODAY)


def step_of(review: MandateReview, kind: str) -> ReviewStep:
    return review.steps.get(kind=kind)


def reminders(kind: str) -> int:
    return Notice.objects.filter(kind=f"cases.{kind}").count()


# The end ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days_left", "reminder"), [(31, None), (30, 30), (8, 30), (7, 7), (0, 7), (-3, 7)]
)
def test_m5_which_reminder_is_due(days_left: int, reminder: int | None) -> None:
    assert reminder_due(days_left) == reminder


def test_m5_the_owner_is_reminded_at_thirty_and_at_seven_days_once_each(
    world: World, review: MandateReview
) -> None:
    counts = [
        (run("remind_of_ends", before(days)).written, reminders("review_end_near"))
        for days in (31, 30, 29, 8, 7, 6)
    ]

    assert counts == [(0, 0), (1, 1), (0, 1), (0, 1), (1, 2), (0, 2)]
    assert told("review_end_near") == {world.officer.email}


def test_m5_whoever_owes_the_next_step_is_reminded_too(world: World) -> None:
    world.head, world.asg  # noqa: B018 - they must be there to own their steps
    review = opened(world, until(world, END), TODAY)
    assess_mandate(actor=world.officer, review=review, on=TODAY, **WORDS)

    run("remind_of_ends", before(30))

    assert told("review_end_near") == {world.officer.email, world.head.email}


def test_m5_after_an_outage_the_latest_reminder_alone_is_sent(review: MandateReview) -> None:
    run("remind_of_ends", before(5))
    run("remind_of_ends", before(4))

    assert reminders("review_end_near") == 1
    assert MandateReview.objects.get().reminded_days == 7


def test_m5_a_closed_review_reminds_nobody(world: World) -> None:
    ReviewFactory(mandate=until(world, END), state=ReviewState.LAPSED, closed_on=TODAY)

    assert run("remind_of_ends", before(7)).found == 0


def test_m4_an_end_that_moved_is_reminded_of_anew(world: World) -> None:
    session = council(world, END)
    mandate = until_session(world, session)
    opened(world, mandate, TODAY)
    run("remind_of_ends", before(30))
    session.starts_on = session.ends_on = END + timedelta(days=60)
    session.save()
    run("redate_reviews", before(29))

    written = [run("remind_of_ends", END + timedelta(days=60 - days)).written for days in (31, 30)]

    assert written == [0, 1]
    assert reminders("review_end_near") == 2


# Steps ------------------------------------------------------------------------------------------


def test_the_owner_is_reminded_before_a_step_is_due_once(
    world: World, review: MandateReview
) -> None:
    due = step_of(review, "assessment").due_on
    assert due is not None

    written = [run("remind_of_steps", due - timedelta(days=days)).written for days in (6, 5, 4)]

    assert written == [0, 1, 0]
    assert told("review_step_near") == {world.officer.email}


def test_a_delay_goes_to_head_and_asg_once(world: World, review: MandateReview) -> None:
    due = step_of(review, "assessment").due_on
    assert due is not None

    written = [run("escalate_steps", due + timedelta(days=days)).written for days in (0, 1, 2)]

    assert written == [0, 1, 0]
    assert told("review_step_late") == {
        world.officer.email,
        world.head.email,
        world.asg.email,
    }
    assert run("remind_of_steps", due + timedelta(days=1)).found == 0, "it is late, not near"


def test_nobody_is_pressed_for_a_step_that_waits_for_another(
    world: World, review: MandateReview
) -> None:
    run("remind_of_steps", before(20))
    run("escalate_steps", before(20))

    notice = Notice.objects.filter(kind="cases.review_step_late")
    keys = set(notice.values_list("key", flat=True))
    assert {key.split(":")[3] for key in keys} == {"assessment"}


def test_whoever_stands_in_for_the_owner_is_reminded(world: World) -> None:
    today = timezone.localdate()
    stand_in = UserFactory(desk_officer=True, clearance=world.dispute.classification)
    AbsenceFactory(user=world.head, stand_in=stand_in)
    review = ReviewFactory(mandate=until(world, today + timedelta(days=60)), assessed=True)
    review.steps.filter(kind="countersignature").update(owner=world.head, due_on=today)

    run("remind_of_steps", today)

    assert told("review_step_near") == {world.head.email, stand_in.email}


def test_a_step_without_a_day_waits_for_the_session(world: World) -> None:
    mandate = until_session(world, council(world, None))
    opened(world, mandate, TODAY)

    assert set(run_all(TODAY + timedelta(days=400)).values()) == {0}
    assert not ReviewStep.objects.filter(due_on__isnull=False).exists()


def test_a_returned_assessment_is_reminded_of_anew(world: World, review: MandateReview) -> None:
    due = step_of(review, "assessment").due_on
    assert due is not None
    run("remind_of_steps", due)
    assess_mandate(actor=world.officer, review=review, on=due, **WORDS)
    return_assessment(actor=world.head, review=review, reason="Whose consent?", on=due)
    again = step_of(review, "assessment").due_on
    assert again is not None

    assert again > due
    assert run("remind_of_steps", again).written == 1


# Whole or not at all ----------------------------------------------------------------------------


def test_a_reminder_that_cannot_be_told_stays_due(
    world: World, review: MandateReview, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise DatabaseError("no notice can be written")

    with monkeypatch.context() as broken:
        broken.setattr("cases.notices.reviews.notify_many", fail)
        from common import sweeps

        outcome = sweeps.named("cases.remind_of_ends").run(before(30))

    assert (outcome.written, outcome.left) == (0, 1)
    assert run("remind_of_ends", before(30)).written == 1


def test_two_runs_of_a_day_change_nothing(world: World, review: MandateReview) -> None:
    first, second = run_all(before(30)), run_all(before(30))

    assert first["remind_of_ends"] == first["escalate_steps"] == 1
    assert set(second.values()) == {0}


def test_what_is_not_due_is_passed_over(world: World) -> None:
    far = opened(world, until(world, TODAY + timedelta(days=80)), TODAY)

    assert remind_of_end(reviews=[far], on=TODAY) == 0
    assert redate_reviews(actor=SYSTEM, reviews=[far], on=TODAY) == 0
    assert follow_dates(mandates=[far.mandate], on=TODAY) == 0
