"""Scopes of the register, what is never false, and names in a reader's order."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.utils import translation

from accounts.models import User
from institutions.choices import ActorKind, Membership, SessionKind, SessionStatus
from institutions.models import Actor, Holiday, Organ, Session, State
from tests.factories.accounts import UserFactory
from tests.factories.institutions import (
    ActorFactory,
    ConferenceRecommendationFactory,
    DatedNameFactory,
    GlossaryTermFactory,
    HolidayFactory,
    MembershipStatusFactory,
    OfficeFactory,
    OfficeHoldingFactory,
    OrganFactory,
    RegionalGroupMembershipFactory,
    ResolutionFactory,
    SessionFactory,
    StateFactory,
)

pytestmark = pytest.mark.django_db


def test_real_entries_are_seen_by_all_and_exercise_by_its_people(officer: User) -> None:
    real, exercise = StateFactory(), StateFactory(exercise=True)
    player = UserFactory(desk_officer=True, is_exercise=True)

    assert list(State.objects.visible_to(officer)) == [real]
    assert set(State.objects.visible_to(player)) == {real, exercise}
    assert list(State.objects.of_world(is_exercise=True)) == [exercise]


def test_strangers_and_closed_accounts_see_nothing(officer: User) -> None:
    SessionFactory()
    officer.is_active = False

    for model in (Actor, Organ, Session):
        assert not model.objects.visible_to(AnonymousUser()).exists()
        assert not model.objects.visible_to(officer).exists()


def test_actor_made_for_a_file_is_seen_by_staff_only(
    officer: User, focal_point: User, auditor: User, administrator: User, envoy: User
) -> None:
    movement = ActorFactory(of_a_file=True)

    assert movement in Actor.objects.visible_to(officer)
    for person in (focal_point, auditor, administrator, envoy):
        assert movement not in Actor.objects.visible_to(person)


def test_organs_serve_both_worlds() -> None:
    organ, office, state = OrganFactory(summit=True), OfficeFactory(), StateFactory()

    chosen = set(Actor.objects.of_world(is_exercise=True))

    assert {organ.actor, office.actor} <= chosen
    assert state.actor not in chosen
    assert {organ.actor, state.actor} <= set(Actor.objects.of_world(is_exercise=False))


def test_facts_about_a_hidden_actor_are_hidden(focal_point: User, officer: User) -> None:
    former = DatedNameFactory(actor=ActorFactory(of_a_file=True))

    assert former in type(former).objects.visible_to(officer)
    assert former not in type(former).objects.visible_to(focal_point)


def test_organs_that_decide() -> None:
    council, committee = OrganFactory(council=True), OrganFactory(committee=True)
    OrganFactory()

    assert set(Organ.objects.deciding()) == {council, committee}


def test_names_come_in_the_readers_order() -> None:
    algeria = StateFactory(name="Zed", actor__name_ar="الجزائر")
    jordan = StateFactory(name="Alpha", actor__name_ar="تمرة")

    with translation.override("en"):
        assert list(State.objects.by_name()) == [jordan, algeria]
    with translation.override("ar"):
        assert list(State.objects.by_name()) == [jordan, algeria]
        assert Actor.objects.filter(kind=ActorKind.STATE).by_name().first() == jordan.actor


def test_government_is_a_state_only() -> None:
    assert StateFactory().actor.is_government
    assert not ActorFactory().is_government


def test_code_is_taken_once_per_kind_and_world() -> None:
    ActorFactory(code="SOM", kind=ActorKind.STATE)
    ActorFactory(code="SOM", kind=ActorKind.ORGAN)
    ActorFactory(code="SOM", kind=ActorKind.STATE, is_exercise=True)

    with pytest.raises(IntegrityError):
        ActorFactory(code="SOM", kind=ActorKind.STATE)


def test_standings_do_not_overlap() -> None:
    state = StateFactory(member=True)

    with pytest.raises(IntegrityError):
        MembershipStatusFactory(
            actor=state.actor, status=Membership.SUSPENDED, from_earliest=date(1990, 1, 1)
        )


def test_imprecise_standings_may_touch() -> None:
    actor = ActorFactory()
    MembershipStatusFactory(actor=actor, to_earliest=date(1980, 1, 1), to_latest=date(1980, 1, 31))
    MembershipStatusFactory(
        actor=actor,
        status=Membership.SUSPENDED,
        from_earliest=date(1980, 1, 1),
        from_latest=date(1980, 1, 31),
    )

    assert actor.statuses.count() == 2


def test_two_holders_at_once_are_refused_within_a_world() -> None:
    holding = OfficeHoldingFactory()
    OfficeHoldingFactory(office=holding.office, is_exercise=True)

    with pytest.raises(IntegrityError):
        OfficeHoldingFactory(office=holding.office, from_earliest=date(2023, 1, 1))


def test_two_groups_at_once_are_refused() -> None:
    membership = RegionalGroupMembershipFactory()

    with pytest.raises(IntegrityError):
        RegionalGroupMembershipFactory(state=membership.state, valid_from=date(2020, 1, 1))


def test_session_without_number_is_joint_only() -> None:
    SessionFactory(kind=SessionKind.JOINT, number=None)

    with pytest.raises(IntegrityError):
        SessionFactory(number=None)


def test_session_knows_its_days_or_their_bounds() -> None:
    exact = SessionFactory.build(starts_on=date(2024, 3, 5), ends_on=date(2024, 3, 6))
    bounded = SessionFactory.build(
        starts_on=date(2000, 6, 1), ends_on=date(2000, 6, 30), dates_as_written="June 2000"
    )
    undated = SessionFactory.build(status=SessionStatus.PLANNED, starts_on=None, ends_on=None)

    assert exact.closes_on == date(2024, 3, 6)
    assert exact.may_include(date(2024, 3, 6))
    assert not exact.may_include(date(2024, 3, 7))
    assert bounded.closes_on is None
    assert bounded.dates_in_words == "June 2000"
    assert undated.may_include(date(1999, 1, 1))
    assert undated.closes_on is None
    assert undated.days_in_words == []


def test_resolution_is_found_by_either_script() -> None:
    resolution = ResolutionFactory(number=44, tag="POL", session=SessionFactory(number=44))

    assert resolution.reference == str(resolution) == "44/44-POL"
    assert resolution.reference_ar == "44/44-س"
    assert "44/44-pol" in resolution.search_text
    assert resolution.title == resolution.title_en


def test_removed_holiday_may_be_added_again() -> None:
    removed = HolidayFactory(name_en="Day of rest", is_removed=True)
    HolidayFactory(name_en="Day of rest", starts_on=removed.starts_on)

    assert Holiday.objects.in_force().count() == 1


def test_rows_say_what_they_are() -> None:
    state = StateFactory(name="Orvana", member=True)
    holding = OfficeHoldingFactory(office=OfficeFactory(name="Chair"), holder_name="N. N.")
    membership = RegionalGroupMembershipFactory(state=state)

    assert str(state) == "Orvana"
    assert str(state.actor.statuses.get()) == "Orvana: Member"
    assert str(holding) == "Chair: N. N."
    assert str(membership).startswith("Orvana: ")
    assert str(GlossaryTermFactory(term_en="mandate")) == "mandate"
    assert str(ConferenceRecommendationFactory(number="iv")) == "iv"
    assert state.code == state.actor.code
    assert holding.office.code == holding.office.actor.code
    assert not state.is_exercise
