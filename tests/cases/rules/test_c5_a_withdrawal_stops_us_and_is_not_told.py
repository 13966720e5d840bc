"""Rule C5: a withdrawal at once stops new outward acts; outside nobody sees it until it is released."""

from __future__ import annotations

from typing import Any

import pytest

from cases.choices import ActivityKind, ActivityState, ConsentRole, ConsentState, Instrument
from cases.models import Consent, ConsentStep
from cases.services.activities import plan_activity
from cases.services.consents import record_consent, release_outward_text
from common import extensions
from common.choices import Classification
from common.errors import Refused
from tests.cases.rules.world import TODAY, World
from tests.factories.accounts import DelegationFactory, StateUserFactory, UserFactory
from tests.factories.cases import (
    ActivityFactory,
    BasisFactory,
    ConsentStepFactory,
    StateNotificationFactory,
    TeamMemberFactory,
)

SOUGHT, GIVEN = ConsentState.SOUGHT, ConsentState.GIVEN
GONE = ConsentState.NO_LONGER_IN_FORCE


def record(world: World, consent: Consent, state: str) -> ConsentStep:
    return record_consent(
        actor=world.officer, consent=consent, state=state, on=TODAY, instrument=Instrument.NOTE
    )


def release(world: World, step: ConsentStep, **texts: str) -> ConsentStep:
    texts = texts or {"outward_text_en": "Orvana has asked for time."}
    return release_outward_text(actor=world.asg, step=step, **texts)


def outward(consent: Consent) -> str:
    return Consent.objects.get(pk=consent.pk).outward_state


def test_planned_joint_acts_of_the_role_go_on_hold_at_once(world: World, events: Any) -> None:
    BasisFactory(process=world.process)
    world.agreed(world.naruba)
    consent = world.consent(world.orvana, SOUGHT, GIVEN)
    kinds = (ActivityKind.JOINT_ROUND, ActivityKind.PROPOSAL, ActivityKind.SEPARATE_CONTACT)
    planned = [ActivityFactory(process=world.process, kind=kind) for kind in kinds]
    held = ActivityFactory(
        process=world.process, kind=ActivityKind.JOINT_ROUND, state=ActivityState.HELD
    )

    record(world, consent, GONE)

    for activity in (*planned, held):
        activity.refresh_from_db()
    assert [activity.state for activity in planned] == ["on_hold", "on_hold", "planned"]
    assert "Orvana" in planned[0].hold_reason
    assert held.state == ActivityState.HELD
    assert len(events("cases.activity_on_hold")) == 2
    with pytest.raises(Refused) as refusal:
        plan_activity(
            actor=world.officer,
            process=world.process,
            kind=ActivityKind.JOINT_ROUND,
            planned_on=TODAY,
            purpose="The fourth round",
        )
    assert refusal.value.missing == ("Orvana",)


def test_contact_with_the_withdrawing_party_is_never_blocked(world: World) -> None:
    consent = world.consent(world.orvana, SOUGHT, GIVEN)
    record(world, consent, GONE)

    assert plan_activity(
        actor=world.officer,
        process=world.process,
        kind=ActivityKind.SEPARATE_CONTACT,
        planned_on=TODAY,
        purpose="To ask why",
    )


def test_a_withdrawal_from_another_role_leaves_planned_rounds(world: World) -> None:
    consent = world.consent(world.orvana, SOUGHT, GIVEN, role=ConsentRole.MONITORING)
    activity = ActivityFactory(process=world.process, kind=ActivityKind.JOINT_ROUND)

    record(world, consent, GONE)

    activity.refresh_from_db()
    assert activity.state == ActivityState.PLANNED


def test_upper_apps_are_told_in_the_same_transaction(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(
        extensions,
        "on_consent_withdrawn",
        [("test", lambda actor, consent: told.append((actor, consent)))],
    )
    consent = world.consent(world.orvana, SOUGHT, GIVEN)

    record(world, consent, GONE)

    assert told == [(world.officer, consent)]


# What is seen outside ---------------------------------------------------------------------------


def test_outside_the_earlier_state_is_seen_until_the_text_is_released(world: World) -> None:
    consent = world.consent(world.orvana, SOUGHT, GIVEN)
    withdrawal = record(world, consent, GONE)
    before = outward(consent)

    released = release(world, withdrawal)

    assert before == GIVEN
    assert outward(consent) == GONE
    assert (released.released_by, released.released_at is not None) == (world.asg, True)


def test_what_follows_an_untold_withdrawal_does_not_tell_of_it(world: World) -> None:
    """Asking again, or being declined, would give the withdrawal away."""
    consent = world.consent(world.orvana, SOUGHT, GIVEN)
    withdrawal = record(world, consent, GONE)
    seen = []

    for state in (SOUGHT, ConsentState.NOT_GIVEN):
        record(world, consent, state)
        seen.append(outward(consent))
    release(world, withdrawal)

    assert seen == [GIVEN, GIVEN]
    assert outward(consent) == ConsentState.NOT_GIVEN


def test_consenting_anew_ends_the_silence(world: World) -> None:
    consent = world.consent(world.orvana, SOUGHT, GIVEN)
    first = record(world, consent, GONE)
    record(world, consent, SOUGHT)
    record(world, consent, GIVEN)
    record(world, consent, GONE)

    release(world, first)

    assert outward(consent) == GIVEN, "the second withdrawal is not told by the first one's text"


def test_steps_of_an_untold_withdrawal_are_read_in_the_secretariat_only(world: World) -> None:
    envoy = UserFactory(special_envoy=True)
    TeamMemberFactory(dispute=world.dispute, user=envoy)
    orvana = StateUserFactory(
        delegation=DelegationFactory(state=world.orvana.actor.state),
        clearance=Classification.CONFIDENTIAL,
    )
    StateNotificationFactory(dispute=world.dispute, state=world.orvana.actor.state, shared=True)
    consent = world.consent(world.orvana, SOUGHT, GIVEN)
    withdrawal = record(world, consent, GONE)
    record(world, consent, SOUGHT)

    def seen(user: Any) -> list[str]:
        return [step.new_state for step in ConsentStep.objects.visible_to(user)]

    assert seen(world.officer) == [SOUGHT, GIVEN, GONE, SOUGHT]
    assert seen(envoy) == seen(orvana) == [SOUGHT, GIVEN]
    release(world, withdrawal)
    assert seen(envoy) == [SOUGHT, GIVEN, GONE, SOUGHT]


def test_a_release_is_of_a_withdrawal_has_a_text_and_happens_once(world: World) -> None:
    consent = world.consent(world.orvana, SOUGHT, GIVEN)
    withdrawal = record(world, consent, GONE)

    with pytest.raises(Refused) as wrong_step:
        release(world, consent.steps.first())
    with pytest.raises(Refused) as wordless:
        release(world, withdrawal, outward_text_en="", outward_text_fr="")
    release(world, withdrawal)
    with pytest.raises(Refused) as twice:
        release(world, withdrawal)

    codes = [error.value.code for error in (wrong_step, wordless, twice)]
    assert codes == ["nothing_to_release", "text_missing", "released"]


def test_a_consent_without_withdrawal_is_seen_as_it_is(world: World) -> None:
    consent = world.consent(world.orvana, SOUGHT, GIVEN)

    assert outward(consent) == GIVEN
    assert not ConsentStepFactory.build(consent=consent).waits_for_countersignature
