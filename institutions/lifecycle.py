"""Which organ may adopt, renew or end a mandate (Rules M2, M6, M7 of domain.md): pure functions.

The order of the organs that decide is Summit > Council of Foreign Ministers > Executive Committee,
written as ranks 30, 20 and 10; an organ of rank 0 decides nothing.
"""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext as _

from common.policy import Allowed, Denied, Verdict


class Decider(Protocol):
    """What the rules need to know of an organ."""

    rank: int
    may_adopt_mandate: bool
    may_adopt_urgent: bool


def may_adopt(organ: Decider, *, is_urgent: bool) -> Verdict:
    """Say whether an organ may adopt a mandate.

    Rule M2 (domain.md): Summit, Council of Foreign Ministers, a joint session; the Executive
    Committee only as urgent.
    """
    if organ.may_adopt_mandate:
        return Allowed()
    if not organ.may_adopt_urgent:
        return Denied(
            "organ_adopts_no_mandate",
            _("The %(organ)s does not adopt mandates.") % {"organ": organ},
            is_rule=True,
        )
    if is_urgent:
        return Allowed(_only_to_the_next_council())
    return Denied(
        "organ_adopts_urgent_only",
        _("The %(organ)s adopts a mandate only as urgent.") % {"organ": organ},
        is_rule=True,
    )


def may_renew(organ: Decider, adopter: Decider, *, is_reserved: bool) -> Verdict:
    """Say whether `organ` may renew, extend or complete what `adopter` adopted.

    Rule M6 (domain.md): the same or a higher organ; also the Council for what a Summit adopted,
    unless the Summit's text reserves it; the Executive Committee only to the next Council.

    Args:
        organ: who would renew.
        adopter: whose text the mandate rests on.
        is_reserved: the adopter's text keeps the renewal to itself.
    """
    if not (organ.may_adopt_mandate or organ.may_adopt_urgent):
        return Denied(
            "organ_renews_no_mandate",
            _("The %(organ)s does not renew mandates.") % {"organ": organ},
            is_rule=True,
        )
    if is_reserved and organ.rank < adopter.rank:
        return Denied(
            "renewal_reserved",
            _("The text of the %(adopter)s reserves the renewal to itself.") % {"adopter": adopter},
            is_rule=True,
        )
    return Allowed() if organ.may_adopt_mandate else Allowed(_only_to_the_next_council())


def renews_only_to_next_council(organ: Decider) -> bool:
    """Tell whether what the organ adopts or extends lapses at the close of the next Council."""
    return organ.may_adopt_urgent and not organ.may_adopt_mandate


def may_end(organ: Decider, adopter: Decider) -> Verdict:
    """Say whether `organ` may end or narrow what `adopter` adopted.

    Rules M6 and M7 (domain.md): the same or a higher organ; the Secretary General only proposes.
    """
    if organ.rank > 0 and organ.rank >= adopter.rank:
        return Allowed()
    return Denied(
        "organ_too_low_to_end",
        _("The %(organ)s may not end or narrow what the %(adopter)s adopted.")
        % {"organ": organ, "adopter": adopter},
        is_rule=True,
    )


def _only_to_the_next_council() -> str:
    return _("It lapses at the close of the next Council of Foreign Ministers unless confirmed.")
