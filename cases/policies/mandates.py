"""Policies of mandates: the right to keep them, and what activation asks (Rules M3, C4)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.choices import ConsentRole, MandateEnd, MandateState, MandateType
from cases.lifecycle import MANDATE_MOVES
from cases.models import Dispute, Mandate
from cases.policies.conduct import needs_consent
from cases.policies.rights import may_change
from cases.selectors.situation import Situation
from common.dates import gregorian
from common.policy import Allowed, Denied, Verdict, first_denied, policy
from institutions.lifecycle import renews_only_to_next_council
from institutions.models import Organ


@policy("cases.draft_mandate")
def may_draft_mandate(user: Any, dispute: Dispute) -> Verdict:
    """The team drafts mandates of its file."""
    return may_change(user, dispute)


@policy("cases.change_mandate")
def may_change_mandate(user: Any, mandate: Mandate) -> Verdict:
    """The team keeps its mandates."""
    return may_change(user, mandate.dispute)


def may_move(mandate: Mandate, new_state: MandateState) -> Verdict:
    """Refuse a move that Rule M1 does not know."""
    if new_state in MANDATE_MOVES[MandateState(mandate.state)]:
        return Allowed()
    return Denied(
        "no_such_move",
        _("A mandate that is “%(old)s” cannot become “%(new)s”.")
        % {"old": mandate.get_state_display(), "new": new_state.label},
        is_rule=True,
    )


@policy("cases.adopt_mandate")
def may_adopt_mandate(user: Any, mandate: Mandate) -> Verdict:
    """Rule M2: recording the adoption of a draft."""
    return first_denied(may_change_mandate(user, mandate), may_move(mandate, MandateState.ADOPTED))


def ends_in_time(mandate: Mandate, organ: Organ) -> Verdict:
    """Rule M6: what the Executive Committee adopts lapses at the close of the next Council."""
    last = mandate.end_session if mandate.end_kind == MandateEnd.SESSION else None
    if not renews_only_to_next_council(organ) or (last and last.organ.may_adopt_mandate):
        return Allowed()
    return Denied(
        "ends_with_next_council",
        _(
            "What the %(organ)s adopts lapses at the close of the next Council of Foreign Ministers: "
            "let the mandate end with that session."
        )
        % {"organ": organ},
        is_rule=True,
    )


@policy("cases.activate_mandate")
def may_activate_mandate(user: Any, mandate: Mandate, *, on: date | None = None) -> Verdict:
    """Rule M3: a start that has come, terms of reference or a waiver, and the consent C4 asks."""
    today = on or timezone.localdate()
    return first_denied(
        may_change_mandate(user, mandate),
        _is_not_under_review(mandate),
        may_move(mandate, MandateState.ACTIVE),
        _has_begun(mandate, today),
        _has_terms(mandate),
        _has_consent(mandate, today),
    )


def _is_not_under_review(mandate: Mandate) -> Verdict:
    if mandate.state != MandateState.UNDER_REVIEW:
        return Allowed()
    return Denied("under_review", _("A mandate under review is in force already."), is_rule=True)


def _has_begun(mandate: Mandate, today: date) -> Verdict:
    if mandate.starts_on is not None and mandate.starts_on <= today:
        return Allowed()
    return Denied(
        "not_begun",
        _("The mandate starts on %(date)s.") % {"date": gregorian(mandate.starts_on)}
        if mandate.starts_on
        else _("The mandate has no first day yet."),
        is_rule=True,
    )


def _has_terms(mandate: Mandate) -> Verdict:
    if mandate.terms_waived_reason or mandate.terms.exists():
        return Allowed()
    return Denied(
        "terms_missing",
        _("Terms of reference are missing: add them, or give the reason for waiving them."),
        is_rule=True,
    )


def _has_consent(mandate: Mandate, today: date) -> Verdict:
    if mandate.type != MandateType.MEDIATION:
        return Allowed()
    covered = mandate.processes.all() or mandate.dispute.processes.all()
    return first_denied(
        Allowed(),
        *(needs_consent(Situation(process, today), ConsentRole.MEDIATION) for process in covered),
    )


@policy("cases.suspend_mandate")
def may_suspend_mandate(user: Any, mandate: Mandate) -> Verdict:
    """Rule M1: active ↔ suspended."""
    return first_denied(
        may_change_mandate(user, mandate), may_move(mandate, MandateState.SUSPENDED)
    )


@policy("cases.terminate_mandate")
def may_terminate_mandate(user: Any, mandate: Mandate) -> Verdict:
    """Rule M7: recording that an organ terminated the mandate."""
    return first_denied(
        may_change_mandate(user, mandate), may_move(mandate, MandateState.TERMINATED)
    )
