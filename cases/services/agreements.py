"""Agreements of the parties: facts on record; a signature moves a process and ends nothing (D3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from cases.models import Agreement, AgreementParty, Dispute, Party, Process
from cases.services.processes import move_by_agreement
from cases.services.secrecy import require_classification
from common.changes import apply_changes, lock
from common.errors import Refused
from common.policy import require
from common.text import join_search_text

FIELDS = (
    "title_en",
    "title_fr",
    "title_ar",
    "stage",
    "status",
    "is_final",
    "signed_earliest",
    "signed_latest",
    "signed_as_written",
    "place",
    "names_oic",
    "source",
    "summary",
    "classification",
)


@transaction.atomic
def record_agreement(
    *,
    actor: User,
    process: Process,
    recorded_on: date,
    parties: Sequence[Party] = (),
    classification: int | None = None,
    **values: Any,
) -> Agreement:
    """Record an agreement of a process; want of consent, basis or stage never stands in the way.

    Once it is signed, one of stage comprehensive or marked final moves its process to
    implementation (Rule D3). Nothing else follows: the file and the process stay open.

    Args:
        recorded_on: today; a day of signature lies on it or before.
        parties: who is bound by it; parties of the same file.
        classification: the file's own when omitted.
        values: any of ``FIELDS``; a signature dated to one day needs ``signed_earliest`` only.

    Raises:
        Refused: a party of another file, a signature in the future, a classification below the
            file's or above the actor's clearance.
    """
    process.dispute = lock(process.dispute)
    require(actor, "cases.record_agreement", process)
    agreement = write_agreement(
        actor=actor,
        process=process,
        parties=parties,
        classification=classification,
        recorded_on=recorded_on,
        values=values,
    )
    _move_process(actor, agreement, recorded_on)
    record(
        actor=actor,
        verb="cases.agreement_recorded",
        target=agreement,
        subject=process.dispute,
        stage=agreement.stage,
        status=agreement.status,
    )
    return agreement


def write_agreement(
    *,
    actor: User | None,
    process: Process,
    parties: Sequence[Party],
    classification: int | None,
    recorded_on: date,
    values: dict[str, Any],
) -> Agreement:
    """Write a new agreement of a process with the parties bound by it.

    Raises:
        Refused: as :func:`record_agreement` does.
    """
    dispute = process.dispute
    level = dispute.classification if classification is None else classification
    require_classification(actor=actor, dispute=dispute, classification=level)
    require_own_parties(dispute, parties)
    agreement = Agreement(process=process, classification=level, **_with_bounds(values))
    _require_past_signature(agreement, recorded_on)
    agreement.search_text = _search_text(agreement)
    agreement.full_clean()
    agreement.save()
    AgreementParty.objects.bulk_create(
        [AgreementParty(agreement=agreement, party=party) for party in parties]
    )
    return agreement


def _with_bounds(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with the one known day as both bounds."""
    if values.get("signed_earliest") and not values.get("signed_latest"):
        return {**values, "signed_latest": values["signed_earliest"]}
    return values


def _search_text(agreement: Agreement) -> str:
    """Return the words under which everybody who sees the agreement finds it."""
    return join_search_text(
        agreement.title_en,
        agreement.title_fr,
        agreement.title_ar,
        agreement.place,
        agreement.signed_as_written,
    )


def require_own_parties(
    dispute: Dispute, parties: Sequence[Party | None], field: str = "parties"
) -> None:
    """Refuse a party of another file.

    Raises:
        Refused: one of them is no party of this file.
    """
    if any(party is not None and party.dispute_id != dispute.pk for party in parties):
        raise Refused("foreign_party", _("Choose among the parties of this file."), field=field)


def _require_past_signature(agreement: Agreement, recorded_on: date) -> None:
    latest = agreement.signed_earliest
    if agreement.is_signed and latest is not None and latest > recorded_on:
        raise Refused(
            "signed_in_future",
            _("The day of signature lies in the future. Record the text as a draft until then."),
            field="signed_earliest",
        )


def _move_process(actor: User, agreement: Agreement, recorded_on: date) -> None:
    if agreement.opens_implementation and agreement.signed_latest is not None:
        move_by_agreement(
            actor=actor,
            process=agreement.process,
            agreement=agreement,
            on=min(agreement.signed_latest, recorded_on),
        )


@transaction.atomic
def change_agreement(
    *,
    actor: User,
    agreement: Agreement,
    recorded_on: date,
    version: int | None = None,
    parties: Sequence[Party] | None = None,
    **values: Any,
) -> Agreement:
    """Change what is on record of an agreement; becoming signed or final moves its process (D3).

    Args:
        recorded_on: today.
        version: the version the person had before them.
        parties: who is bound by it, anew; None leaves them.
        values: any of ``FIELDS``.

    Raises:
        Stale: somebody else changed it meanwhile.
        Refused: as :func:`record_agreement` does.
    """
    agreement = lock(agreement, version=version)
    require(actor, "cases.change_agreement", agreement)
    dispute = agreement.process.dispute
    had_opened = agreement.opens_implementation
    changes = apply_changes(agreement, _with_bounds(values))
    if "classification" in changes:
        require_classification(
            actor=actor, dispute=dispute, classification=agreement.classification
        )
    _require_past_signature(agreement, recorded_on)
    if parties is not None:
        changes |= _set_parties(agreement, parties)
    agreement.search_text = _search_text(agreement)
    agreement.full_clean()
    agreement.save()
    if not had_opened:
        _move_process(actor, agreement, recorded_on)
    record(
        actor=actor,
        verb="cases.agreement_changed",
        target=agreement,
        subject=dispute,
        changes=changes,
    )
    return agreement


def _set_parties(agreement: Agreement, parties: Sequence[Party]) -> dict[str, list[Any]]:
    require_own_parties(agreement.process.dispute, parties)
    before, after = set(agreement.parties.all()), set(parties)
    if before == after:
        return {}
    agreement.parties.set(after)
    agreement.version += 1
    return {"parties": [sorted(str(p.pk) for p in before), sorted(str(p.pk) for p in after)]}
