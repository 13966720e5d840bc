"""What a lower page must show of an upper app comes through these typed registries.

An upper app registers providers in ``AppConfig.ready()``. A selector-like provider is given the
user and the object and costs at most one query; an ``on_*`` provider is a service called in the
same transaction. No other call goes upward.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from common.errors import Text


@dataclass(frozen=True)
class TimelineEntry:
    """One line of a file's timeline."""

    on: date
    text: Text
    kind: Text = ""
    url: str = ""
    audience: str = ""
    classification: int | None = None
    note: Text = ""
    sort_key: str = ""


@dataclass(frozen=True)
class FilePanel:
    """A narrow panel beside a file: a title and a template with its context."""

    title: Text
    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SearchHit:
    """One result of a search: what it is, its reference, its title and where it lies."""

    kind: Text
    title: str
    url: str
    reference: str = ""
    detail: Text = ""
    classification: int | None = None
    rank: float = 0.0
    language: str = ""


@dataclass(frozen=True)
class WorkItem:
    """One row of the morning page: what waits, until when, for whom, and what can be done at once.

    Args:
        due_on: the day; None where it waits for a session without dates.
        act: what is to be done, first and in bold: "Assess the mandate".
        thing: what it concerns, read after it.
        why: why it stands here, in a sentence.
        kind: one word for the margin: review, task, term, file.
        url: where the thing lies.
        button: what the button says; empty where nothing can be done at once.
        button_url: where it leads.
        owner: whose it is, shown on the unit's page.
        stands_in_for: the absent person for whom the reader stands in.
    """

    due_on: date | None
    act: Text
    thing: Text
    why: Text
    kind: Text
    url: str
    button: Text = ""
    button_url: str = ""
    owner: Text = ""
    stands_in_for: Text = ""
    priority: int = 1


@dataclass(frozen=True)
class CalendarItem:
    """One entry of the calendar and of the feeds that outside calendars read.

    Args:
        key: stable and unlike any other, for instance ``cases.task:<key>``.
        first_day: the day, or the first of several.
        last_day: the last day.
        label: what it is, in full: only a logged-in person reads it, or whoever may read what is open.
        bare: what is said of it where nothing may be told: "A review is due".
        kind: one word for the margin.
        url: where the thing lies.
        reference: of the file, said beside `bare`.
        classification: of what `label` tells; None where that is not known.
    """

    key: str
    first_day: date
    last_day: date
    label: Text
    bare: Text
    kind: Text
    url: str
    reference: str = ""
    classification: int | None = None


@dataclass(frozen=True)
class Holding:
    """Something that a person holds and that must pass to others when they leave.

    Args:
        label: what it is, in words: "files kept as desk officer".
        count: how many.
        url: where it is handed over.
    """

    label: Text
    count: int
    url: str


class Registry:
    """An ordered set of providers under their names."""

    def __init__(self, name: str, purpose: str) -> None:
        self.name = name
        self.purpose = purpose
        self._providers: dict[str, Callable[..., Any]] = {}

    def register(self, key: str, provider: Callable[..., Any]) -> None:
        """Add a provider; the same key twice is a mistake of the house.

        Raises:
            ValueError: the key is taken by another provider.
        """
        if self._providers.get(key, provider) is not provider:
            raise ValueError(f"{self.name}: {key} is registered twice")
        self._providers[key] = provider

    def __iter__(self) -> Iterator[tuple[str, Callable[..., Any]]]:
        return iter(self._providers.items())


timeline = Registry("timeline", "(user, dispute) -> iterable of TimelineEntry")
file_panels = Registry("file_panels", "(user, dispute) -> FilePanel or None")
search = Registry("search", "(user, normalised query, limit) -> list of SearchHit")
closure_blockers = Registry("closure_blockers", "(user, dispute) -> iterable of sentences")
on_consent_withdrawn = Registry(
    "on_consent_withdrawn", "(actor, consent) -> None, in the same transaction"
)
rest_days = Registry("rest_days", "(day, is_exercise=) -> whether the house rests on that day")
on_person_leaving = Registry("on_person_leaving", "(actor, user) -> None, in the same transaction")
holdings = Registry("holdings", "(viewer, person) -> iterable of Holding, one query each")
worklist = Registry(
    "worklist", "(user, until, scope “mine” or “unit”) -> iterable of WorkItem, one query each"
)
calendar = Registry(
    "calendar",
    "(user, first day, last day, scope “mine” or “unit”) -> iterable of CalendarItem, one query each",
)
on_session_moved = Registry(
    "on_session_moved", "(actor, session) -> None, in the same transaction, when its days change"
)
on_absence = Registry(
    "on_absence", "(actor, absence) -> None, in the same transaction: recorded, changed, called off"
)
absence_gaps = Registry(
    "absence_gaps",
    "(viewer, absence) -> iterable of sentences: what the stand-in could not be given",
)

REGISTRIES = (
    worklist,
    calendar,
    on_session_moved,
    on_absence,
    absence_gaps,
    holdings,
    timeline,
    file_panels,
    search,
    closure_blockers,
    on_consent_withdrawn,
    on_person_leaving,
    rest_days,
)
