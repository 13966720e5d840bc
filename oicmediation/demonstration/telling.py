"""Turns of phrase in which every dispute file of the exercise is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from accounts.models import User
from cases.choices import ConsentState, Instrument, PartyKind
from cases.models import Consent, ConsentStep, Dispute, Mandate, Party, Process
from cases.services.consents import open_consent, record_consent
from cases.services.mandates import (
    activate_mandate,
    add_terms_of_reference,
    adopt_mandate,
    draft_mandate,
)
from cases.services.parties import add_party
from cases.services.sharing import notify_state, share_with_state
from institutions.models import Actor, Resolution
from oicmediation.demonstration.exercise import Exercise


def add_governments(
    exercise: Exercise, dispute: Dispute, officer: User, codes: Sequence[str]
) -> list[Party]:
    """Add the Governments of the named States as parties, in that order."""
    return [
        add_party(
            actor=officer,
            dispute=dispute,
            party_actor=exercise.states[code].actor,
            kind=PartyKind.GOVERNMENT,
            official_wording=f"the Government of the {exercise.states[code].official_name_en}",
        )
        for code in codes
    ]


def seek_consent(
    *, officer: User, process: Process, party: Party, role: str, on: date, note: str
) -> Consent:
    """Open a party's consent and record that it was sought by note."""
    consent = open_consent(actor=officer, process=process, party=party, role=role)
    record_consent(
        actor=officer,
        consent=consent,
        state=ConsentState.SOUGHT,
        on=on,
        instrument=Instrument.NOTE,
        instrument_reference=note,
    )
    return consent


def obtain_consent(
    *,
    officer: User,
    process: Process,
    party: Party,
    role: str,
    sought_on: date,
    on: date,
    note: str,
) -> ConsentStep:
    """Seek a party's consent and record that it was given by note at the level of the minister."""
    consent = seek_consent(
        officer=officer, process=process, party=party, role=role, on=sought_on, note=note
    )
    return record_consent(
        actor=officer,
        consent=consent,
        state=ConsentState.GIVEN,
        on=on,
        instrument=Instrument.NOTE,
        instrument_reference=f"{note}/R",
        level="minister" if party.is_government else "leadership",
        scope="As described in the Secretary General's note.",
    )


@dataclass(frozen=True)
class Text:
    """A mandate's terms of reference in the three languages."""

    en: str
    fr: str
    ar: str

    def as_values(self) -> dict[str, Any]:
        """Return the text as the service takes it."""
        return {"text_en": self.en, "text_fr": self.fr, "text_ar": self.ar}


def adopt(
    *,
    officer: User,
    dispute: Dispute,
    resolution: Resolution,
    paragraph: str,
    type: str,
    holders: Sequence[Actor],
    terms: Text | None = None,
    succeeds: Mandate | None = None,
    **values: Any,
) -> Mandate:
    """Draft a mandate, add its terms of reference and record its adoption by a session's organ."""
    mandate = draft_mandate(
        actor=officer, dispute=dispute, type=type, holders=holders, succeeds=succeeds, **values
    )
    adopted_on = cast(date, resolution.adopted_on)  # the exercise's resolutions all have one
    if terms is not None:
        add_terms_of_reference(
            actor=officer, mandate=mandate, adopted_on=adopted_on, **terms.as_values()
        )
    return adopt_mandate(
        actor=officer,
        mandate=mandate,
        organ=resolution.session.organ,
        session=resolution.session,
        resolution=resolution,
        paragraph=paragraph,
        adopted_on=adopted_on,
    )


def adopt_and_activate(*, officer: User, on: date, **particulars: Any) -> Mandate:
    """Adopt a mandate and activate it on a day."""
    return activate_mandate(actor=officer, mandate=adopt(officer=officer, **particulars), on=on)


def share(exercise: Exercise, dispute: Dispute, code: str, *, on: date, note: str) -> None:
    """Let the Assistant Secretary General notify a State of the file, and share it (Rule D7)."""
    asg = exercise.people["asg"]
    notification = notify_state(
        actor=asg, dispute=dispute, state=exercise.states[code], notified_on=on, instrument=note
    )
    share_with_state(actor=asg, notification=notification, on=on)
