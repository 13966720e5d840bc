"""Files of published history: filled by the house itself from published facts, closed to people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from cases.choices import PartyKind
from cases.models import Agreement, Dispute, Party, Process, ProcessParty
from cases.services import access
from cases.services.agreement_parts import write_provision, write_signatory
from cases.services.agreements import write_agreement
from cases.services.disputes import refresh_search_text, require_one_world
from common.changes import lock
from common.choices import Classification
from common.errors import Refused
from common.policy import require
from common.reference import new_reference
from institutions.models import Actor


@transaction.atomic
def open_published_history(
    *,
    actor: None,
    type: str,
    opened_on: date,
    process_titles: dict[str, str],
    process_opened_on: date,
    parties: Sequence[tuple[Actor, str]],
    **texts: str,
) -> Process:
    """Open a file of published history with its one process, and return that process.

    It is classified open and has neither officer nor team, stage nor engagement: nothing that the
    General Secretariat has not published (domain.md § 7, Demonstration).

    Args:
        actor: the house itself (``common.actor.SYSTEM``).
        opened_on: the day on which the file is entered here.
        process_opened_on: the day of the first publication.
        parties: who talks with whom: the actor of the register, and the wording of the documents.
        texts: any of ``cases.services.disputes.TEXT_FIELDS``.

    Raises:
        NotPermitted: a person acts.
        Refused: a party is of the exercise.
    """
    dispute = Dispute(
        reference=new_reference("MED", opened_on.year),
        type=type,
        opened_on=opened_on,
        classification=Classification.OPEN,
        is_historical=True,
        **texts,
    )
    require(actor, "cases.publish_history", dispute)
    dispute.full_clean()
    dispute.save()
    process = Process(dispute=dispute, opened_on=process_opened_on, **process_titles)
    process.full_clean()
    process.save()
    for party_actor, wording in parties:
        _write_party(process, party_actor, wording)
    access.sync_open_files(dispute=dispute, on=opened_on, by=actor)
    refresh_search_text(dispute)
    record(actor=actor, verb="cases.dispute_opened", target=dispute, type=type)
    return process


def _write_party(process: Process, party_actor: Actor, wording: str) -> None:
    require_one_world(process.dispute, party_actor)
    kind = PartyKind.GOVERNMENT if party_actor.is_government else PartyKind.MOVEMENT
    party = Party(dispute=process.dispute, actor=party_actor, kind=kind, official_wording=wording)
    party.full_clean()
    party.save()
    ProcessParty.objects.create(process=process, party=party)


@transaction.atomic
def record_published_agreement(
    *,
    actor: None,
    process: Process,
    source: str,
    recorded_on: date,
    parties: Sequence[Party] = (),
    signatories: Sequence[dict[str, Any]] = (),
    provisions: dict[str, int] | None = None,
    **values: Any,
) -> Agreement:
    """Record an agreement on a file of published history, with those who stand on it.

    The only way in for such files: the loader of the demonstration world calls it as the system,
    people are refused. It records what was published and nothing else; no stage is moved, for a
    real file has none (domain.md § 7, Demonstration).

    Args:
        actor: the house itself (``common.actor.SYSTEM``).
        source: where it was published; never empty.
        signatories: arguments of ``agreement_parts.add_signatory`` (``role``, ``party``,
            ``signatory_actor``, ``name``, ``function``, ``sex``), one each.
        provisions: detail (1 to 3) by code of the catalogue.
        values: any of ``cases.services.agreements.FIELDS``.

    Raises:
        NotPermitted: a person acts.
        Refused: the file is no published history, or the source is missing.
    """
    process = lock(process)
    require(actor, "cases.publish_history", process.dispute)
    if not source.strip():
        raise Refused(
            "source_missing", _("Name the source in which this was published."), field="source"
        )
    agreement = write_agreement(
        actor=actor,
        process=process,
        parties=parties,
        classification=None,
        recorded_on=recorded_on,
        values={**values, "source": source},
    )
    for signatory in signatories:
        write_signatory(agreement, **signatory)
    for code, level in (provisions or {}).items():
        write_provision(agreement, code, level)
    record(
        actor=actor,
        verb="cases.agreement_recorded",
        target=agreement,
        subject=process.dispute,
        stage=agreement.stage,
        status=agreement.status,
        source=source,
    )
    return agreement
