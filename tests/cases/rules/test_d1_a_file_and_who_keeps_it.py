"""Rule D1: a file, its parties and causes, its officer and team; the two worlds never mix."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cases.choices import DisputeStatus, DisputeType, PartyKind
from cases.models import Dispute
from cases.services.disputes import (
    assign_desk_officer,
    change_dispute,
    open_dispute,
    reclassify_dispute,
    resume_dispute,
    suspend_dispute,
)
from cases.services.parties import add_party, change_party
from cases.services.team import add_team_member, end_team_member
from common.choices import Classification
from common.errors import NotPermitted, Refused, Stale
from tests.cases.rules.world import OPENED, TODAY, World
from tests.factories.accounts import StateUserFactory, UserFactory
from tests.factories.cases import DisputeFactory, TeamMemberFactory
from tests.factories.institutions import ActorFactory, StateFactory

OPENING = {
    "type": DisputeType.INTER_STATE_MEMBERS,
    "opened_on": OPENED,
    "title_en": "Grazing in the upper valley",
}


def test_whoever_opens_a_file_keeps_and_sees_it(world: World) -> None:
    dispute = open_dispute(actor=world.officer, **OPENING)

    assert dispute.desk_officer == world.officer
    assert dispute.reference.startswith("MED-2026-")
    assert dispute.status == DisputeStatus.ACTIVE
    assert Dispute.objects.visible_to(world.officer).of_team(world.officer).get() == dispute
    assert not Dispute.objects.visible_to(UserFactory(desk_officer=True)).exists()


def test_an_open_file_is_seen_by_all_case_officers(world: World) -> None:
    open_dispute(actor=world.officer, classification=Classification.OPEN, **OPENING)

    assert Dispute.objects.visible_to(UserFactory(desk_officer=True)).exists()
    assert Dispute.objects.visible_to(UserFactory(registry_clerk=True)).exists()


def test_a_file_opened_for_another_officer_is_seen_by_both(world: World) -> None:
    dispute = open_dispute(actor=world.head, desk_officer=world.officer, **OPENING)

    assert dispute.desk_officer == world.officer
    assert Dispute.objects.of_team(world.officer).exists()
    assert Dispute.objects.of_team(world.head).exists()


def test_a_file_is_not_classified_above_its_opener(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        open_dispute(
            actor=UserFactory(desk_officer=True, clearance=Classification.RESTRICTED),
            desk_officer=world.officer,
            classification=Classification.CONFIDENTIAL,
            **OPENING,
        )

    assert (refusal.value.code, refusal.value.field) == ("above_clearance", "classification")


@pytest.mark.parametrize(
    ("traits", "code"),
    [
        ({"sg_cabinet": True}, "no_case_officer"),
        ({"desk_officer": True, "is_exercise": True}, "other_world"),
        ({"desk_officer": True, "clearance": Classification.OPEN}, "officer_clearance"),
    ],
)
def test_an_unfit_officer_is_refused(world: World, traits: dict[str, object], code: str) -> None:
    unfit = UserFactory(**traits)

    with pytest.raises(Refused) as opening:
        open_dispute(actor=world.head, desk_officer=unfit, **OPENING)
    with pytest.raises(Refused) as assigning:
        assign_desk_officer(actor=world.head, dispute=world.dispute, desk_officer=unfit, on=TODAY)

    assert opening.value.code == assigning.value.code == code


def test_worlds_are_not_mixed(world: World) -> None:
    stranger = StateFactory(exercise=True)

    with pytest.raises(Refused) as opening:
        open_dispute(actor=world.officer, states_concerned=[stranger], **OPENING)
    with pytest.raises(Refused) as changing:
        change_dispute(actor=world.officer, dispute=world.dispute, states_concerned=[stranger])
    with pytest.raises(Refused) as adding:
        add_party(
            actor=world.officer,
            dispute=world.dispute,
            party_actor=stranger.actor,
            kind=PartyKind.GOVERNMENT,
        )

    codes = {opening.value.code, changing.value.code, adding.value.code}
    assert codes == {"other_world"}


def test_a_file_needs_a_title(world: World) -> None:
    with pytest.raises(ValidationError):
        open_dispute(actor=world.officer, **{**OPENING, "title_en": ""})


def test_the_nature_of_a_dispute_needs_its_source(world: World) -> None:
    with pytest.raises(ValidationError):
        change_dispute(actor=world.officer, dispute=world.dispute, nature_described="Pastoral")

    change_dispute(
        actor=world.officer,
        dispute=world.dispute,
        nature_described="Pastoral",
        nature_source="Joint communiqué of 3 March 2026",
    )


def test_a_stale_change_is_not_written(world: World) -> None:
    seen = world.dispute.version
    change_dispute(
        actor=world.officer, dispute=world.dispute, version=seen, summary_en="The first hand"
    )

    with pytest.raises(Stale):
        change_dispute(
            actor=world.officer, dispute=world.dispute, version=seen, summary_en="The second"
        )

    world.dispute.refresh_from_db()
    assert (world.dispute.summary_en, world.dispute.version) == ("The first hand", seen + 1)


def test_states_concerned_are_recorded_before_and_after(world: World, events: object) -> None:
    state = StateFactory()

    change_dispute(actor=world.officer, dispute=world.dispute, states_concerned=[state])
    again = change_dispute(actor=world.officer, dispute=world.dispute, states_concerned=[state])

    recorded = events("cases.dispute_changed")  # type: ignore[operator]
    assert recorded[0].payload["changes"]["states_concerned"] == [[], [str(state.pk)]]
    assert "changes" not in recorded[1].payload
    assert again.version == 2


def test_suspension_and_resumption_have_their_order(world: World) -> None:
    with pytest.raises(Refused) as resuming:
        resume_dispute(actor=world.officer, dispute=world.dispute, reason="Too early", on=TODAY)
    suspend_dispute(actor=world.officer, dispute=world.dispute, reason="Elections", on=TODAY)
    with pytest.raises(Refused) as suspending:
        suspend_dispute(actor=world.officer, dispute=world.dispute, reason="Again", on=TODAY)

    assert (resuming.value.code, suspending.value.code) == ("not_suspended", "not_active")


# Classification and officer ---------------------------------------------------------------------


def test_reclassifying_opens_and_closes_the_file_to_staff(world: World) -> None:
    other = UserFactory(desk_officer=True)
    options = {"actor": world.head, "dispute": world.dispute, "reason": "Published", "on": OPENED}

    reclassify_dispute(classification=Classification.OPEN, **options)
    seen_when_open = Dispute.objects.visible_to(other).exists()
    reclassify_dispute(classification=Classification.CONFIDENTIAL, **options)

    assert seen_when_open
    assert not Dispute.objects.visible_to(other).exists()


@pytest.mark.parametrize(
    ("clearance", "code"),
    [
        (Classification.CONFIDENTIAL, "above_clearance"),
        (Classification.SECRET, "officer_clearance"),
    ],
)
def test_classification_reaches_neither_above_actor_nor_officer(
    world: World, clearance: int, code: str
) -> None:
    head = UserFactory(head_of_unit=True, clearance=clearance)

    with pytest.raises(Refused) as refusal:
        reclassify_dispute(
            actor=head,
            dispute=world.dispute,
            classification=Classification.SECRET,
            reason="A name",
            on=TODAY,
        )

    assert refusal.value.code == code


def test_a_desk_officer_sets_neither_classification_nor_officer(world: World) -> None:
    with pytest.raises(NotPermitted):
        reclassify_dispute(
            actor=world.officer,
            dispute=world.dispute,
            classification=Classification.OPEN,
            reason="Convenience",
            on=TODAY,
        )


def test_the_former_officer_leaves_the_file(world: World) -> None:
    successor = UserFactory(desk_officer=True)

    assign_desk_officer(actor=world.head, dispute=world.dispute, desk_officer=successor, on=OPENED)

    assert not Dispute.objects.visible_to(world.officer).exists()
    assert Dispute.objects.of_team(successor).exists()


def test_a_former_officer_who_is_kept_or_a_member_stays(world: World) -> None:
    second, third = UserFactory(desk_officer=True), UserFactory(desk_officer=True)
    TeamMemberFactory(dispute=world.dispute, user=second, valid_to=date(2099, 12, 31))
    change = {"actor": world.head, "dispute": world.dispute, "on": OPENED}

    assign_desk_officer(desk_officer=second, keep_former=True, **change)
    assign_desk_officer(desk_officer=third, **change)

    assert Dispute.objects.of_team(world.officer).exists(), "kept"
    assert Dispute.objects.of_team(second).exists(), "member until 2099"


def test_the_same_officer_is_not_assigned_twice(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        assign_desk_officer(
            actor=world.head, dispute=world.dispute, desk_officer=world.officer, on=TODAY
        )

    assert refusal.value.code == "same_officer"


# Team -------------------------------------------------------------------------------------------


def test_an_envoy_sees_the_file_for_the_days_of_the_place(world: World) -> None:
    envoy = UserFactory(special_envoy=True)
    member = add_team_member(
        actor=world.officer,
        dispute=world.dispute,
        user=envoy,
        function="Special Envoy",
        valid_from=OPENED,
    )
    seen = Dispute.objects.visible_to(envoy).exists()

    end_team_member(actor=world.officer, member=member, on=OPENED)

    assert seen
    assert not Dispute.objects.visible_to(envoy).exists()
    with pytest.raises(Refused) as refusal:
        end_team_member(actor=world.officer, member=member, on=TODAY)
    assert refusal.value.code == "place_ended"


def test_a_place_never_shortens_the_desk_officers_own_right(world: World) -> None:
    member = add_team_member(
        actor=world.officer,
        dispute=world.dispute,
        user=world.officer,
        function="Note-taker",
        valid_from=OPENED,
        valid_to=OPENED,
    )

    assert Dispute.objects.of_team(world.officer).exists()
    end_team_member(actor=world.officer, member=member, on=OPENED)
    assert Dispute.objects.of_team(world.officer).exists()


@pytest.mark.parametrize(
    ("person", "code"),
    [
        (lambda: UserFactory(auditor=True), "not_admissible"),
        (lambda: StateUserFactory(clearance=Classification.SECRET), "not_admissible"),
        (lambda: UserFactory(special_envoy=True, deactivated=True), "not_admissible"),
        (lambda: UserFactory(special_envoy=True, is_exercise=True), "other_world"),
        (lambda: UserFactory(expert=True, clearance=Classification.OPEN), "clearance"),
    ],
)
def test_the_team_takes_in_only_who_may_be_in_it(world: World, person: object, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        add_team_member(
            actor=world.officer,
            dispute=world.dispute,
            user=person(),  # type: ignore[operator]
            function="Adviser",
            valid_from=OPENED,
        )

    assert (refusal.value.code, refusal.value.field) == (code, "user")


def test_nobody_is_in_the_team_twice_at_once(world: World) -> None:
    member = TeamMemberFactory(dispute=world.dispute)

    with pytest.raises(ValidationError):
        add_team_member(
            actor=world.officer,
            dispute=world.dispute,
            user=member.user,
            function="Note-taker",
            valid_from=TODAY,
        )


# Parties ----------------------------------------------------------------------------------------


def test_a_state_is_a_government_and_nobody_else_is(world: World) -> None:
    add = {"actor": world.officer, "dispute": world.dispute}

    with pytest.raises(Refused) as state:
        add_party(party_actor=StateFactory().actor, kind=PartyKind.MOVEMENT, **add)
    with pytest.raises(Refused) as movement:
        add_party(party_actor=ActorFactory(), kind=PartyKind.GOVERNMENT, **add)

    assert state.value.code == movement.value.code == "party_kind"


def test_a_party_is_one_only_once_at_a_time(world: World) -> None:
    former = {"valid_from": date(2020, 1, 1), "valid_to": date(2020, 12, 31)}
    change_party(actor=world.officer, party=world.orvana, **former)
    again = {
        "actor": world.officer,
        "dispute": world.dispute,
        "party_actor": world.orvana.actor,
        "kind": PartyKind.GOVERNMENT,
    }

    add_party(valid_from=date(2021, 1, 1), **again)
    with pytest.raises(ValidationError):
        add_party(valid_from=date(2020, 6, 1), valid_to=date(2020, 7, 1), **again)


def test_days_in_the_wrong_order_are_refused_beside_the_last_one(world: World) -> None:
    """PostgreSQL would answer with an error of its own: no range ends before it begins."""
    days = {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)}

    with pytest.raises(ValidationError) as party:
        change_party(actor=world.officer, party=world.orvana, **days)
    with pytest.raises(ValidationError) as member:
        add_team_member(
            actor=world.officer,
            dispute=world.dispute,
            user=UserFactory(special_envoy=True),
            function="Special Envoy",
            **days,
        )

    for error in (party, member):
        assert error.value.message_dict == {"valid_to": ["The last day lies before the first."]}


def test_a_party_is_found_and_shown_by_its_neutral_name(world: World) -> None:
    change_party(actor=world.officer, party=world.movement, neutral_name_en="The highland side")

    world.dispute.refresh_from_db()
    assert "highland" in world.dispute.search_text


def test_a_stale_change_of_a_party_is_not_written(world: World) -> None:
    change_party(actor=world.officer, party=world.orvana, neutral_name_en="Upstream")

    with pytest.raises(Stale):
        change_party(
            actor=world.officer, party=world.orvana, version=1, neutral_name_en="Downstream"
        )


def test_c7_a_thematic_file_has_no_parties_and_a_file_with_parties_is_not_thematic(
    world: World,
) -> None:
    """Rule C7: only mandate, activities and report."""
    thematic = DisputeFactory(desk_officer=world.officer, thematic=True)
    assert world.orvana.dispute == world.dispute

    with pytest.raises(Refused) as adding:
        add_party(
            actor=world.officer,
            dispute=thematic,
            party_actor=StateFactory().actor,
            kind=PartyKind.GOVERNMENT,
        )
    with pytest.raises(Refused) as turning:
        change_dispute(actor=world.officer, dispute=world.dispute, type=DisputeType.THEMATIC)

    assert adding.value.code == turning.value.code == "thematic_file"
