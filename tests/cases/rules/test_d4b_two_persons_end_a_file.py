"""Rule D4b: honourable ways out, with reason and two persons; each file can be reopened."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError

from cases.choices import DisputeStatus, Outcome
from cases.models import Dispute
from cases.services.disputes import change_dispute
from cases.services.ends import approve_end, decline_end, propose_end, reopen_dispute
from common.errors import NotPermitted, Refused
from tests.cases.rules.world import TODAY, World
from tests.factories.cases import DisputeFactory


def propose(world: World, **options: Any) -> Dispute:
    values = {"outcome": Outcome.OPENED_IN_ERROR, "reason": "Opened twice", **options}
    return propose_end(actor=values.pop("actor", world.officer), dispute=world.dispute, **values)


def test_a_file_ends_by_a_second_person(world: World) -> None:
    propose(world)

    ended = approve_end(actor=world.head, dispute=world.dispute, on=TODAY)

    assert (ended.status, ended.outcome, ended.ended_on) == (
        DisputeStatus.ENDED,
        Outcome.OPENED_IN_ERROR,
        TODAY,
    )
    assert (ended.ended_by, ended.end_approved_by) == (world.officer, world.head)
    assert ended.end_proposed_outcome == ""


def test_nobody_approves_or_declines_their_own_proposal(world: World) -> None:
    propose(world, actor=world.head)

    with pytest.raises(Refused) as approving:
        approve_end(actor=world.head, dispute=world.dispute, on=TODAY)
    with pytest.raises(Refused) as declining:
        decline_end(actor=world.head, dispute=world.dispute, reason="On second thoughts")

    assert approving.value.code == declining.value.code == "same_person"


def test_the_desk_officer_only_proposes(world: World) -> None:
    propose(world, actor=world.head)

    with pytest.raises(NotPermitted):
        approve_end(actor=world.officer, dispute=world.dispute, on=TODAY)


def test_a_declined_file_goes_on(world: World) -> None:
    propose(world)

    dispute = decline_end(actor=world.head, dispute=world.dispute, reason="It is another one")

    assert (dispute.status, dispute.end_proposed_outcome) == (DisputeStatus.ACTIVE, "")
    with pytest.raises(Refused) as refusal:
        approve_end(actor=world.head, dispute=world.dispute, on=TODAY)
    assert refusal.value.code == "no_end_proposed"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"outcome": Outcome.SETTLED}, "no_such_end"),
        ({"outcome": Outcome.DECIDED_BY_COURT}, "no_such_end"),
        ({"reason": " "}, "reason_missing"),
        ({"outcome": Outcome.MERGED}, "target_missing"),
    ],
)
def test_a_proposal_that_lacks_something_is_refused(
    world: World, options: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        propose(world, **options)

    assert refusal.value.code == code


def test_a_second_proposal_waits_for_the_first(world: World) -> None:
    propose(world)

    with pytest.raises(Refused) as refusal:
        propose(world)

    assert refusal.value.code == "end_proposed"


def test_a_file_merges_only_into_a_standing_file_of_its_world(world: World) -> None:
    elsewhere = DisputeFactory(exercise=True)
    history = DisputeFactory(history=True)

    with pytest.raises(Refused) as other_world:
        propose(world, outcome=Outcome.MERGED, merged_into=elsewhere)
    with pytest.raises(Refused) as into_history:
        propose(world, outcome=Outcome.MERGED, merged_into=history)
    with pytest.raises(Refused) as into_itself:
        propose(world, outcome=Outcome.MERGED, merged_into=world.dispute)
    with pytest.raises(Refused) as no_merger:
        propose(world, merged_into=DisputeFactory())

    codes = [error.value.code for error in (other_world, into_history, into_itself, no_merger)]
    assert codes == ["target_unfit", "target_unfit", "target_missing", "target_not_wanted"]


def test_a_merger_names_the_file_that_goes_on(world: World) -> None:
    target = DisputeFactory()
    propose(world, outcome=Outcome.MERGED, merged_into=target)

    ended = approve_end(actor=world.asg, dispute=world.dispute, on=TODAY)

    assert (ended.outcome, ended.merged_into) == (Outcome.MERGED, target)


def test_a_merger_is_refused_when_its_target_ended_meanwhile(world: World) -> None:
    target = DisputeFactory(desk_officer=world.officer)
    propose(world, outcome=Outcome.MERGED, merged_into=target)
    propose_end(
        actor=world.officer, dispute=target, outcome=Outcome.OPENED_IN_ERROR, reason="Twice"
    )
    approve_end(actor=world.head, dispute=target, on=TODAY)

    with pytest.raises(Refused) as refusal:
        approve_end(actor=world.head, dispute=world.dispute, on=TODAY)

    assert refusal.value.code == "target_unfit"


def test_an_ended_file_is_changed_only_after_reopening(world: World) -> None:
    propose(world)
    approve_end(actor=world.head, dispute=world.dispute, on=TODAY)
    with pytest.raises(Refused) as changing:
        change_dispute(actor=world.officer, dispute=world.dispute, summary_en="Too late")
    with pytest.raises(Refused) as unreasoned:
        reopen_dispute(actor=world.head, dispute=world.dispute, reason="", on=TODAY)

    reopened = reopen_dispute(
        actor=world.head, dispute=world.dispute, reason="It was another one", on=TODAY
    )

    assert (changing.value.code, unreasoned.value.code) == ("file_ended", "reason_missing")
    assert (reopened.status, reopened.outcome) == (DisputeStatus.ACTIVE, "")
    change_dispute(actor=world.officer, dispute=world.dispute, summary_en="In time")


def test_a_standing_file_is_not_reopened(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        reopen_dispute(actor=world.head, dispute=world.dispute, reason="Why not", on=TODAY)

    assert refusal.value.code == "not_ended"


def test_the_database_knows_no_end_by_one_hand(world: World) -> None:
    with pytest.raises(IntegrityError, match="dispute_ended_by_two_persons"):
        Dispute.objects.filter(pk=world.dispute.pk).update(
            status=DisputeStatus.ENDED,
            outcome=Outcome.SETTLED,
            ended_on=TODAY,
            ended_by=world.head,
            end_approved_by=world.head,
            end_reason="Settled",
        )
