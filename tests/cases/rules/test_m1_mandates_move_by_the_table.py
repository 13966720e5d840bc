"""Rules M1 to M3: draft, adopted by an organ, active by its conditions; ended ones are succeeded."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cases.choices import ConsentRole, MandateEnd, MandateState, MandateType
from cases.lifecycle import MANDATE_MOVES
from cases.models import Mandate
from cases.policies.mandates import may_move
from cases.services.mandates import (
    activate_mandate,
    adopt_mandate,
    change_draft_mandate,
    draft_mandate,
    suspend_mandate,
)
from common.errors import Refused, Stale
from tests.cases.rules.world import TODAY, World
from tests.factories.cases import DisputeFactory, MandateFactory, ProcessFactory
from tests.factories.institutions import (
    ActorFactory,
    OrganFactory,
    ResolutionFactory,
    SessionFactory,
)

DATED = {"end_kind": MandateEnd.DATE, "ends_on": date(2030, 12, 31)}


def draft(world: World, **options: Any) -> Mandate:
    values = {"dispute": world.dispute, "type": MandateType.MEDIATION, **DATED, **options}
    return draft_mandate(actor=world.officer, **values)


def adopt(world: World, mandate: Mandate, **options: Any) -> Mandate:
    decision = options.pop("decision", None) or world.decision()
    return adopt_mandate(actor=world.officer, mandate=mandate, **{**decision, **options})


# M1 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("old", MandateState)
@pytest.mark.parametrize("new", MandateState)
def test_m1_the_moves_are_those_of_the_table(old: str, new: str) -> None:
    mandate = Mandate(state=old)

    assert bool(may_move(mandate, MandateState(new))) == (new in MANDATE_MOVES[MandateState(old)])


def test_m1_what_is_over_moves_nowhere() -> None:
    assert MANDATE_MOVES[MandateState.EXPIRED] == frozenset()
    assert MANDATE_MOVES[MandateState.TERMINATED] == frozenset()


def test_m1_an_active_mandate_is_suspended_and_resumed(world: World, events: Any) -> None:
    mandate = world.mandate(active=True, type=MandateType.ENQUIRY, terms_waived_reason="Short")

    suspended = suspend_mandate(actor=world.officer, mandate=mandate, reason="At their request")
    with pytest.raises(Refused) as again:
        suspend_mandate(actor=world.officer, mandate=mandate, reason="At their request")
    resumed = activate_mandate(actor=world.officer, mandate=mandate, on=TODAY)

    assert (suspended.state, resumed.state) == (MandateState.SUSPENDED, MandateState.ACTIVE)
    assert again.value.code == "no_such_move"
    assert len(events("cases.mandate_resumed")) == 1


def test_m1_a_successor_renews_the_old_one_and_both_stay_readable(world: World) -> None:
    old = world.mandate(active=True, holders=[world.holder])
    successor = draft(world, holders=[world.holder], processes=[world.process], succeeds=old)

    adopt(world, successor)

    old.refresh_from_db()
    assert old.state == MandateState.RENEWED
    assert old.successor == successor
    assert not old.assignments.filter(is_occupying=True).exists()
    assert successor.assignments.filter(is_occupying=True).exists()


def test_m1_a_mandate_succeeds_one_of_its_file_only(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        draft(world, succeeds=MandateFactory())

    assert refusal.value.code == "foreign_mandate"


def test_a_draft_covers_processes_of_its_file_and_holders_of_its_world(world: World) -> None:
    with pytest.raises(Refused) as process:
        draft(world, processes=[ProcessFactory()])
    with pytest.raises(Refused) as holder:
        draft(world, holders=[ActorFactory(exercise=True)])
    with pytest.raises(Refused) as changed:
        change_draft_mandate(
            actor=world.officer, mandate=draft(world), processes=[ProcessFactory()]
        )

    assert (process.value.code, holder.value.code) == ("foreign_process", "other_world")
    assert changed.value.code == "foreign_process"


def test_c7_a_thematic_file_knows_no_mediation(world: World) -> None:
    thematic = DisputeFactory(desk_officer=world.officer, thematic=True)

    with pytest.raises(Refused) as refusal:
        draft(world, dispute=thematic)

    assert refusal.value.code == "thematic_file"
    assert draft(world, dispute=thematic, type=MandateType.FOLLOW_UP)


def test_a_changed_draft_says_what_changed_of_its_holders(world: World, events: Any) -> None:
    mandate = draft(world, holders=[world.holder])
    other = ActorFactory()

    change_draft_mandate(
        actor=world.officer, mandate=mandate, holders=[other], processes=[world.process]
    )
    with pytest.raises(Stale):
        change_draft_mandate(actor=world.officer, mandate=mandate, version=1, title_en="Late")

    changes = events("cases.mandate_changed")[0].payload["changes"]
    assert changes["holders"] == [[str(world.holder.pk)], [str(other.pk)]]
    assert changes["processes"] == [[], [str(world.process.pk)]]


def test_an_adopted_mandate_is_not_rewritten(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        change_draft_mandate(
            actor=world.officer, mandate=world.mandate(adopted=True), title_en="Another"
        )

    assert refusal.value.code == "adopted_already"


# M2 ---------------------------------------------------------------------------------------------


def test_m2_an_adoption_names_organ_session_resolution_paragraph_and_date(world: World) -> None:
    decision = world.decision()

    adopted = adopt(world, draft(world, holders=[world.holder]), decision=decision)

    assert adopted.state == MandateState.ADOPTED
    assert {name: getattr(adopted, name) for name in decision} == decision
    assert adopted.starts_on == decision["adopted_on"]


def test_m2_an_adoption_without_a_paragraph_is_none(world: World) -> None:
    with pytest.raises(ValidationError):
        adopt(world, draft(world, holders=[world.holder]), paragraph="")


def test_m2_a_mandate_needs_a_holder(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        adopt(world, draft(world))

    assert (refusal.value.code, refusal.value.field) == ("holder_missing", "holders")


def test_m2_only_summit_and_council_adopt(world: World) -> None:
    codes = []
    for organ in (OrganFactory(), world.committee):
        with pytest.raises(Refused) as refusal:
            adopt(world, draft(world, holders=[ActorFactory()]), decision=world.decision(organ))
        codes.append(refusal.value.code)

    assert codes == ["organ_adopts_no_mandate", "organ_adopts_urgent_only"]
    assert adopt(world, draft(world, holders=[world.holder]), decision=world.decision(world.summit))


def test_m2_a_joint_session_adopts_for_both_organs(world: World) -> None:
    decision = world.decision(world.committee, joint_with=world.council.actor)

    adopted = adopt(
        world, draft(world, holders=[world.holder]), decision={**decision, "organ": world.council}
    )

    assert adopted.organ == world.council


def test_m2_the_decision_fits_together(world: World) -> None:
    mandate = draft(world, holders=[world.holder])
    wrong = {
        "other_session": {"resolution": ResolutionFactory()},
        "other_organ": {"organ": world.summit},
        "other_world": {"session": SessionFactory(exercise=True)},
    }

    for code, part in wrong.items():
        with pytest.raises(Refused) as refusal:
            adopt(world, mandate, **part)
        assert refusal.value.code == code


def test_m2_a_mandate_is_adopted_once(world: World) -> None:
    mandate = adopt(world, draft(world, holders=[world.holder]))

    with pytest.raises(Refused) as refusal:
        adopt(world, mandate)

    assert refusal.value.code == "no_such_move"


# M3 ---------------------------------------------------------------------------------------------


def test_m3_activation_names_what_is_missing_one_after_the_other(world: World) -> None:
    starts_on = TODAY - timedelta(days=10)
    mandate = world.mandate(adopted=True, starts_on=starts_on, covering=[world.mediation])

    def activate(on: date) -> Mandate:
        return activate_mandate(actor=world.officer, mandate=mandate, on=on)

    with pytest.raises(Refused) as early:
        activate(starts_on - timedelta(days=1))
    with pytest.raises(Refused) as termless:
        activate(TODAY)
    Mandate.objects.filter(pk=mandate.pk).update(terms_waived_reason="The text says it all")
    world.agreed(world.orvana, process=world.mediation, role=ConsentRole.MEDIATION)
    with pytest.raises(Refused) as unconsented:
        activate(TODAY)
    world.agreed(world.naruba, process=world.mediation, role=ConsentRole.MEDIATION)

    codes = [error.value.code for error in (early, termless, unconsented)]
    assert codes == ["not_begun", "terms_missing", "consent_missing"]
    assert unconsented.value.missing == ("Naruba",)
    assert activate(TODAY).state == MandateState.ACTIVE


def test_m3_other_mandates_than_mediation_need_no_consent(world: World) -> None:
    mandate = world.mandate(
        adopted=True, type=MandateType.GOOD_OFFICES, terms_waived_reason="The text says it all"
    )

    active = activate_mandate(actor=world.officer, mandate=mandate, on=TODAY)

    assert active.state == MandateState.ACTIVE


def test_m3_a_mediation_mandate_of_the_whole_file_needs_consent_in_every_process(
    world: World,
) -> None:
    mandate = world.mandate(adopted=True, terms_waived_reason="Clear", covering=[])
    world.agreed(world.orvana, world.naruba, role=ConsentRole.MEDIATION)
    tesmal = world.government("Tesmal")
    ProcessFactory(dispute=world.dispute, parties=[world.orvana, tesmal])

    with pytest.raises(Refused) as refusal:
        activate_mandate(actor=world.officer, mandate=mandate, on=TODAY)

    assert set(refusal.value.missing) == {"Orvana", "Tesmal"}


def test_m5_a_mandate_past_its_end_is_not_activated(world: World) -> None:
    mandate = world.mandate(
        adopted=True,
        type=MandateType.ENQUIRY,
        terms_waived_reason="Clear",
        ends_on=TODAY - timedelta(days=1),
    )

    with pytest.raises(Refused) as refusal:
        activate_mandate(actor=world.officer, mandate=mandate, on=TODAY)

    assert refusal.value.code == "mandate_lapsed"
    assert str(mandate.resolution) in str(refusal.value.message)


def test_a_mandate_of_the_exercise_stands_on_exercise_decisions(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        adopt(
            world,
            draft(world, holders=[world.holder]),
            decision=world.decision(is_exercise=True),
        )

    assert refusal.value.code == "other_world"


def test_m1_a_mandate_under_review_is_active_already(world: World) -> None:
    mandate = world.mandate(active=True, state=MandateState.UNDER_REVIEW)

    with pytest.raises(Refused) as refusal:
        activate_mandate(actor=world.officer, mandate=mandate, on=TODAY)

    assert refusal.value.code == "under_review"
