"""Policies of what is filed: agreements and documents."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Agreement, Dispute, Document, Party, Process
from cases.policies.conduct import may_share_party_papers
from cases.policies.rights import may_change
from common.actor import SYSTEM
from common.choices import Audience, is_wider
from common.policy import Allowed, Denied, Verdict, first_denied, policy

BY_THE_HOUSE_ONLY = Denied(
    "published_by_the_house",
    gettext_lazy("Published history is recorded by the house itself, from published sources."),
)
NOT_HISTORY = Denied(
    "no_published_history",
    gettext_lazy("This file is no published history; a person records what happens in it."),
    is_rule=True,
)


@policy("cases.record_agreement")
def may_record_agreement(user: Any, process: Process) -> Verdict:
    """Rule D3: recording a fact is never refused for want of consent, basis or stage."""
    return may_change(user, process.dispute)


@policy("cases.change_agreement")
def may_change_agreement(user: Any, agreement: Agreement) -> Verdict:
    """The team keeps what it recorded of an agreement."""
    return may_change(user, agreement.process.dispute)


@policy("cases.publish_history")
def may_publish_history(user: Any, dispute: Dispute) -> Verdict:
    """The house alone fills a file of published history (domain.md § 7, Demonstration)."""
    if user is not SYSTEM:
        return BY_THE_HOUSE_ONLY
    return Allowed() if dispute.is_historical else NOT_HISTORY


@policy("cases.file_document")
def may_file_document(user: Any, dispute: Dispute) -> Verdict:
    """The team files documents."""
    return may_change(user, dispute)


@policy("cases.change_document")
def may_change_document(user: Any, document: Document) -> Verdict:
    """The team adds versions, corrects, classifies and narrows audiences."""
    return may_change(user, document.dispute)


def widens(document: Document, audience: str, party: Party | None) -> bool:
    """Tell whether the new audience lets anybody read who does not read today."""
    if audience == document.audience == Audience.PARTY:
        return party != document.audience_party
    return is_wider(audience, document.audience)


@policy("cases.widen_audience")
def may_widen_audience(
    user: Any, document: Document, *, audience: str = "", party: Party | None = None
) -> Verdict:
    """Widening is an act of its own; a party's papers need the required consent (Rule C4).

    Args:
        audience: the wider audience; empty asks for the right alone.
        party: the party that would read it, for the audience "one party".
    """
    verdict = may_change(user, document.dispute)
    owner = document.paper_of
    if not verdict or not audience or owner is None:
        return verdict
    stays_with_owner = audience == Audience.PARTY and party == owner
    if stays_with_owner or not is_wider(audience, Audience.SECRETARIAT):
        return verdict
    processes = list(Process.objects.filter(parties=owner).select_related("dispute"))
    if not processes:
        return Denied(
            "party_in_no_process",
            _(
                "This is a confidential paper of %(party)s, which takes part in no process in which "
                "consent could stand."
            )
            % {"party": owner.name},
            is_rule=True,
            missing=(owner.name,),
        )
    return first_denied(*(may_share_party_papers(user, process) for process in processes))
