"""Reads that take a date: standing, group, name, holder, session, resolution."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from accounts.models import User
from common.errors import Refused
from institutions import selectors
from institutions.choices import ActorKind, Membership, SessionKind
from institutions.models import Resolution, State
from tests.factories.accounts import UserFactory
from tests.factories.institutions import (
    ActorFactory,
    DatedNameFactory,
    MembershipStatusFactory,
    OfficeHoldingFactory,
    OrganFactory,
    OrganisationFactory,
    RegionalGroupFactory,
    RegionalGroupMembershipFactory,
    ResolutionFactory,
    SessionFactory,
    StateFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def suspended() -> State:
    """A member since 1969 that was suspended in January 1980 and came back in March 1989."""
    state = StateFactory(name="Orvana")
    january = {"earliest": date(1980, 1, 1), "latest": date(1980, 1, 31)}
    march = {"earliest": date(1989, 3, 1), "latest": date(1989, 3, 31)}
    for status, begin, end in (
        (Membership.MEMBER, {"earliest": date(1969, 1, 1), "latest": date(1969, 12, 31)}, january),
        (Membership.SUSPENDED, january, march),
        (Membership.MEMBER, march, {"earliest": None, "latest": None}),
    ):
        MembershipStatusFactory(
            actor=state.actor,
            status=status,
            from_earliest=begin["earliest"],
            from_latest=begin["latest"],
            to_earliest=end["earliest"],
            to_latest=end["latest"],
        )
    return state


@pytest.mark.parametrize(
    ("on", "status", "is_certain", "may_sit"),
    [
        (date(1968, 12, 31), Membership.NONE, True, False),
        (date(1969, 6, 1), Membership.NONE, False, False),
        (date(1975, 1, 1), Membership.MEMBER, True, True),
        (date(1980, 1, 15), Membership.NONE, False, False),
        (date(1985, 1, 1), Membership.SUSPENDED, True, False),
        (date(1989, 3, 15), Membership.NONE, False, False),
        (date(2020, 1, 1), Membership.MEMBER, True, True),
    ],
)
def test_standing_on_a_day(
    suspended: State, on: date, status: str, is_certain: bool, may_sit: bool
) -> None:
    standing = selectors.status_on(suspended.actor, on)

    assert (standing.status, standing.is_certain) == (status, is_certain)
    assert selectors.may_sit_on(suspended, on) is may_sit


def test_standing_says_what_is_possible(suspended: State) -> None:
    standing = selectors.status_on(suspended.actor, date(1980, 1, 15))

    assert standing.possible == (Membership.MEMBER, Membership.SUSPENDED)
    with translation.override("en"):
        assert standing.label == "Not known to the day"
        assert selectors.status_on(suspended.actor, date(1985, 1, 1)).label == "Suspended"


def test_standing_with_a_beginning_known_only_by_a_last_day() -> None:
    actor = ActorFactory()
    MembershipStatusFactory(actor=actor, from_earliest=None, from_latest=date(2017, 11, 21))

    assert not selectors.status_on(actor, date(2010, 1, 1)).is_certain
    assert selectors.status_on(actor, date(2017, 11, 21)).status == Membership.MEMBER


def test_members_are_of_one_world_and_certain(suspended: State) -> None:
    naruba = StateFactory(name="Naruba", exercise=True, member=True)

    assert selectors.members_on(date(2020, 1, 1), is_exercise=False) == [suspended]
    assert selectors.members_on(date(2020, 1, 1), is_exercise=True) == [naruba]
    assert selectors.members_on(date(1985, 1, 1), is_exercise=False) == []


def test_regional_group_on_a_day() -> None:
    state = StateFactory()
    first, second = RegionalGroupFactory(position=2), RegionalGroupFactory(position=1)
    RegionalGroupMembershipFactory(state=state, group=first, valid_to=date(2019, 12, 31))
    RegionalGroupMembershipFactory(state=state, group=second, valid_from=date(2020, 1, 1))

    assert selectors.group_on(state, date(2019, 12, 31)) == first
    assert selectors.group_on(state, date(2020, 1, 1)) == second
    assert selectors.groups_on(date(2020, 1, 1)) == {state.pk: second}
    assert selectors.group_on(StateFactory(), date(2020, 1, 1)) is None


def test_name_on_a_day() -> None:
    state = StateFactory(name="Tesmal")
    state.official_name_en = "Republic of Tesmal"
    state.save()
    DatedNameFactory(
        actor=state.actor,
        name_en="Tesma",
        official_name_en="Kingdom of Tesma",
        to_earliest=date(2022, 6, 1),
        to_latest=date(2022, 6, 30),
    )

    before, during, after = date(2018, 2, 19), date(2022, 6, 15), date(2023, 1, 1)
    assert selectors.name_on(state.actor, before, "en").text == "Tesma"
    assert selectors.name_on(state.actor, during, "en").text == "Tesmal"
    assert selectors.name_on(state.actor, after, "en").text == "Tesmal"
    assert selectors.official_name_on(state, before, "en").text == "Kingdom of Tesma"
    assert selectors.official_name_on(state, after, "en").text == "Republic of Tesmal"


def test_official_name_stays_where_only_the_short_one_changed() -> None:
    state = StateFactory(name="Tesmal")
    state.official_name_en = "Republic of Tesmal"
    state.save()
    DatedNameFactory(actor=state.actor, name_en="Tesma")

    assert selectors.official_name_on(state, date(1990, 1, 1), "en").text == "Republic of Tesmal"


def test_office_stands_blank_after_the_last_verified_day() -> None:
    holding = OfficeHoldingFactory(verified_to=date(2020, 6, 30))
    office = holding.office

    assert selectors.holder_on(office, date(2020, 6, 30)) == holding
    assert selectors.holder_on(office, date(2020, 7, 1)) is None
    assert selectors.holder_on(office, date(2019, 12, 31)) is None


def test_office_has_a_holder_in_each_world(officer: User) -> None:
    real = OfficeHoldingFactory()
    game = OfficeHoldingFactory(office=real.office, is_exercise=True)
    player = UserFactory(desk_officer=True, is_exercise=True)

    today = date(2026, 1, 1)
    assert selectors.holder_on(real.office, today, is_exercise=True) == game
    assert selectors.offices_with_holders(officer, today)[0].holder == real
    assert selectors.offices_with_holders(player, today)[0].holdings == [game]


def test_next_session_is_the_first_that_is_not_over() -> None:
    council = OrganFactory(council=True)
    SessionFactory(organ=council, number=50, ends_on=date(2024, 8, 30), starts_on=date(2024, 8, 29))
    ahead = SessionFactory(
        organ=council, number=51, starts_on=date(2025, 6, 21), ends_on=date(2025, 6, 22)
    )
    undated = SessionFactory(organ=council, number=52, planned=True)
    SessionFactory(organ=council, number=53, planned=True, exercise=True)

    assert selectors.next_session(council, date(2024, 8, 30)) == ahead
    assert selectors.next_session(council, date(2025, 6, 22)) == undated
    assert selectors.next_session(council, date(2026, 1, 1), kind=SessionKind.EXTRAORDINARY) is None


def test_reference_means_the_one_resolution() -> None:
    resolution = ResolutionFactory(number=53, tag="POL", session=SessionFactory(number=45))
    rows = Resolution.objects.all()

    for written in ("53/45", "POL-53/45", "53/45-س"):
        assert selectors.resolve_reference(rows, written) == resolution


def test_reference_prefers_the_exact_tag() -> None:
    session = SessionFactory(number=25)
    old = ResolutionFactory(number=21, tag="P", session=session)
    new = ResolutionFactory(number=21, tag="POL", session=session)
    rows = Resolution.objects.all()

    assert selectors.resolve_reference(rows, "21/25-P") == old
    assert selectors.resolve_reference(rows, "21/25-س") == new


def test_reference_of_several_asks_which() -> None:
    session = SessionFactory(number=45)
    ResolutionFactory(number=2, tag="POL", session=session)
    ResolutionFactory(number=2, tag="ORG", session=session)

    with pytest.raises(Refused) as caught:
        selectors.resolve_reference(Resolution.objects.all(), "2/45")

    assert caught.value.code == "resolution_ambiguous"
    assert len(caught.value.missing) == 2
    assert caught.value.missing[0].startswith("2/45-ORG (")


@pytest.mark.parametrize(
    ("written", "code"), [("what?", "no_reference"), ("9/99-POL", "resolution_unknown")]
)
def test_reference_that_means_nothing(written: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        selectors.resolve_reference(Resolution.objects.all(), written)

    assert caught.value.code == code
    assert selectors.find_resolutions(Resolution.objects.all(), written) == []


def test_overview_by_group_with_the_names_of_the_day(suspended: State) -> None:
    group = RegionalGroupFactory(position=1)
    RegionalGroupMembershipFactory(state=suspended, group=group)
    other = StateFactory(name="Naruba")
    former = DatedNameFactory(actor=other.actor, name_en="Old Naruba", to_earliest=date(1990, 1, 1))

    rows = selectors.states_on(State.objects.all(), date(1985, 1, 1))
    grouped = selectors.by_group(rows)

    assert [key for key, _rows in grouped] == [group, None]
    assert grouped[0][1][0].standing.status == Membership.SUSPENDED
    assert grouped[1][1][0].named == former
    assert grouped[1][1][0].official == former


def test_observers_are_listed_apart_from_states(officer: User) -> None:
    union = OrganisationFactory(name_en="Union of Ports")
    MembershipStatusFactory(actor=union, status=Membership.OBSERVER)
    StateFactory(member=True)
    ActorFactory(kind=ActorKind.ORGANISATION)

    found = selectors.observers_on(officer, date(2020, 1, 1))

    assert [(actor, standing.status) for actor, standing in found] == [(union, Membership.OBSERVER)]
