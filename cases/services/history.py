"""Files of published history: filled by the house itself from published facts, closed to people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from cases.models import Agreement, Party, Process
from cases.services.agreement_parts import write_provision, write_signatory
from cases.services.agreements import write_agreement
from common.changes import lock
from common.errors import Refused
from common.policy import require


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
        process, actor, parties, None, recorded_on, {**values, "source": source}
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
