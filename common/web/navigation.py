"""The side navigation: every app brings its own entries, the page shows what the person may open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from common.errors import Text


@dataclass(frozen=True)
class NavigationItem:
    """One entry: where it leads, for whom, under which group, in which order."""

    key: str
    label: Text
    url_name: str
    order: int
    is_for: Callable[[Any], bool]
    group: Text = ""
    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownItem:
    """An entry as the page shows it."""

    label: Text
    url: str
    is_current: bool
    group: Text
    count: int | None = None


_ITEMS: dict[str, NavigationItem] = {}


def register(item: NavigationItem) -> None:
    """Add an entry; called from ``AppConfig.ready()``."""
    _ITEMS[item.key] = item


def shown_to(user: Any, path: str) -> list[ShownItem]:
    """Return the entries the person may open, the present one marked."""
    shown = []
    for item in sorted(_ITEMS.values(), key=lambda entry: entry.order):
        if item.is_for(user):
            url = reverse(item.url_name)
            prefixes = item.prefixes or (url,)
            is_current = any(path == p or (p != "/" and path.startswith(p)) for p in prefixes)
            shown.append(ShownItem(item.label, url, is_current, item.group))
    return shown
