"""What the clockwork does for tasks on a day: it ends holds, reminds, and tells the head of the unit.

Each function takes rows that :mod:`cases.selectors.tasks` found, locked by the caller, does all of
them together and returns how many it wrote. Doing it again changes nothing: how much was told is a
fact of the row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.selectors import stand_ins_of
from audit.services import NewAct, record_many
from cases.choices import TaskState, TaskTold
from cases.models import Task
from cases.notices import tasks as notices
from cases.policies.tasks import COMMANDING
from cases.selectors.tasks import bounds_on
from common.actor import SYSTEM
from common.changes import apply_changes
from notifications.services import NewNotice, notify_many


@transaction.atomic
def return_tasks(*, actor: Any = SYSTEM, tasks: Sequence[Task], on: date) -> int:
    """Open the tasks whose hold ends by a day, and tell their owners."""
    people = _People(tasks, on)
    news, acts = [], []
    for task in tasks:
        assert task.held_until is not None  # noqa: S101 - a task on hold has its day
        news.append(notices.returned(task, people.of(task), task.held_until))
        changes = apply_changes(
            task, {"state": TaskState.OPEN, "held_until": None, "hold_reason": ""}
        )
        acts.append(NewAct(actor, "cases.task_returned", task, task.audit_subject, changes))
    Task.objects.bulk_update(tasks, ["state", "held_until", "hold_reason", "version"])
    notify_many(news)
    record_many(acts)
    return len(tasks)


@transaction.atomic
def tell_of_tasks(*, tasks: Sequence[Task], on: date) -> int:
    """Tell of each task what the day demands and was not told: near, past, late.

    After an outage only the last is told: who reads on Sunday that a task was due on Thursday need
    not read that it was to fall due. Reminders are no acts and stand in no record; the notice and
    the mark on the task say that they were given.

    Returns:
        how many notices were written.
    """
    people, bounds = _People(tasks, on), bounds_on(on)
    by_step: dict[TaskTold, list[UUID]] = defaultdict(list)
    news: list[NewNotice] = []
    for task in tasks:
        step = bounds[task.is_exercise].demand(task.due_on)
        by_step[step].append(task.pk)
        reached = people.leading(task) if step == TaskTold.ESCALATED else people.of(task)
        news.append(notices.by_the_clock(task, step, reached, people.owner(task)))
    for step, keys in by_step.items():
        Task.objects.filter(pk__in=keys).update(told=step)
    return notify_many(news)


class _People:
    """The owners of some tasks, the heads of their units, and who stands in for them: four queries."""

    def __init__(self, tasks: Sequence[Task], on: date) -> None:
        keys = {task.owner_id for task in tasks}
        keys |= {task.unit.head_id for task in tasks if task.unit and task.unit.head_id}
        commanders = User.objects.filter(role__in=COMMANDING, is_active=True)
        self._known: dict[UUID, User] = User.objects.in_bulk(keys)
        self._commanders = list(commanders.order_by("full_name", "pk"))
        everybody = [*self._known.values(), *self._commanders]
        acting = stand_ins_of(everybody, on)
        # Read by the manager, so that asking for the rights of a stand-in costs no query each.
        keys = {person.pk for person in acting.values() if person is not None}
        fresh = User.objects.in_bulk(keys - self._known.keys())
        self._acting = {
            key: self._known.get(person.pk) or fresh[person.pk]
            for key, person in acting.items()
            if person is not None
        }

    def owner(self, task: Task) -> User:
        return self._known[task.owner_id]

    def of(self, task: Task) -> list[User]:
        """Return the owner, and whoever stands in."""
        return self._with_stand_in(self.owner(task))

    def leading(self, task: Task) -> list[User]:
        """Return the head of the unit; where there is none, or it is the head's own, who commands."""
        head = self._known.get(task.unit.head_id) if task.unit and task.unit.head_id else None
        if head is not None and head.is_active and head.pk != task.owner_id:
            return self._with_stand_in(head)
        return [
            person
            for person in self._commanders
            if person.pk != task.owner_id and person.is_exercise == task.is_exercise
        ]

    def _with_stand_in(self, person: User) -> list[User]:
        acting = self._acting.get(person.pk)
        return [person] if acting is None or acting == person else [person, acting]
