"""Which organ may adopt, renew or end a mandate: Rules M2, M6 and M7 (domain.md), every pair."""

from __future__ import annotations

import pytest

from common.policy import Allowed, Denied
from institutions.lifecycle import may_adopt, may_end, may_renew, renews_only_to_next_council
from institutions.models import Actor, Organ


def organ(name: str, rank: int, *, adopts: bool = False, urgent: bool = False) -> Organ:
    return Organ(
        actor=Actor(name_en=name), rank=rank, may_adopt_mandate=adopts, may_adopt_urgent=urgent
    )


SUMMIT = organ("Islamic Summit", 30, adopts=True, urgent=True)
COUNCIL = organ("Council of Foreign Ministers", 20, adopts=True, urgent=True)
COMMITTEE = organ("Executive Committee", 10, urgent=True)
SECRETARIAT = organ("General Secretariat", 0)


@pytest.mark.parametrize(
    ("by", "is_urgent", "is_open"),
    [
        (SUMMIT, False, True),
        (SUMMIT, True, True),
        (COUNCIL, False, True),
        (COUNCIL, True, True),
        (COMMITTEE, False, False),
        (COMMITTEE, True, True),
        (SECRETARIAT, False, False),
        (SECRETARIAT, True, False),
    ],
)
def test_adopting(by: Organ, is_urgent: bool, is_open: bool) -> None:
    assert bool(may_adopt(by, is_urgent=is_urgent)) is is_open


def test_adopting_urgently_says_that_it_lapses() -> None:
    verdict = may_adopt(COMMITTEE, is_urgent=True)

    assert isinstance(verdict, Allowed)
    assert "next Council" in str(verdict.note)


def test_adopting_denied_names_the_organ() -> None:
    verdict = may_adopt(SECRETARIAT, is_urgent=False)

    assert isinstance(verdict, Denied)
    assert verdict.is_rule
    assert "General Secretariat" in str(verdict.reason)


@pytest.mark.parametrize(
    ("by", "adopter", "is_reserved", "is_open"),
    [
        (SUMMIT, SUMMIT, True, True),
        (COUNCIL, SUMMIT, False, True),
        (COUNCIL, SUMMIT, True, False),
        (COUNCIL, COUNCIL, True, True),
        (COMMITTEE, COUNCIL, False, True),
        (COMMITTEE, COUNCIL, True, False),
        (SECRETARIAT, COMMITTEE, False, False),
        (SUMMIT, COUNCIL, True, True),
    ],
)
def test_renewing(by: Organ, adopter: Organ, is_reserved: bool, is_open: bool) -> None:
    assert bool(may_renew(by, adopter, is_reserved=is_reserved)) is is_open


def test_renewing_by_the_committee_reaches_to_the_next_council() -> None:
    verdict = may_renew(COMMITTEE, COUNCIL, is_reserved=False)

    assert isinstance(verdict, Allowed)
    assert verdict.note
    assert renews_only_to_next_council(COMMITTEE)
    assert not renews_only_to_next_council(COUNCIL)


@pytest.mark.parametrize(
    ("by", "adopter", "is_open"),
    [
        (SUMMIT, SUMMIT, True),
        (SUMMIT, COUNCIL, True),
        (COUNCIL, SUMMIT, False),
        (COUNCIL, COUNCIL, True),
        (COUNCIL, COMMITTEE, True),
        (COMMITTEE, COUNCIL, False),
        (COMMITTEE, COMMITTEE, True),
        (SECRETARIAT, COMMITTEE, False),
        (SECRETARIAT, SECRETARIAT, False),
    ],
)
def test_ending(by: Organ, adopter: Organ, is_open: bool) -> None:
    assert bool(may_end(by, adopter)) is is_open
