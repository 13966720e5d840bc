"""Reads of tasks: whose they are, which the clock must tell of, what stands on a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.choices import TaskState, TaskTold
from cases.models import Dispute, Task
from cases.selectors.overview import Due
from common.extensions import TimelineEntry
from institutions.calendar import working_calendar

#: So many of a file's tasks stand beside it; the rest is one link away.
BESIDE_A_FILE = 5
WAITING = (TaskState.OPEN, TaskState.ON_HOLD)


def tasks_shown(user: Any) -> QuerySet[Task]:
    """Return all tasks that the person sees, ready for a list: no further query a row."""
    rows: QuerySet[Task] = Task.objects.visible_to(user)
    return rows.select_related("owner", "unit", "dispute", "created_by")


def tasks_beside(user: Any, dispute: Dispute, on: date) -> list[Due]:
    """Return the next tasks of a file that the person sees, and one more where there are more."""
    rows = tasks_shown(user).filter(dispute=dispute, state__in=WAITING)
    return [
        Due(
            what=task.title,
            why=task.owner.display_name,
            on=task.due_on,
            url=reverse("cases:task_detail", args=[task.pk]),
            tone="red" if task.due_on < on else "amber" if task.due_on == on else "neutral",
        )
        for task in rows.order_by("due_on", "-priority", "id")[: BESIDE_A_FILE + 1]
    ]


def tasks_on_timeline(user: Any, dispute: Dispute) -> Iterator[TimelineEntry]:
    """Yield what was done on a file because a task asked for it."""
    rows: Any = Task.objects.visible_to(user).filter(dispute=dispute, state=TaskState.DONE)
    for task in rows.order_by("-closed_at")[:50]:
        yield TimelineEntry(
            timezone.localdate(task.closed_at),
            _("Task done: %(title)s") % {"title": task.title},
            kind=_("task"),
            url=reverse("cases:task_detail", args=[task.pk]),
            audience="secretariat",
            sort_key=task.closed_at.isoformat(),
        )


# By the clock -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bounds:
    """By which days a day's tasks are near, past or late; each world counts its own holidays.

    Args:
        near: what is due by then is told of: the next working day.
        late: what was due by then goes to the head of the unit.
    """

    on: date
    near: date
    late: date

    @classmethod
    def of(cls, on: date, *, is_exercise: bool) -> Self:
        """Return the bounds of a day in one world."""
        calendar = working_calendar(is_exercise=is_exercise)
        late = on
        while calendar.add_working_days(late, settings.TASK_ESCALATION) > on:
            late -= timedelta(days=1)
        return cls(on, calendar.add_working_days(on, 1), late)

    def demand(self, due_on: date) -> TaskTold:
        """Return what must have been told of a task that is due on a day."""
        if due_on <= self.late:
            return TaskTold.ESCALATED
        if due_on < self.on:
            return TaskTold.PAST
        return TaskTold.NEAR if due_on <= self.near else TaskTold.NOTHING

    def untold(self) -> Q:
        """Return the condition that less was told than the day demands."""
        return (
            Q(told__lt=TaskTold.NEAR, due_on__lte=self.near)
            | Q(told__lt=TaskTold.PAST, due_on__lt=self.on)
            | Q(told__lt=TaskTold.ESCALATED, due_on__lte=self.late)
        )


def bounds_on(on: date) -> dict[bool, Bounds]:
    """Return the bounds of a day in both worlds, by whether it is the exercise."""
    return {world: Bounds.of(on, is_exercise=world) for world in (False, True)}


def tasks_to_tell(on: date) -> QuerySet[Task]:
    """Return the open tasks that fall due, are past their day or late, and of which too little was told."""
    condition = Q()
    for world, bounds in bounds_on(on).items():
        condition |= Q(is_exercise=world) & bounds.untold()
    rows: QuerySet[Task] = Task.objects.filter(  # unscoped: the clock acts for everybody
        condition, state=TaskState.OPEN, told__lt=TaskTold.ESCALATED
    )
    return rows.select_related("unit", "dispute")


def tasks_to_return(on: date) -> QuerySet[Task]:
    """Return the tasks whose hold ends by a day."""
    rows: QuerySet[Task] = Task.objects.filter(  # unscoped: the clock acts for everybody
        state=TaskState.ON_HOLD, held_until__lte=on
    )
    return rows.select_related("dispute")
