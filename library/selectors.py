"""Reading the library: member States, search, what forms offer, provisions by group."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from common.dates import gregorian
from common.errors import Text
from common.extensions import SearchHit
from common.search import Similarity, matching
from institutions.choices import Membership
from institutions.models import State
from library.choices import OTHER_CODES
from library.models import Agreement, Location, Process, Provision
from library.provisions import PROVISIONS, Group, ProvisionCode, provision_code

SIMILAR_SHOWN = 10


def member_states() -> dict[str, UUID]:
    """Return the present Member States, suspended ones too, by ISO alpha-3 code."""
    return dict(
        State.objects.filter(
            actor__is_exercise=False,
            actor__statuses__status__in=(Membership.MEMBER, Membership.SUSPENDED),
            actor__statuses__to_earliest__isnull=True,
            iso_alpha3__isnull=False,
        ).values_list("iso_alpha3", "pk")
    )


def search_hits(user: Any, words: str, limit: int) -> list[SearchHit]:
    """Return the agreements that hold every word, those with the words in the title first.

    Args:
        user: the reader.
        words: a normalised query.
        limit: at most so many.
    """
    rows = matching(Agreement.objects.visible_to(user).listed(), words)
    ranked = rows.annotate(rank=Similarity(words, "title"))
    return [
        SearchHit(
            kind=_("Published agreement"),
            title=row.title,
            url=reverse("library:agreement", args=[row.pk]),
            detail=row.process.name,
            rank=row.rank,
            language="en",
        )
        for row in ranked.order_by("-rank", F("dated_latest").desc(nulls_last=True))[:limit]
    ]


def regions(user: Any) -> list[str]:
    """Return the regions as the sets code them, each once."""
    coded = Process.objects.visible_to(user).order_by().values_list("regions", flat=True)
    return sorted({region for row in coded for region in row})


def countries(user: Any) -> list[str]:
    """Return the country codes that agreements bear, each once."""
    rows = Location.objects.visible_to(user).order_by("iso3")
    return list(rows.values_list("iso3", flat=True).distinct())


def similar(user: Any, agreement: Agreement) -> list[Agreement]:
    """Return the agreements most like one by their provisions; one query.

    Args:
        user: the reader.
        agreement: the one that others are compared with.
    """
    rows = Agreement.objects.visible_to(user).listed().similar_to(agreement)
    return list(rows[:SIMILAR_SHOWN])


def dated_words(agreement: Agreement) -> str:
    """Return in words what is known of an inexact date; nothing where the day is known."""
    if agreement.is_dated_exactly:
        return ""
    if agreement.dated_earliest is None or agreement.dated_latest is None:
        if not agreement.dated_as_written:
            return _("The data set gives no date.")
        return _("Dated “%(written)s” in the data set.") % {"written": agreement.dated_as_written}
    return _("Dated “%(written)s” in the data set: between %(first)s and %(last)s.") % {
        "written": agreement.dated_as_written,
        "first": gregorian(agreement.dated_earliest),
        "last": gregorian(agreement.dated_latest),
    }


def other_codes(agreement: Agreement) -> list[dict[str, Any]]:
    """Return an agreement's codes beside the provisions as facts, known ones first."""
    held = agreement.other_codes
    names = [*(name for name in OTHER_CODES if name in held), *sorted(held.keys() - OTHER_CODES)]
    return [{"term": OTHER_CODES.get(name, name), "value": held[name]} for name in names]


@dataclass(frozen=True)
class TimelineRow:
    """An agreement as the timeline component shows it."""

    date: date | None
    title: str
    url: str
    text: str
    badges: list[tuple[str, Text]]


def timeline_entry(agreement: Agreement) -> TimelineRow:
    """Return an agreement's place in its process; an inexact date is told in words instead."""
    return TimelineRow(
        date=agreement.dated_latest if agreement.is_dated_exactly else None,
        title=agreement.title,
        url=reverse("library:agreement", args=[agreement.pk]),
        text=dated_words(agreement),
        badges=[("neutral", agreement.stage_label)] if agreement.stage else [],
    )


@dataclass(frozen=True)
class CodedProvision:
    """A provision as a page shows it."""

    code: ProvisionCode
    level: int


@dataclass(frozen=True)
class ProvisionGroup:
    """The provisions of one agreement that belong together."""

    label: Text
    provisions: list[CodedProvision]


def grouped(provisions: Iterable[Provision]) -> list[ProvisionGroup]:
    """Return provisions by group, both in the catalogue's order, unknown codes last."""
    order = {code: number for number, code in enumerate(PROVISIONS)}
    rows = sorted(provisions, key=lambda row: (order.get(row.code, len(order)), row.code))
    coded = [CodedProvision(provision_code(row.code), row.level) for row in rows]
    return [
        ProvisionGroup(Group(key).label, list(members))
        for key, members in groupby(coded, key=lambda provision: provision.code.group)
    ]
