"""What case work brings to the house: navigation, search, the morning's rows, what follows a session."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.selectors.absences import files_not_lent
from cases.selectors.agenda import calendar_mandates, calendar_steps, calendar_tasks
from cases.selectors.handover import holdings_of
from cases.selectors.quiet import quiet_files
from cases.selectors.search import search_agreements, search_files
from cases.selectors.tasks import tasks_on_timeline
from cases.selectors.worklist import ending_mandates, review_steps
from cases.selectors.worklist_tasks import open_tasks
from cases.services.handover import ask_to_hand_over
from cases.services.lent_rights import lend_rights
from cases.services.review_clock import follow_session
from common.extensions import (
    absence_gaps,
    calendar,
    holdings,
    on_absence,
    on_person_leaving,
    on_session_moved,
    search,
    timeline,
    worklist,
)
from common.web.navigation import NavigationItem
from common.web.navigation import register as add_navigation
from common.worklist import count_of


def _sees_files(user: Any) -> bool:
    return bool(user.may_see_files)


def _keeps_files(user: Any) -> bool:
    """Tell whether "my files" are others than all that the person sees; a State has one list."""
    return bool(user.may_see_files and user.state_actor_id is None)


def _waiting(user: Any) -> int:
    """Return how much is due by today; the cache remembers it for a minute."""
    return count_of(user, timezone.localdate())


def _writes_watch_notes(user: Any) -> bool:
    return bool(user.has_power("cases.write_watch_note") or user.sees_team_parts)


def _follow_session(actor: Any, session: Any) -> None:
    follow_session(actor=actor, session=session, on=timezone.localdate())


def _lend_rights(actor: Any, absence: Any) -> None:
    lend_rights(actor=actor, absence=absence)


def _ask_to_hand_over(actor: Any, person: Any) -> None:
    ask_to_hand_over(actor=actor, person=person)


_PARTS_OF_FILES = (
    "/files/",
    "/processes/",
    "/bases/",
    "/activities/",
    "/mandates/",
    "/reviews/",
    "/consents/",
    "/agreements/",
    "/documents/",
    "/precedents/",
)
_MORNING = NavigationItem("morning", _("My morning"), "home", 5, _keeps_files, count=_waiting)
_MY_FILES = NavigationItem("my_files", _("My files"), "cases:my_files", 10, _keeps_files)
_TASKS = NavigationItem(
    "tasks",
    _("Tasks"),
    "cases:task_list",
    15,
    _keeps_files,
    prefixes=("/tasks/", "/hand-over/"),
)
_FILES = NavigationItem(
    "files", _("Files"), "cases:dispute_list", 20, _sees_files, prefixes=_PARTS_OF_FILES
)
_BY_SESSION = NavigationItem(
    "mandates_by_session", _("Mandates by session"), "cases:mandates_by_session", 30, _keeps_files
)
_CALENDAR = NavigationItem("calendar", _("Calendar"), "cases:calendar", 35, _keeps_files)
_WATCH_NOTES = NavigationItem(
    "watch_notes", _("Watch notes"), "cases:watch_note_list", 40, _writes_watch_notes
)


def register() -> None:
    """Register everything; called once from ``AppConfig.ready()``."""
    for item in (_MORNING, _MY_FILES, _TASKS, _FILES, _BY_SESSION, _CALENDAR, _WATCH_NOTES):
        add_navigation(item)
    search.register("cases.files", search_files)
    search.register("cases.agreements", search_agreements)
    worklist.register("cases.review_steps", review_steps)
    worklist.register("cases.ending_mandates", ending_mandates)
    worklist.register("cases.tasks", open_tasks)
    worklist.register("cases.quiet_files", quiet_files)
    calendar.register("cases.review_steps", calendar_steps)
    calendar.register("cases.mandates", calendar_mandates)
    calendar.register("cases.tasks", calendar_tasks)
    timeline.register("cases.tasks", tasks_on_timeline)
    holdings.register("cases", holdings_of)
    absence_gaps.register("cases.files", files_not_lent)
    on_absence.register("cases.rights", _lend_rights)
    on_person_leaving.register("cases.handover", _ask_to_hand_over)
    on_session_moved.register("cases.reviews", _follow_session)
