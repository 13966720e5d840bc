"""Sessions: added, corrected, moved, postponed, held."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from common.changes import lock
from common.errors import Refused
from common.policy import require
from institutions.choices import SessionStatus
from institutions.models import Actor, Organ, Session, State
from institutions.services.base import (
    change_and_keep,
    create,
    refuse_other_world,
    tell_session_moved,
)

MANAGE = "institutions.manage_sessions"


@transaction.atomic
def create_session(
    *,
    actor: Any,
    organ: Organ,
    kind: str,
    number: int | None = None,
    joint_with: Actor | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    dates_as_written: str = "",
    country: State | None = None,
    source: str = "",
    **texts: str,
) -> Session:
    """Add a planned session of the actor's world.

    Args:
        actor: who keeps the register.
        organ: whose session it is.
        kind: a value of ``SessionKind``.
        number: its number; a joint session may have none.
        joint_with: the other body of a joint session.
        starts_on: first day, or the earliest it may be.
        ends_on: last day, or the latest it may be.
        dates_as_written: what the source says where it tells no days.
        country: the host.
        source: where this is known from.
        texts: ``city_*`` and ``theme_*`` in three languages.

    Raises:
        NotPermitted: the person does not keep the sessions.
        Refused: host and session are of different worlds.
        ValidationError: the session exists already, or its dates are out of order.
    """
    require(actor, MANAGE)
    refuse_other_world(country, is_exercise=actor.is_exercise, field="country")
    session: Session = create(
        Session(
            organ=organ,
            kind=kind,
            number=number,
            joint_with=joint_with,
            status=SessionStatus.PLANNED,
            starts_on=starts_on,
            ends_on=ends_on or starts_on,
            dates_as_written=dates_as_written,
            country=country,
            source=source,
            is_exercise=actor.is_exercise,
            **texts,
        )
    )
    record(actor=actor, verb="institutions.session_created", target=session)
    return session


@transaction.atomic
def change_session(
    *,
    actor: Any,
    session: Session,
    version: int | None = None,
    **values: Any,
) -> Session:
    """Correct a session's number, place, theme or source; its days have acts of their own.

    Args:
        actor: who keeps the register.
        session: the session.
        version: the version that the person had before them.
        values: ``number``, ``joint_with``, ``country``, ``city_*``, ``theme_*``, ``source``.

    Raises:
        NotPermitted: the person does not keep the sessions of this world.
        Refused: host and session are of different worlds.
        Stale: somebody else changed it meanwhile.
    """
    session = lock(session, version=version)
    require(actor, MANAGE, session)
    refuse_other_world(values.get("country"), is_exercise=session.is_exercise, field="country")
    changes = change_and_keep(session, values)
    if changes:
        record(actor=actor, verb="institutions.session_changed", target=session, changes=changes)
    return session


@transaction.atomic
def move_session(
    *,
    actor: Any,
    session: Session,
    starts_on: date,
    ends_on: date,
    dates_as_written: str = "",
    version: int | None = None,
) -> Session:
    """Give a session other days; what ends with its close moves with it (Rule M4, domain.md).

    Args:
        actor: who keeps the register.
        session: a planned or postponed session.
        starts_on: first day, or the earliest it may be.
        ends_on: last day, or the latest it may be.
        dates_as_written: what was announced where no days were ("autumn 2027").
        version: the version that the person had before them.

    Raises:
        NotPermitted: the person does not keep the sessions of this world.
        Refused: the session was held.
        Stale: somebody else changed it meanwhile.
    """
    session = lock(session, version=version)
    require(actor, MANAGE, session)
    _refuse_held(session)
    changes = change_and_keep(
        session,
        {
            "starts_on": starts_on,
            "ends_on": ends_on,
            "dates_as_written": dates_as_written,
            "status": SessionStatus.PLANNED,
        },
    )
    if changes:
        tell_session_moved(actor=actor, session=session)
        record(actor=actor, verb="institutions.session_moved", target=session, changes=changes)
    return session


@transaction.atomic
def postpone_session(
    *, actor: Any, session: Session, reason: str, version: int | None = None
) -> Session:
    """Take the days from a session until new ones are known; mandates run on (Rule M4, domain.md).

    Args:
        actor: who keeps the register.
        session: a planned session.
        reason: why, or who announced it; stands in the record.
        version: the version that the person had before them.

    Raises:
        NotPermitted: the person does not keep the sessions of this world.
        Refused: the session was held, or is postponed already.
        Stale: somebody else changed it meanwhile.
    """
    session = lock(session, version=version)
    require(actor, MANAGE, session)
    _refuse_held(session)
    if session.status == SessionStatus.POSTPONED:
        raise Refused(
            "session_postponed_already",
            _("This session is postponed already; give it new days when they are known."),
        )
    changes = change_and_keep(
        session,
        {
            "starts_on": None,
            "ends_on": None,
            "dates_as_written": "",
            "status": SessionStatus.POSTPONED,
        },
    )
    tell_session_moved(actor=actor, session=session)
    record(
        actor=actor,
        verb="institutions.session_postponed",
        target=session,
        changes=changes,
        reason=reason,
    )
    return session


@transaction.atomic
def record_session_held(
    *,
    actor: Any,
    session: Session,
    starts_on: date,
    ends_on: date,
    version: int | None = None,
) -> Session:
    """Record on which days a session was held; also corrects them.

    Args:
        actor: who keeps the register.
        session: the session.
        starts_on: its first day.
        ends_on: its last day.
        version: the version that the person had before them.

    Raises:
        NotPermitted: the person does not keep the sessions of this world.
        Stale: somebody else changed it meanwhile.
    """
    session = lock(session, version=version)
    require(actor, MANAGE, session)
    changes = change_and_keep(
        session,
        {
            "starts_on": starts_on,
            "ends_on": ends_on,
            "dates_as_written": "",
            "status": SessionStatus.HELD,
        },
    )
    if changes:
        tell_session_moved(actor=actor, session=session)
        record(actor=actor, verb="institutions.session_held", target=session, changes=changes)
    return session


def _refuse_held(session: Session) -> None:
    if session.status == SessionStatus.HELD:
        raise Refused(
            "session_held",
            _("This session was held; correct the days on which it was held instead."),
        )
