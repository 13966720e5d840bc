"""What case work brings to the house: entries of the navigation and sources of the search."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.selectors.search import search_agreements, search_files
from common.extensions import search
from common.web.navigation import NavigationItem
from common.web.navigation import register as add_navigation


def _sees_files(user: Any) -> bool:
    return bool(user.may_see_files)


def _keeps_files(user: Any) -> bool:
    """Tell whether "my files" are others than all that the person sees; a State has one list."""
    return bool(user.may_see_files and user.state_actor_id is None)


def _writes_watch_notes(user: Any) -> bool:
    return bool(user.has_power("cases.write_watch_note") or user.sees_team_parts)


def register() -> None:
    """Register everything; called once from ``AppConfig.ready()``."""
    search.register("cases.files", search_files)
    search.register("cases.agreements", search_agreements)
    add_navigation(
        NavigationItem(
            key="my_files",
            label=_("My files"),
            url_name="home",
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
                "/consents/",
                "/agreements/",
                "/documents/",
                "/precedents/",
            ),
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
