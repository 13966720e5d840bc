"""Every act on the register: done, refused, not permitted, recorded, rolled back with its record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from accounts.models import User
from common.errors import NotPermitted, Refused, Stale
from common.extensions import on_session_moved
from institutions import services
from institutions.choices import ActorKind, HolidayKind, Membership, SessionKind, SessionStatus
from institutions.models import (
    Actor,
    Holiday,
    OfficeHolding,
    RegionalGroupMembership,
    Resolution,
    Session,
    State,
)
from tests.factories.accounts import UserFactory
from tests.factories.institutions import (
    ActorFactory,
    DatedNameFactory,
    HolidayFactory,
    MembershipStatusFactory,
    OfficeFactory,
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

Events = Callable[[str], list[Any]]


@pytest.fixture
def player() -> User:
    """A registry clerk of the exercise."""
    return UserFactory(registry_clerk=True, is_exercise=True)


# Sessions ---------------------------------------------------------------------------------------


def test_session_is_added_as_planned(registry: User, events: Events) -> None:
    session = services.create_session(
        actor=registry,
        organ=OrganFactory(council=True),
        kind=SessionKind.ORDINARY,
        number=61,
        starts_on=date(2031, 5, 1),
        city_en="Port Orvana",
        country=StateFactory(),
        theme_en="Ports at peace",
        source="note of the host",
    )

    assert session.status == SessionStatus.PLANNED
    assert session.ends_on == date(2031, 5, 1)
    assert session.is_kept
    assert not session.is_exercise
    assert events("institutions.session_created")[0].target_id == str(session.pk)


def test_session_of_the_exercise_is_added_by_its_people(player: User) -> None:
    session = services.create_session(
        actor=player,
        organ=OrganFactory(council=True),
        kind=SessionKind.ORDINARY,
        number=61,
        country=StateFactory(exercise=True),
    )

    assert session.is_exercise


def test_session_of_the_exercise_is_not_held_in_a_real_state(player: User) -> None:
    with pytest.raises(Refused) as caught:
        services.create_session(
            actor=player,
            organ=OrganFactory(council=True),
            kind=SessionKind.ORDINARY,
            number=61,
            country=StateFactory(),
        )

    assert caught.value.code == "other_world"
    assert caught.value.field == "country"


def test_session_is_added_once(registry: User) -> None:
    session = SessionFactory(number=61)

    with pytest.raises(ValidationError, match="already"):
        services.create_session(actor=registry, organ=session.organ, kind=session.kind, number=61)


def test_session_is_corrected(registry: User, events: Events) -> None:
    session = SessionFactory()

    changed = services.change_session(
        actor=registry,
        session=session,
        version=1,
        theme_en="Ports at peace",
        country=StateFactory(),
    )

    assert changed.theme_en == "Ports at peace"
    assert changed.version == 2
    assert changed.is_kept
    assert events("institutions.session_changed")[0].payload["changes"]["theme_en"] == [
        "",
        "Ports at peace",
    ]


def test_session_corrected_with_nothing_new_leaves_no_trace(registry: User, events: Events) -> None:
    session = SessionFactory()

    services.change_session(actor=registry, session=session, theme_en="")

    session.refresh_from_db()
    assert session.version == 1
    assert events("institutions.session_changed") == []


def test_session_is_moved(registry: User, events: Events) -> None:
    session = SessionFactory(planned=True)

    moved = services.move_session(
        actor=registry, session=session, starts_on=date(2031, 6, 1), ends_on=date(2031, 6, 2)
    )
    services.move_session(
        actor=registry, session=moved, starts_on=date(2031, 6, 1), ends_on=date(2031, 6, 2)
    )

    assert moved.closes_on == date(2031, 6, 2)
    assert len(events("institutions.session_moved")) == 1


def test_session_is_postponed_and_moved_again(registry: User, events: Events) -> None:
    session = SessionFactory(status=SessionStatus.PLANNED)

    postponed = services.postpone_session(
        actor=registry, session=session, reason="at the host's wish"
    )

    assert (postponed.status, postponed.starts_on) == (SessionStatus.POSTPONED, None)
    assert events("institutions.session_postponed")[0].payload["reason"] == "at the host's wish"
    with pytest.raises(Refused) as caught:
        services.postpone_session(actor=registry, session=session, reason="again")
    assert caught.value.code == "session_postponed_already"

    moved = services.move_session(
        actor=registry, session=session, starts_on=date(2031, 6, 1), ends_on=date(2031, 6, 2)
    )
    assert moved.status == SessionStatus.PLANNED


@pytest.mark.parametrize(
    ("act", "values"),
    [
        (services.move_session, {"starts_on": date(2031, 6, 1), "ends_on": date(2031, 6, 2)}),
        (services.postpone_session, {"reason": "late"}),
    ],
)
def test_session_that_was_held_neither_moves_nor_waits(
    registry: User, act: Callable[..., Any], values: dict[str, Any]
) -> None:
    session = SessionFactory()

    with pytest.raises(Refused) as caught:
        act(actor=registry, session=session, **values)

    assert caught.value.code == "session_held"


def test_session_is_recorded_as_held(registry: User, events: Events) -> None:
    session = SessionFactory(planned=True, dates_as_written="spring")
    days = {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 3, 2)}

    held = services.record_session_held(actor=registry, session=session, **days)
    services.record_session_held(actor=registry, session=held, **days)

    assert held.status == SessionStatus.HELD
    assert held.closes_on == date(2026, 3, 2)
    assert len(events("institutions.session_held")) == 1


def test_session_with_days_out_of_order_is_refused(registry: User) -> None:
    session = SessionFactory(planned=True)

    with pytest.raises(ValidationError, match="last day lies before"):
        services.move_session(
            actor=registry, session=session, starts_on=date(2031, 6, 2), ends_on=date(2031, 6, 1)
        )


def test_session_changed_meanwhile_is_stale(registry: User) -> None:
    session = SessionFactory(version=4)

    with pytest.raises(Stale):
        services.change_session(actor=registry, session=session, version=3, theme_en="x")


def test_session_of_the_other_world_is_not_theirs(registry: User, player: User) -> None:
    for actor, session in ((registry, SessionFactory(exercise=True)), (player, SessionFactory())):
        with pytest.raises(NotPermitted) as caught:
            services.change_session(actor=actor, session=session, theme_en="x")
        assert caught.value.code == "other_world"


# Resolutions ------------------------------------------------------------------------------------


def test_resolution_is_registered_in_any_written_form(registry: User, events: Events) -> None:
    session = SessionFactory(number=61)

    resolution = services.register_resolution(
        actor=registry,
        session=session,
        reference="٥٣/٦١-س",
        title_en="Ports at peace",
        adopted_on=date(2024, 3, 6),
    )

    assert resolution.reference == "53/61-POL"
    assert events("institutions.resolution_registered")[0].target_text == "53/61-POL"


def test_resolution_is_registered_by_its_number_within_the_session(officer: User) -> None:
    joint = SessionFactory(kind=SessionKind.JOINT, number=None)

    first = services.register_resolution(
        actor=officer, session=SessionFactory(number=62), reference="7-ORG", title_en="Budget"
    )
    second = services.register_resolution(
        actor=officer, session=joint, reference="3", title_en="Joint statement"
    )

    assert (first.reference, second.reference) == ("7/62-ORG", "3")


@pytest.mark.parametrize(
    ("reference", "code"), [("nothing", "no_reference"), ("53/99-POL", "other_session")]
)
def test_resolution_with_a_wrong_reference_is_refused(
    registry: User, reference: str, code: str
) -> None:
    with pytest.raises(Refused) as caught:
        services.register_resolution(
            actor=registry,
            session=SessionFactory(number=61),
            reference=reference,
            title_en="Ports",
        )

    assert (caught.value.code, caught.value.field) == (code, "reference")


def test_resolution_is_registered_once_and_with_a_title(registry: User) -> None:
    resolution = ResolutionFactory(number=53, session=SessionFactory(number=61))

    with pytest.raises(ValidationError, match="already"):
        services.register_resolution(
            actor=registry, session=resolution.session, reference="53/61-POL", title_en="Again"
        )
    with pytest.raises(ValidationError, match="title"):
        services.register_resolution(
            actor=registry, session=resolution.session, reference="54/61-POL"
        )


def test_resolution_of_the_exercise_is_registered_by_its_people(
    registry: User, player: User
) -> None:
    session = SessionFactory(exercise=True, number=61)

    resolution = services.register_resolution(
        actor=player, session=session, reference="1/61-POL", title_en="Exercise"
    )

    assert resolution.is_exercise
    with pytest.raises(NotPermitted):
        services.register_resolution(
            actor=registry, session=session, reference="2/61-POL", title_en="Exercise"
        )


def test_resolution_is_corrected(registry: User, events: Events) -> None:
    resolution = ResolutionFactory(number=53, session=SessionFactory(number=61))

    corrected = services.correct_resolution(
        actor=registry, resolution=resolution, reference="54/61-ORG", title_fr="Ports", version=1
    )
    services.correct_resolution(actor=registry, resolution=corrected, title_fr="Ports")

    assert corrected.reference == "54/61-ORG"
    assert "54/61-org" in corrected.search_text
    recorded = events("institutions.resolution_corrected")
    assert len(recorded) == 1
    assert recorded[0].payload["changes"]["number"] == [53, 54]


# Offices ----------------------------------------------------------------------------------------


def test_office_is_taken_up_and_the_holder_before_leaves(registry: User, events: Events) -> None:
    before = OfficeHoldingFactory()
    day = date(2026, 5, 1)

    holding = services.take_up_office(
        actor=registry, office=before.office, on=day, holder=StateFactory(name="Orvana").actor
    )

    before.refresh_from_db()
    assert (before.to_earliest, before.to_latest) == (day, day)
    assert str(holding).endswith("Orvana")
    assert len(events("institutions.office_left")) == 1
    assert len(events("institutions.office_taken_up")) == 1


def test_office_verified_to_a_day_ended_some_time_after_it(registry: User) -> None:
    before = OfficeHoldingFactory(verified_to=date(2021, 6, 30))

    services.take_up_office(
        actor=registry, office=before.office, on=date(2026, 5, 1), holder_name="B. Holder"
    )

    before.refresh_from_db()
    assert (before.to_earliest, before.to_latest) == (date(2021, 7, 1), date(2026, 5, 1))


def test_office_is_not_taken_up_before_the_present_holder(registry: User) -> None:
    before = OfficeHoldingFactory()

    with pytest.raises(Refused) as caught:
        services.take_up_office(
            actor=registry, office=before.office, on=date(2020, 1, 1), holder_name="B. Holder"
        )

    assert (caught.value.code, caught.value.field) == ("office_begins_later", "on")


def test_office_needs_one_holder(registry: User) -> None:
    office, state = OfficeFactory(), StateFactory()

    for holder, name in ((None, ""), (state.actor, "B. Holder")):
        with pytest.raises(ValidationError):
            services.take_up_office(
                actor=registry,
                office=office,
                on=date(2026, 5, 1),
                holder=holder,
                holder_name=name,
            )


def test_office_of_one_world_is_not_held_by_the_other(registry: User, player: User) -> None:
    office = OfficeFactory()

    with pytest.raises(Refused, match="do not mix"):
        services.take_up_office(
            actor=registry,
            office=office,
            on=date(2026, 5, 1),
            holder=StateFactory(exercise=True).actor,
        )
    real = OfficeHoldingFactory(office=office)
    services.take_up_office(actor=player, office=office, on=date(2026, 5, 1), holder_name="Player")
    real.refresh_from_db()
    assert real.to_latest is None


def test_office_is_left_once(registry: User, events: Events) -> None:
    holding = OfficeHoldingFactory()

    services.leave_office(actor=registry, holding=holding, on=date(2026, 5, 1), version=1)

    assert len(events("institutions.office_left")) == 1
    with pytest.raises(Refused) as caught:
        services.leave_office(actor=registry, holding=holding, on=date(2026, 6, 1))
    assert caught.value.code == "office_left_already"


def test_office_is_not_left_before_it_was_taken_up(registry: User) -> None:
    with pytest.raises(Refused) as caught:
        services.leave_office(actor=registry, holding=OfficeHoldingFactory(), on=date(2020, 1, 1))

    assert caught.value.code == "office_begins_later"


# Holidays ---------------------------------------------------------------------------------------


def test_holiday_is_added_and_removed(registry: User, events: Events) -> None:
    holiday = services.add_holiday(
        actor=registry,
        starts_on=date(2031, 1, 1),
        ends_on=date(2031, 1, 2),
        kind=HolidayKind.MOURNING,
        name_en="Mourning",
        source="circular 7",
    )
    removed = services.remove_holiday(actor=registry, holiday=holiday, version=1)

    assert removed.is_removed
    assert not Holiday.objects.in_force().exists()
    assert len(events("institutions.holiday_added")) == 1
    assert len(events("institutions.holiday_removed")) == 1
    with pytest.raises(Refused) as caught:
        services.remove_holiday(actor=registry, holiday=holiday)
    assert caught.value.code == "holiday_removed_already"


def test_holiday_needs_a_name_and_days_in_order(administrator: User) -> None:
    with pytest.raises(ValidationError):
        services.add_holiday(
            actor=administrator,
            starts_on=date(2031, 1, 2),
            ends_on=date(2031, 1, 1),
            kind=HolidayKind.HOLIDAY,
        )


# States -----------------------------------------------------------------------------------------


def test_state_is_added(administrator: User, events: Events) -> None:
    state = services.add_state(
        actor=administrator,
        code="ORV",
        name_en="Orvana",
        official_name_en="Republic of Orvana",
        joined_year=1970,
    )

    assert state.actor.is_reference
    assert state.code == "ORV"
    assert events("institutions.state_added")[0].target_id == str(state.pk)


def test_state_is_renamed_and_the_former_name_stays(administrator: User, events: Events) -> None:
    state = StateFactory(name="Tesma")

    for name, day in (("Tesmal", date(2022, 6, 1)), ("Greater Tesmal", date(2025, 1, 1))):
        services.change_state(
            actor=administrator,
            state=state,
            name_en=name,
            official_name_en=f"Republic of {name}",
            in_use_from=day,
        )

    former = list(state.actor.dated_names.order_by("to_earliest"))
    assert [row.name_en for row in former] == ["Tesma", "Tesmal"]
    assert former[1].from_earliest == date(2022, 6, 1)
    fresh = State.objects.select_related("actor").get(pk=state.pk)
    assert str(fresh) == "Greater Tesmal"
    assert fresh.official_name_en == "Republic of Greater Tesmal"
    assert fresh.actor.is_kept
    assert len(events("institutions.state_changed")) == 2


def test_state_follows_a_former_name_known_by_one_bound(administrator: User) -> None:
    state = StateFactory(name="Tesmal")
    DatedNameFactory(actor=state.actor, to_earliest=date(2000, 6, 1), to_latest=None)

    services.change_state(
        actor=administrator, state=state, name_en="Tesmar", in_use_from=date(2026, 1, 1)
    )

    assert state.actor.dated_names.get(name_en="Tesmal").from_latest == date(2000, 6, 1)


def test_state_is_merely_corrected(administrator: User, events: Events) -> None:
    state = StateFactory(name="Tesmal")

    services.change_state(actor=administrator, state=state, official_name_en="Republic of Tesmal")
    services.change_state(actor=administrator, state=state, official_name_en="Republic of Tesmal")

    assert not state.actor.dated_names.exists()
    assert len(events("institutions.state_changed")) == 1
    assert Actor.objects.get(pk=state.pk).is_kept


def test_standing_changes_on_a_day(administrator: User, events: Events) -> None:
    state = StateFactory(member=True)
    session = SessionFactory()
    day = date(2026, 5, 1)

    row = services.change_standing(
        actor=administrator,
        member=state.actor,
        status=Membership.SUSPENDED,
        on=day,
        decided_at=session,
    )

    before = state.actor.statuses.get(status=Membership.MEMBER)
    assert before.to_earliest == before.to_latest == row.from_latest == day
    assert events("institutions.standing_changed")[0].payload["changes"]["status"] == [
        Membership.MEMBER,
        Membership.SUSPENDED,
    ]


def test_first_standing_of_an_observer(administrator: User, events: Events) -> None:
    services.change_standing(
        actor=administrator,
        member=OrganisationFactory(),
        status=Membership.OBSERVER,
        on=date(2026, 5, 1),
    )

    recorded = events("institutions.standing_changed")[0]
    assert recorded.payload["changes"]["status"] == [None, Membership.OBSERVER]


@pytest.mark.parametrize(
    ("status", "on", "code"),
    [
        (Membership.MEMBER, date(2026, 5, 1), "standing_unchanged"),
        (Membership.SUSPENDED, date(1970, 1, 1), "standing_begins_later"),
    ],
)
def test_standing_refused(administrator: User, status: str, on: date, code: str) -> None:
    state = StateFactory(member=True)

    with pytest.raises(Refused) as caught:
        services.change_standing(actor=administrator, member=state.actor, status=status, on=on)

    assert caught.value.code == code


def test_standing_is_not_decided_by_a_session_of_the_other_world(administrator: User) -> None:
    with pytest.raises(Refused) as caught:
        services.change_standing(
            actor=administrator,
            member=StateFactory().actor,
            status=Membership.MEMBER,
            on=date(2026, 5, 1),
            decided_at=SessionFactory(exercise=True),
        )

    assert caught.value.code == "other_world"


def test_regional_group_changes_on_a_day(administrator: User, events: Events) -> None:
    before = RegionalGroupMembershipFactory()
    group = RegionalGroupFactory()

    services.change_regional_group(
        actor=administrator, state=before.state, group=group, valid_from=date(2026, 5, 1)
    )

    before.refresh_from_db()
    assert before.valid_to == date(2026, 4, 30)
    assert before.is_kept
    assert events("institutions.group_changed")[0].payload["changes"]["group"] == [
        before.group.code,
        group.code,
    ]


def test_first_regional_group(administrator: User) -> None:
    state, group = StateFactory(), RegionalGroupFactory()

    row = services.change_regional_group(
        actor=administrator, state=state, group=group, valid_from=date(2026, 5, 1)
    )

    assert (row.state, row.group) == (state, group)


def test_regional_group_refused(administrator: User) -> None:
    present = RegionalGroupMembershipFactory(valid_from=date(2026, 5, 1))

    for group, day, code in (
        (present.group, date(2027, 1, 1), "group_unchanged"),
        (RegionalGroupFactory(), date(2026, 5, 1), "group_begins_later"),
    ):
        with pytest.raises(Refused) as caught:
            services.change_regional_group(
                actor=administrator, state=present.state, group=group, valid_from=day
            )
        assert caught.value.code == code


# Actors -----------------------------------------------------------------------------------------


def test_actor_is_added_for_a_file(officer: User, focal_point: User, events: Events) -> None:
    movement = services.add_actor(
        actor=officer, kind=ActorKind.MOVEMENT, name_en="Movement of the Coast"
    )

    assert not movement.is_reference
    assert movement not in Actor.objects.visible_to(focal_point)
    assert len(events("institutions.actor_added")) == 1


def test_actor_is_added_to_the_register_by_who_keeps_it(officer: User, administrator: User) -> None:
    entry = services.add_actor(
        actor=administrator,
        kind=ActorKind.ORGANISATION,
        name_en="Union of Ports",
        code="UOP",
        is_reference=True,
    )

    assert entry.is_reference
    with pytest.raises(NotPermitted):
        services.add_actor(
            actor=officer, kind=ActorKind.ORGANISATION, name_en="Other", is_reference=True
        )


@pytest.mark.parametrize("kind", [ActorKind.STATE, ActorKind.ORGAN, ActorKind.OFFICE])
def test_actor_with_an_entry_of_its_own_is_not_added_so(officer: User, kind: str) -> None:
    with pytest.raises(Refused) as caught:
        services.add_actor(actor=officer, kind=kind, name_en="X")

    assert (caught.value.code, caught.value.field) == ("kind_has_own_entry", "kind")


def test_actor_is_corrected(officer: User, events: Events) -> None:
    entry = ActorFactory(of_a_file=True)

    services.change_actor(actor=officer, entry=entry, name_fr="Mouvement", version=1)
    services.change_actor(actor=officer, entry=entry, name_fr="Mouvement")

    assert len(events("institutions.actor_changed")) == 1


def test_actor_with_an_entry_of_its_own_is_not_changed_so(administrator: User) -> None:
    with pytest.raises(Refused):
        services.change_actor(actor=administrator, entry=StateFactory().actor, name_en="Elsewhere")


# All of them ------------------------------------------------------------------------------------


def _acts(actor: User) -> list[Callable[[], Any]]:
    """Return every service with arguments that would do."""
    day = date(2031, 5, 1)
    council = OrganFactory(council=True)
    planned = SessionFactory(organ=council, status=SessionStatus.PLANNED)
    member = StateFactory(member=True)
    return [
        lambda: services.create_session(
            actor=actor, organ=council, kind=SessionKind.EXTRAORDINARY, number=9
        ),
        lambda: services.change_session(actor=actor, session=planned, theme_en="x"),
        lambda: services.move_session(actor=actor, session=planned, starts_on=day, ends_on=day),
        lambda: services.postpone_session(actor=actor, session=planned, reason="x"),
        lambda: services.record_session_held(
            actor=actor, session=planned, starts_on=day, ends_on=day
        ),
        lambda: services.register_resolution(
            actor=actor, session=planned, reference="1-POL", title_en="x"
        ),
        lambda: services.correct_resolution(
            actor=actor, resolution=ResolutionFactory(), title_en="x"
        ),
        lambda: services.take_up_office(
            actor=actor, office=OfficeFactory(), on=day, holder_name="x"
        ),
        lambda: services.leave_office(actor=actor, holding=OfficeHoldingFactory(), on=day),
        lambda: services.add_holiday(
            actor=actor, starts_on=day, ends_on=day, kind=HolidayKind.HOLIDAY, name_en="x"
        ),
        lambda: services.remove_holiday(actor=actor, holiday=HolidayFactory()),
        lambda: services.add_state(actor=actor, code="XXX", name_en="x"),
        lambda: services.change_state(actor=actor, state=member, name_en="x"),
        lambda: services.change_standing(
            actor=actor, member=member.actor, status=Membership.SUSPENDED, on=day
        ),
        lambda: services.change_regional_group(
            actor=actor, state=member, group=RegionalGroupFactory(), valid_from=day
        ),
        lambda: services.add_actor(actor=actor, kind=ActorKind.PERSON, name_en="x"),
        lambda: services.change_actor(actor=actor, entry=ActorFactory(of_a_file=True), name_en="x"),
    ]


@pytest.mark.parametrize("persona", ["cabinet", "envoy", "focal_point", "auditor"])
def test_no_act_on_the_register_by_who_does_not_keep_it(
    persona: str, request: pytest.FixtureRequest
) -> None:
    for act in _acts(request.getfixturevalue(persona)):
        with pytest.raises(NotPermitted) as caught:
            act()
        assert caught.value.code == "not_your_task"


def test_no_act_stands_without_its_record(
    registry: User, administrator: User, officer: User, broken_record: None
) -> None:
    tables = (Session, Resolution, OfficeHolding, Holiday, State, RegionalGroupMembership)
    for actor in (registry, administrator, officer):
        for act in _acts(actor):
            before = [list(model.objects.order_by("pk").values()) for model in tables]
            made_inside = _count_made(act)
            after = [list(model.objects.order_by("pk").values()) for model in tables]
            assert made_inside or after == before


def _count_made(act: Callable[[], Any]) -> bool:
    """Run an act that cannot be recorded; tell whether the factories inside it made rows."""
    names = act.__code__.co_names
    with pytest.raises((DatabaseError, NotPermitted)):
        act()
    return any(name.endswith("Factory") for name in names)


def test_standing_row_is_named_after_its_actor() -> None:
    row = MembershipStatusFactory(state=StateFactory(name="Orvana"))

    assert str(row) == "Orvana: Member"


# Who hears of a session's days ------------------------------------------------------------------


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, Session]]:
    """What an app above was told of sessions."""
    told: list[tuple[Any, Session]] = []
    ears = {"test": lambda actor, session: told.append((actor, session))}
    monkeypatch.setattr(on_session_moved, "_providers", ears)
    return told


def test_apps_above_hear_when_a_session_gets_loses_or_keeps_its_days(
    registry: User, heard: list[tuple[Any, Session]]
) -> None:
    session = SessionFactory(planned=True)
    days = {"starts_on": date(2031, 6, 1), "ends_on": date(2031, 6, 2)}

    session = services.move_session(actor=registry, session=session, **days)
    session = services.move_session(actor=registry, session=session, **days)
    session = services.postpone_session(actor=registry, session=session, reason="x")
    session = services.record_session_held(actor=registry, session=session, **days)
    services.change_session(actor=registry, session=session, theme_en="Ports")

    assert [(actor, told.status) for actor, told in heard] == [
        (registry, SessionStatus.PLANNED),
        (registry, SessionStatus.POSTPONED),
        (registry, SessionStatus.HELD),
    ]


def test_session_does_not_move_when_an_app_above_cannot_follow(
    registry: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(actor: Any, session: Session) -> None:
        raise Refused("held_fast", "not now")

    monkeypatch.setattr(on_session_moved, "_providers", {"test": fail})
    session = SessionFactory(planned=True)

    with pytest.raises(Refused):
        services.move_session(
            actor=registry, session=session, starts_on=date(2031, 6, 1), ends_on=date(2031, 6, 2)
        )
    session.refresh_from_db()
    assert session.starts_on is None
