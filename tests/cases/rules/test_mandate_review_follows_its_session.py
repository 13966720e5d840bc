"""Rule M4: a review moves with the session, waits while it is postponed, and follows an extension."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError

from cases.choices import MandateEnd, MandateState, ReviewState
from cases.models import Mandate, MandateReview
from cases.selectors.situation import is_in_force
from cases.services.mandates import extend_mandate
from cases.services.reviews import assess_mandate, propose_to_organ
from institutions.models import Session
from institutions.services.sessions import move_session, postpone_session, record_session_held
from tests.cases.rules.reviews import (
    council,
    opened,
    run,
    run_all,
    state_of,
    told,
    until,
    until_session,
)
from tests.cases.rules.world import TODAY, World
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewFactory

CLOSE = TODAY + timedelta(days=90)
WORDS = {"progress": "Two rounds", "consent": "Both", "recommendation": "renew"}


@pytest.fixture
def session(world: World) -> Session:
    return council(world, CLOSE)


@pytest.fixture
def review(world: World, session: Session) -> MandateReview:
    return opened(world, until_session(world, session), TODAY)


def fresh(review: MandateReview) -> MandateReview:
    found: MandateReview = MandateReview.objects.get(pk=review.pk)
    return found


def due_days_of(review: MandateReview) -> list[date | None]:
    return [step.due_on for step in review.steps.all()]


def clerk() -> Any:
    return UserFactory(registry_clerk=True)


def test_m4_a_session_that_moves_moves_end_and_steps_at_once(
    review: MandateReview, session: Session, events: Callable[..., Any]
) -> None:
    before = due_days_of(review)
    actor, later = clerk(), CLOSE + timedelta(days=200)

    move_session(actor=actor, session=session, starts_on=later, ends_on=later)

    moved = fresh(review)
    assert (moved.ends_on, moved.decide_by) == (later, later)
    assert all(new > old for old, new in zip(before, due_days_of(review), strict=True))
    assert events("cases.review_redated")[0].actor_id == str(actor.pk)


def test_m4_done_steps_keep_their_day(
    world: World, review: MandateReview, session: Session
) -> None:
    assess_mandate(actor=world.officer, review=review, on=TODAY, **WORDS)
    due = review.steps.get(kind="assessment").due_on
    later = CLOSE + timedelta(days=200)

    move_session(actor=clerk(), session=session, starts_on=later, ends_on=later)

    step = review.steps.get(kind="assessment")
    assert (step.due_on, step.done_on) == (due, TODAY)
    assert fresh(review).state == ReviewState.ASSESSED


def test_m4_while_the_session_is_postponed_the_mandate_runs_and_the_steps_wait(
    world: World, review: MandateReview, session: Session
) -> None:
    postpone_session(actor=clerk(), session=session, reason="The host asked for it")

    waiting = fresh(review)
    assert (waiting.ends_on, waiting.decide_by) == (None, None)
    assert set(due_days_of(review)) == {None}
    assert set(run_all(CLOSE + timedelta(days=500)).values()) == {0}
    assert is_in_force(Mandate.objects.get(), CLOSE + timedelta(days=500))
    assert told("review_redated") >= {world.officer.email}


def test_m4_new_days_after_a_postponement_date_the_steps_again(
    review: MandateReview, session: Session
) -> None:
    postpone_session(actor=clerk(), session=session, reason="The host asked for it")
    later = CLOSE + timedelta(days=120)

    move_session(actor=clerk(), session=session, starts_on=later, ends_on=later)

    assert fresh(review).decide_by == later
    assert None not in due_days_of(review)


def test_m4_the_clockwork_finds_a_session_that_moved_unheard(
    review: MandateReview, session: Session
) -> None:
    later = CLOSE + timedelta(days=30)
    Session.objects.filter(pk=session.pk).update(starts_on=later, ends_on=later)

    assert run("redate_reviews", TODAY).written == 1
    assert run("redate_reviews", TODAY).written == 0
    assert fresh(review).decide_by == later


def test_m4_the_steps_follow_the_session_that_is_to_decide(world: World) -> None:
    """The organ meets before the mandate's own end: its days drive the steps."""
    meets = council(world, CLOSE - timedelta(days=40))
    review = ReviewFactory(mandate=until(world, CLOSE), countersigned=True)

    propose_to_organ(actor=world.asg, review=review, proposal="For a year", session=meets, on=TODAY)
    meets.starts_on = meets.ends_on = CLOSE + timedelta(days=10)
    meets.save()
    run("redate_reviews", TODAY)

    assert fresh(review).decide_by == CLOSE, "a session after the end does not prolong it"


def test_a_session_that_cannot_be_followed_is_not_moved(
    review: MandateReview, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise DatabaseError("no notice can be written")

    monkeypatch.setattr("cases.notices.reviews.notify_many", fail)

    with pytest.raises(DatabaseError):
        postpone_session(actor=clerk(), session=session, reason="The host asked for it")

    session.refresh_from_db()
    assert session.ends_on == CLOSE
    assert fresh(review).decide_by == CLOSE


# Technical extension ----------------------------------------------------------------------------


def extend(world: World, mandate: Mandate, session: Session) -> None:
    extend_mandate(
        actor=world.officer, mandate=mandate, session=session, told_on=TODAY, reason="Postponed"
    )


def test_m4_an_extension_to_the_postponed_session_keeps_the_work_done(
    world: World, review: MandateReview, session: Session
) -> None:
    postpone_session(actor=clerk(), session=session, reason="The host asked for it")
    assess_mandate(actor=world.officer, review=review, on=TODAY, **WORDS)

    extend(world, review.mandate, session)

    assert fresh(review).state == ReviewState.ASSESSED
    assert state_of(review.mandate) == MandateState.UNDER_REVIEW


def test_m4_an_extension_far_ahead_overtakes_the_review_and_a_new_one_opens_in_time(
    world: World, review: MandateReview, events: Callable[..., Any]
) -> None:
    far = council(world, CLOSE + timedelta(days=400))

    extend(world, review.mandate, far)

    assert fresh(review).state == ReviewState.OVERTAKEN
    assert state_of(review.mandate) == MandateState.ACTIVE
    assert len(events("cases.review_overtaken")) == 1
    assert run("open_reviews", TODAY).written == 0
    assert run("open_reviews", CLOSE + timedelta(days=400 - 80)).written == 1
    assert [row.occurrence for row in review.mandate.reviews.all()] == [1, 2]


def test_m4_an_extension_without_a_review_changes_no_review(world: World) -> None:
    mandate = until_session(world, council(world, CLOSE + timedelta(days=300)))

    extend(world, mandate, council(world, CLOSE + timedelta(days=400)))

    assert not MandateReview.objects.exists()


# A lapse that was none --------------------------------------------------------------------------


def test_a_lapse_is_taken_back_when_the_postponement_is_recorded_late(
    world: World, review: MandateReview, session: Session, events: Callable[..., Any]
) -> None:
    assess_mandate(actor=world.officer, review=review, on=TODAY, **WORDS)
    run("follow_dates", CLOSE + timedelta(days=1))
    assert (state_of(review.mandate), fresh(review).state) == ("expired", "lapsed")

    postpone_session(actor=clerk(), session=session, reason="Recorded late")
    run("follow_dates", CLOSE + timedelta(days=8))

    assert state_of(review.mandate) == MandateState.UNDER_REVIEW
    assert (fresh(review).state, fresh(review).closed_on) == (ReviewState.ASSESSED, None)
    assert fresh(review).decide_by is None
    assert len(events("cases.mandate_lapse_corrected")) == 1
    assert run("follow_dates", CLOSE + timedelta(days=9)).written == 0
    mandate = Mandate.objects.get()
    assert mandate.lapsed_from == ""
    assert mandate.assignments.filter(is_occupying=True).exists()


def test_a_lapse_stands_where_the_session_was_held_on_those_days(
    review: MandateReview, session: Session
) -> None:
    run("follow_dates", CLOSE + timedelta(days=1))

    record_session_held(actor=clerk(), session=session, starts_on=CLOSE, ends_on=CLOSE)

    assert run("follow_dates", CLOSE + timedelta(days=2)).written == 0
    assert fresh(review).state == ReviewState.LAPSED


def test_a_mandate_without_a_review_comes_back_too(world: World) -> None:
    session = council(world, TODAY - timedelta(days=1))
    mandate = until_session(world, session)
    run("follow_dates", TODAY)
    later = TODAY + timedelta(days=300)

    move_session(actor=clerk(), session=session, starts_on=later, ends_on=later)
    run("follow_dates", TODAY)

    assert state_of(mandate) == MandateState.ACTIVE


def test_what_was_succeeded_does_not_come_back(world: World) -> None:
    session = council(world, TODAY - timedelta(days=1))
    mandate = until_session(world, session)
    run("follow_dates", TODAY)
    world.mandate(active=True, succeeds=mandate, end_kind=MandateEnd.DATE, ends_on=date(2031, 1, 1))
    postpone_session(actor=clerk(), session=session, reason="Recorded late")

    assert run("follow_dates", TODAY).written == 0
