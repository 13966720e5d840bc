"""Mandates by the session that must decide on them (Rules M4 to M6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    F,
    FilteredRelation,
    IntegerField,
    Q,
    QuerySet,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import MandateEnd
from cases.lifecycle import FINAL_REVIEW_STATES
from cases.models import Mandate
from cases.selectors.mandates_due import UNDECIDED_STATES, Lacks, with_missing
from cases.selectors.overview import end_of
from common.errors import Text
from institutions.choices import SessionStatus
from institutions.models import Session

DATED, UNDATED, POSTPONED, NO_SESSION, OPEN_ENDED = range(5)
#: The same in the words of the API.
PLACES = ("dated", "undated", "postponed", "no_session", "open_ended")
_REMARKS: dict[int, Text] = {
    UNDATED: gettext_lazy("This session has no days yet."),
    POSTPONED: gettext_lazy("Postponed: the mandates run on, pending this session."),
    NO_SESSION: gettext_lazy("They end on a day; no session is named that is to decide."),
    OPEN_ENDED: gettext_lazy("They run until further decision; each has the day of its review."),
}


@dataclass(frozen=True)
class MandateRow:
    """One mandate: until when it runs, and, for the Secretariat, what is missing."""

    mandate: Any
    end: Text
    on: date | None
    lacks: Lacks | None


@dataclass(frozen=True)
class SessionGroup:
    """The mandates on which one session must decide; or those for which none is named."""

    title: Text
    remark: Text
    session: Session | None
    place: int
    rows: list[MandateRow]


def mandates_by_session(user: Any) -> QuerySet[Mandate]:
    """Return the visible mandates on which an organ must decide, in the order of their sessions.

    A review names its session for the Secretariat alone; others read the one at whose close the
    mandate ends. Each row bears ``decider`` (the session's key), ``decider_organ`` and ``place``.
    """
    rows: Any = Mandate.objects.visible_to(user).filter(
        state__in=UNDECIDED_STATES, dispute__is_historical=False
    )
    if user.is_secretariat:
        rows = rows.alias(
            present=FilteredRelation(
                "reviews", condition=~Q(reviews__state__in=FINAL_REVIEW_STATES)
            )
        )
        rows = with_missing(rows)
    rows = rows.annotate(
        decider=_of_session(user, "pk", UUIDField()),
        decider_organ=_of_session(user, "organ_id", UUIDField()),
        decider_ends=_of_session(user, "ends_on", DateField()),
        decider_status=_of_session(user, "status", CharField()),
    )
    rows = rows.annotate(
        place=Case(
            When(decider_status=SessionStatus.POSTPONED, then=Value(POSTPONED)),
            When(decider__isnull=False, decider_ends__isnull=True, then=Value(UNDATED)),
            When(decider__isnull=False, then=Value(DATED)),
            When(end_kind=MandateEnd.DECISION, then=Value(OPEN_ENDED)),
            default=Value(NO_SESSION),
            output_field=IntegerField(),
        ),
        decides_by=Coalesce("decider_ends", _own_day()),
    )
    ordered: QuerySet[Mandate] = rows.order_by(
        "place", F("decides_by").asc(nulls_last=True), "decider", "pk"
    )
    return ordered


def with_names(rows: QuerySet[Mandate]) -> QuerySet[Mandate]:
    """Join what the rows name."""
    sessions = ("end_session", "extended_to")
    named: QuerySet[Mandate] = rows.select_related(
        "dispute__desk_officer",
        "organ__actor",
        "resolution__session",
        *(f"{name}__{part}" for name in sessions for part in ("organ__actor", "joint_with")),
    ).prefetch_related("holders")
    return named


def _own_day() -> Case:
    return Case(
        When(end_kind=MandateEnd.DATE, then=F("ends_on")),
        When(end_kind=MandateEnd.DECISION, then=F("review_on")),
        output_field=DateField(),
    )


def _of_session(user: Any, column: str, kind: Any) -> Case:
    """Return a column of the session that must decide: the review's, the extension's, the end's."""
    whens = [
        When(~Q(end_kind=MandateEnd.SESSION), then=Value(None)),
        When(extended_to__isnull=False, then=F(f"extended_to__{column}")),
    ]
    if user.is_secretariat:
        named = When(present__session__isnull=False, then=F(f"present__session__{column}"))
        whens.insert(0, named)
    return Case(*whens, default=F(f"end_session__{column}"), output_field=kind)


def grouped(user: Any, mandates: Iterable[Any]) -> list[SessionGroup]:
    """Put mandates of :func:`mandates_by_session` under their sessions; one query."""
    mandates = list(mandates)
    keys = {mandate.decider for mandate in mandates if mandate.decider}
    sessions = Session.objects.with_names().in_bulk(keys)
    groups: dict[tuple[int, Any], SessionGroup] = {}
    for mandate in mandates:
        place = mandate.place
        key = (place, mandate.decider)
        if key not in groups:
            session = sessions.get(mandate.decider)
            groups[key] = SessionGroup(
                _title(place, session), _REMARKS.get(place, ""), session, place, []
            )
        groups[key].rows.append(row_of(user, mandate))
    return list(groups.values())


def _title(place: int, session: Session | None) -> Text:
    if session is not None:
        return session.label
    return _("Until further decision") if place == OPEN_ENDED else _("No session yet")


def row_of(user: Any, mandate: Any) -> MandateRow:
    """Return what the page and the API say of one mandate.

    Nothing is said of its end where that is the close of the session under which it stands.
    """
    lacks = Lacks(mandate) if user.is_secretariat else None
    closing = mandate.extended_to_id or mandate.end_session_id
    is_said_above = mandate.place == DATED and mandate.decider == closing
    end = "" if is_said_above else end_of(mandate)
    return MandateRow(mandate, end, mandate.review_day, lacks)
