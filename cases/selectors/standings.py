"""Where each party stands on each role, as the reader may know it (Rules C1 to C3, C5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.choices import ConsentRole, ConsentState
from cases.models import Consent, Party, Process
from cases.selectors.situation import counts_as_given
from common import dates
from common.errors import Text

_TONES: dict[str, str] = {
    ConsentState.SOUGHT: "blue",
    ConsentState.GIVEN: "green",
    ConsentState.CONDITIONAL: "amber",
    ConsentState.NO_LONGER_IN_FORCE: "red",
}


@dataclass(frozen=True)
class Stand:
    """Where one party stands on one role, in words."""

    label: Text
    tone: str
    role: Text
    notes: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True)
class Row:
    """One party with its stand on every role, in the roles' order."""

    party: Party
    stands: list[Stand]


@dataclass(frozen=True)
class Matrix:
    """The consents of one process: governments' consent, and others' agreement to take part (C2)."""

    process: Process
    roles: list[Text]
    governments: list[Row]
    others: list[Row]


def stand_of(user: Any, consent: Consent) -> Stand:
    """Return where a consent stands for this reader.

    The Secretariat reads the real state with what it still waits for; everybody else the outward
    one, which a withdrawal does not change before a text is released (Rule C5). Steps and
    conditions are best prefetched.
    """
    url = reverse("cases:consent_detail", args=[consent.pk])
    is_real = user.is_secretariat
    state = ConsentState(consent.state if is_real else consent.outward_state)
    notes = []
    if consent.state_since is not None and state == consent.state:
        notes.append(_("since %(date)s") % {"date": dates.gregorian(consent.state_since)})
    if is_real:
        notes += _waits_for(consent)
    tone = _TONES.get(state, "neutral")
    if is_real and tone == "green" and not counts_as_given(consent):
        tone = "amber"
    return Stand(state.label, tone, ConsentRole(consent.role).label, tuple(notes), url)


def _waits_for(consent: Consent) -> list[str]:
    notes = []
    if any(step.waits_for_countersignature for step in consent.steps.all()):
        notes.append(_("countersignature awaited"))
    if any(step.confirmation_pending for step in consent.steps.all()):
        notes.append(_("confirmation in writing pending"))
    if consent.state == ConsentState.CONDITIONAL:
        current = [row for row in consent.conditions.all() if row.is_current]
        met = sum(row.met_on is not None for row in current)
        notes.append(
            ngettext(
                "%(met)d of %(count)d condition met",
                "%(met)d of %(count)d conditions met",
                len(current),
            )
            % {"met": met, "count": len(current)}
        )
    if consent.outward_state != consent.state:
        notes.append(_("shown outside: %(state)s") % {"state": consent.get_outward_state_display()})
    return notes


def matrix_of(
    user: Any, process: Process, parties: Iterable[Party], consents: Iterable[Consent]
) -> Matrix:
    """Return the matrix party × role of one process.

    Args:
        parties: those whose row is shown.
        consents: those of the process that the reader sees.
    """
    by_place = {(consent.party_id, consent.role): consent for consent in consents}
    rows = [Row(party, _stands(user, party, by_place)) for party in parties]
    return Matrix(
        process,
        [role.label for role in ConsentRole],
        [row for row in rows if row.party.is_government],
        [row for row in rows if not row.party.is_government],
    )


def _stands(user: Any, party: Party, by_place: dict[tuple[Any, str], Consent]) -> list[Stand]:
    return [
        stand_of(user, consent)
        if (consent := by_place.get((party.pk, role)))
        else Stand(ConsentState.NOT_SOUGHT.label, "none", role.label)
        for role in ConsentRole
    ]
