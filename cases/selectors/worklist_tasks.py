"""The tasks that wait, for "My morning" and the unit's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.selectors import absentees_of
from cases.choices import TaskState
from cases.models import Task
from cases.selectors.tasks import tasks_shown
from common.dates import gregorian
from common.extensions import WorkItem
from common.worklist import MINE, NEAREST


def open_tasks(user: Any, until: date, scope: str) -> Iterator[WorkItem]:
    """Yield the open tasks that are due by a day; one on hold waits until it returns."""
    rows = tasks_shown(user).filter(state=TaskState.OPEN, due_on__lte=until)
    if scope == MINE:
        rows = rows.filter(Q(owner=user) | Q(owner__in=absentees_of(user)))
    for task in rows.order_by("due_on", "-priority", "pk")[:NEAREST]:
        yield _item(user, task)


def _item(user: Any, task: Task) -> WorkItem:
    owner = task.owner
    return WorkItem(
        due_on=task.due_on,
        act=task.title,
        thing=task.dispute.reference if task.dispute else "",
        why=_why(user, task),
        kind=_("task"),
        url=task.url,
        button=_("Open the task"),
        button_url=reverse("cases:task_detail", args=[task.pk]),
        owner=owner.display_name,
        stands_in_for=owner.display_name if owner.pk in absentees_of(user) else "",
        priority=task.priority,
    )


def _why(user: Any, task: Task) -> str:
    """Say who asked for it."""
    if task.created_by is None:
        return _("The clock asked for it on %(day)s.") % {"day": gregorian(task.created_at.date())}
    if task.created_by_id == user.pk:
        return _("You asked for it yourself.")
    return _("%(person)s asked for it.") % {"person": task.created_by}
