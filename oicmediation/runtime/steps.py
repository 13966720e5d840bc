"""What makes an empty or an older database and state folder ready, in this order, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A management command, the words for it, and whether only the demonstration world needs it."""

    title: str
    command: tuple[str, ...]
    demonstration_only: bool = False


STEPS = (
    Step("database tables", ("migrate", "--no-input")),
    Step("reference data", ("load_reference",)),
    Step("demonstration world", ("load_demonstration",), demonstration_only=True),
    Step("static files", ("collectstatic", "--no-input")),
)
