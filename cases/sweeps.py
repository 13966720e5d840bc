"""What case work does by the clock: reviews of mandates (M4, M5), tasks, absences, files without news."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.selectors import reviews_due
from cases.selectors.absences import absences_to_keep
from cases.selectors.quiet import files_without_news
from cases.selectors.tasks import tasks_to_return, tasks_to_tell
from cases.services import lent_rights, quiet, review_clock, task_clock
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


def _return_tasks(tasks: list[Any], on: date) -> int:
    return task_clock.return_tasks(tasks=tasks, on=on)


def _tell_of_tasks(tasks: list[Any], on: date) -> int:
    return task_clock.tell_of_tasks(tasks=tasks, on=on)


def _keep_rights(absences: list[Any], on: date) -> int:
    return lent_rights.keep_in_step(absences=absences)


def _ask_for_news(files: list[Any], on: date) -> int:
    return quiet.ask_for_news(files=files, on=on)


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
    Sweep(
        "cases.return_tasks",
        _("End the holds of tasks whose day has come"),
        find=tasks_to_return,
        handle=_return_tasks,
    ),
    Sweep(
        "cases.tell_of_tasks",
        _("Remind of tasks that fall due, and tell the head of the unit of late ones"),
        find=tasks_to_tell,
        handle=_tell_of_tasks,
    ),
    Sweep(
        "cases.lend_rights",
        _("Keep the rights of stand-ins in step with those of the absent"),
        find=absences_to_keep,
        handle=_keep_rights,
    ),
    Sweep(
        "cases.ask_for_news",
        _("Remind of files without an entry for a long time"),
        find=files_without_news,
        handle=_ask_for_news,
        every=60,
    ),
)
