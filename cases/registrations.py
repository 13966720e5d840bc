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


def register() -> None:
    """Register everything; called once from ``AppConfig.ready()``."""
    search.register("cases.files", search_files)
    search.register("cases.agreements", search_agreements)
    worklist.register("cases.review_steps", review_steps)
    worklist.register("cases.ending_mandates", ending_mandates)
    worklist.register("cases.tasks", open_tasks)
    worklist.register("cases.quiet_files", quiet_files)
    timeline.register("cases.tasks", tasks_on_timeline)
    holdings.register("cases", holdings_of)
    absence_gaps.register("cases.files", files_not_lent)
    on_absence.register("cases.rights", _lend_rights)
    on_person_leaving.register("cases.handover", _ask_to_hand_over)
    calendar.register("cases.review_steps", calendar_steps)
    calendar.register("cases.mandates", calendar_mandates)
    calendar.register("cases.tasks", calendar_tasks)
    on_session_moved.register("cases.reviews", _follow_session)
    add_navigation(
        NavigationItem(
            key="morning",
            label=_("My morning"),
            url_name="home",
            order=5,
            is_for=_keeps_files,
            count=_waiting,
        )
    )
    add_navigation(
        NavigationItem(
            key="my_files",
            label=_("My files"),
            url_name="cases:my_files",
            order=10,
            is_for=_keeps_files,
        )
    )
    add_navigation(
        NavigationItem(
            key="files",
            label=_("Files"),
            url_name="cases:dispute_list",
            order=20,
            is_for=_sees_files,
            prefixes=(
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
            ),
        )
    )
    add_navigation(
        NavigationItem(
            key="mandates_by_session",
            label=_("Mandates by session"),
            url_name="cases:mandates_by_session",
            order=30,
            is_for=_keeps_files,
        )
    )
    add_navigation(
        NavigationItem(
            key="calendar",
            label=_("Calendar"),
            url_name="cases:calendar",
            order=35,
            is_for=_keeps_files,
        )
    )
    add_navigation(
        NavigationItem(
            key="tasks",
            label=_("Tasks"),
            url_name="cases:task_list",
            order=15,
            is_for=_keeps_files,
            prefixes=("/tasks/", "/hand-over/"),
        )
    )
    add_navigation(
        NavigationItem(
            key="watch_notes",
            label=_("Watch notes"),
            url_name="cases:watch_note_list",
            order=40,
            is_for=_writes_watch_notes,
        )
    )
