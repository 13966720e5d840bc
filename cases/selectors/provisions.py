"""Provisions of an agreement by group, on the catalogue that published agreements use too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from cases.models import AgreementProvision
from common.errors import Text
from library.provisions import PROVISIONS, Group, ProvisionCode, provision_code


@dataclass(frozen=True)
class RecordedProvision:
    """A provision on record with what its code means."""

    row: AgreementProvision
    code: ProvisionCode


@dataclass(frozen=True)
class ProvisionGroup:
    """The provisions of one agreement that belong together."""

    label: Text
    provisions: list[RecordedProvision]


def grouped(provisions: Iterable[AgreementProvision]) -> list[ProvisionGroup]:
    """Return provisions by group, both in the catalogue's order."""
    order = {code: number for number, code in enumerate(PROVISIONS)}
    rows = sorted(provisions, key=lambda row: order.get(row.code, len(order)))
    recorded = [RecordedProvision(row, provision_code(row.code)) for row in rows]
    return [
        ProvisionGroup(Group(key).label, list(members))
        for key, members in groupby(recorded, key=lambda provision: provision.code.group)
    ]
