"""Tasks: what a person owes by a day, beside a file or apart."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.selectors import absentees_of
from cases.choices import TaskPriority, TaskState, TaskTold
from cases.models.disputes import Dispute
from common.choices import Classification
from common.models import VersionedModel
from common.scoping import ScopedQuerySet, is_reader


class TaskQuerySet(ScopedQuerySet):
    """A task is read by its owner and author, the head of its unit, and a stand-in.

    Where it stands beside a file it is read only by those who see the file.
    """

    def visible_to(self, user: Any) -> Self:
        if not is_reader(user) or user.state_actor_id is not None:
            return self.none()
        rows = self.filter(is_exercise=user.is_exercise)
        files = Dispute.objects.visible_to(user).order_by().values("pk")
        rows = rows.filter(Q(dispute__isnull=True) | Q(dispute__in=files))
        if user.sees_team_parts:
            return rows
        concerned = Q(owner=user) | Q(created_by=user) | Q(unit__head=user)
        return rows.filter(concerned | Q(owner__in=absentees_of(user)))

    def waiting(self) -> Self:
        """Return those that are neither done nor cancelled."""
        return self.filter(state__in=[TaskState.OPEN, TaskState.ON_HOLD])


class Task(VersionedModel):
    """What a person owes by a day. What it is about is kept as values, so that any app may ask.

    ``key`` tells a task that the clock made from its double; one made by hand has none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dispute = models.ForeignKey(
        Dispute, models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name=_("file")
    )
    title = models.CharField(_("what is to be done"), max_length=250)
    note = models.TextField(_("note"), blank=True)
    owner = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="tasks", verbose_name=_("owner")
    )
    unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("unit"),
    )
    due_on = models.DateField(_("due on"))
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=TaskPriority.choices, default=TaskPriority.NORMAL
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=TaskState.choices,
        default=TaskState.OPEN,
        editable=False,
    )
    held_until = models.DateField(_("on hold until"), null=True, blank=True)
    hold_reason = models.CharField(_("why it is on hold"), max_length=300, blank=True)
    subject_label = models.CharField(max_length=60, blank=True, editable=False)
    subject_id = models.UUIDField(null=True, blank=True, editable=False)
    url = models.CharField(max_length=200, blank=True, editable=False)
    key = models.CharField(max_length=200, null=True, blank=True, unique=True, editable=False)
    told = models.PositiveSmallIntegerField(
        choices=TaskTold.choices, default=TaskTold.NOTHING, editable=False
    )
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_exercise = models.BooleanField(_("belongs to the exercise"), default=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["due_on", "-priority", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=TaskState.ON_HOLD, held_until__isnull=False)
                | ~Q(state=TaskState.ON_HOLD) & Q(held_until__isnull=True),
                name="task_hold_has_its_day",
                violation_error_message=_("A task on hold names the day on which it returns."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[TaskState.DONE, TaskState.CANCELLED],
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                )
                | Q(
                    state__in=[TaskState.OPEN, TaskState.ON_HOLD],
                    closed_at__isnull=True,
                    closed_by__isnull=True,
                ),
                name="task_closed_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "owner"],
                condition=Q(state__in=[TaskState.OPEN, TaskState.ON_HOLD]),
                name="task_waiting",
            ),
            models.Index(
                fields=["due_on"],
                condition=Q(state=TaskState.OPEN, told__lt=TaskTold.ESCALATED),
                name="task_untold",
            ),
            models.Index(
                fields=["held_until"], condition=Q(state=TaskState.ON_HOLD), name="task_returning"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_waiting(self) -> bool:
        return self.state in (TaskState.OPEN, TaskState.ON_HOLD)

    @property
    def classification(self) -> int:
        """Return that of the file beside which it stands: what it says is of the file."""
        return self.dispute.classification if self.dispute else Classification.OPEN

    @property
    def audit_subject(self) -> Any:
        return self.dispute or self

    @property
    def audit_text(self) -> str:
        return str(self.pk)
