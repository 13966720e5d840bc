"""Resolutions: registered and corrected, from the register or from inside another form."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from common.changes import lock
from common.errors import Refused
from common.policy import require
from institutions.models import Resolution, Session
from institutions.references import Reference, parse_within
from institutions.selectors import unreadable
from institutions.services.base import change_and_keep, create, refuse_other_world

MANAGE = "institutions.manage_resolutions"


@transaction.atomic
def register_resolution(
    *,
    actor: Any,
    session: Session,
    reference: str,
    title_en: str = "",
    title_fr: str = "",
    title_ar: str = "",
    adopted_on: date | None = None,
    url: str = "",
    source: str = "",
) -> Resolution:
    """Enter a resolution in the register.

    Args:
        actor: who keeps the register.
        session: the session that adopted it.
        reference: in any written form; within the session ``53-POL`` will do.
        title_en: the Organisation's own title in English.
        title_fr: in French.
        title_ar: in Arabic.
        adopted_on: day of adoption; a day outside the session's is the doors' to remark upon.
        url: where the text is published.
        source: where this is known from.

    Raises:
        NotPermitted: the person does not keep the resolutions.
        Refused: the reference cannot be read or names another session, or the session is of the
            other world.
        ValidationError: the register has it already, or no title is given.
    """
    require(actor, MANAGE, session)
    refuse_other_world(session, is_exercise=actor.is_exercise, field="session")
    read = _read(reference, session)
    resolution: Resolution = create(
        Resolution(
            session=session,
            number=read.number,
            tag=read.tag,
            title_en=title_en,
            title_fr=title_fr,
            title_ar=title_ar,
            adopted_on=adopted_on,
            url=url,
            source=source,
            is_exercise=session.is_exercise,
        )
    )
    record(actor=actor, verb="institutions.resolution_registered", target=resolution)
    return resolution


@transaction.atomic
def correct_resolution(
    *,
    actor: Any,
    resolution: Resolution,
    reference: str | None = None,
    version: int | None = None,
    **values: Any,
) -> Resolution:
    """Correct an entry of the register; what it said before stands in the record.

    Args:
        actor: who keeps the register.
        resolution: the entry.
        reference: in any written form, of the same session; None leaves it as it is.
        version: the version that the person had before them.
        values: ``title_*``, ``adopted_on``, ``url``, ``source``.

    Raises:
        NotPermitted: the person does not keep the resolutions of this world.
        Refused: the reference cannot be read or names another session.
        Stale: somebody else changed it meanwhile.
    """
    resolution = lock(resolution, version=version)
    require(actor, MANAGE, resolution)
    if reference is not None:
        read = _read(reference, resolution.session)
        values |= {"number": read.number, "tag": read.tag}
    changes = change_and_keep(resolution, values)
    if changes:
        record(
            actor=actor,
            verb="institutions.resolution_corrected",
            target=resolution,
            changes=changes,
        )
    return resolution


def _read(text: str, session: Session) -> Reference:
    reference = parse_within(text, session.number)
    if reference is None:
        raise Refused("no_reference", unreadable(text), field="reference")
    if reference.session != (session.number or 0):
        raise Refused(
            "other_session",
            _("%(reference)s names the session number %(number)s, not the one chosen here.")
            % {"reference": reference.latin, "number": reference.session},
            field="reference",
        )
    return reference
