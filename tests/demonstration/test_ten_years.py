"""Ten years of the clock over the demonstration world end no file that no person ended (D4, D5).

``python -m benchmarks.ten_years`` wakes the sweeps on each day; here they wake once a quarter.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from benchmarks.ten_years import DAYS, live_through
from cases.choices import DisputeStatus
from cases.models import Dispute
from oicmediation.demonstration.world import Told
from tests.demonstration.conftest import ON

pytestmark = pytest.mark.django_db


def test_ten_years_of_sweeps_end_no_file(told: Told) -> None:
    statuses = dict(Dispute.objects.values_list("reference", "status"))
    assert DisputeStatus.ACTIVE in statuses.values()

    years = live_through(ON + timedelta(days=number) for number in range(0, DAYS, 91))

    assert dict(Dispute.objects.values_list("reference", "status")) == statuses
    assert years.ended == []
    assert not any(years.left.values())
    assert years.written["cases.ask_for_news"]
