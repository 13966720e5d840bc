"""Handing over what somebody holds, when they leave or before: all that was chosen, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from audit.services import record
from cases.choices import ReviewStepKind
from cases.lifecycle import REVIEW_STEPS
from cases.models import Dispute, ReviewStep, Task, TeamMember
from cases.notices import reviews as review_notices
from cases.notices import tasks as notices
from cases.policies.tasks import COMMANDING
from cases.selectors.handover import Held, holdings_of
from cases.services.disputes import assign_desk_officer
from cases.services.tasks import change_task, ensure_task
from cases.services.team import add_team_member, end_team_member
from common.changes import apply_changes, lock
from common.errors import Refused
from common.policy import require
from institutions.calendar import add_working_days
from notifications.services import notify_many


@dataclass(frozen=True)
class Portion:
    """What goes to one person."""

    to: User
    files: Sequence[Dispute] = ()
    steps: Sequence[ReviewStep] = ()
    tasks: Sequence[Task] = ()
    places: Sequence[TeamMember] = ()

    @property
    def count(self) -> int:
        return len(self.files) + len(self.steps) + len(self.tasks) + len(self.places)


@transaction.atomic
def hand_over(*, actor: User, person: User, portions: Sequence[Portion], on: date) -> int:
    """Give what a person holds to one or several others; each file keeps a record of its own.

    Args:
        actor: head of unit or Assistant Secretary General.
        person: who holds it, whether their account is open or closed.
        portions: what goes to whom.
        on: the day; a place in a team ends with it and begins with it.

    Returns:
        how many things were given.

    Raises:
        NotPermitted: the actor does not command files.
        Refused: nothing was chosen, the person no longer holds it, a file lies above a successor's
            clearance (each is named), or a successor may not do what is given.
    """
    require(actor, "cases.hand_over", person)
    count = sum(portion.count for portion in portions)
    if not count:
        raise Refused("nothing_chosen", _("Choose what is to be handed over."))
    held = Held(actor, person, on)
    for portion in portions:
        _require_successor(person, portion.to)
        _require_reach(portion)
        _require_held(held, portion)
    for portion in portions:
        _give(actor, portion, on)
    stamp = timezone.now().isoformat()
    notify_many(
        [
            notices.handed_over(
                person, portion.to, portion.count, key=f"handover:{person.pk}:{stamp}", actor=actor
            )
            for portion in portions
            if portion.count
        ]
    )
    record(
        actor=actor,
        verb="cases.work_handed_over",
        target=person,
        to=[portion.to for portion in portions],
        files=[dispute for portion in portions for dispute in portion.files],
        steps=[step for portion in portions for step in portion.steps],
        tasks=[task for portion in portions for task in portion.tasks],
        places=[place for portion in portions for place in portion.places],
    )
    return count


def _give(actor: User, portion: Portion, on: date) -> None:
    """Give the files first: who keeps a file sees the tasks and steps that stand on it."""
    for dispute in portion.files:
        assign_desk_officer(actor=actor, dispute=dispute, desk_officer=portion.to, on=on)
    for place in portion.places:
        _give_place(actor, place, portion.to, on)
    for step in portion.steps:
        give_step(actor=actor, step=step, to=portion.to)
    for task in portion.tasks:
        change_task(actor=actor, task=task, on=on, owner=portion.to)


def _give_place(actor: User, place: TeamMember, to: User, on: date) -> None:
    """End a place and begin the successor's; who is of the team already needs none."""
    end_team_member(actor=actor, member=place, on=on)
    dispute = place.dispute
    standing = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    keeps_file = Dispute.objects.filter(pk=dispute.pk, desk_officer=to)
    if keeps_file.exists() or dispute.team.filter(standing, user=to).exists():
        return
    add_team_member(
        actor=actor,
        dispute=dispute,
        user=to,
        function=place.function,
        valid_from=max(on, place.valid_from),
        valid_to=place.valid_to,
    )


@transaction.atomic
def give_step(*, actor: User, step: ReviewStep, to: User) -> ReviewStep:
    """Give a step of a review to another who may do it; whoever owes the next one is told.

    Raises:
        NotPermitted: the actor does not command the file.
        Refused: the person's office does not cover the step.
    """
    step = lock(step)
    dispute = step.review.file
    require(actor, "cases.assign_officer", dispute)
    kind = ReviewStepKind(step.kind)
    if not to.has_own_power(REVIEW_STEPS[kind].power):
        raise Refused(
            "step_not_covered",
            _("The office of %(person)s does not cover this step of a review: %(step)s.")
            % {"person": to, "step": kind.label},
            field="to",
        )
    changes = apply_changes(step, {"owner": to})
    step.full_clean()
    step.save()
    if review_notices.awaited_kind(step.review) == kind:
        notify_many([review_notices.awaited(step.review, step, actor=actor)])
    record(
        actor=actor,
        verb="cases.review_step_given",
        target=step,
        subject=dispute,
        changes=changes,
    )
    return step


@transaction.atomic
def ask_to_hand_over(*, actor: Any, person: User) -> None:
    """Ask the head of the unit to hand over what a person held whose account is being closed.

    The task says how much; it asks nothing where the person holds nothing, or nobody commands.
    """
    holdings = list(holdings_of(actor, person))
    head = _commander(person)
    if not holdings or head is None:
        return
    on = timezone.localdate()
    with translation.override(head.language or translation.get_language()):
        ensure_task(
            key=f"leaving:{person.pk}:{person.version}",
            owner=head,
            title=_("Hand over what %(person)s held") % {"person": person.display_name},
            note="\n".join(f"{holding.label}: {holding.count}" for holding in holdings),
            due_on=add_working_days(on, 1, is_exercise=person.is_exercise),
            on=on,
            url=reverse("cases:hand_over", args=[person.pk]),
        )


def _commander(person: User) -> User | None:
    """Return the head of a person's unit, else somebody else who commands files in their world."""
    head = person.unit.head if person.unit else None
    if head is not None and head.is_active and head.pk != person.pk:
        return head
    others = User.objects.filter(
        role__in=COMMANDING, is_active=True, is_exercise=person.is_exercise
    ).exclude(pk=person.pk)
    found: User | None = others.order_by("full_name", "pk").first()
    return found


def _require_successor(person: User, to: User) -> None:
    if to.pk == person.pk or not to.is_active or not to.is_secretariat:
        raise Refused(
            "no_successor",
            _("%(person)s cannot take this over: choose somebody else of the Secretariat.")
            % {"person": to},
            field="to",
        )
    if to.is_exercise != person.is_exercise:
        raise Refused(
            "other_world",
            _("%(person)s belongs to the other world: exercise and real files never mix.")
            % {"person": to},
            field="to",
        )


def _require_reach(portion: Portion) -> None:
    """Refuse by name what lies above the successor's clearance."""
    beyond = sorted(
        {
            dispute.reference
            for dispute in _files_of(portion)
            if dispute.classification > portion.to.clearance
        }
    )
    if beyond:
        raise Refused(
            "clearance",
            _("The clearance of %(person)s does not reach: %(files)s.")
            % {
                "person": portion.to,
                "files": pgettext("between the items of a list", ", ").join(beyond),
            },
            field="to",
            missing=beyond,
        )


def _files_of(portion: Portion) -> list[Dispute]:
    """Return every file that a portion touches."""
    return [
        *portion.files,
        *(step.review.file for step in portion.steps),
        *(task.dispute for task in portion.tasks if task.dispute is not None),
        *(place.dispute for place in portion.places),
    ]


def _require_held(held: Held, portion: Portion) -> None:
    """Refuse what the person does not hold, or no longer, or what the actor does not see."""
    chosen: tuple[tuple[Any, Sequence[Model]], ...] = (
        (held.files, portion.files),
        (held.steps, portion.steps),
        (held.tasks, portion.tasks),
        (held.places, portion.places),
    )
    for rows, things in chosen:
        keys = {thing.pk for thing in things}
        if keys and rows.filter(pk__in=keys).count() != len(keys):
            raise Refused(
                "not_held",
                _("%(person)s no longer holds all of this. Look again at what is left.")
                % {"person": held.person},
            )
