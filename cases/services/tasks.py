"""Tasks: added, changed, held, done, cancelled, reopened, given to another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.selectors import stand_in_of
from audit.services import record
from cases.choices import TaskPriority, TaskState, TaskTold
from cases.lifecycle import TASK_MOVES
from cases.models import Dispute, Task
from cases.notices import tasks as notices
from common.changes import apply_changes, lock
from common.errors import Refused
from common.policy import require
from notifications.services import notify_many

CHANGEABLE = frozenset({"title", "note", "owner", "due_on", "priority"})


@transaction.atomic
def add_task(
    *,
    actor: User,
    owner: User,
    title: str,
    due_on: date,
    on: date,
    dispute: Dispute | None = None,
    note: str = "",
    priority: int = TaskPriority.NORMAL,
) -> Task:
    """Add a task for oneself or another, beside a file or apart.

    Args:
        owner: who owes it; sees the file beside which it stands.
        title: what is to be done.
        due_on: by when; not before today.
        on: today.
        dispute: the file, if it stands beside one.
        note: whatever helps to do it.
        priority: low, normal or high.

    Raises:
        NotPermitted: the actor adds no tasks, or does not work on the file.
        Refused: the owner cannot owe it, or the day is past.
    """
    require(actor, "cases.add_task", dispute)
    task = Task(
        dispute=dispute,
        title=title,
        note=note,
        owner=owner,
        unit=owner.unit,
        due_on=due_on,
        priority=priority,
        created_by=actor,
        is_exercise=actor.is_exercise,
    )
    task.url = _address(task)
    _require_to_come(due_on, on, "due_on")
    _require_able(task)
    task.full_clean()
    task.save()
    _tell_owner(task, actor, on)
    _record(actor, task, "cases.task_added", owner=owner, due_on=due_on)
    return task


@transaction.atomic
def change_task(
    *, actor: User, task: Task, on: date, version: int | None = None, **values: Any
) -> Task:
    """Change what a task asks, by when, how pressing it is, or give it to another.

    Another day or owner begins its reminders anew.

    Args:
        on: today.
        values: any of ``CHANGEABLE``.

    Raises:
        NotPermitted: neither its owner, its author, a stand-in nor the head of the unit.
        Refused: it is closed, the new owner cannot owe it, or the new day is past.
        Stale: somebody else changed it meanwhile.
    """
    if unknown := values.keys() - CHANGEABLE:
        raise TypeError(f"not changed here: {', '.join(sorted(unknown))}")
    task = lock(task, version=version)
    require(actor, "cases.change_task", task)
    if not task.is_waiting:
        raise Refused("task_closed", _("This task is closed. Reopen it first."))
    changes = apply_changes(task, values)
    if not changes:
        return task
    if "due_on" in changes:
        _require_to_come(task.due_on, on, "due_on")
    if "owner" in changes:
        _require_able(task)
        task.unit = task.owner.unit
    if changes.keys() & {"due_on", "owner"}:
        task.told = TaskTold.NOTHING
    task.full_clean()
    task.save()
    if "owner" in changes:
        _tell_owner(task, actor, on)
    _record(actor, task, "cases.task_changed", changes=changes)
    return task


@transaction.atomic
def hold_task(*, actor: User, task: Task, until: date, reason: str, on: date) -> Task:
    """Put a task on hold until a day, on which it returns by itself.

    Raises:
        NotPermitted: neither its owner, a stand-in nor the head of the unit.
        Refused: it is not open, no reason is given, or the day is not to come.
    """
    task = _taken_for(actor, task, "cases.work_on_task", TaskState.ON_HOLD)
    _require_reason(reason)
    if until <= on:
        raise Refused(
            "hold_past", _("A hold ends on a day to come; this one is not."), field="until"
        )
    changes = {"state": TaskState.ON_HOLD, "held_until": until, "hold_reason": reason}
    return _write(actor, task, "cases.task_held", changes)


@transaction.atomic
def resume_task(*, actor: User, task: Task) -> Task:
    """Take a task off hold before its day.

    Raises:
        NotPermitted: neither its owner, a stand-in nor the head of the unit.
        Refused: it is not on hold.
    """
    task = _taken_for(actor, task, "cases.work_on_task", TaskState.OPEN, TaskState.ON_HOLD)
    return _write(actor, task, "cases.task_resumed", {"state": TaskState.OPEN})


@transaction.atomic
def complete_task(*, actor: User, task: Task) -> Task:
    """Say that a task is done.

    Raises:
        NotPermitted: neither its owner, a stand-in nor the head of the unit.
        Refused: it is closed already.
    """
    task = _taken_for(actor, task, "cases.work_on_task", TaskState.DONE)
    return _write(actor, task, "cases.task_done", _closed(TaskState.DONE, actor))


@transaction.atomic
def cancel_task(*, actor: User, task: Task, reason: str) -> Task:
    """Say that a task need not be done, and why.

    Raises:
        NotPermitted: neither its author nor the head of the unit.
        Refused: it is closed already, or no reason is given.
    """
    task = _taken_for(actor, task, "cases.cancel_task", TaskState.CANCELLED)
    _require_reason(reason)
    changes = _closed(TaskState.CANCELLED, actor)
    return _write(actor, task, "cases.task_cancelled", changes, reason=reason)


@transaction.atomic
def reopen_task(*, actor: User, task: Task) -> Task:
    """Open a task again that was closed; this undoes "done" and "cancelled" alike.

    Raises:
        NotPermitted: neither its owner, its author, a stand-in nor the head of the unit.
        Refused: it is not closed.
    """
    closed = (TaskState.DONE, TaskState.CANCELLED)
    task = _taken_for(actor, task, "cases.change_task", TaskState.OPEN, *closed)
    changes = {"state": TaskState.OPEN, "closed_at": None, "closed_by": None}
    return _write(actor, task, "cases.task_reopened", changes)


@transaction.atomic
def hand_over_tasks(*, actor: User, tasks: Sequence[Task], to: User, on: date) -> list[Task]:
    """Give several tasks to another person, all or none; each stands in the record by itself.

    Raises:
        NotPermitted: one of them is not the actor's to give.
        Refused: one is closed, or the person cannot owe it; the reason names the file.
    """
    return [change_task(actor=actor, task=task, on=on, owner=to) for task in tasks]


@transaction.atomic
def ensure_task(
    *,
    key: str,
    owner: User,
    title: str,
    due_on: date,
    on: date,
    dispute: Dispute | None = None,
    subject: models.Model | None = None,
    url: str = "",
    note: str = "",
    priority: int = TaskPriority.NORMAL,
) -> Task:
    """Make the task of an occurrence, once: whoever asks again gets the one that stands.

    For the clock and for the apps above, which keep a link of their own to it.

    Args:
        key: of the occurrence, unlike any other: ``note:<key>:third-sending-unanswered``.
        owner: who owes it.
        title: what is to be done, in the owner's language.
        due_on: by when.
        on: today.
        dispute: the file, if it concerns one.
        subject: what it is about, kept as values.
        url: path in this house where it is done.
        note: whatever helps to do it.
        priority: low, normal or high.
    """
    task = Task(
        key=key,
        dispute=dispute,
        title=title,
        note=note,
        owner=owner,
        unit=owner.unit,
        due_on=due_on,
        priority=priority,
        subject_label=subject._meta.label if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        is_exercise=owner.is_exercise,
    )
    task.url = url or _address(task)
    task.full_clean(validate_unique=False)
    Task.objects.bulk_create([task], ignore_conflicts=True)
    standing: Task = Task.objects.select_related("owner", "dispute").get(key=key)
    if standing.pk == task.pk:
        _tell_owner(standing, None, on)
        _record(None, standing, "cases.task_added", owner=owner, due_on=due_on)
    return standing


def _taken_for(
    actor: User, task: Task, action: str, state: TaskState, *only_from: TaskState
) -> Task:
    """Return the task, locked, where the person may bring it to a state from where it stands.

    Args:
        only_from: the states from which this act leads there; all of the table when empty.
    """
    task = lock(task)
    require(actor, action, task)
    present = TaskState(task.state)
    if state not in TASK_MOVES[present] or (only_from and present not in only_from):
        raise Refused(
            "wrong_state",
            _("This cannot be done now: the state of the task is “%(state)s”.")
            % {"state": present.label},
        )
    return task


def _closed(state: TaskState, actor: User) -> dict[str, Any]:
    return {"state": state, "closed_at": timezone.now(), "closed_by": actor}


def _write(actor: User, task: Task, verb: str, values: dict[str, Any], **payload: Any) -> Task:
    """Save the new state of a task; only one on hold keeps a day and a reason for it."""
    changes = apply_changes(task, {"held_until": None, "hold_reason": "", **values})
    task.full_clean()
    task.save()
    _record(actor, task, verb, changes=changes, **payload)
    return task


def _address(task: Task) -> str:
    return reverse("cases:task_detail", args=[task.pk])


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("reason_missing", _("Give the reason."), field="reason")


def _require_to_come(day: date, on: date, field: str) -> None:
    if day < on:
        raise Refused("day_past", _("This day is past already."), field=field)


def _require_able(task: Task) -> None:
    """Refuse an owner who is gone, of the other world or a State, or does not see the file."""
    owner = task.owner
    if not owner.is_active or not owner.may_see_files or owner.state_actor_id is not None:
        raise Refused(
            "owner_not_admissible",
            _("%(person)s cannot be given a task.") % {"person": owner},
            field="owner",
        )
    if owner.is_exercise != task.is_exercise:
        raise Refused(
            "other_world",
            _("%(person)s belongs to the other world: exercise and real files never mix.")
            % {"person": owner},
            field="owner",
        )
    if task.dispute is None:
        return
    if not Dispute.objects.visible_to(owner).filter(pk=task.dispute.pk).exists():
        raise Refused(
            "owner_blind",
            _("%(person)s does not see the file %(file)s. Take them into its team first.")
            % {"person": owner, "file": task.dispute.reference},
            field="owner",
        )


def _tell_owner(task: Task, actor: User | None, on: date) -> None:
    stand_in = stand_in_of(task.owner, on)
    people = [task.owner, *([stand_in] if stand_in is not None else [])]
    notify_many([notices.assigned(task, people, actor=actor)])


def _record(actor: User | None, task: Task, verb: str, **payload: Any) -> None:
    record(actor=actor, verb=verb, target=task, subject=task.audit_subject, **payload)
