"""Decisions of organs named as people write them: found in the register, or entered there first."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Mandate
from cases.services.mandates import adopt_mandate, terminate_mandate
from common.errors import Refused
from institutions.models import Resolution, Session
from institutions.references import parse_within
from institutions.selectors import unreadable
from institutions.services import register_resolution


@transaction.atomic
def adopt_mandate_by_reference(
    *,
    actor: User,
    mandate: Mandate,
    session: Session,
    reference: str,
    paragraph: str,
    adopted_on: date,
    version: int | None = None,
    **titles: str,
) -> Mandate:
    """Record the adoption of a mandate under a resolution named in any written form (Rule M2).

    Args:
        session: whose organ adopts.
        reference: of the resolution, within the session ``9-POL`` will do.
        titles: ``title_en``, ``title_fr``, ``title_ar`` of a resolution that the register lacks.

    Raises:
        NotPermitted: the person may not do it, or may not enter the resolution.
        Refused: the register lacks the resolution and no title is given, or see
            :func:`cases.services.mandates.adopt_mandate`.
    """
    resolution = resolution_named(
        actor=actor, session=session, reference=reference, adopted_on=adopted_on, titles=titles
    )
    return adopt_mandate(
        actor=actor,
        mandate=mandate,
        organ=session.organ,
        session=session,
        resolution=resolution,
        paragraph=paragraph,
        adopted_on=adopted_on,
        version=version,
    )


@transaction.atomic
def terminate_mandate_by_reference(
    *,
    actor: User,
    mandate: Mandate,
    session: Session,
    reference: str,
    terminated_on: date,
    reason: str,
    **titles: str,
) -> Mandate:
    """Record that an organ ended a mandate by a resolution named in any written form (Rule M7).

    Args:
        session: whose organ ends it.
        reference: of the resolution.
        titles: of a resolution that the register lacks.

    Raises:
        NotPermitted: the person may not do it, or may not enter the resolution.
        Refused: the register lacks the resolution and no title is given, or see
            :func:`cases.services.mandates.terminate_mandate`.
    """
    return terminate_mandate(
        actor=actor,
        mandate=mandate,
        resolution=resolution_named(
            actor=actor, session=session, reference=reference, adopted_on=None, titles=titles
        ),
        terminated_on=terminated_on,
        reason=reason,
    )


@transaction.atomic
def resolution_named(
    *,
    actor: User,
    session: Session,
    reference: str,
    adopted_on: date | None,
    titles: dict[str, str],
) -> Resolution:
    """Return the resolution of a session named in any written form; enter it first where it is new.

    Args:
        titles: ``title_en``, ``title_fr``, ``title_ar`` of a resolution that the register lacks.

    Raises:
        NotPermitted: the person may not enter the resolution.
        Refused: the reference cannot be read or means several, or the register lacks the resolution
            and no title is given.
    """
    read = parse_within(reference, session.number)
    if read is None:
        raise Refused("no_reference", unreadable(reference), field="reference")
    found: list[Resolution] = list(
        Resolution.objects.filter(session=session, number=read.number, tag__in=read.equivalent_tags)
        if read.tag
        else Resolution.objects.filter(session=session, number=read.number)
    )
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(
            "resolution_ambiguous",
            _("Several resolutions bear the number %(reference)s; write the one you mean in full.")
            % {"reference": read.latin},
            field="reference",
            missing=[row.reference for row in found],
        )
    if any(titles.values()):
        entered: Resolution = register_resolution(
            actor=actor, session=session, reference=reference, adopted_on=adopted_on, **titles
        )
        return entered
    raise Refused(
        "resolution_unknown",
        _(
            "The register has no resolution %(reference)s of that session. Give its title below, "
            "and it is entered in the register."
        )
        % {"reference": read.latin},
        field="reference",
    )
