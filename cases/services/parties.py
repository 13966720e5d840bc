"""Who is a party to a file, and why the parties are at odds."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from cases.choices import CauseKind, PartyKind
from cases.models import Dispute, Party, RootCause
from cases.services.disputes import refresh_search_text, require_one_world
from common.changes import apply_changes, lock
from common.errors import Refused
from common.policy import require
from institutions.models import Actor


@transaction.atomic
def add_party(
    *, actor: User, dispute: Dispute, party_actor: Actor, kind: str, **wording: Any
) -> Party:
    """Add a party of any kind, with its wordings and the days it is one (Rule D1).

    Args:
        party_actor: the State, movement or other actor.
        wording: neutral names, ``official_wording``, ``own_wording``, ``valid_from``, ``valid_to``.

    Raises:
        Refused: a thematic file has no parties (C7); a State is a government and only a State is;
            worlds are mixed.
    """
    dispute = lock(dispute)
    require(actor, "cases.change_dispute", dispute)
    if dispute.is_thematic:
        raise Refused("thematic_file", _("A thematic file has no parties."))
    _require_kind(party_actor, kind)
    require_one_world(dispute, party_actor)
    party = Party(dispute=dispute, actor=party_actor, kind=kind, **wording)
    party.full_clean()
    party.save()
    refresh_search_text(dispute)
    record(actor=actor, verb="cases.party_added", target=party, subject=dispute, kind=kind)
    return party


def _require_kind(party_actor: Actor, kind: str) -> None:
    if (kind == PartyKind.GOVERNMENT) != party_actor.is_government:
        raise Refused(
            "party_kind",
            _("A State stands in a file as its Government, and nobody else does."),
            field="kind",
        )


@transaction.atomic
def change_party(*, actor: User, party: Party, version: int | None = None, **wording: Any) -> Party:
    """Change a party's wordings or the days it is one.

    Raises:
        Stale: somebody else changed the party meanwhile.
    """
    party = lock(party, version=version)
    require(actor, "cases.change_dispute", party.dispute)
    changes = apply_changes(party, wording)
    party.full_clean()
    party.save()
    refresh_search_text(party.dispute)
    record(
        actor=actor,
        verb="cases.party_changed",
        target=party,
        subject=party.dispute,
        changes=changes,
    )
    return party


@transaction.atomic
def add_root_cause(
    *,
    actor: User,
    dispute: Dispute,
    kind: str = CauseKind.STRUCTURAL,
    identified_on: date,
    **texts: str,
) -> RootCause:
    """Record why the parties are at odds, as an entry of its own.

    Args:
        texts: ``text_en``, ``text_fr``, ``text_ar``, ``source``.
    """
    require(actor, "cases.change_dispute", dispute)
    cause = RootCause(dispute=dispute, kind=kind, identified_on=identified_on, **texts)
    cause.full_clean()
    cause.save()
    record(actor=actor, verb="cases.root_cause_added", target=cause, subject=dispute, kind=kind)
    return cause


@transaction.atomic
def change_root_cause(
    *, actor: User, cause: RootCause, version: int | None = None, **values: Any
) -> RootCause:
    """Correct a root cause.

    Raises:
        Stale: somebody else changed it meanwhile.
    """
    cause = lock(cause, version=version)
    require(actor, "cases.change_dispute", cause.dispute)
    changes = apply_changes(cause, values)
    cause.full_clean()
    cause.save()
    record(
        actor=actor,
        verb="cases.root_cause_changed",
        target=cause,
        subject=cause.dispute,
        changes=changes,
    )
    return cause
