"""Opening a file of published history: by the house alone, open, and empty of all but parties."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError

from accounts.models import User
from audit.models import AuditEvent
from cases.choices import DisputeType
from cases.models import Dispute, Process
from cases.services.history import open_published_history
from common.actor import SYSTEM
from common.choices import Classification
from common.errors import NotPermitted, Refused
from tests.factories.institutions import ActorFactory, StateFactory

pytestmark = pytest.mark.django_db


def open_history(*, actor: Any = SYSTEM, is_exercise: bool = False) -> Process:
    return open_published_history(
        actor=actor,
        type=DisputeType.INTRA_STATE_MEMBER,
        opened_on=date(2026, 6, 7),
        process_opened_on=date(1976, 12, 23),
        process_titles={"title_en": "Talks of Orvana"},
        parties=[
            (StateFactory(exercise=is_exercise).actor, "Government of Orvana"),
            (ActorFactory(kind="movement", is_exercise=is_exercise), "Movement of the hills"),
        ],
        title_en="Peace process in Orvana",
    )


def test_open_published_history_keeps_parties_and_nothing_of_the_secretariats() -> None:
    process = open_history()
    dispute = process.dispute

    assert dispute.is_historical
    assert dispute.classification == Classification.OPEN
    assert (dispute.desk_officer, dispute.opened_by, dispute.unit) == (None, None, None)
    assert (process.stage, process.engagement) == ("", "")
    assert {party.kind for party in process.parties.all()} == {"government", "movement"}
    assert "orvana" in dispute.search_text


def test_open_published_history_is_seen_by_staff_who_see_open_files(
    officer: User, focal_point: User
) -> None:
    dispute = open_history().dispute

    assert dispute in Dispute.objects.visible_to(officer)
    assert dispute not in Dispute.objects.visible_to(focal_point)


def test_open_published_history_by_a_person_is_refused(asg: User) -> None:
    with pytest.raises(NotPermitted):
        open_history(actor=asg)

    assert not Dispute.objects.exists()


def test_open_published_history_with_a_party_of_the_exercise_is_refused() -> None:
    with pytest.raises(Refused, match="other world"):
        open_history(is_exercise=True)

    assert not Dispute.objects.exists()


def test_open_published_history_is_recorded(
    events: Callable[[str], list[AuditEvent]],
) -> None:
    dispute = open_history().dispute

    (event,) = events("cases.dispute_opened")
    assert event.target_id == str(dispute.pk)


@pytest.mark.usefixtures("broken_record")
def test_open_published_history_leaves_nothing_when_the_record_cannot_be_written() -> None:
    with pytest.raises(DatabaseError):
        open_history()

    assert not Dispute.objects.exists()
