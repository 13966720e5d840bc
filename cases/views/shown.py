"""What pages of a file show of things that selectors return: lines of a timeline, acts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.text import capfirst

from common.choices import Audience, Classification
from common.errors import Text
from common.extensions import TimelineEntry
from common.policy import Denied, may

#: Of these denials a person is told nothing: the act belongs to another role, or to no one.
_NOT_SHOWN = ("no_power", "published_history")


def on_timeline(entry: TimelineEntry) -> dict[str, Any]:
    """Return an entry as ``components/timeline.html`` shows it: kind and audience beside it."""
    badges: list[tuple[str, Text]] = []
    if entry.kind:
        badges.append(("neutral", capfirst(str(entry.kind))))
    if entry.audience and entry.audience != Audience.SHARED:
        badges.append(("audience", Audience(entry.audience).label))
    if entry.classification is not None and entry.classification > Classification.CONFIDENTIAL:
        badges.append(("secret", Classification(entry.classification).label))
    return {
        "date": entry.on,
        "title": entry.text,
        "url": entry.url,
        "text": entry.note,
        "badges": badges,
    }


def shown_acts(
    user: Any, subject: Model, offered: Sequence[tuple[Text, str, str]]
) -> list[dict[str, Any]]:
    """Return the acts that a person's role knows, each with its verdict.

    Args:
        user: the reader.
        subject: what the acts would change; its key is in the address.
        offered: label, name of the route and action of each act.
    """
    acts = []
    for label, route, action in offered:
        verdict = may(user, action, subject)
        if isinstance(verdict, Denied) and verdict.code in _NOT_SHOWN:
            continue
        url = reverse(route, args=[subject.pk])
        acts.append({"label": label, "url": url, "verdict": verdict})
    return acts
