"""The words of resolutions, and the States that stood apart: entered, corrected, taken out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from common.changes import lock, plain
from common.errors import Refused
from common.policy import require
from institutions.models import Reservation, Resolution, ResolutionParagraph, State
from institutions.services.base import change_and_keep, create, refuse_other_world

MANAGE = "institutions.manage_resolutions"
_WORDS = ("text_en", "text_fr", "text_ar", "source")


@transaction.atomic
def add_paragraph(
    *,
    actor: Any,
    resolution: Resolution,
    number: str,
    text_en: str = "",
    text_fr: str = "",
    text_ar: str = "",
    source: str = "",
) -> ResolutionParagraph:
    """Enter one paragraph of a resolution, word for word as adopted.

    Args:
        actor: who keeps the register.
        resolution: whose paragraph it is.
        number: as it is printed: ``4``, ``12 bis``; a preambular one as one names it.
        text_en: the adopted text in English.
        text_fr: in French.
        text_ar: in Arabic.
        source: where the text is taken from.

    Raises:
        NotPermitted: the person does not keep the resolutions of this world.
        ValidationError: the register has that paragraph already, or no text is given.
    """
    require(actor, MANAGE, resolution)
    paragraph: ResolutionParagraph = create(
        ResolutionParagraph(
            resolution=resolution,
            number=number.strip(),
            text_en=text_en,
            text_fr=text_fr,
            text_ar=text_ar,
            source=source,
        )
    )
    record(
        actor=actor,
        verb="institutions.paragraph_added",
        target=paragraph,
        subject=resolution,
        number=paragraph.number,
    )
    return paragraph


@transaction.atomic
def correct_paragraph(
    *,
    actor: Any,
    paragraph: ResolutionParagraph,
    version: int | None = None,
    **values: Any,
) -> ResolutionParagraph:
    """Correct a paragraph against the text as adopted; what it said before stands in the record.

    Args:
        actor: who keeps the register.
        paragraph: the paragraph.
        version: the version that the person had before them.
        values: ``number``, ``text_*``, ``source``.

    Raises:
        NotPermitted: the person does not keep the resolutions of this world.
        Stale: somebody else changed it meanwhile.
    """
    paragraph = lock(paragraph, version=version)
    require(actor, MANAGE, paragraph.resolution)
    changes = change_and_keep(paragraph, values)
    if changes:
        record(
            actor=actor,
            verb="institutions.paragraph_corrected",
            target=paragraph,
            subject=paragraph.resolution,
            changes=changes,
        )
    return paragraph


@transaction.atomic
def remove_paragraph(
    *, actor: Any, paragraph: ResolutionParagraph, version: int | None = None
) -> None:
    """Take out a paragraph that was entered by mistake; what it said stands in the record.

    Raises:
        NotPermitted: the person does not keep the resolutions of this world.
        Stale: somebody else changed it meanwhile.
    """
    paragraph = lock(paragraph, version=version)
    require(actor, MANAGE, paragraph.resolution)
    _remove(actor, paragraph, "institutions.paragraph_removed", ("number", *_WORDS))


@transaction.atomic
def record_reservation(
    *,
    actor: Any,
    resolution: Resolution,
    state: State,
    kind: str,
    paragraph: str = "",
    text_en: str = "",
    text_fr: str = "",
    text_ar: str = "",
    recorded_on: date | None = None,
    source: str = "",
) -> Reservation:
    """Enter that a State put a reservation on record, or dissociated itself.

    Args:
        actor: who keeps the register.
        resolution: from which it stood apart.
        state: the State.
        kind: a value of ``ReservationKind``.
        paragraph: the paragraph it concerns; empty for the whole resolution.
        text_en: the State's words in English, where they are known.
        text_fr: in French.
        text_ar: in Arabic.
        recorded_on: the day it was put on record.
        source: the report or note in which it stands; needed for a real State, of which nothing
            unproven is written (domain.md, section 7, Demonstration).

    Raises:
        NotPermitted: the person does not keep the resolutions of this world.
        Refused: the State is of the other world, or no source is named for a real one.
        ValidationError: the register has that reservation already.
    """
    require(actor, MANAGE, resolution)
    refuse_other_world(state, is_exercise=resolution.is_exercise, field="state")
    _refuse_unproven(resolution, source)
    reservation: Reservation = create(
        Reservation(
            resolution=resolution,
            state=state,
            kind=kind,
            paragraph=paragraph.strip(),
            text_en=text_en,
            text_fr=text_fr,
            text_ar=text_ar,
            recorded_on=recorded_on,
            source=source,
        )
    )
    record(
        actor=actor,
        verb="institutions.reservation_recorded",
        target=reservation,
        subject=resolution,
        kind=kind,
        paragraph=reservation.paragraph,
    )
    return reservation


@transaction.atomic
def correct_reservation(
    *, actor: Any, reservation: Reservation, version: int | None = None, **values: Any
) -> Reservation:
    """Correct a reservation; what it said before stands in the record.

    Args:
        actor: who keeps the register.
        reservation: the reservation.
        version: the version that the person had before them.
        values: ``state``, ``kind``, ``paragraph``, ``text_*``, ``recorded_on``, ``source``.

    Raises:
        NotPermitted: the person does not keep the resolutions of this world.
        Refused: the State is of the other world, or no source is named for a real one.
        Stale: somebody else changed it meanwhile.
    """
    reservation = lock(reservation, version=version)
    resolution = reservation.resolution
    require(actor, MANAGE, resolution)
    refuse_other_world(values.get("state"), is_exercise=resolution.is_exercise, field="state")
    _refuse_unproven(resolution, values.get("source", reservation.source))
    changes = change_and_keep(reservation, values)
    if changes:
        record(
            actor=actor,
            verb="institutions.reservation_corrected",
            target=reservation,
            subject=resolution,
            changes=changes,
        )
    return reservation


@transaction.atomic
def remove_reservation(*, actor: Any, reservation: Reservation, version: int | None = None) -> None:
    """Take out a reservation that was entered by mistake; what it said stands in the record.

    Raises:
        NotPermitted: the person does not keep the resolutions of this world.
        Stale: somebody else changed it meanwhile.
    """
    reservation = lock(reservation, version=version)
    require(actor, MANAGE, reservation.resolution)
    said = ("state", "kind", "paragraph", "recorded_on", *_WORDS)
    _remove(actor, reservation, "institutions.reservation_removed", said)


def _refuse_unproven(resolution: Resolution, source: str) -> None:
    if not resolution.is_exercise and not source.strip():
        raise Refused(
            "source_missing",
            _("Name the report or note in which the State put this on record."),
            field="source",
        )


def _remove(actor: Any, row: Any, verb: str, said: tuple[str, ...]) -> None:
    """Delete a row; the record keeps its key, its resolution and what it said."""
    resolution, changes = row.resolution, {}
    for name in said:
        if before := plain(getattr(row, name)):
            changes[name] = [before, None]
    row.delete()
    record(actor=actor, verb=verb, target=resolution, subject=resolution, changes=changes)
