"""Rules C1 to C3: one record a party, process and role; steps with date and instrument, never erased."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection

from accounts.models import User
from cases.choices import ConsentRole, ConsentState, Instrument
from cases.lifecycle import CONSENT_MOVES
from cases.models import Consent, ConsentStep
from cases.selectors.situation import Situation, counts_as_given
from cases.services.consents import (
    confirm_in_writing,
    countersign_step,
    meet_condition,
    open_consent,
    record_consent,
)
from common.errors import Refused, Stale
from tests.cases.rules.world import OPENED, TODAY, World
from tests.factories.accounts import AbsenceFactory
from tests.factories.cases import ConsentFactory, ConsentStepFactory, PartyFactory

SOUGHT, GIVEN, CONDITIONAL = ConsentState.SOUGHT, ConsentState.GIVEN, ConsentState.CONDITIONAL
GONE = ConsentState.NO_LONGER_IN_FORCE


def record(world: World, consent: Consent, state: str, **options: Any) -> ConsentStep:
    values = {"on": TODAY, "instrument": Instrument.NOTE, **options}
    return record_consent(actor=world.officer, consent=consent, state=state, **values)


@pytest.mark.parametrize("old", ConsentState)
@pytest.mark.parametrize("new", ConsentState)
def test_only_steps_of_the_table_are_recorded(world: World, old: str, new: str) -> None:
    consent = ConsentFactory(process=world.process, party=world.orvana, state=old)
    conditions = ["A venue agreed"] if new == CONDITIONAL else []

    if new in CONSENT_MOVES[ConsentState(old)]:
        step = record(world, consent, new, conditions=conditions)
        consent.refresh_from_db()
        assert (step.old_state, step.new_state, consent.state) == (old, new, new)
        assert (consent.state_since, step.by) == (TODAY, world.officer)
        return
    with pytest.raises(Refused) as refusal:
        record(world, consent, new, conditions=conditions)
    assert refusal.value.code == "no_such_move"


def test_a_consent_is_opened_once_for_a_party_of_the_process(world: World) -> None:
    opening = {"actor": world.officer, "process": world.process, "role": ConsentRole.MEDIATION}
    open_consent(party=world.orvana, **opening)

    with pytest.raises(ValidationError):
        open_consent(party=world.orvana, **opening)
    with pytest.raises(Refused) as foreign:
        open_consent(party=PartyFactory(dispute=world.dispute), **opening)

    assert foreign.value.code == "foreign_party"


def test_steps_go_forward_in_time_and_not_twice_at_once(world: World) -> None:
    consent = world.consent(world.orvana, SOUGHT, on=TODAY)

    with pytest.raises(Refused) as backdated:
        record(world, consent, GIVEN, on=OPENED)
    record(world, consent, GIVEN)
    with pytest.raises(Stale):
        record(world, consent, GONE, version=1)

    assert (backdated.value.code, backdated.value.field) == ("before_last_step", "on")


def test_the_database_alters_no_step(world: World) -> None:
    consent = world.consent(world.orvana, SOUGHT)

    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_consentstep SET new_state = %s WHERE consent_id = %s",
            [GIVEN, consent.pk],
        )


@pytest.mark.parametrize(
    "particulars",
    [
        {"instrument": Instrument.ORAL},
        {"instrument": Instrument.ORAL, "spoken_by": "The Minister"},
        {"instrument": Instrument.CONDUCT},
    ],
)
def test_an_instrument_says_what_it_must(world: World, particulars: dict[str, str]) -> None:
    consent = world.consent(world.orvana, SOUGHT)

    with pytest.raises(ValidationError):
        record(world, consent, GIVEN, **particulars)


def test_a_press_statement_is_no_instrument(world: World) -> None:
    consent = world.consent(world.orvana, SOUGHT)

    with pytest.raises(ValidationError):
        record(world, consent, GIVEN, instrument="press_statement")


def test_consent_by_conduct_names_the_meeting_and_counts(world: World) -> None:
    consent = world.consent(
        world.orvana, SOUGHT, GIVEN, instrument=Instrument.CONDUCT, meeting="Jeddah, 3 March"
    )

    assert counts_as_given(consent)


# Oral -------------------------------------------------------------------------------------------


def oral(world: World) -> Consent:
    return world.consent(
        world.orvana,
        SOUGHT,
        GIVEN,
        instrument=Instrument.ORAL,
        spoken_by="The Minister",
        spoken_to="The Secretary General",
        confirmation_pending=True,
    )


def test_an_oral_consent_counts_once_countersigned(world: World) -> None:
    consent = oral(world)
    before = counts_as_given(consent)
    words = Situation(world.process, TODAY).missing_consents("good_offices")[0].words()

    countersign_step(actor=world.asg, step=consent.steps.last(), on=TODAY)

    assert not before
    assert "Orvana" in words
    assert "countersignature" in words
    assert counts_as_given(Consent.objects.get(pk=consent.pk))


def test_an_oral_step_is_not_countersigned_in_the_place_of_its_recorder(world: World) -> None:
    own = ConsentStepFactory(
        consent=ConsentFactory(process=world.process, party=world.naruba, sought=True),
        oral=True,
        by=world.asg,
    )
    AbsenceFactory(user=world.asg, stand_in=world.head)
    stand_in = User.objects.get(pk=world.head.pk)

    with pytest.raises(Refused) as refusal:
        countersign_step(actor=stand_in, step=own, on=TODAY)

    assert refusal.value.code == "stands_in_for_first"


def test_an_oral_step_is_countersigned_once_and_by_another(world: World) -> None:
    own = ConsentStepFactory(
        consent=ConsentFactory(process=world.process, party=world.naruba, sought=True),
        oral=True,
        by=world.asg,
    )
    written = ConsentStepFactory(
        consent=ConsentFactory(process=world.process, party=world.orvana, sought=True)
    )

    with pytest.raises(Refused) as same_person:
        countersign_step(actor=world.asg, step=own, on=TODAY)
    with pytest.raises(Refused) as nothing:
        countersign_step(actor=world.asg, step=written, on=TODAY)

    assert (same_person.value.code, nothing.value.code) == (
        "same_person",
        "nothing_to_countersign",
    )


def test_a_confirmation_in_writing_is_recorded_once(world: World) -> None:
    step = oral(world).steps.last()

    confirmed = confirm_in_writing(actor=world.officer, step=step, on=TODAY)
    with pytest.raises(Refused) as refusal:
        confirm_in_writing(actor=world.officer, step=step, on=TODAY)

    assert (confirmed.confirmation_pending, confirmed.confirmed_on) == (False, TODAY)
    assert refusal.value.code == "not_pending"


# Conditions (Rule C3) ---------------------------------------------------------------------------


def test_c3_a_conditional_consent_counts_when_every_condition_is_met(world: World) -> None:
    consent = world.consent(
        world.orvana, SOUGHT, CONDITIONAL, conditions=["A venue agreed", "No press"]
    )
    standings = []

    for condition in consent.conditions.all():
        standings.append(counts_as_given(Consent.objects.get(pk=consent.pk)))
        meet_condition(actor=world.officer, condition=condition, on=TODAY)

    assert standings == [False, False]
    assert counts_as_given(Consent.objects.get(pk=consent.pk))
    with pytest.raises(Refused) as refusal:
        meet_condition(actor=world.officer, condition=consent.conditions.first(), on=TODAY)
    assert refusal.value.code == "met_already"


def test_c3_conditions_stand_with_a_conditional_consent_and_no_other(world: World) -> None:
    consent = world.consent(world.orvana, SOUGHT)

    with pytest.raises(Refused) as without:
        record(world, consent, CONDITIONAL)
    with pytest.raises(Refused) as with_conditions:
        record(world, consent, GIVEN, conditions=["A venue agreed"])

    assert without.value.code == with_conditions.value.code == "conditions"


def test_c3_the_conditions_of_an_earlier_consent_bind_no_later_one(world: World) -> None:
    consent = world.consent(world.orvana, SOUGHT, CONDITIONAL, conditions=["A venue agreed"])

    record(world, consent, GONE)
    record(world, consent, SOUGHT)
    record(world, consent, CONDITIONAL, conditions=["No press"])

    current = consent.conditions.filter(is_current=True)
    assert [condition.text for condition in current] == ["No press"]


# Governments and movements (Rule C2) ------------------------------------------------------------


def test_c2_movements_agree_to_take_part_in_mediation_only(world: World) -> None:
    world.process.places.create(party=world.movement)
    situation = Situation(world.process, TODAY)

    good_offices = [item.party for item in situation.missing_consents(ConsentRole.GOOD_OFFICES)]
    mediation = [item.party for item in situation.missing_consents(ConsentRole.MEDIATION)]

    assert good_offices == [world.orvana, world.naruba]
    assert mediation == [world.orvana, world.naruba, world.movement]


def test_c2_what_is_missing_of_a_movement_is_not_called_consent(world: World) -> None:
    world.process.places.create(party=world.movement)
    missing = Situation(world.process, TODAY).missing_consents(ConsentRole.MEDIATION)

    words = {item.party.name: item.words() for item in missing}
    assert words["The movement"].startswith("the agreement of The movement to take part")
    assert words["Orvana"].startswith("the consent of Orvana")
