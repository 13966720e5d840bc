"""What the register's services share: one world, rows kept by hand, who hears of moved sessions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from common.changes import apply_changes
from common.errors import Refused
from common.extensions import on_session_moved
from institutions.models import Session


def refuse_other_world(row: Any, *, is_exercise: bool, field: str) -> None:
    """Refuse to mix the exercise with what is real (architecture.md § 5).

    Args:
        row: anything with ``is_exercise``; None passes.
        is_exercise: the world of the act.
        field: the form field on which the refusal is shown.

    Raises:
        Refused: the row is of the other world.
    """
    if row is not None and row.is_exercise != is_exercise:
        raise Refused(
            "other_world",
            _("The exercise and the real world do not mix: %(entry)s is of the other one.")
            % {"entry": row},
            field=field,
        )


def change_and_keep(row: Any, values: dict[str, Any]) -> dict[str, list[Any]]:
    """Change a row of the register by hand: check, save, and keep it from the data files.

    Returns:
        what changed, for the record; nothing is saved where nothing did.
    """
    changes = apply_changes(row, values)
    if changes:
        row.is_kept = True
        row.full_clean()
        row.save()
    return changes


def create(row: Any) -> Any:
    """Check and save a new row of the register, kept from the data files."""
    row.is_kept = True
    row.full_clean()
    row.save(force_insert=True)
    return row


def tell_session_moved(*, actor: Any, session: Session) -> None:
    """Tell the apps above that a session's days changed, in the caller's transaction (Rule M4)."""
    for _key, follow in on_session_moved:
        follow(actor, session)
