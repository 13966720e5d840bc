"""My morning: the rows of every provider of ``common.extensions.worklist``, put in order by date.

A provider asks at most one query and gives at most :data:`NEAREST` rows, the nearest first, so that
a page stays one screen and as quick with a hundred thousand tasks as with ten.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common import dates
from common.errors import Text
from common.extensions import WorkItem, worklist

MINE, UNIT = "mine", "unit"
#: So many rows of a kind fill a screen; the nearest are shown.
NEAREST = 100
#: For so many seconds the navigation repeats the count that it last heard.
COUNT_LASTS = 60
_ONE_DAY = timedelta(days=1)
_SUNDAY = 6


@dataclass(frozen=True)
class Row:
    """A row as the page shows it: `when` is the day or the kind, whatever the heading does not say."""

    item: WorkItem
    when: Text
    is_past: bool = False


@dataclass(frozen=True)
class Section:
    """Rows under one heading; `on` is the day where the heading is one."""

    title: Text
    rows: list[Row]
    on: date | None = None
    is_past: bool = False

    @property
    def hijri(self) -> str:
        """The day of the heading in the other calendar."""
        return dates.hijri(self.on) if self.on else ""


def may_see_unit(user: Any) -> bool:
    """Tell whether the person may look at the unit's work beside their own."""
    return bool(user.sees_team_parts)


def horizon(today: date) -> date:
    """Return the last day that the page looks ahead to."""
    return today + timedelta(days=settings.MORNING_LOOKS_AHEAD)


def work_of(user: Any, until: date, scope: str = MINE) -> list[WorkItem]:
    """Return what waits for a person until a day, the earliest first; what has no day yet comes last.

    Args:
        user: whose morning it is.
        until: the last day that counts.
        scope: ``mine``, or ``unit`` for all that the person oversees.
    """
    items = [item for _key, rows in worklist for item in rows(user, until, scope)]
    return sorted(items, key=_place)


def _place(item: WorkItem) -> tuple[bool, date, int, str]:
    return item.due_on is None, item.due_on or date.max, -item.priority, str(item.thing)


# By date ----------------------------------------------------------------------------------------


def by_date(items: Iterable[WorkItem], today: date) -> list[Section]:
    """Put rows under "Past its date", "Today", "This week", "Later"; empty headings are left out."""
    week_ends = week_of(today)[-1]
    past: list[Row] = []
    now: list[Row] = []
    week: list[Row] = []
    later: list[Row] = []
    waiting: list[Row] = []
    for item in items:
        if item.due_on is None:
            waiting.append(Row(item, item.kind))
        elif item.due_on < today:
            past.append(Row(item, short_day(item.due_on, today), is_past=True))
        elif item.due_on == today:
            now.append(Row(item, item.kind))
        else:
            rows = week if item.due_on <= week_ends else later
            rows.append(Row(item, short_day(item.due_on, today)))
    return _filled(
        Section(_("Past its date"), past, is_past=True),
        Section(_("Today"), now, today),
        Section(_("This week"), week),
        Section(_("Later"), later),
        Section(_("Waiting for a day"), waiting),
    )


def by_owner(items: Iterable[WorkItem], today: date) -> list[Section]:
    """Put rows under the person who owes them, in the order of names; nobody's come first."""
    found: dict[str, list[Row]] = {}
    for item in items:
        is_past = item.due_on is not None and item.due_on < today
        when = short_day(item.due_on, today) if item.due_on else item.kind
        found.setdefault(str(item.owner), []).append(Row(item, when, is_past))
    return [Section(owner or _("Nobody yet"), found[owner]) for owner in sorted(found)]


def by_day(items: Iterable[WorkItem], today: date) -> list[Section]:
    """Put rows under the days of this week, Sunday to Saturday; what is older stands before them."""
    days = week_of(today)
    found: dict[date, list[Row]] = {day: [] for day in days}
    past = []
    for item in items:
        if item.due_on in found:
            found[item.due_on].append(Row(item, item.kind, item.due_on < today))
        elif item.due_on is not None and item.due_on < days[0]:
            past.append(Row(item, short_day(item.due_on, today), is_past=True))
    before = _filled(Section(_("Past its date"), past, is_past=True))
    return before + [Section(weekday(day), found[day], day) for day in days]


def _filled(*sections: Section) -> list[Section]:
    return [section for section in sections if section.rows]


def week_of(day: date) -> list[date]:
    """Return the week of a day as the house counts it, Sunday to Saturday."""
    sunday = day - timedelta(days=(day.weekday() - _SUNDAY) % 7)
    return [sunday + n * _ONE_DAY for n in range(7)]


def weekday(day: date) -> str:
    """Return a day with its name: Monday 23 November 2026."""
    name = date_format(day, "l")
    return _("%(weekday)s %(date)s") % {"weekday": name, "date": dates.gregorian(day)}


def short_day(day: date, today: date) -> str:
    """Return a day without its year where that is this one: 23 November."""
    if day.year != today.year:
        return dates.gregorian(day)
    text = date_format(day, "MONTH_DAY_FORMAT")
    is_first = day.day == 1 and (get_language() or "").startswith("fr")
    return text.replace("1 ", "1er ", 1) if is_first else text


# The count beside the entry of the navigation ---------------------------------------------------


def count_of(user: Any, today: date) -> int:
    """Return how much is due by today; heard anew once a minute, not on every page."""
    key = f"morning:{user.pk}:{today.isoformat()}"
    count = cache.get(key)
    if count is None:
        count = _due(work_of(user, today), today)
        cache.set(key, count, COUNT_LASTS)
    return int(count)


def keep_count(user: Any, items: Iterable[WorkItem], today: date) -> None:
    """Let the navigation show what the page itself has just found."""
    cache.set(f"morning:{user.pk}:{today.isoformat()}", _due(items, today), COUNT_LASTS)


def _due(items: Iterable[WorkItem], today: date) -> int:
    return sum(1 for item in items if item.due_on is not None and item.due_on <= today)
