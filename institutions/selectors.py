"""Reads that take a date: standing, group, name, holder of an office, session, resolution."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext as _

from common.errors import Refused
from common.i18n import Worded, worded
from institutions.choices import ActorKind, Membership, SessionStatus
from institutions.models import (
    Actor,
    DatedName,
    MembershipStatus,
    Office,
    OfficeHolding,
    Organ,
    RegionalGroup,
    RegionalGroupMembership,
    Resolution,
    Session,
    State,
)
from institutions.references import parse

# Standing ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """An actor's standing on a day, as far as the sources tell.

    Args:
        status: the status that certainly holds, or ``none`` where nothing is known.
        possible: every status that the imprecise dates leave open; one when it is certain.
    """

    status: str = Membership.NONE
    possible: tuple[str, ...] = field(default=(Membership.NONE,))

    @property
    def is_certain(self) -> bool:
        """Whether the sources leave one status only."""
        return len(self.possible) == 1

    @property
    def label(self) -> str:
        """The status in the reader's words; where several are possible, that it is not known."""
        if not self.is_certain:
            return _("Not known to the day")
        return str(Membership(self.status).label)


def touching(on: date) -> Q:
    """Return the condition that an imprecise interval may hold on a day."""
    began = Q(from_earliest__lte=on) | Q(from_earliest__isnull=True)
    return began & (Q(to_latest__gt=on) | Q(to_latest__isnull=True))


def is_certain_on(row: Any, on: date) -> bool:
    """Tell whether an imprecise interval certainly holds on a day."""
    begun = row.from_latest <= on if row.from_latest else row.from_earliest is None
    running = on < row.to_earliest if row.to_earliest else row.to_latest is None
    return bool(begun and running)


def standings_on(on: date, actors: Iterable[UUID] | None = None) -> dict[UUID, Standing]:
    """Return the standing of each actor on a day, in one query; absent means none.

    Args:
        on: the day.
        actors: keys of the actors; all of them when omitted.
    """
    rows = MembershipStatus.objects.filter(touching(on)).order_by("actor_id", "from_latest")
    if actors is not None:
        rows = rows.filter(actor__in=actors)
    found: dict[UUID, list[MembershipStatus]] = defaultdict(list)
    for row in rows:
        found[row.actor_id].append(row)
    return {actor: _standing(statuses, on) for actor, statuses in found.items()}


def status_on(actor: Actor, on: date) -> Standing:
    """Return the standing of one actor on a day."""
    return standings_on(on, [actor.pk]).get(actor.pk, Standing())


def _standing(rows: list[MembershipStatus], on: date) -> Standing:
    certain = [row.status for row in rows if is_certain_on(row, on)]
    if certain:
        return Standing(certain[0], (certain[0],))
    possible = [row.status for row in rows]
    if len(possible) == 1:  # it may or may not have begun or ended: nothing else is known
        possible.append(Membership.NONE)
    return Standing(Membership.NONE, tuple(dict.fromkeys(possible)))


def may_sit_on(state: State, on: date) -> bool:
    """Tell whether a State may take its seat on a day: certainly a member and not suspended."""
    standing = status_on(state.actor, on)
    return standing.is_certain and standing.status == Membership.MEMBER


def members_on(on: date, *, is_exercise: bool) -> list[State]:
    """Return the States of one world that certainly are members on a day, by name."""
    standings = standings_on(on)
    members = [
        actor
        for actor, standing in standings.items()
        if standing.is_certain and standing.status == Membership.MEMBER
    ]
    states = State.objects.of_world(is_exercise=is_exercise).filter(pk__in=members)
    return list(states.select_related("actor").by_name())


# Groups and names -------------------------------------------------------------------------------


def _dated(on: date) -> Q:
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    return begun & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def groups_on(on: date) -> dict[UUID, RegionalGroup]:
    """Return the regional group of each State (by its actor's key) on a day, in one query."""
    rows = RegionalGroupMembership.objects.filter(_dated(on)).select_related("group")
    return {row.state_id: row.group for row in rows}


def group_on(state: State, on: date) -> RegionalGroup | None:
    """Return the regional group to which a State counts on a day (Rule G4, domain.md)."""
    row = state.group_memberships.filter(_dated(on)).select_related("group").first()
    return row.group if row else None


def former_names_on(on: date, actors: Iterable[UUID] | None = None) -> dict[UUID, DatedName]:
    """Return, for the actors that bore another name on a day, that name; in one query."""
    rows = DatedName.objects.filter(touching(on))
    if actors is not None:
        rows = rows.filter(actor__in=actors)
    return {row.actor_id: row for row in rows if is_certain_on(row, on)}


def name_on(actor: Actor, on: date, language: str | None = None) -> Worded:
    """Return the name that an actor bore on a day; the present one where no other is recorded.

    On a day that the sources leave open the present name stands.
    """
    return worded(former_names_on(on, [actor.pk]).get(actor.pk, actor), "name", language)


def official_name_on(state: State, on: date, language: str | None = None) -> Worded:
    """Return the official name that a State bore on a day."""
    former = former_names_on(on, [state.pk]).get(state.pk)
    bears_another = former is not None and worded(former, "official_name").text
    return worded(former if bears_another else state, "official_name", language)


# Offices ----------------------------------------------------------------------------------------


def holders_on(on: date, *, is_exercise: bool) -> dict[UUID, OfficeHolding]:
    """Return who holds each office on a day, by the office's key, in one query.

    An office stands blank after the last day for which a source shows its holder.
    """
    rows = OfficeHolding.objects.of_world(is_exercise=is_exercise).filter(touching(on))
    return {row.office_id: row for row in rows.select_related("holder") if is_held_on(row, on)}


def holder_on(office: Office, on: date, *, is_exercise: bool = False) -> OfficeHolding | None:
    """Return who holds an office on a day, or None where that is not verified."""
    return holders_on(on, is_exercise=is_exercise).get(office.pk)


# Sessions ---------------------------------------------------------------------------------------


def next_session(
    organ: Organ, after: date, *, is_exercise: bool = False, kind: str | None = None
) -> Session | None:
    """Return the first session of an organ that is not over by `after`, dated ones first.

    "The next Council" of Rule M6 (domain.md) is found so: a planned or postponed session without
    dates comes after those that have them.

    Args:
        organ: whose sessions.
        after: the day up to which a session is over.
        is_exercise: the world.
        kind: only sessions of this kind.
    """
    rows = Session.objects.of_world(is_exercise=is_exercise).filter(organ=organ).with_names()
    if kind:
        rows = rows.filter(kind=kind)
    ahead = Q(ends_on__gt=after) | Q(ends_on__isnull=True)
    return (
        rows.filter(ahead)
        .exclude(status=SessionStatus.HELD, ends_on__isnull=True)
        .order_by(F("starts_on").asc(nulls_last=True), "number")
        .first()
    )


# Resolutions ------------------------------------------------------------------------------------


def find_resolutions(rows: Any, text: str) -> list[Resolution]:
    """Return the resolutions that a written reference may mean; none when it is no reference.

    Args:
        rows: a queryset of resolutions, scoped by the caller.
        text: a reference in any written form.
    """
    reference = parse(text)
    if reference is None:
        return []
    return list(rows.referred_to(reference).with_session().in_order())


def resolve_reference(rows: Any, text: str) -> Resolution:
    """Return the one resolution that a written reference means.

    Raises:
        Refused: the text is no reference, no resolution bears it, or several do (then ``missing``
            lists them, to choose from).
    """
    reference = parse(text)
    if reference is None:
        raise Refused("no_reference", unreadable(text), field="reference")
    found = find_resolutions(rows, text)
    if not found:
        raise Refused(
            "resolution_unknown",
            _("The register has no resolution %(reference)s.") % {"reference": reference.latin},
            field="reference",
        )
    exact = [row for row in found if row.tag == reference.tag]
    if len(found) > 1 and len(exact) != 1:
        raise Refused(
            "resolution_ambiguous",
            _("Several resolutions bear the number %(reference)s; write the one you mean in full.")
            % {"reference": reference.latin},
            field="reference",
            missing=[f"{row.reference} ({row.session.label})" for row in found],
        )
    return found[0] if len(found) == 1 else exact[0]


def unreadable(text: str) -> str:
    """Return the sentence that says how a reference is written."""
    return _(
        "“%(text)s” is not the reference of a resolution. Write for instance 53/45-POL, POL-53/45 "
        "or 44/44-س."
    ) % {"text": text[:60]}


# Overview ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StateRow:
    """One State as the overview shows it on a day.

    Args:
        named: what bears the name of that day, the actor or a former name.
        official: what bears the official name of that day, the State or a former name.
    """

    state: State
    standing: Standing
    group: RegionalGroup | None
    named: Actor | DatedName
    official: State | DatedName


def states_on(rows: Any, on: date) -> list[StateRow]:
    """Return States with standing, group and names on a day, by name; four queries.

    Args:
        rows: a queryset of States, scoped by the caller.
        on: the day.
    """
    standings, groups, former = standings_on(on), groups_on(on), former_names_on(on)
    return [
        StateRow(
            state,
            standings.get(state.pk, Standing()),
            groups.get(state.pk),
            named=former.get(state.pk, state.actor),
            official=former.get(state.pk, state),
        )
        for state in rows.select_related("actor").by_name()
    ]


def by_group(rows: Iterable[StateRow]) -> list[tuple[RegionalGroup | None, list[StateRow]]]:
    """Return rows of States by regional group, in the groups' order, those without one last."""
    groups: dict[RegionalGroup | None, list[StateRow]] = defaultdict(list)
    for row in rows:
        groups[row.group].append(row)
    return sorted(groups.items(), key=lambda pair: (pair[0] is None, pair[0] and pair[0].position))


def observers_on(user: Any, on: date) -> list[tuple[Actor, Standing]]:
    """Return the actors other than States that are observers on a day, by name."""
    standings = standings_on(on)
    rows = (
        Actor.objects.visible_to(user)
        .filter(pk__in=standings, is_reference=True)
        .exclude(kind=ActorKind.STATE)
        .by_name()
    )
    return [(actor, standings[actor.pk]) for actor in rows]


@dataclass(frozen=True)
class OfficeRow:
    """An office with who holds it on a day and everybody known to have held it."""

    office: Office
    holder: OfficeHolding | None
    holdings: list[OfficeHolding]


def offices_with_holders(user: Any, on: date) -> list[OfficeRow]:
    """Return the offices with their holders in the person's world, in two queries."""
    rows = OfficeHolding.objects.of_world(is_exercise=user.is_exercise).select_related("holder")
    holdings: dict[UUID, list[OfficeHolding]] = defaultdict(list)
    for row in rows.order_by(F("from_latest").desc(nulls_last=True)):
        holdings[row.office_id].append(row)
    return [
        OfficeRow(
            office,
            next((row for row in holdings[office.pk] if is_held_on(row, on)), None),
            holdings[office.pk],
        )
        for office in Office.objects.visible_to(user).select_related("actor", "organ__actor")
    ]


def is_held_on(holding: OfficeHolding, on: date) -> bool:
    """Tell whether a holding is verified for a day."""
    return is_certain_on(holding, on) and (holding.verified_to is None or on <= holding.verified_to)
