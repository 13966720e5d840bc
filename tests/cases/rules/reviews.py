"""What the tests of reviews share: the clockwork of a day, a review under way, who was told what."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.choices import MandateEnd, MandateState
from cases.models import Mandate, MandateReview
from cases.services.review_clock import open_reviews
from common import sweeps
from institutions.choices import SessionStatus
from institutions.models import Session
from notifications.models import Notice
from tests.cases.rules.world import World

ALL = (
    "open_reviews",
    "follow_dates",
    "redate_reviews",
    "remind_of_ends",
    "remind_of_steps",
    "escalate_steps",
)


def run(name: str, on: date) -> sweeps.Outcome:
    """Run one sweep for a day; nothing may be left."""
    entry = sweeps.named(f"cases.{name}")
    outcome = entry.run(on)
    assert outcome.left == 0, outcome.error
    return outcome


def run_all(on: date) -> dict[str, int]:
    """Run every sweep of reviews for a day; return what each wrote."""
    return {name: run(name, on).written for name in ALL}


def until(world: World, last: date, **options: Any) -> Mandate:
    """A running mandate that ends on a day."""
    return world.mandate(active=True, ends_on=last, **options)


def until_session(world: World, session: Session, **options: Any) -> Mandate:
    """A running mandate that ends with the close of a session."""
    values = {"end_kind": MandateEnd.SESSION, "ends_on": None, "end_session": session, **options}
    return world.mandate(active=True, **values)


def council(world: World, closes: date | None, **options: Any) -> Session:
    """A session of the Council ahead, closing on a day, or without days yet."""
    days = {"starts_on": closes, "ends_on": closes}
    return world.session(status=SessionStatus.PLANNED, **days, **options)


def opened(world: World, mandate: Mandate, on: date) -> MandateReview:
    """Open a review as the clockwork does."""
    return open_reviews(mandates=[mandate], on=on)[0]


def told(kind: str) -> set[str]:
    """Return the addresses of those who were told of something."""
    rows = Notice.objects.filter(kind=f"cases.{kind}")
    return set(rows.values_list("recipient__email", flat=True))


def state_of(mandate: Mandate) -> MandateState:
    """Return what is written of a mandate now."""
    return MandateState(Mandate.objects.get(pk=mandate.pk).state)
