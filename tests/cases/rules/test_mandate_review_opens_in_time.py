"""Rule M5: a review opens by itself at T-90, moved to the working day before, once, and is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cases.choices import MandateEnd, MandateState, ReviewState, ReviewStepKind
from cases.models import MandateReview
from cases.selectors.reviews_due import mandates_to_review
from cases.services.disputes import assign_desk_officer
from cases.services.review_dates import due_days
from cases.services.reviews import open_review
from common.errors import Refused
from institutions.calendar import WorkingCalendar
from tests.cases.rules.reviews import council, run, state_of, told, until, until_session
from tests.cases.rules.world import TODAY, World
from tests.factories.accounts import AbsenceFactory, UnitFactory, UserFactory
from tests.factories.cases import DisputeFactory, MandateFactory
from tests.factories.institutions import HolidayFactory

#: A Thursday; Friday and Saturday follow it.
THURSDAY = date(2026, 11, 5)
LEAD = timedelta(days=90)


def is_due(mandate: Any, on: date) -> bool:
    return mandate in mandates_to_review(on)


def test_m5_a_review_opens_ninety_days_before_the_end_and_no_day_sooner(world: World) -> None:
    mandate = until(world, THURSDAY + LEAD)

    assert not is_due(mandate, THURSDAY - timedelta(days=1))
    assert is_due(mandate, THURSDAY)


@pytest.mark.parametrize("days_later", [1, 2])
def test_m5_a_day_of_rest_moves_the_opening_to_the_working_day_before(
    world: World, days_later: int
) -> None:
    mandate = until(world, THURSDAY + LEAD + timedelta(days=days_later))

    assert not is_due(mandate, THURSDAY - timedelta(days=1))
    assert is_due(mandate, THURSDAY)


def test_m5_a_holiday_moves_it_too_and_only_in_its_world(world: World) -> None:
    sunday = THURSDAY + timedelta(days=3)
    HolidayFactory(starts_on=sunday, ends_on=sunday, is_exercise=True)
    mandate = until(world, sunday + LEAD)
    play = MandateFactory(dispute=DisputeFactory(exercise=True), active=True, ends_on=sunday + LEAD)

    assert not is_due(mandate, THURSDAY)
    assert is_due(play, THURSDAY)
    assert is_due(mandate, sunday)


def test_m5_opening_makes_five_steps_with_days_and_owners(world: World) -> None:
    head, asg = world.head, world.asg
    mandate = until(world, THURSDAY + LEAD)

    run("open_reviews", THURSDAY)

    review = mandate.reviews.get()
    steps = {step.kind: step for step in review.steps.all()}
    assert (review.state, review.occurrence, review.opened_on) == ("open", 1, THURSDAY)
    assert review.ends_on == review.decide_by == THURSDAY + LEAD
    assert state_of(mandate) == MandateState.UNDER_REVIEW
    assert {kind: step.owner for kind, step in steps.items()} == {
        ReviewStepKind.ASSESSMENT: world.officer,
        ReviewStepKind.COUNTERSIGNATURE: head,
        ReviewStepKind.PROPOSAL: asg,
        ReviewStepKind.SUBMISSION: world.officer,
        ReviewStepKind.DECISION: world.officer,
    }
    days = [steps[kind].due_on for kind in ReviewStepKind]
    assert days == sorted(days)
    assert days[0] == date(2026, 12, 3), "T-60 is a Saturday: the Thursday before"
    assert days[-1] == review.decide_by


def test_m5_desk_officer_head_and_asg_are_told_once(world: World) -> None:
    head, asg = world.head, world.asg
    UserFactory(desk_officer=True)
    until(world, THURSDAY + LEAD)

    run("open_reviews", THURSDAY)
    run("open_reviews", THURSDAY)

    assert told("review_opened") == {world.officer.email, head.email, asg.email}


def test_m5_whoever_stands_in_is_told_too(world: World) -> None:
    today = timezone.localdate()
    stand_in = UserFactory(desk_officer=True, clearance=world.dispute.classification)
    AbsenceFactory(user=world.head, stand_in=stand_in)
    until(world, today + LEAD)

    run("open_reviews", today)

    assert told("review_opened") == {world.officer.email, world.head.email, stand_in.email}


def test_m5_the_head_of_the_files_unit_comes_first(world: World) -> None:
    unit = UnitFactory()
    world.dispute.unit = unit
    world.dispute.save()
    UserFactory.create_batch(2, head_of_unit=True)
    own = UserFactory(head_of_unit=True, unit=unit)
    mandate = until(world, THURSDAY + LEAD)

    run("open_reviews", THURSDAY)

    step = mandate.reviews.get().steps.get(kind=ReviewStepKind.COUNTERSIGNATURE)
    assert step.owner == own


def test_m5_nobody_without_the_clearance_owes_a_step(world: World) -> None:
    UserFactory(head_of_unit=True, clearance=0)
    mandate = until(world, THURSDAY + LEAD)

    run("open_reviews", THURSDAY)

    step = mandate.reviews.get().steps.get(kind=ReviewStepKind.COUNTERSIGNATURE)
    assert step.owner is None


def test_m5_after_an_outage_every_review_is_caught_up_once(world: World) -> None:
    mandate = until(world, THURSDAY + LEAD)
    later = THURSDAY + timedelta(days=3)

    first, second = run("open_reviews", later), run("open_reviews", later)

    assert (first.written, second.written) == (1, 0)
    assert mandate.reviews.get().opened_on == later


def test_m5_no_review_of_what_lapsed_while_nobody_looked(world: World) -> None:
    assert not is_due(until(world, TODAY - timedelta(days=1)), TODAY)


@pytest.mark.parametrize("state", [MandateState.DRAFT, MandateState.RENEWED, MandateState.EXPIRED])
def test_m5_no_review_of_what_is_no_mandate_any_more(world: World, state: str) -> None:
    mandate = until(world, TODAY + timedelta(days=30), state=state)

    assert not is_due(mandate, TODAY)


def test_m5_suspended_and_adopted_mandates_are_reviewed_and_keep_their_state(world: World) -> None:
    suspended = until(world, TODAY + LEAD, state=MandateState.SUSPENDED)
    waiting = until(world, TODAY + LEAD, state=MandateState.ADOPTED, type="enquiry")

    run("open_reviews", TODAY)

    assert MandateReview.objects.filter(mandate__in=[suspended, waiting]).count() == 2
    assert state_of(suspended) == MandateState.SUSPENDED
    assert state_of(waiting) == MandateState.ADOPTED


def test_nothing_opens_in_published_history_or_in_a_file_that_has_ended(world: World) -> None:
    ahead = TODAY + timedelta(days=30)
    history = MandateFactory(dispute=DisputeFactory(history=True), active=True, ends_on=ahead)
    ended = DisputeFactory()
    over = MandateFactory(dispute=ended, active=True, ends_on=ahead)
    type(ended).objects.filter(pk=ended.pk).update(
        status="ended",
        outcome="opened_in_error",
        ended_on=TODAY,
        ended_by=ended.desk_officer,
        end_approved_by=world.head,
        end_reason="Opened twice",
    )

    assert not is_due(history, TODAY)
    assert not is_due(over, TODAY)


# M4 ---------------------------------------------------------------------------------------------


def test_m4_a_mandate_until_a_session_is_reviewed_before_its_close(world: World) -> None:
    session = council(world, THURSDAY + LEAD)
    mandate = until_session(world, session)

    run("open_reviews", THURSDAY)

    review = mandate.reviews.get()
    assert (review.session, review.decide_by) == (session, session.ends_on)


def test_m4_a_session_without_days_opens_no_review(world: World) -> None:
    assert not is_due(until_session(world, council(world, None)), TODAY)


def test_m4_an_extension_counts_instead_of_the_first_session(world: World) -> None:
    near, far = council(world, TODAY + LEAD), council(world, TODAY + 3 * LEAD)

    assert not is_due(until_session(world, near, extended_to=far), TODAY)
    assert is_due(until_session(world, far, extended_to=near, type="enquiry"), TODAY)


def test_m4_until_further_decision_is_reviewed_before_its_review_date(world: World) -> None:
    mandate = world.mandate(
        active=True, end_kind=MandateEnd.DECISION, ends_on=None, review_on=THURSDAY + LEAD
    )

    assert not is_due(mandate, THURSDAY - timedelta(days=1))
    run("open_reviews", THURSDAY + 2 * LEAD)

    assert mandate.reviews.get().ends_on == mandate.review_on, "also when its date is past"


# By hand ----------------------------------------------------------------------------------------


def test_a_review_is_opened_by_hand_before_its_day(
    world: World, events: Callable[..., Any]
) -> None:
    mandate = until(world, TODAY + 4 * LEAD)

    review = open_review(actor=world.officer, mandate=mandate, on=TODAY)

    assert review.state == ReviewState.OPEN
    assert events("cases.review_opened")[0].actor_id == str(world.officer.pk)
    with pytest.raises(Refused) as again:
        open_review(actor=world.officer, mandate=mandate, on=TODAY)
    with pytest.raises(Refused) as draft:
        open_review(actor=world.officer, mandate=world.mandate(), on=TODAY)
    assert (again.value.code, draft.value.code) == ("review_open", "not_reviewed")


def test_a_new_desk_officer_takes_over_the_steps_that_are_left(world: World) -> None:
    mandate = until(world, TODAY + LEAD)
    run("open_reviews", TODAY)
    new = UserFactory(desk_officer=True)

    assign_desk_officer(actor=world.head, dispute=world.dispute, desk_officer=new, on=TODAY)

    owners = mandate.reviews.get().steps.filter(kind__in=["assessment", "submission", "decision"])
    assert {step.owner for step in owners} == {new}


# Days -------------------------------------------------------------------------------------------


def test_steps_of_a_review_that_opens_late_are_drawn_together(world: World) -> None:
    calendar = WorkingCalendar()
    end = TODAY + timedelta(days=45)

    due = due_days(end, TODAY, calendar)

    assert due[ReviewStepKind.ASSESSMENT] == calendar.working_day_before(end - timedelta(days=30))
    assert due[ReviewStepKind.SUBMISSION] == calendar.working_day_before(end - timedelta(days=15))
    assert due[ReviewStepKind.DECISION] == end


def test_steps_never_fall_due_before_the_review_begins() -> None:
    friday = THURSDAY + timedelta(days=1)

    due = due_days(friday + timedelta(days=1), friday, WorkingCalendar())

    assert min(day for day in due.values() if day) >= friday
    assert set(due_days(friday - LEAD, friday, WorkingCalendar()).values()) == {friday - LEAD}
    assert set(due_days(None, friday, WorkingCalendar()).values()) == {None}
