"""What the register's pages share: tabs, breadcrumbs, the acts a person may do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from common.errors import Text
from common.policy import Allowed, may

#: What a denial says to a person who does not keep that part of the register at all.
NOT_THEIRS = "not_your_task"


def acts_for(
    user: Any, offered: Sequence[tuple[Text, str, str]], subject: Any = None
) -> list[dict[str, Any]]:
    """Return the acts that belong to the person's task, each with its verdict.

    Args:
        user: the reader.
        offered: label, address and action of each act.
        subject: what the acts would change.
    """
    acts = []
    for label, url, action in offered:
        verdict = may(user, action, subject)
        if isinstance(verdict, Allowed) or verdict.code != NOT_THEIRS:
            acts.append({"label": label, "url": url, "verdict": verdict})
    return acts


def state_tabs(current: str) -> list[dict[str, Any]]:
    """Return the tabs of "States and organs"."""
    return _tabs(
        current,
        [
            ("state_list", _("States")),
            ("observer_list", _("Other observers")),
            ("organ_list", _("Organs")),
            ("office_list", _("Offices")),
            ("holiday_list", _("Working calendar")),
        ],
    )


def resolution_tabs(current: str) -> list[dict[str, Any]]:
    """Return the tabs of "Resolutions"."""
    return _tabs(
        current,
        [
            ("resolution_list", _("Resolutions")),
            ("recommendation_list", _("Recommendations of the conference")),
        ],
    )


def _tabs(current: str, pages: list[tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": reverse(f"institutions:{name}"),
            "is_current": name == current,
        }
        for name, label in pages
    ]


def trail(*names: str) -> list[tuple[str, str]]:
    """Return breadcrumbs to the lists of these names."""
    labels = {
        "state_list": _("States and organs"),
        "observer_list": _("Other observers"),
        "organ_list": _("Organs"),
        "office_list": _("Offices"),
        "holiday_list": _("Working calendar"),
        "session_list": _("Sessions"),
        "resolution_list": _("Resolutions"),
    }
    return [(labels[name], reverse(f"institutions:{name}")) for name in names]


def act_context(
    title: str,
    submit_label: str,
    cancel_url: str,
    breadcrumbs: list[tuple[str, str]],
    **more: Any,
) -> dict[str, Any]:
    """Return the variables of a page with one form."""
    return {
        "title": title,
        "submit_label": submit_label,
        "cancel_url": cancel_url,
        "breadcrumbs": breadcrumbs,
        **more,
    }
