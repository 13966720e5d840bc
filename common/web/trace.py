"""What a door saw and must put on record: refusals and readings, written after the answer is made.

Views and the API's handlers leave notes here; ``audit.middleware`` writes them in a transaction of
its own, one event a request.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model


@dataclass
class Trace:
    """The notes of one request."""

    readings: list[Model] = field(default_factory=list)
    refusals: list[tuple[str, str, Model | None]] = field(default_factory=list)


def trace_of(request: Any) -> Trace:
    """Return the request's notes; a DRF request shares those of the request it wraps."""
    inner = getattr(request, "_request", request)
    if not hasattr(inner, "house_trace"):
        inner.house_trace = Trace()
    trace: Trace = inner.house_trace
    return trace


def note_reading(request: Any, *objects: Model) -> None:
    """Note that the content of these objects was shown (a bare list row is not a reading)."""
    trace_of(request).readings.extend(objects)


def note_readings(request: Any, objects: Iterable[Model]) -> None:
    """Note several readings at once."""
    note_reading(request, *objects)


def note_refusal(request: Any, code: str, message: str, obj: Model | None = None) -> None:
    """Note that an act was refused, with the rule's name and the words the person saw."""
    trace_of(request).refusals.append((code, message, obj))
