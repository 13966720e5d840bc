"""Who may do what with tasks."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.policies import leads
from accounts.roles import ROLES
from accounts.selectors import absentees_of
from cases.models import Dispute, Task
from cases.policies.rights import NO_POWER, OTHER_WORLD, has_right
from common.policy import Allowed, Denied, Verdict, policy

ADD = "cases.add_task"
COMMAND = "cases.assign_officer"
COMMANDING = [code for code, role in ROLES.items() if COMMAND in role.powers]

_NOT_YOURS = Denied("not_yours", _("This task is somebody else's."))


@policy("cases.add_task")
def may_add_task(user: Any, dispute: Dispute | None = None) -> Verdict:
    """Staff add tasks; beside a file, whoever works on it."""
    if dispute is not None:
        return has_right(user, dispute, ADD)
    return Allowed() if user.has_power(ADD) else NO_POWER


@policy("cases.work_on_task")
def may_work_on_task(user: Any, task: Task) -> Verdict:
    """Do, hold, resume and reopen: its owner, whoever stands in, and the head of the unit."""
    if task.is_exercise != user.is_exercise:
        return OTHER_WORLD
    if task.owner_id in {user.pk, *absentees_of(user)} or _commands(user, task):
        return Allowed()
    return _NOT_YOURS


@policy("cases.change_task")
def may_change_task(user: Any, task: Task) -> Verdict:
    """Change what it asks, by when and of whom: those who do it, and whoever asked for it."""
    verdict = may_work_on_task(user, task)
    if verdict or task.created_by_id != user.pk or task.is_exercise != user.is_exercise:
        return verdict
    return Allowed()


@policy("cases.cancel_task")
def may_cancel_task(user: Any, task: Task) -> Verdict:
    """Say that it need not be done: whoever asked for it, and the head of the unit.

    What the clock asked for has no author; its owner may say so.
    """
    verdict = may_change_task(user, task)
    if not verdict or task.created_by_id in (None, user.pk) or _commands(user, task):
        return verdict
    return Denied(
        "not_author", _("Only whoever asked for this task, or the head of the unit, cancels it.")
    )


@policy("cases.hand_over")
def may_hand_over(user: Any, person: Any) -> Verdict:
    """Give what somebody holds to others: head of unit and ASG, for people of their world."""
    if not user.has_power(COMMAND):
        return NO_POWER
    if person.state_actor_id is not None or not person.kind.may_see_files():
        return Denied(
            "holds_nothing", _("This person keeps no files, reviews or tasks."), is_rule=True
        )
    return Allowed() if person.is_exercise == user.is_exercise else OTHER_WORLD


def _commands(user: Any, task: Task) -> bool:
    """Tell whether the task's unit is the person's to lead: by office, or as its head."""
    return bool(user.has_power(COMMAND) or leads(user, task.unit))
