"""Tasks: given to people who can do them, moved by the table, told once, and done by the clock's word."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from accounts.models import User
from cases.choices import TaskPriority, TaskState, TaskTold
from cases.models import Task
from cases.selectors.tasks import Bounds, tasks_to_return, tasks_to_tell
from cases.services import tasks as services
from cases.services.task_clock import return_tasks, tell_of_tasks
from common.errors import NotPermitted, Refused, Stale
from notifications.models import Notice
from tests.factories.accounts import AbsenceFactory, UnitFactory, UserFactory
from tests.factories.cases import DisputeFactory, TaskFactory

TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)
#: A Monday of a week without a holiday.
MONDAY = date(2029, 3, 5)


def told(what: str) -> set[object]:
    return set(Notice.objects.filter(kind=f"cases.task_{what}").values_list("recipient", flat=True))


def add(actor, owner, **values):
    return services.add_task(
        actor=actor,
        owner=owner,
        **{"title": "Draft the brief", "due_on": TOMORROW, "on": TODAY} | values,
    )


# Adding -------------------------------------------------------------------------------------------


def test_task_is_given_to_a_colleague_who_is_told(officer, other_officer, events):
    task = add(officer, other_officer, priority=TaskPriority.HIGH)

    assert task.owner == other_officer
    assert task.url == f"/tasks/{task.pk}/"
    assert told("assigned") == {other_officer.pk}
    assert [event.target_id for event in events("cases.task_added")] == [str(task.pk)]


def test_task_of_ones_own_tells_nobody(officer):
    add(officer, officer)

    assert told("assigned") == set()


def test_task_of_somebody_away_is_told_to_the_stand_in_too(officer, other_officer, head):
    AbsenceFactory(user=other_officer, stand_in=head)

    add(officer, other_officer)

    assert told("assigned") == {other_officer.pk, head.pk}


def test_task_beside_a_file_stands_in_the_files_record(officer, events):
    dispute = DisputeFactory(desk_officer=officer)

    task = add(officer, officer, dispute=dispute)

    assert events("cases.task_added")[0].subject_id == str(dispute.pk)
    assert task.classification == dispute.classification


@pytest.mark.parametrize("who", ["cabinet", "envoy", "focal_point", "administrator"])
def test_task_is_not_added_by_a_role_that_works_on_nothing(request, officer, who):
    with pytest.raises(NotPermitted):
        add(request.getfixturevalue(who), officer)


def test_task_is_not_added_beside_somebody_elses_file(officer, other_officer):
    dispute = DisputeFactory(desk_officer=other_officer)

    with pytest.raises(NotPermitted):
        add(officer, officer, dispute=dispute)


@pytest.mark.parametrize(
    ("traits", "code"),
    [
        ({"deactivated": True}, "owner_not_admissible"),
        ({"auditor": True}, "owner_not_admissible"),
        ({"is_exercise": True}, "other_world"),
    ],
)
def test_task_is_not_given_to_somebody_who_cannot_owe_it(officer, traits, code):
    with pytest.raises(Refused) as error:
        add(officer, UserFactory(**traits))

    assert error.value.code == code


def test_task_is_not_given_to_a_focal_point(officer, focal_point):
    with pytest.raises(Refused):
        add(officer, focal_point)


def test_task_is_not_given_to_somebody_who_does_not_see_the_file(officer, other_officer):
    dispute = DisputeFactory(desk_officer=officer)

    with pytest.raises(Refused, match=dispute.reference) as error:
        add(officer, other_officer, dispute=dispute)

    assert error.value.code == "owner_blind"


def test_task_is_not_due_on_a_day_that_is_past(officer):
    with pytest.raises(Refused) as error:
        add(officer, officer, due_on=TODAY - timedelta(days=1))

    assert error.value.code == "day_past"


# Changing -----------------------------------------------------------------------------------------


def test_task_given_to_another_begins_its_reminders_anew(officer, other_officer, events):
    task = TaskFactory(owner=officer, told=TaskTold.NEAR)

    task = services.change_task(actor=officer, task=task, on=TODAY, owner=other_officer)

    assert task.told == TaskTold.NOTHING
    assert told("assigned") == {other_officer.pk}
    assert "owner" in events("cases.task_changed")[0].payload["changes"]


def test_task_redated_begins_its_reminders_anew(officer):
    task = TaskFactory(owner=officer, told=TaskTold.ESCALATED, due_on=TODAY - timedelta(days=9))

    assert (
        services.change_task(actor=officer, task=task, on=TODAY, due_on=TOMORROW).told
        == TaskTold.NOTHING
    )


def test_task_reworded_keeps_its_reminders(officer):
    task = TaskFactory(owner=officer, told=TaskTold.NEAR, due_on=TODAY - timedelta(days=9))

    changed = services.change_task(actor=officer, task=task, on=TODAY, title="Draft it anew")

    assert changed.told == TaskTold.NEAR


def test_task_unchanged_leaves_no_trace(officer, events):
    task = TaskFactory(owner=officer)

    services.change_task(actor=officer, task=task, on=TODAY, title=task.title)

    assert events("cases.task_changed") == []


def test_task_is_not_redated_to_the_past(officer):
    with pytest.raises(Refused):
        services.change_task(
            actor=officer,
            task=TaskFactory(owner=officer),
            on=TODAY,
            due_on=TODAY - timedelta(days=1),
        )


def test_task_changed_meanwhile_is_stale(officer):
    with pytest.raises(Stale):
        services.change_task(
            actor=officer, task=TaskFactory(owner=officer), on=TODAY, version=8, title="x"
        )


def test_closed_task_is_not_changed(officer):
    with pytest.raises(Refused) as error:
        services.change_task(
            actor=officer, task=TaskFactory(owner=officer, done=True), on=TODAY, title="x"
        )

    assert error.value.code == "task_closed"


def test_task_takes_no_field_that_is_the_houses(officer):
    with pytest.raises(TypeError):
        services.change_task(
            actor=officer, task=TaskFactory(owner=officer), on=TODAY, state=TaskState.DONE
        )


def test_author_changes_and_cancels_but_does_not_do_anothers_task(officer, other_officer):
    task = TaskFactory(owner=other_officer, created_by=officer)

    assert services.change_task(actor=officer, task=task, on=TODAY, title="Sooner").title
    with pytest.raises(NotPermitted):
        services.complete_task(actor=officer, task=task)
    assert services.cancel_task(actor=officer, task=task, reason="Settled by telephone")


# Moving by the table -------------------------------------------------------------------------------


def hold(actor, task, **values):
    return services.hold_task(
        actor=actor, task=task, **{"until": TOMORROW, "reason": "Waits", "on": TODAY} | values
    )


def test_task_is_held_and_resumed(officer, events):
    task = hold(officer, TaskFactory(owner=officer))
    assert (task.state, task.held_until, task.hold_reason) == ("on_hold", TOMORROW, "Waits")

    task = services.resume_task(actor=officer, task=task)
    assert (task.state, task.held_until, task.hold_reason) == ("open", None, "")
    assert events("cases.task_held")
    assert events("cases.task_resumed")


def test_task_done_is_reopened(officer, events):
    task = services.complete_task(actor=officer, task=TaskFactory(owner=officer))
    assert task.closed_by == officer

    task = services.reopen_task(actor=officer, task=task)
    assert (task.state, task.closed_by, task.closed_at) == ("open", None, None)
    assert events("cases.task_done")
    assert events("cases.task_reopened")


def test_task_on_hold_is_done_without_ado(officer):
    task = services.complete_task(actor=officer, task=TaskFactory(owner=officer, held=True))

    assert (task.state, task.held_until) == ("done", None)


def test_task_cancelled_keeps_the_reason_in_the_record(officer, events):
    services.cancel_task(actor=officer, task=TaskFactory(owner=officer), reason="Not needed")

    assert events("cases.task_cancelled")[0].payload["reason"] == "Not needed"


@pytest.mark.parametrize(
    ("act", "traits"),
    [
        (lambda actor, task: hold(actor, task), {"done": True}),
        (lambda actor, task: hold(actor, task), {"held": True}),
        (lambda actor, task: services.resume_task(actor=actor, task=task), {}),
        (lambda actor, task: services.resume_task(actor=actor, task=task), {"done": True}),
        (lambda actor, task: services.complete_task(actor=actor, task=task), {"done": True}),
        (
            lambda actor, task: services.cancel_task(actor=actor, task=task, reason="x"),
            {"done": True},
        ),
        (lambda actor, task: services.reopen_task(actor=actor, task=task), {}),
        (lambda actor, task: services.reopen_task(actor=actor, task=task), {"held": True}),
    ],
)
def test_task_moves_by_the_table_alone(officer, act, traits):
    with pytest.raises(Refused) as error:
        act(officer, TaskFactory(owner=officer, **traits))

    assert error.value.code == "wrong_state"


@pytest.mark.parametrize(
    ("values", "code"),
    [({"reason": " "}, "reason_missing"), ({"until": TODAY}, "hold_past")],
)
def test_hold_needs_a_reason_and_a_day_to_come(officer, values, code):
    with pytest.raises(Refused) as error:
        hold(officer, TaskFactory(owner=officer), **values)

    assert error.value.code == code


def test_cancelling_needs_a_reason(officer):
    with pytest.raises(Refused):
        services.cancel_task(actor=officer, task=TaskFactory(owner=officer), reason="")


def test_owner_does_not_cancel_what_another_asked_for(officer, head):
    with pytest.raises(NotPermitted):
        services.cancel_task(
            actor=officer, task=TaskFactory(owner=officer, created_by=head), reason="No"
        )


def test_owner_cancels_what_the_clock_asked_for(officer):
    task = TaskFactory(owner=officer, created_by=None)

    assert services.cancel_task(actor=officer, task=task, reason="Done by telephone")


@pytest.mark.parametrize("act", [services.complete_task, services.reopen_task])
def test_task_of_somebody_else_is_not_ones_to_move(officer, other_officer, act):
    with pytest.raises(NotPermitted):
        act(actor=other_officer, task=TaskFactory(owner=officer, done=act is services.reopen_task))


def test_task_of_the_other_world_is_not_ones_to_move(head):
    task = TaskFactory(owner=UserFactory(is_exercise=True))

    with pytest.raises(NotPermitted):
        services.complete_task(actor=head, task=task)
    with pytest.raises(NotPermitted):
        services.change_task(actor=head, task=task, on=TODAY, title="x")


def test_head_of_the_unit_does_the_task_of_a_member(officer):
    clerk = UserFactory(registry_clerk=True)
    task = TaskFactory(owner=officer, unit=UnitFactory(head=clerk))

    assert services.complete_task(actor=clerk, task=task).closed_by == clerk


def test_stand_in_does_the_task_until_the_last_day(officer, other_officer):
    task = TaskFactory(owner=officer)
    absence = AbsenceFactory(user=officer, stand_in=other_officer)
    person = User.objects.get(pk=other_officer.pk)
    assert task in Task.objects.visible_to(person)
    hold(person, task)

    yesterday = TODAY - timedelta(days=1)
    absence.first_day = absence.last_day = yesterday
    absence.save()
    person = User.objects.get(pk=other_officer.pk)
    assert task not in Task.objects.visible_to(person)
    with pytest.raises(NotPermitted):
        services.resume_task(actor=person, task=task)


def test_several_tasks_are_given_together_or_none(officer, other_officer, events):
    tasks = [TaskFactory(owner=officer), TaskFactory(owner=officer)]
    services.hand_over_tasks(actor=officer, tasks=tasks, to=other_officer, on=TODAY)
    assert Task.objects.filter(owner=other_officer).count() == 2
    assert len(events("cases.task_changed")) == 2

    more = [TaskFactory(owner=officer), TaskFactory(owner=officer, done=True)]
    with pytest.raises(Refused):
        services.hand_over_tasks(actor=officer, tasks=more, to=other_officer, on=TODAY)
    assert Task.objects.filter(owner=other_officer).count() == 2


# Made once by the clock ----------------------------------------------------------------------------


def ensure(owner, **values):
    return services.ensure_task(
        **{
            "key": "note:7:third",
            "owner": owner,
            "title": "Decide what follows",
            "due_on": TOMORROW,
            "on": TODAY,
        }
        | values
    )


def test_task_of_an_occurrence_is_made_once(officer, events):
    dispute = DisputeFactory(desk_officer=officer)

    first = ensure(officer, subject=dispute, url="/files/7/")
    again = ensure(officer, title="Another title")

    assert first == again
    assert (first.url, first.subject_id) == ("/files/7/", dispute.pk)
    assert len(events("cases.task_added")) == 1
    assert told("assigned") == {officer.pk}


def test_task_of_an_occurrence_is_not_made_anew_when_it_was_done(officer):
    services.complete_task(actor=officer, task=ensure(officer))

    assert ensure(officer).state == TaskState.DONE


def test_task_of_the_clock_leads_to_itself_where_nothing_else_is_named(officer):
    task = ensure(officer)

    assert task.url == f"/tasks/{task.pk}/"


@pytest.mark.parametrize(
    "act",
    [
        lambda user, task: add(user, user),
        lambda user, task: ensure(user),
        lambda user, task: services.change_task(actor=user, task=task, on=TODAY, title="x"),
        lambda user, task: hold(user, task),
        lambda user, task: services.complete_task(actor=user, task=task),
        lambda user, task: services.cancel_task(actor=user, task=task, reason="x"),
        lambda user, task: return_tasks(tasks=[TaskFactory(held=True)], on=TODAY),
    ],
)
def test_nothing_is_kept_of_a_task_where_the_record_fails(officer, act, broken_record):
    task = TaskFactory(owner=officer)

    with pytest.raises(DatabaseError):
        act(officer, task)

    assert Task.objects.get(pk=task.pk).version == 1
    assert Task.objects.exclude(pk=task.pk).filter(held_until__isnull=True).count() == 0
    assert Notice.objects.count() == 0


# By the clock --------------------------------------------------------------------------------------


def run(on):
    tasks = list(tasks_to_tell(on))
    return tell_of_tasks(tasks=tasks, on=on) if tasks else 0


@pytest.fixture
def unit_task(head, officer):
    unit = UnitFactory(head=head)
    return TaskFactory(owner=officer, unit=unit, due_on=MONDAY)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2029, 3, 1), TaskTold.NOTHING),  # Thursday before: Sunday comes between
        (date(2029, 3, 4), TaskTold.NEAR),
        (MONDAY, TaskTold.NEAR),
        (date(2029, 3, 6), TaskTold.PAST),
        (date(2029, 3, 7), TaskTold.PAST),
        (date(2029, 3, 8), TaskTold.ESCALATED),
    ],
)
@pytest.mark.django_db
def test_day_demands_what_is_told_of_a_task_due_on_monday(day, expected):
    assert Bounds.of(day, is_exercise=False).demand(MONDAY) == expected


@pytest.mark.django_db
def test_what_is_due_on_a_day_of_rest_is_told_on_the_working_day_before():
    thursday, friday = date(2029, 3, 1), date(2029, 3, 2)

    assert Bounds.of(thursday, is_exercise=False).demand(friday) == TaskTold.NEAR


def test_owner_is_told_the_day_before_and_the_day_after_each_once(unit_task, officer):
    assert run(MONDAY - timedelta(days=4)) == 0
    assert run(MONDAY - timedelta(days=1)) == 1
    assert run(MONDAY - timedelta(days=1)) == 0
    assert told("near") == {officer.pk}
    assert run(MONDAY + timedelta(days=1)) == 1
    assert run(MONDAY + timedelta(days=2)) == 0
    assert told("past") == {officer.pk}


def test_head_of_the_unit_is_told_after_three_working_days(unit_task, head, officer):
    assert run(MONDAY + timedelta(days=3)) == 1
    assert told("escalated") == {head.pk}
    assert run(MONDAY + timedelta(days=30)) == 0


def test_after_an_outage_only_the_last_is_told(unit_task):
    run(MONDAY + timedelta(days=40))

    assert set(Notice.objects.values_list("kind", flat=True)) == {"cases.task_escalated"}


def test_stand_in_is_told_what_falls_due(unit_task, officer, other_officer):
    day = MONDAY - timedelta(days=1)
    AbsenceFactory(user=officer, stand_in=other_officer, first_day=day, last_day=MONDAY)
    AbsenceFactory(user=officer, stand_in=other_officer, first_day=TODAY, last_day=TODAY)

    run(day)

    assert told("near") == {officer.pk, other_officer.pk}


def test_late_task_of_a_head_goes_to_whoever_commands(head, asg):
    TaskFactory(owner=head, unit=UnitFactory(head=head), due_on=MONDAY)

    run(MONDAY + timedelta(days=9))

    assert told("escalated") == {asg.pk}


def test_task_without_a_unit_goes_to_whoever_commands(officer, head):
    TaskFactory(owner=officer, unit=None, due_on=MONDAY)

    run(MONDAY + timedelta(days=9))

    assert told("escalated") == {head.pk}


@pytest.mark.parametrize("traits", [{"held": True}, {"done": True}])
def test_nothing_is_told_of_a_task_that_is_not_open(officer, traits):
    TaskFactory(owner=officer, due_on=MONDAY, **traits)

    assert run(MONDAY + timedelta(days=9)) == 0


def test_hold_ends_by_itself_on_its_day(officer, events):
    task = TaskFactory(owner=officer, held=True, held_until=MONDAY)
    assert not tasks_to_return(MONDAY - timedelta(days=1))

    assert return_tasks(tasks=list(tasks_to_return(MONDAY)), on=MONDAY) == 1

    task.refresh_from_db()
    assert (task.state, task.held_until, task.version) == ("open", None, 2)
    assert told("returned") == {officer.pk}
    assert events("cases.task_returned")[0].actor_id == ""


def test_telling_of_many_tasks_costs_no_query_a_task(django_assert_max_num_queries, head):
    unit = UnitFactory(head=head)
    owners = [UserFactory() for _n in range(5)]
    for n in range(40):
        TaskFactory(owner=owners[n % 5], unit=unit, due_on=MONDAY)
    tasks = list(tasks_to_tell(MONDAY + timedelta(days=1)))

    with django_assert_max_num_queries(16):
        assert tell_of_tasks(tasks=tasks, on=MONDAY + timedelta(days=1)) == 40


# Who sees a task -----------------------------------------------------------------------------------


def test_task_is_seen_by_owner_author_and_command_alone(
    officer, other_officer, head, asg, secretary_general, registry, auditor, focal_point
):
    author = UserFactory()
    task = TaskFactory(owner=officer, created_by=author)

    def sees(person):
        return Task.objects.visible_to(person).filter(pk=task.pk).exists()

    assert all(sees(person) for person in (officer, author, head, asg, secretary_general))
    assert not any(sees(person) for person in (other_officer, registry, auditor, focal_point))


def test_task_beside_a_file_is_hidden_with_the_file(officer, head):
    task = TaskFactory(owner=officer, dispute=DisputeFactory())

    assert task not in Task.objects.visible_to(officer)
    assert task in Task.objects.visible_to(head)


def test_focal_point_sees_no_task_even_as_its_owner(focal_point):
    task = TaskFactory(owner=focal_point)

    assert task not in Task.objects.visible_to(focal_point)
