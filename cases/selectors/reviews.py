"""What the page of a review shows: track, agreed language, who stood apart, where consent stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.choices import ReviewStepKind
from cases.lifecycle import REVIEW_STEPS
from cases.models import Consent, Mandate, MandateReview, ReviewStep
from cases.selectors.standings import Stand, stand_of
from common import dates
from common.errors import Text
from institutions.models import Reservation, Resolution, ResolutionParagraph

_CONSENT_PATHS = ("party__actor", "process")


@dataclass(frozen=True)
class TrackedStep:
    """One step on the track of a review: what, whose, until when, done by whom on which day."""

    kind: ReviewStepKind
    step: ReviewStep
    state: str
    tone: str
    remark: Text

    @property
    def label(self) -> Text:
        return self.kind.label


def track_of(review: MandateReview, steps: Iterable[ReviewStep], on: date) -> list[TrackedStep]:
    """Return the five steps of a review in their order.

    Args:
        steps: of the review, with owner and doer joined.
        on: the day on which a step counts as late or near.
    """
    by_kind = {step.kind: step for step in steps}
    return [_tracked(review, kind, by_kind[kind], on) for kind in ReviewStepKind]


def _tracked(
    review: MandateReview, kind: ReviewStepKind, step: ReviewStep, on: date
) -> TrackedStep:
    if step.done_on is not None:
        return TrackedStep(kind, step, "done", "green", _("done"))
    if review.is_closed:
        return TrackedStep(kind, step, "future", "neutral", _("not done"))
    if REVIEW_STEPS[kind].done_from != review.state:
        return TrackedStep(kind, step, "future", "neutral", _("later"))
    if step.due_on is None:
        return TrackedStep(kind, step, "current", "neutral", _("waits for the session's days"))
    if step.due_on < on:
        late = _("due since %(date)s") % {"date": dates.gregorian(step.due_on)}
        return TrackedStep(kind, step, "current", "red", late)
    return TrackedStep(kind, step, "current", "amber", _("awaited"))


# The previous agreed language -------------------------------------------------------------------


@dataclass
class AgreedLanguage:
    """The words of one resolution in the chain of a mandate, and the States that stood apart."""

    mandate: Mandate
    resolution: Resolution
    paragraphs: list[ResolutionParagraph] = field(default_factory=list)
    reservations: list[Reservation] = field(default_factory=list)


def agreed_language(user: Any, mandate: Mandate) -> list[AgreedLanguage]:
    """Return the resolutions on which a mandate and those before it rest, the latest first.

    The paragraph that gives the mandate stands first among its resolution's own.
    """
    columns = [
        AgreedLanguage(link, link.resolution)
        for link in chain_of(user, mandate)
        if link.resolution is not None
    ]
    by_resolution = {column.resolution.pk: column for column in columns}
    paragraphs = ResolutionParagraph.objects.visible_to(user).in_order()
    for paragraph in paragraphs.filter(resolution__in=by_resolution):
        column = by_resolution[paragraph.resolution_id]
        is_own = paragraph.number == column.mandate.paragraph
        column.paragraphs.insert(0 if is_own else len(column.paragraphs), paragraph)
    reservations = Reservation.objects.visible_to(user).select_related("state__actor")
    for reservation in reservations.filter(resolution__in=by_resolution):
        by_resolution[reservation.resolution_id].reservations.append(reservation)
    return columns


def chain_of(user: Any, mandate: Mandate) -> list[Mandate]:
    """Return a mandate and those that it succeeds, the latest first; one query."""
    rows = Mandate.objects.visible_to(user).filter(dispute=mandate.dispute_id)
    rows = rows.select_related(
        "resolution__session__organ__actor", "resolution__session__joint_with"
    )
    known = {row.pk: row for row in rows}
    chain: list[Mandate] = []
    link: Mandate | None = known.get(mandate.pk)
    while link is not None:
        chain.append(link)
        link = known.get(link.succeeds_id)
    return chain


# Where consent stands ---------------------------------------------------------------------------


@dataclass(frozen=True)
class ConsentLine:
    """Where one party stands on one role in one process."""

    consent: Consent
    stand: Stand


def consents_under(user: Any, mandate: Mandate) -> list[ConsentLine]:
    """Return where each consent stands in the processes that a mandate covers, as the reader may know."""
    rows = Consent.objects.visible_to(user).filter(process__dispute=mandate.dispute_id)
    covered = [process.pk for process in mandate.processes.all()]
    if covered:
        rows = rows.filter(process__in=covered)
    rows = rows.select_related(*_CONSENT_PATHS).prefetch_related("steps", "conditions")
    return [ConsentLine(consent, stand_of(user, consent)) for consent in rows]
