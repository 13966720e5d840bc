"""What case work brings to the house: navigation, search, the morning's rows, what follows a session."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.selectors.agenda import calendar_mandates, calendar_steps, calendar_tasks
from cases.selectors.search import search_agreements, search_files
from cases.selectors.worklist import ending_mandates, review_steps
from cases.services.review_clock import follow_session
from common.extensions import calendar, on_session_moved, search, worklist
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


def register() -> None:
    """Register everything; called once from ``AppConfig.ready()``."""
    search.register("cases.files", search_files)
    search.register("cases.agreements", search_agreements)
    worklist.register("cases.review_steps", review_steps)
    worklist.register("cases.ending_mandates", ending_mandates)
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
            key="watch_notes",
            label=_("Watch notes"),
            url_name="cases:watch_note_list",
            order=40,
            is_for=_writes_watch_notes,
        )
    )
