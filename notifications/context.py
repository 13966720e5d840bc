"""The bell in the frame of every page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from notifications.selectors import MOST_COUNTED, unread_count


def bell(request: HttpRequest) -> dict[str, Any]:
    """Return how many notices wait for the person; counted only when a page shows it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"unread_notices": SimpleLazyObject(lambda: _in_words(unread_count(user)))}


def _in_words(count: int) -> str:
    if not count:
        return ""
    return str(count) if count < MOST_COUNTED else f"{MOST_COUNTED - 1}+"
