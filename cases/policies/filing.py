"""Policies of what is filed: agreements and documents."""

from __future__ import annotations

from typing import Any

from cases.models import Agreement, Dispute, Document, Process
from cases.policies.conduct import may_share_party_papers
from cases.policies.rights import may_change
from common.choices import Audience, is_wider
from common.policy import Verdict, first_denied, policy


@policy("cases.record_agreement")
def may_record_agreement(user: Any, process: Process) -> Verdict:
    """Rule D3: recording a fact is never refused for want of consent, basis or stage."""
    return may_change(user, process.dispute)


@policy("cases.change_agreement")
def may_change_agreement(user: Any, agreement: Agreement) -> Verdict:
    """The team keeps what it recorded of an agreement."""
    return may_change(user, agreement.process.dispute)


@policy("cases.file_document")
def may_file_document(user: Any, dispute: Dispute) -> Verdict:
    """The team files documents."""
    return may_change(user, dispute)


@policy("cases.change_document")
def may_change_document(user: Any, document: Document) -> Verdict:
    """The team adds versions and narrows audiences."""
    return may_change(user, document.dispute)


@policy("cases.widen_audience")
def may_widen_audience(user: Any, document: Document, *, audience: str = "") -> Verdict:
    """Widening is an act of its own; a party's papers need the required consent (Rule C4)."""
    verdict = may_change(user, document.dispute)
    is_party_paper = document.audience == Audience.PARTY
    if not verdict or not audience or not is_party_paper:
        return verdict
    if not is_wider(audience, document.audience):
        return verdict
    processes = Process.objects.filter(parties=document.audience_party).select_related("dispute")
    return first_denied(
        verdict, *(may_share_party_papers(user, process) for process in processes)
    )
