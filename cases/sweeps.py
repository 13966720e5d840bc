"""What case work does by the clock: reviews open, remind, escalate and follow dates (Rules M4, M5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.selectors import reviews_due
from cases.services import review_clock
from cases.services.review_dates import redate_reviews
from common.actor import SYSTEM
from common.sweeps import Sweep


def _open(mandates: list[Any], on: date) -> int:
    return len(review_clock.open_reviews(mandates=mandates, on=on))


def _follow_dates(mandates: list[Any], on: date) -> int:
    return review_clock.follow_dates(mandates=mandates, on=on)


def _redate(reviews: list[Any], on: date) -> int:
    return redate_reviews(actor=SYSTEM, reviews=reviews, on=on)


def _remind_of_end(reviews: list[Any], on: date) -> int:
    return review_clock.remind_of_end(reviews=reviews, on=on)


def _remind_of_steps(steps: list[Any], on: date) -> int:
    return review_clock.remind_of_steps(steps=steps, on=on)


def _escalate_steps(steps: list[Any], on: date) -> int:
    return review_clock.escalate_steps(steps=steps, on=on)


SWEEPS = (
    Sweep(
        "cases.open_reviews",
        _("Open the reviews of mandates whose end comes near"),
        find=reviews_due.mandates_to_review,
        handle=_open,
    ),
    Sweep(
        "cases.follow_dates",
        _("Write mandates as expired when their last day is past"),
        find=reviews_due.mandates_out_of_step,
        handle=_follow_dates,
    ),
    Sweep(
        "cases.redate_reviews",
        _("Re-date the reviews whose mandate or session moved"),
        find=reviews_due.reviews_to_redate,
        handle=_redate,
    ),
    Sweep(
        "cases.remind_of_ends",
        _("Remind of mandates under review whose end is near"),
        find=reviews_due.reviews_to_remind,
        handle=_remind_of_end,
    ),
    Sweep(
        "cases.remind_of_steps",
        _("Remind of steps of a review that fall due"),
        find=reviews_due.steps_to_remind,
        handle=_remind_of_steps,
    ),
    Sweep(
        "cases.escalate_steps",
        _("Tell the command of steps of a review that are late"),
        find=reviews_due.steps_to_escalate,
        handle=_escalate_steps,
    ),
)
