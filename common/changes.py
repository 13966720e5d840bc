"""Changing a row by two hands: locking, versions, and what really changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from common.errors import Stale

Row = TypeVar("Row", bound=models.Model)


def lock(row: Row, *, version: int | None = None) -> Row:
    """Return the row freshly read under a lock, inside the caller's transaction.

    Args:
        row: any saved object; only its key is trusted.
        version: the version the person had before them; None where no version is kept.

    Raises:
        Stale: somebody else changed the row meanwhile.
    """
    manager: Any = row._meta.model._base_manager  # `row` may be the lazy user of a request
    fresh: Row = manager.select_for_update(of=("self",)).get(pk=row.pk)
    if version is not None and getattr(fresh, "version", version) != version:
        raise Stale(
            "stale",
            _(
                "Somebody else has changed this since you opened it. Your entries are kept below; "
                "compare them with the present state and save again."
            ),
        )
    return fresh


def plain(value: Any) -> Any:
    """Return a value as the audit record keeps it: JSON without surprises."""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, (list, tuple, set)):
        return [plain(item) for item in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return str(value)


def apply_changes(row: models.Model, values: dict[str, Any]) -> dict[str, list[Any]]:
    """Set the fields that differ and return ``{field: [before, after]}`` for the audit record.

    The row's `version` is raised when anything differs. Saving is the caller's.
    """
    changed: dict[str, list[Any]] = {}
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            changed[name] = [plain(before), plain(value)]
            setattr(row, name, value)
    if changed and hasattr(row, "version"):
        row.version += 1
    return changed


def set_links(row: models.Model, name: str, after: Iterable[models.Model]) -> dict[str, list[Any]]:
    """Set a many-to-many relation and return ``{name: [keys before, keys after]}``, or nothing.

    The row's `version` is raised when anything differs. Saving the row is the caller's.
    """
    links = getattr(row, name)
    wanted = list(after)
    before = {plain(pk) for pk in links.values_list("pk", flat=True)}
    keys = {plain(linked.pk) for linked in wanted}
    if before == keys:
        return {}
    links.set(wanted)
    if hasattr(row, "version"):
        row.version += 1
    return {name: [sorted(before), sorted(keys)]}
