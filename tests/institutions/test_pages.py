"""The register's pages: read by everybody, kept by who keeps it, in three languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from institutions import filters
from institutions.choices import ActorKind, HolidayKind, Membership, SessionStatus
from institutions.models import (
    Actor,
    Holiday,
    OfficeHolding,
    RegionalGroupMembership,
    Resolution,
    Session,
    State,
)
from institutions.services.reference_data import load_reference
from tests.factories.accounts import UserFactory
from tests.factories.institutions import (
    ActorFactory,
    DatedNameFactory,
    GlossaryTermFactory,
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

LISTS = (
    "state_list",
    "observer_list",
    "organ_list",
    "office_list",
    "session_list",
    "resolution_list",
    "recommendation_list",
    "glossary",
    "holiday_list",
)

ClientFor = Callable[[User], Client]


def url(name: str, *args: Any) -> str:
    return reverse(f"institutions:{name}", args=args)


def content(client: Client, path: str, **query: Any) -> str:
    response = client.get(path, query)
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_list_asks_to_log_in(client: Client, name: str) -> None:
    assert client.get(url(name)).status_code == 302


@pytest.mark.parametrize("persona", ["officer", "focal_point", "auditor", "administrator", "envoy"])
@pytest.mark.parametrize("name", LISTS)
def test_list_opens_for_everybody_even_when_empty(
    client_for: ClientFor, request: pytest.FixtureRequest, persona: str, name: str
) -> None:
    content(client_for(request.getfixturevalue(persona)), url(name))


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_whole_register_is_shown_in_each_language(
    client_for: ClientFor, registry: User, language: str
) -> None:
    load_reference()
    registry.language = language
    registry.save()
    client = client_for(registry)

    for name in LISTS:
        assert f'lang="{language}"' in content(client, url(name))
    for name, rows in (
        ("state_detail", State.objects.filter(actor__code__in=["SYR", "TUR", "XCY", "BIH"])),
        ("organ_detail", "IS CFM EXCO IICJ"),
        ("session_detail", Session.objects.all()[:8]),
        ("resolution_detail", Resolution.objects.all()[:8]),
        ("actor_detail", Actor.objects.filter(code__in=["MNLF", "OIC", "UN"])),
    ):
        if isinstance(rows, str):
            rows = Actor.objects.filter(kind=ActorKind.ORGAN, code__in=rows.split())
        for row in rows:
            content(client, url(name, row.pk))


def test_lists_cost_a_steady_number_of_queries(
    client_for: ClientFor, officer: User, django_assert_max_num_queries: Any
) -> None:
    load_reference()
    client = client_for(officer)

    for name in LISTS:
        with django_assert_max_num_queries(16):
            content(client, url(name))


# States -----------------------------------------------------------------------------------------


def test_states_stand_in_their_groups_as_on_the_day(client_for: ClientFor, officer: User) -> None:
    state = StateFactory(name="Tesmal", member=True)
    group = RegionalGroupFactory(name_en="Coastal Group")
    RegionalGroupMembershipFactory(state=state, group=group, valid_from=date(2000, 1, 1))
    DatedNameFactory(actor=state.actor, name_en="Tesma", to_earliest=date(2022, 6, 1))
    client = client_for(officer)

    today = content(client, url("state_list"))
    before = content(client, url("state_list"), on="1999-05-01")

    assert "Coastal Group" in today
    assert ">Tesmal<" in today
    assert "Without a regional group" in before
    assert ">Tesma<" in before


def test_states_are_narrowed(client_for: ClientFor, officer: User) -> None:
    orvana, naruba = StateFactory(name="Orvana", member=True), StateFactory(name="Naruba")
    group = RegionalGroupMembershipFactory(state=orvana).group
    client = client_for(officer)

    for query in (
        {"q": "orv"},
        {"group": str(group.pk)},
        {"standing": Membership.MEMBER},
    ):
        page = content(client, url("state_list"), **query)
        assert ">Orvana<" in page
        assert ">Naruba<" not in page
    page = content(client, url("state_list"), standing=Membership.NONE)
    assert ">Naruba<" in page
    assert ">Orvana<" not in page
    assert "No State is found" in content(client, url("state_list"), q="zzz")
    assert str(naruba) == "Naruba"


def test_states_of_the_exercise_are_marked_and_hidden_from_others(
    client_for: ClientFor, officer: User
) -> None:
    state = StateFactory(name="Orvana", exercise=True)
    player = UserFactory(desk_officer=True, is_exercise=True)

    assert "badge" in content(client_for(player), url("state_list"))
    assert client_for(officer).get(url("state_detail", state.pk)).status_code == 404


def test_state_page_tells_its_history(client_for: ClientFor, administrator: User) -> None:
    state = StateFactory(name="Tesmal")
    state.joined_year, state.joined_otherwise, state.is_un_member = 1970, "1972", True
    state.save()
    session = SessionFactory(country=state)
    MembershipStatusFactory(actor=state.actor, decided_at=session, source="a newspaper")
    DatedNameFactory(actor=state.actor, name_en="Tesma")
    RegionalGroupMembershipFactory(
        state=state, valid_from=date(2000, 1, 1), valid_to=date(2040, 1, 1)
    )
    OfficeHoldingFactory(holder=state.actor, holder_name="")

    page = content(client_for(administrator), url("state_detail", state.pk))

    for words in ("other lists: 1972", "Tesma", "a newspaper", session.label, "Change the names"):
        assert words in page


def test_state_page_offers_nothing_to_a_reader(client_for: ClientFor, officer: User) -> None:
    assert "Change the names" not in content(
        client_for(officer), url("state_detail", StateFactory().pk)
    )


def test_entry_of_the_other_world_says_why_it_is_closed(
    client_for: ClientFor, registry: User
) -> None:
    player = UserFactory(registry_clerk=True, is_exercise=True)
    page = content(client_for(player), url("session_detail", SessionFactory().pk))

    assert "keep no entries outside the exercise" in page


# Acts -------------------------------------------------------------------------------------------


def post(client: Client, path: str, **data: Any) -> Any:
    assert client.get(path).status_code == 200
    return client.post(path, data)


def test_administrator_keeps_a_state(client_for: ClientFor, administrator: User) -> None:
    client = client_for(administrator)
    group = RegionalGroupFactory()

    post(client, url("state_add"), code="ORV", name_en="Orvana", joined_year=1970)
    state = State.objects.get(actor__code="ORV")
    assert state.joined_year == 1970
    answer = post(
        client,
        url("state_change", state.pk),
        name_en="Orvania",
        in_use_from="2026-01-01",
        version=1,
    )
    assert answer.url == url("state_detail", state.pk)
    post(client, url("state_group", state.pk), group=group.pk, valid_from="2026-01-01")
    post(client, url("state_standing", state.pk), status=Membership.MEMBER, on="2026-01-01")

    assert Actor.objects.get(pk=state.pk).name_en == "Orvania"
    assert RegionalGroupMembership.objects.get(state=state).group == group
    assert state.actor.statuses.get().status == Membership.MEMBER


def test_registry_keeps_a_session(client_for: ClientFor, registry: User) -> None:
    client = client_for(registry)
    organ, host = OrganFactory(council=True), StateFactory()

    post(
        client,
        url("session_add"),
        organ=organ.pk,
        kind="ordinary",
        number=61,
        starts_on="2031-05-01",
        country=host.pk,
        city_en="Port",
    )
    session = Session.objects.get()
    post(client, url("session_change", session.pk), number=61, theme_en="Ports at peace", version=1)
    post(
        client,
        url("session_move", session.pk),
        starts_on="2031-06-01",
        ends_on="2031-06-02",
        version=2,
    )
    post(client, url("session_postpone", session.pk), reason="storm", version=3)
    post(
        client,
        url("session_held", session.pk),
        starts_on="2026-06-01",
        ends_on="2026-06-02",
        version=4,
    )

    session.refresh_from_db()
    assert session.status == SessionStatus.HELD
    assert session.theme_en == "Ports at peace"
    assert "Ports at peace" in content(client, url("session_detail", session.pk))


def test_registry_keeps_a_resolution_and_is_told_of_an_odd_day(
    client_for: ClientFor, registry: User
) -> None:
    client = client_for(registry)
    session = SessionFactory(number=61)

    path = f"{url('resolution_add')}?session={session.pk}"
    assert f'value="{session.pk}" selected' in client.get(path).content.decode()
    answer = client.post(
        url("resolution_add"),
        {
            "session": session.pk,
            "reference": "53/61-POL",
            "title_en": "Ports",
            "adopted_on": "2025-01-01",
        },
        follow=True,
    )
    resolution = Resolution.objects.get()
    assert "outside the days of the session" in answer.content.decode()
    post(
        client,
        url("resolution_correct", resolution.pk),
        reference="54-ORG",
        title_en="Ports",
        adopted_on="2024-03-05",
        version=1,
    )

    resolution.refresh_from_db()
    assert resolution.reference == "54/61-ORG"
    assert "outside the days" not in content(client, url("resolution_detail", resolution.pk))


def test_refused_resolution_says_so_beside_the_field(
    client_for: ClientFor, registry: User, events: Callable[[str], list[Any]]
) -> None:
    answer = client_for(registry).post(
        url("resolution_add"),
        {"session": SessionFactory(number=61).pk, "reference": "53/99", "title_en": "Ports"},
    )

    assert answer.status_code == 409
    assert "session number 99" in answer.content.decode()
    assert events("audit.refused")


def test_registry_keeps_offices_and_holidays(client_for: ClientFor, registry: User) -> None:
    client = client_for(registry)
    office = OfficeFactory(name="Chair of the Ports")

    post(client, url("office_take_up", office.pk), holder_name="A. Holder", on="2026-01-01")
    holding = OfficeHolding.objects.get()
    assert "A. Holder" in content(client, url("office_list"))
    post(client, url("office_leave", holding.pk), on="2026-05-01", version=1)
    assert "not verified for today" in content(client, url("office_list"))
    post(
        client,
        url("holiday_add"),
        name_en="Port Day",
        starts_on="2031-01-01",
        ends_on="2031-01-01",
        kind=HolidayKind.HOLIDAY,
    )
    holiday = Holiday.objects.get()
    assert "Port Day" in content(client, url("holiday_list"), year=2031, kind="holiday")
    post(client, url("holiday_remove", holiday.pk), version=1)
    assert "Port Day" not in content(client, url("holiday_list"))
    assert client.get(url("holiday_remove", holiday.pk)).status_code == 404


def test_officer_adds_an_actor_for_a_file_and_corrects_it(
    client_for: ClientFor, officer: User, focal_point: User
) -> None:
    client = client_for(officer)

    answer = post(
        client, url("actor_add"), kind=ActorKind.MOVEMENT, name_en="Movement of the Coast"
    )
    actor = Actor.objects.get(name_en="Movement of the Coast")
    assert answer.url == url("actor_detail", actor.pk)
    post(client, url("actor_change", actor.pk), name_en="Coast Movement", version=1)

    assert "Coast Movement" in content(client, url("actor_detail", actor.pk))
    assert client_for(focal_point).get(url("actor_detail", actor.pk)).status_code == 404


def test_administrator_adds_an_actor_to_the_register(
    client_for: ClientFor, administrator: User
) -> None:
    client = client_for(administrator)

    post(client, url("actor_add"), kind=ActorKind.ORGANISATION, name_en="Union of Ports", code="U")

    assert Actor.objects.get(code="U").is_reference


def test_acts_are_closed_to_who_does_not_keep_the_register(
    client_for: ClientFor, focal_point: User
) -> None:
    client = client_for(focal_point)
    state, session = StateFactory(), SessionFactory()
    paths = [
        url("state_add"),
        url("state_change", state.pk),
        url("state_group", state.pk),
        url("state_standing", state.pk),
        url("actor_add"),
        url("actor_change", ActorFactory().pk),
        url("session_add"),
        *(
            url(name, session.pk)
            for name in ("session_change", "session_move", "session_postpone", "session_held")
        ),
        url("resolution_add"),
        url("resolution_correct", ResolutionFactory().pk),
        url("office_take_up", OfficeFactory().pk),
        url("office_leave", OfficeHoldingFactory().pk),
        url("holiday_add"),
        url("holiday_remove", HolidayFactory().pk),
    ]

    assert {client.get(path).status_code for path in paths} == {403}


# Reading ----------------------------------------------------------------------------------------


def test_session_shows_both_calendars(client_for: ClientFor, officer: User) -> None:
    session = SessionFactory(starts_on=date(2017, 7, 10), ends_on=date(2017, 7, 11))

    page = content(client_for(officer), url("session_detail", session.pk))

    assert "16–17 Shawwal 1438" in page
    assert "10–11 July 2017" in page


def test_sessions_are_narrowed(client_for: ClientFor, officer: User) -> None:
    session = SessionFactory(number=61, starts_on=date(2024, 3, 5))
    SessionFactory(number=62, starts_on=date(2020, 3, 5), ends_on=date(2020, 3, 6))
    client = client_for(officer)

    for query in ({"number": 61}, {"year": 2024}, {"organ": str(session.organ_id), "number": 61}):
        page = content(client, url("session_list"), **query)
        assert "61st session" in page
        assert "62nd session" not in page


@pytest.mark.parametrize(
    "query", ["53/61", "POL-53/61", "٥٣/٦١-س", "ports peace", "53/61-pol", "PÉACE"]
)
def test_resolutions_are_found_by_any_form(
    client_for: ClientFor, officer: User, query: str
) -> None:
    ResolutionFactory(number=53, session=SessionFactory(number=61), title_en="Ports at peace")
    ResolutionFactory(number=54, session=SessionFactory(number=62), title_en="Budget")

    page = content(client_for(officer), url("resolution_list"), q=query)

    assert "Ports at peace" in page
    assert "Budget" not in page


def test_resolutions_are_narrowed_by_tag_and_session(client_for: ClientFor, officer: User) -> None:
    ResolutionFactory(tag="ORG", session=SessionFactory(number=61), title_en="Budget")
    ResolutionFactory(tag="POL", session=SessionFactory(number=62), title_en="Ports")

    for query in ({"tag": "أت"}, {"session_number": 61}):
        page = content(client_for(officer), url("resolution_list"), **query)
        assert "Budget" in page
        assert "Ports" not in page


def test_actor_page_of_a_state_leads_to_the_states_page(
    client_for: ClientFor, officer: User
) -> None:
    state, organ = StateFactory(), OrganFactory(summit=True)
    client = client_for(officer)

    assert client.get(url("actor_detail", state.pk)).url == url("state_detail", state.pk)
    assert client.get(url("actor_detail", organ.pk)).url == url("organ_detail", organ.pk)
    OfficeFactory(organ=organ, name="Summit Chair")
    assert "Summit Chair" in content(client, url("organ_detail", organ.pk))


def test_search_finds_actors_and_resolutions(officer: User, focal_point: User) -> None:
    from common.search import run

    OrganisationFactory(name_en="Union of Ports", name_ar="اتحاد الموانئ")
    ActorFactory(of_a_file=True, name_en="Ports Movement")
    ResolutionFactory(number=53, session=SessionFactory(number=61), title_en="Ports at peace")

    def titles(user: User, query: str) -> list[str]:
        return [
            hit.title for key, hits in run(user, query) for hit in hits if "institutions" in key
        ]

    assert titles(officer, "53/61") == ["Ports at peace"]
    assert titles(officer, "اتحاد الموانيء") == []
    assert titles(officer, "إتحاد موانئ") == ["Union of Ports"]
    assert set(titles(officer, "ports")) == {"Ports at peace", "Union of Ports", "Ports Movement"}
    assert set(titles(focal_point, "ports")) == {"Ports at peace", "Union of Ports"}


def test_glossary_is_searched_in_any_language(client_for: ClientFor, officer: User) -> None:
    GlossaryTermFactory(term_en="good offices", term_ar="المساعي الحميدة")
    GlossaryTermFactory(term_en="enquiry")
    client = client_for(officer)

    for query in ("good", "المساعى الحميده"):
        page = content(client, url("glossary"), q=query)
        assert "good offices" in page
        assert "enquiry" not in page


def test_actor_that_nobody_corrects_here_offers_nothing(
    client_for: ClientFor, administrator: User
) -> None:
    page = content(client_for(administrator), url("actor_detail", OfficeFactory().pk))

    assert "Correct this entry" not in page


def test_choices_without_a_reader_are_empty() -> None:
    StateFactory()
    SessionFactory()

    assert not filters.StateFilter({}, queryset=State.objects.all()).form.fields["group"].queryset
    assert not filters.SessionFilter({}).form.fields["organ"].queryset
