"""What a person holds and must pass to others when they leave: files, steps, tasks, team places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.choices import DisputeStatus
from cases.lifecycle import FINAL_REVIEW_STATES
from cases.models import Dispute, ReviewStep, Task, TeamMember
from cases.selectors.tasks import WAITING
from common.extensions import Holding


@dataclass(frozen=True)
class Held:
    """What a person holds on a day, as far as the reader sees it; each part one query.

    Args:
        viewer: who looks; nothing that is hidden from them is among it.
        person: who holds it.
        on: the day.
    """

    viewer: Any
    person: User
    on: date

    @cached_property
    def files(self) -> QuerySet[Dispute]:
        """Files kept as desk officer that no person has ended."""
        return _files(Dispute.objects.visible_to(self.viewer), self.person).order_by("reference")

    @cached_property
    def steps(self) -> QuerySet[ReviewStep]:
        """Steps of open reviews that the person owes."""
        rows = _steps(ReviewStep.objects.visible_to(self.viewer), self.person)
        return rows.select_related("review__mandate__dispute", "owner").order_by("due_on", "pk")

    @cached_property
    def tasks(self) -> QuerySet[Task]:
        """Tasks that wait."""
        rows = _tasks(Task.objects.visible_to(self.viewer), self.person)
        return rows.select_related("dispute", "unit").order_by("due_on", "pk")

    @cached_property
    def places(self) -> QuerySet[TeamMember]:
        """Places in the teams of files, of today or to come."""
        rows = _places(TeamMember.objects.visible_to(self.viewer), self.person, self.on)
        return rows.select_related("dispute").order_by("dispute__reference", "pk")


def _files(rows: Any, person: User) -> QuerySet[Dispute]:
    files: QuerySet[Dispute] = rows.filter(desk_officer=person, is_historical=False)
    return files.exclude(status=DisputeStatus.ENDED)


def _steps(rows: Any, person: User) -> QuerySet[ReviewStep]:
    steps: QuerySet[ReviewStep] = rows.filter(owner=person, done_on__isnull=True)
    return steps.exclude(review__state__in=FINAL_REVIEW_STATES)


def _tasks(rows: Any, person: User) -> QuerySet[Task]:
    tasks: QuerySet[Task] = rows.filter(owner=person, state__in=WAITING)
    return tasks


def _places(rows: Any, person: User, on: date) -> QuerySet[TeamMember]:
    places: QuerySet[TeamMember] = rows.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), user=person
    )
    return places.exclude(dispute__status=DisputeStatus.ENDED)


def holdings_of(viewer: Any, person: User) -> Iterator[Holding]:
    """Yield how much a person holds, in numbers alone.

    An administrator who closes the account sees no file; that there is something to hand over, and
    how much, is what they must know (unscoped: the numbers alone).
    """
    on, url = timezone.localdate(), reverse("cases:hand_over", args=[person.pk])
    counted = (
        (_("files kept as desk officer"), _files(Dispute.objects.all(), person)),
        (_("steps of mandate reviews"), _steps(ReviewStep.objects.all(), person)),
        (_("tasks"), _tasks(Task.objects.all(), person)),
        (_("places in teams"), _places(TeamMember.objects.all(), person, on)),
    )
    for label, rows in counted:
        if count := rows.count():
            yield Holding(label, count, url)
