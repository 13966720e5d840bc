"""Proving the chain: which rows were altered, removed or inserted behind the house's back.

Each row's hash covers the row and the hash before it; the head keeps the last. All of it is computed
by the database in one pass. Whoever can rewrite the whole chain and its head at once is found by a
head that was published outside (``manage.py audit_head``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db import connection

from audit.models import AuditEvent, ChainHead

GENESIS = "0" * 64
MOST_FAULTS = 1000

What = Literal["altered", "removed", "inserted"]

_SUSPECTS = """
WITH chain AS (
    SELECT number, hash, previous_hash, audit_event_digest(event) AS digest,
           lag(number) OVER in_order AS number_before, lag(hash) OVER in_order AS hash_before
    FROM audit_auditevent event
    WHERE number >= %(first)s - 1
    WINDOW in_order AS (ORDER BY number)
)
SELECT number, coalesce(number_before, 0), digest = hash,
       previous_hash = coalesce(hash_before, %(genesis)s)
FROM chain
WHERE number >= %(first)s
  AND (digest <> hash
       OR number <> coalesce(number_before, 0) + 1
       OR previous_hash <> coalesce(hash_before, %(genesis)s))
ORDER BY number
LIMIT %(limit)s
"""


@dataclass(frozen=True, order=True)
class Fault:
    """Rows ``first`` to ``last`` (one row mostly) are not what was written."""

    first: int
    last: int
    what: What


@dataclass(frozen=True)
class Verified:
    """What a run found."""

    rows: int
    head: ChainHead | None
    faults: list[Fault]

    @property
    def is_whole(self) -> bool:
        return not self.faults


def verify_chain(first: int = 1) -> Verified:
    """Recompute the chain from row `first` to the head.

    Args:
        first: rows before it are taken as verified by an earlier run.
    """
    rows = AuditEvent.objects.filter(number__gte=first).count()
    head = ChainHead.objects.first()
    faults = set(_inner_faults(first)) | set(_faults_at_the_end(head, first))
    return Verified(rows, head, sorted(faults))


def matches_published(number: int, digest: str) -> bool:
    """Tell whether a head published earlier still stands in the chain as it was."""
    return AuditEvent.objects.filter(number=number, hash=digest).exists()


def _inner_faults(first: int) -> list[Fault]:
    with connection.cursor() as cursor:
        cursor.execute(_SUSPECTS, {"first": first, "genesis": GENESIS, "limit": MOST_FAULTS})
        suspects = cursor.fetchall()
    return [fault for suspect in suspects for fault in _faults_of(*suspect)]


def _faults_of(number: int, before: int, is_sealed: bool, is_linked: bool) -> list[Fault]:
    if number < 1:
        return [Fault(number, number, "inserted")]
    faults = []
    if not is_sealed:
        faults.append(Fault(number, number, "altered"))
    if number != before + 1:
        faults.append(Fault(before + 1, number - 1, "removed"))
    elif not is_linked and is_sealed:
        # Sealed anew after a change, or put in the place of another: the next row does not follow.
        faults.append(Fault(max(before, 1), max(before, 1), "altered"))
    return faults


def _faults_at_the_end(head: ChainHead | None, first: int) -> list[Fault]:
    last = AuditEvent.objects.order_by("-number").first()
    last_number = last.number if last else 0
    head_number = head.number if head else 0
    if last_number < head_number:
        return [Fault(max(last_number + 1, first), head_number, "removed")]
    if last_number > head_number:
        return [Fault(head_number + 1, last_number, "inserted")]
    if last and head and last.hash != head.hash:
        return [Fault(last_number, last_number, "altered")]
    return []
