"""A calendar as other programs read it (RFC 5545): the only module that touches icalendar.

Nothing above "open" is named there: what lies in somebody's telephone is out of the house.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from common.choices import Classification
from common.extensions import CalendarItem

_ONE_DAY = timedelta(days=1)


def feed_of(items: Iterable[CalendarItem], *, name: str, link: Callable[[str], str]) -> bytes:
    """Return a calendar of whole days; an entry keeps its UID however often it moves.

    Args:
        items: what falls on which days.
        name: how the calendar is called.
        link: makes a full address of one within the house.
    """
    feed = Calendar()
    feed.add("prodid", f"-//OIC Mediation//{(get_language() or 'en').upper()}")
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", name)
    feed.add("refresh-interval;value=duration", "PT4H")
    for item in items:
        feed.add_component(_event(item, link))
    return bytes(feed.to_ical())


def _event(item: CalendarItem, link: Callable[[str], str]) -> Event:
    event = Event()
    event.add("uid", f"{item.key}@oic-mediation")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", item.first_day)
    event.add("dtend", item.last_day + _ONE_DAY)
    event.add("summary", said_outside(item))
    event.add("transp", "TRANSPARENT")
    event.add("url", link(item.url))
    return event


def said_outside(item: CalendarItem) -> str:
    """Return what an entry may say outside: its label where it is open, otherwise its reference."""
    if item.classification == Classification.OPEN:
        return str(item.label)
    if not item.reference:
        return str(item.bare)
    return _("%(what)s (%(reference)s)") % {"what": item.bare, "reference": item.reference}
