"""Who is told what of the reviews of mandates (Rule M5), and in which words.

What a person does is told on the day it is done; what the clockwork tells is of the day it is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.choices import MandateType, ReviewOutcome, ReviewState, ReviewStepKind
from cases.lifecycle import REVIEW_STEPS
from cases.models import Mandate, MandateReview, ReviewStep
from cases.selectors.reviewers import Reviewers
from notifications.facts import in_languages
from notifications.kinds import NoticeKind
from notifications.services import NewNotice, notify_many

_REVIEWS = _("Reviews of mandates")
_REVIEW = (MandateReview._meta.label,)

KINDS = (
    NoticeKind(
        key="cases.review_opened",
        label=_("The review of a mandate has opened"),
        sentence=_("The review of the mandate “%(mandate)s” has opened."),
        why=_("You keep the file, or countersign or propose what becomes of its mandates."),
        group=_REVIEWS,
        subjects=_REVIEW,
        is_required=True,
    ),
    NoticeKind(
        key="cases.review_awaited",
        label=_("A step of a review waits for you"),
        sentence=_("The review of the mandate “%(mandate)s” waits for you: %(step)s."),
        why=_("The step is yours, or you stand in for whoever owes it."),
        group=_REVIEWS,
        subjects=_REVIEW,
        is_required=True,
        default_mail="at_once",
    ),
    NoticeKind(
        key="cases.review_returned",
        label=_("A review was sent back to you"),
        sentence=_("The review of the mandate “%(mandate)s” was sent back to the assessment."),
        why=_("You keep the file, or stand in for whoever does."),
        group=_REVIEWS,
        subjects=_REVIEW,
        is_required=True,
        default_mail="at_once",
    ),
    NoticeKind(
        key="cases.review_end_near",
        label=_("The end of a mandate under review is near"),
        sentence=_(
            "The review of the mandate “%(mandate)s” is to be decided by %(end)s and is still open."
        ),
        why=_("You keep the file, or owe the next step of the review."),
        group=_REVIEWS,
        subjects=_REVIEW,
        is_required=True,
        default_mail="at_once",
    ),
    NoticeKind(
        key="cases.review_step_near",
        label=_("A step of a review falls due"),
        sentence=_("In the review of the mandate “%(mandate)s” falls due on %(due)s: %(step)s."),
        why=_("The step is yours, or you stand in for whoever owes it."),
        group=_REVIEWS,
        subjects=_REVIEW,
        is_required=True,
    ),
    NoticeKind(
        key="cases.review_step_late",
        label=_("A step of a review was not done in time"),
        sentence=_(
            "In the review of the mandate “%(mandate)s” was due on %(due)s and is not done: %(step)s."
        ),
        why=_("You command the file, or the step is yours."),
        group=_REVIEWS,
        subjects=_REVIEW,
        is_required=True,
        default_mail="at_once",
    ),
    NoticeKind(
        key="cases.review_redated",
        label=_("The days of a review have changed"),
        sentence=_("The days of the review of the mandate “%(mandate)s” have changed."),
        why=_("You keep the file, or owe the next step of the review."),
        group=_REVIEWS,
        subjects=_REVIEW,
    ),
    NoticeKind(
        key="cases.review_closed",
        label=_("The review of a mandate is closed"),
        sentence=_("The review of the mandate “%(mandate)s” is closed: %(result)s."),
        why=_("You keep the file, or countersign or propose what becomes of its mandates."),
        group=_REVIEWS,
        subjects=_REVIEW,
    ),
    NoticeKind(
        key="cases.mandate_lapsed",
        label=_("A mandate has lapsed"),
        sentence=_(
            "The mandate “%(mandate)s” lapsed on %(last)s. Leaving safely, finishing a contact, "
            "reporting and handover stay allowed."
        ),
        why=_("You keep the file, or countersign or propose what becomes of its mandates."),
        group=_REVIEWS,
        subjects=(Mandate._meta.label,),
        is_required=True,
        default_mail="at_once",
    ),
)


def tell(notices: Sequence[NewNotice]) -> int:
    """Write the notices, a few statements for all of them; return how many were new."""
    return notify_many(notices) if notices else 0


def awaited_kind(review: MandateReview) -> ReviewStepKind | None:
    """Return which step of a review is next; None where it is closed."""
    state = ReviewState(review.state)
    return next((kind for kind, rule in REVIEW_STEPS.items() if rule.done_from == state), None)


def opened(review: MandateReview, *, actor: Any, on: date, reviewers: Reviewers) -> NewNotice:
    """Desk officer, head of unit and Assistant Secretary General learn that a review is open (M5)."""
    people = reviewers.reached(reviewers.told_of(review.file), on)
    return _of_review(review, "opened", f"{review.occurrence}", people, actor=actor)


def awaited(review: MandateReview, step: ReviewStep, *, actor: Any) -> NewNotice:
    """Whoever owes the next step learns that it waits, and their stand-in."""
    return _of_review(
        review,
        "awaited",
        f"{step.kind}:{review.version}",
        Reviewers().reached([step.owner], timezone.localdate()),
        actor=actor,
        due_on=step.due_on,
        step=ReviewStepKind(step.kind).label,
    )


def returned(review: MandateReview, *, actor: Any) -> NewNotice:
    """The desk officer learns that the assessment is to be written anew."""
    people = Reviewers().reached([review.file.desk_officer], timezone.localdate())
    return _of_review(review, "returned", f"{review.version}", people, actor=actor)


def end_near(
    review: MandateReview,
    days: int,
    *,
    owner: User | None,
    on: date,
    reviewers: Reviewers,
) -> NewNotice:
    """Its owner is reminded of the end: who keeps the file, and who owes the next step (M5)."""
    people = reviewers.reached({review.file.desk_officer, owner}, on)
    key = f"{days}:{review.ends_on}"
    return _of_review(review, "end_near", key, people, due_on=review.ends_on, end=review.ends_on)


def step_near(step: ReviewStep, *, on: date, reviewers: Reviewers) -> NewNotice:
    """Whoever owes a step is reminded before it is due."""
    return _of_step(step, "step_near", reviewers.reached([step.owner], on))


def step_late(step: ReviewStep, *, on: date, reviewers: Reviewers) -> NewNotice:
    """A delay goes to head of unit and Assistant Secretary General, and to the owner once more."""
    people = {*reviewers.command_of(step.review.file), step.owner}
    return _of_step(step, "step_late", reviewers.reached(people, on))


def redated(review: MandateReview, *, actor: Any) -> NewNotice:
    """Who keeps the file and who owes what is left learn that the days moved."""
    left = review.steps.filter(done_on__isnull=True).select_related("owner")
    people = Reviewers().reached(
        {review.file.desk_officer, *(step.owner for step in left)}, timezone.localdate()
    )
    key = f"{review.ends_on}:{review.decide_by}:{review.version}"
    return _of_review(review, "redated", key, people, actor=actor, due_on=review.decide_by)


def closed(review: MandateReview, *, actor: Any) -> NewNotice:
    """Desk officer, head of unit and Assistant Secretary General learn what became of a review."""
    reviewers = Reviewers()
    result = (
        ReviewOutcome(review.outcome).label if review.outcome else ReviewState(review.state).label
    )
    people = reviewers.reached(reviewers.told_of(review.file), timezone.localdate())
    key = f"{review.state}:{review.version}"
    return _of_review(review, "closed", key, people, actor=actor, result=result)


def lapsed(mandate: Mandate, *, on: date, reviewers: Reviewers) -> NewNotice:
    """Desk officer, head of unit and Assistant Secretary General learn that a mandate lapsed (M5)."""
    dispute = mandate.dispute
    return NewNotice(
        kind="cases.mandate_lapsed",
        key=f"mandate:{mandate.pk}:lapsed:{mandate.last_day}",
        recipients=reviewers.reached(reviewers.told_of(dispute), on),
        subject=mandate,
        url=reverse("cases:mandate_detail", args=[mandate.pk]),
        reference=dispute.reference,
        classification=dispute.classification,
        facts={"mandate": _name(mandate), "last": mandate.last_day},
    )


def _of_step(step: ReviewStep, what: str, people: Sequence[User]) -> NewNotice:
    return _of_review(
        step.review,
        what,
        f"{step.kind}:{step.due_on}",
        people,
        due_on=step.due_on,
        step=ReviewStepKind(step.kind).label,
        due=step.due_on,
    )


def _of_review(
    review: MandateReview,
    what: str,
    occurrence: str,
    people: Sequence[User],
    *,
    actor: Any = None,
    due_on: date | None = None,
    **facts: Any,
) -> NewNotice:
    dispute = review.file
    return NewNotice(
        kind=f"cases.review_{what}",
        key=f"review:{review.pk}:{what}:{occurrence}",
        recipients=people,
        subject=review,
        url=reverse("cases:review_detail", args=[review.pk]),
        actor=actor,
        reference=dispute.reference,
        classification=dispute.classification,
        due_on=due_on,
        facts={"mandate": _name(review.mandate), **facts},
    )


def _name(mandate: Mandate) -> Any:
    """Return the mandate's title in each language, or its type where it has none."""
    return in_languages(mandate, "title") if mandate.title else MandateType(mandate.type).label
