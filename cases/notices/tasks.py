"""Who is told what of tasks, and of files without news (Rule D5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.choices import TaskTold
from cases.models import Dispute, Task
from notifications.facts import in_languages
from notifications.kinds import NoticeKind
from notifications.services import NewNotice

_TASKS = _("Tasks")
_TASK = (Task._meta.label,)
_FILES = _("Files")
_FILE = (Dispute._meta.label,)

KINDS = (
    NoticeKind(
        key="cases.task_assigned",
        label=_("A task was given to you"),
        sentence=_("The task “%(title)s” is yours; it is due on %(due)s."),
        why=_("Somebody gave it to you, or to a colleague for whom you stand in."),
        group=_TASKS,
        subjects=_TASK,
    ),
    NoticeKind(
        key="cases.task_near",
        label=_("A task falls due"),
        sentence=_("The task “%(title)s” is due on %(due)s."),
        why=_("It is yours, or you stand in for its owner."),
        group=_TASKS,
        subjects=_TASK,
    ),
    NoticeKind(
        key="cases.task_past",
        label=_("A task is past its date"),
        sentence=_("The task “%(title)s” was due on %(due)s and is not done."),
        why=_("It is yours, or you stand in for its owner."),
        group=_TASKS,
        subjects=_TASK,
        default_mail="at_once",
    ),
    NoticeKind(
        key="cases.task_escalated",
        label=_("A task of your unit is late"),
        sentence=_("The task “%(title)s” of %(owner)s was due on %(due)s and is not done."),
        why=_("You lead the unit, or stand in for its head."),
        group=_TASKS,
        subjects=_TASK,
        is_required=True,
    ),
    NoticeKind(
        key="cases.task_returned",
        label=_("A task is no longer on hold"),
        sentence=_("The task “%(title)s” is no longer on hold; it is due on %(due)s."),
        why=_("It is yours, or you stand in for its owner."),
        group=_TASKS,
        subjects=_TASK,
    ),
    NoticeKind(
        key="cases.handed_over",
        label=_("The work of a colleague was given to you"),
        sentence=_("What %(person)s held was given to you: %(count)s in all."),
        why=_("The head of the unit, or the Assistant Secretary General, gave it to you."),
        group=_TASKS,
        is_required=True,
        default_mail="at_once",
    ),
    NoticeKind(
        key="cases.no_news",
        label=_("A file has had no entry for a long time"),
        sentence=_(
            "Nothing has been entered on the file “%(file)s” for %(days)s days. Nothing ends by it."
        ),
        why=_("You keep the file, or stand in for whoever does."),
        group=_FILES,
        subjects=_FILE,
    ),
)

_BY_STEP: dict[int, str] = {
    TaskTold.NEAR: "near",
    TaskTold.PAST: "past",
    TaskTold.ESCALATED: "escalated",
}


def assigned(task: Task, people: Sequence[User], *, actor: Any) -> NewNotice:
    """A new owner learns of it, and whoever stands in for them."""
    return _of_task(task, "assigned", f"{task.version}", people, actor=actor)


def returned(task: Task, people: Sequence[User], held_until: date) -> NewNotice:
    """The owner learns that a hold has ended by itself."""
    return _of_task(task, "returned", f"{held_until}", people)


def by_the_clock(task: Task, step: TaskTold, people: Sequence[User], owner: User) -> NewNotice:
    """What the day demands: to the owner while it is near or past, to the head when it is late."""
    facts = {"owner": owner.display_name} if step == TaskTold.ESCALATED else {}
    return _of_task(task, _BY_STEP[step], f"{task.due_on}", people, **facts)


def _of_task(
    task: Task,
    what: str,
    occurrence: str,
    people: Sequence[User],
    *,
    actor: Any = None,
    **facts: Any,
) -> NewNotice:
    return NewNotice(
        kind=f"cases.task_{what}",
        key=f"task:{task.pk}:{what}:{occurrence}",
        recipients=people,
        subject=task,
        url=reverse("cases:task_detail", args=[task.pk]),
        actor=actor,
        reference=task.dispute.reference if task.dispute else "",
        classification=task.classification,
        due_on=task.due_on,
        facts={"title": task.title, "due": task.due_on, **facts},
    )


def handed_over(person: User, to: User, count: int, *, key: str, actor: User) -> NewNotice:
    """Whoever receives another's work learns how much it is."""
    return NewNotice(
        kind="cases.handed_over",
        key=key,
        recipients=[to],
        subject=None,
        url=reverse("home"),
        actor=actor,
        facts={"person": person.display_name, "count": count},
    )


def no_news(dispute: Dispute, people: Sequence[User], *, on: date, days: int) -> NewNotice:
    """The desk officer is reminded of a file without an entry (Rule D5)."""
    return NewNotice(
        kind="cases.no_news",
        key=f"file:{dispute.pk}:no_news:{on}",
        recipients=people,
        subject=dispute,
        url=reverse("cases:dispute_detail", args=[dispute.pk]),
        reference=dispute.reference,
        classification=dispute.classification,
        facts={"file": in_languages(dispute, "title"), "days": days},
    )
