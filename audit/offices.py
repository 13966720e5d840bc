"""Who acts, in words: ``accounts`` registers its roles, so that the record is read without it."""

from __future__ import annotations

from collections.abc import Mapping

from common.errors import Text

_LABELS: dict[str, Text] = {}
_OUTWARD: dict[str, Text] = {}


def register(labels: Mapping[str, Text], outward: Mapping[str, Text]) -> None:
    """Add the words for roles; called from ``AppConfig.ready()``.

    Args:
        labels: role code → its name inside the house.
        outward: role code → the function that a Member State may read (Rule R10, domain.md); roles
            whose acts no State reads of are absent.
    """
    _LABELS.update(labels)
    _OUTWARD.update(outward)


def role_words(code: str) -> Text:
    """Return a role's name; one that no longer exists shows its code."""
    return _LABELS.get(code, code)


def outward_words(code: str) -> Text:
    """Return the function under which a Member State reads of the role."""
    return _OUTWARD[code]


def outward_roles() -> list[str]:
    """Return the roles whose readings a Member State may learn of."""
    return sorted(_OUTWARD)
