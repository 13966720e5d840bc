"""The side navigation: every app brings its own entries, the page shows what the person may open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from common.errors import Text


@dataclass(frozen=True)
class NavigationItem:
    """One entry: where it leads, for whom, under which group, in which order.

    ``prefixes`` are the addresses that count to it, where they are others than its own; ``count``
    says how much waits there, and asks the database seldom or never.
    """

    key: str
    label: Text
    url_name: str
    order: int
    is_for: Callable[[Any], bool]
    group: Text = ""
    prefixes: tuple[str, ...] = ()
    count: Callable[[Any], int] | None = None


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
    mine = [item for item in sorted(_ITEMS.values(), key=_order) if item.is_for(user)]
    fits = {item.key: _fit(item, path) for item in mine}
    best = max(fits.values(), default=0)
    return [
        ShownItem(
            item.label,
            reverse(item.url_name),
            0 < fits[item.key] == best,
            item.group,
            item.count(user) if item.count else None,
        )
        for item in mine
    ]


def _order(item: NavigationItem) -> int:
    return item.order


def _fit(item: NavigationItem, path: str) -> int:
    """Return how closely an address belongs to an entry: the longest of its beginnings wins."""
    prefixes = item.prefixes or (reverse(item.url_name),)
    fitting = [p for p in prefixes if path == p or (p != "/" and path.startswith(p))]
    return max(map(len, fitting), default=0)
