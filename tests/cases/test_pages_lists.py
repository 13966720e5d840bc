"""The first page, the list of files and the search, for every persona."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from cases.choices import DisputeStatus, DisputeType
from tests.factories.accounts import DelegationFactory, StateUserFactory
from tests.factories.cases import (
    AgreementFactory,
    DisputeFactory,
    PartyFactory,
    ProcessFactory,
    StateNotificationFactory,
    TeamMemberFactory,
)
from tests.factories.institutions import StateFactory

pytestmark = pytest.mark.django_db

MINE = "/files/mine/"
LIST = reverse("cases:dispute_list")


def text_of(client, url: str, **query: object) -> str:
    response = client.get(url, query)
    assert response.status_code == 200
    return response.content.decode()


def test_my_files_are_own_and_team_files_only(officer, client_for):
    own = DisputeFactory(desk_officer=officer, title_en="Wells of Orvana")
    joined = TeamMemberFactory(user=officer, dispute__title_en="Crossings of Naruba").dispute
    other = DisputeFactory(open_to_staff=True, title_en="Stones of Tesmal")

    html = text_of(client_for(officer), MINE)

    assert own.reference in html
    assert joined.reference in html
    assert other.reference not in html
    assert "Open a file" in html


def test_first_page_of_a_state_shows_what_is_shared(focal_point, client_for):
    shared = StateNotificationFactory(state=focal_point.delegation.state, shared=True).dispute
    notified = StateNotificationFactory(state=focal_point.delegation.state).dispute

    html = text_of(client_for(focal_point), "/")

    assert shared.reference in html
    assert notified.reference not in html
    assert "Open a file" not in html
    assert shared.desk_officer.full_name not in html


@pytest.mark.parametrize("persona", ["auditor", "administrator"])
def test_first_page_without_files_says_what_the_role_is_for(persona, client_for, request):
    user = request.getfixturevalue(persona)

    html = text_of(client_for(user), "/")

    assert str(user.kind.description) in html
    assert LIST not in html


def test_my_files_without_any_file_say_what_comes(wise_person, client_for):
    assert "No file is yours yet" in text_of(client_for(wise_person), MINE)


def test_first_page_of_whoever_keeps_no_file_shows_those_that_they_may_see(head, client_for):
    DisputeFactory(title_en="Wells of Orvana")

    html = text_of(client_for(head), MINE)

    assert "you keep none" in html
    assert "Wells of Orvana" in html


def test_list_shows_title_parties_stage_desk_and_day(head, client_for):
    dispute = DisputeFactory(title_en="Wells of Orvana")
    party = PartyFactory(dispute=dispute, neutral_name_en="Government of Orvana")
    gone = PartyFactory(dispute=dispute, neutral_name_en="Gone", valid_to=date(2026, 4, 1))
    ProcessFactory(dispute=dispute, parties=[party])

    html = text_of(client_for(head), LIST)

    for words in (
        dispute.reference,
        "Wells of Orvana",
        "Government of Orvana",
        "Pre-negotiation",
        dispute.desk_officer.full_name,
        "3 March 2026",
    ):
        assert words in html
    assert gone.name not in html


def test_list_shows_outward_words_to_a_state(focal_point, client_for):
    dispute = StateNotificationFactory(state=focal_point.delegation.state, shared=True).dispute
    ProcessFactory(dispute=dispute)

    html = text_of(client_for(focal_point), LIST)

    assert "Consultations continue" in html
    assert "Pre-negotiation" not in html
    assert 'name="status"' not in html


def test_list_is_narrowed_by_status_type_class_words_state_and_desk(head, client_for):
    wells = DisputeFactory(desk_officer=head, title_en="Wells", classification=1)
    stones = DisputeFactory(
        title_en="Stones", type=DisputeType.THEMATIC, status=DisputeStatus.SUSPENDED
    )
    party = PartyFactory(dispute=wells)
    client = client_for(head)

    for query, found, missed in (
        ({"status": "suspended"}, stones, wells),
        ({"type": "thematic"}, stones, wells),
        ({"classification": "1"}, wells, stones),
        ({"q": "STONES"}, stones, wells),
        ({"mine": "on"}, wells, stones),
        ({"state": party.actor_id}, wells, stones),
    ):
        html = text_of(client, LIST, **query)
        assert found.reference in html, query
        assert missed.reference not in html, query


def test_list_finds_files_by_state_concerned(head, client_for):
    state = StateFactory()
    dispute = DisputeFactory()
    dispute.states_concerned.add(state)

    assert dispute.reference in text_of(client_for(head), LIST, state=state.pk)


def test_list_with_a_wrong_condition_is_empty_and_says_so(head, client_for):
    DisputeFactory()

    assert "No file meets these conditions" in text_of(client_for(head), LIST, status="gone")


def test_list_of_outsiders_is_empty(auditor, client_for):
    DisputeFactory(open_to_staff=True)

    assert "You see no file yet" in text_of(client_for(auditor), LIST)


def test_list_marks_ended_and_historical_files(head, asg, client_for):
    DisputeFactory(
        status=DisputeStatus.ENDED,
        outcome="opened_in_error",
        ended_on=date(2026, 5, 1),
        ended_by=asg,
        end_approved_by=head,
        end_reason="Twice",
    )
    DisputeFactory(history=True)
    several = DisputeFactory()
    ProcessFactory(dispute=several, title_en="Capital talks")
    ProcessFactory(dispute=several, title_en="Border talks")

    html = text_of(client_for(head), LIST)

    assert "Ended on 1 May 2026: Opened in error" in html
    assert "Published history" in html
    assert "Capital talks: Pre-negotiation" in html


def test_list_stays_within_its_budget(officer, client_for, django_assert_max_num_queries):
    for _ in range(4):
        dispute = DisputeFactory(desk_officer=officer)
        ProcessFactory(dispute=dispute, parties=[PartyFactory(dispute=dispute)])
    client = client_for(officer)

    for url in ("/", LIST):
        with django_assert_max_num_queries(10):
            client.get(url)


def test_search_finds_files_by_reference_title_and_party(officer, client_for):
    dispute = DisputeFactory(desk_officer=officer, title_en="Grazing in the Sahn valley")
    PartyFactory(dispute=dispute, state=StateFactory(name="Orvana"))
    from cases.services.disputes import refresh_search_text

    refresh_search_text(dispute)
    client = client_for(officer)

    for words in (dispute.reference.lower(), "sahn", "ORVANA"):
        assert reverse("cases:dispute_detail", args=[dispute.pk]) in text_of(
            client, "/search/", q=words
        )


def test_search_finds_agreements_of_files(officer, client_for):
    agreement = AgreementFactory(
        process__dispute__desk_officer=officer,
        title_en="Accord of the wells",
        search_text="accord of the wells",
    )

    html = text_of(client_for(officer), "/search/", q="accord wells")

    assert reverse("cases:agreement_detail", args=[agreement.pk]) in html
    assert "Agreements of files" in html


def test_search_shows_nothing_of_files_of_others(client_for, wise_person):
    dispute = DisputeFactory(title_en="Grazing in the Sahn valley")
    stranger = StateUserFactory(delegation=DelegationFactory())

    for person in (stranger, wise_person):
        html = text_of(client_for(person), "/search/", q="sahn")
        assert dispute.reference not in html
        assert "Nothing is found" in html


def test_search_asks_for_two_letters(officer, client_for):
    assert "Write two letters at least" in text_of(client_for(officer), "/search/", q="a")


def test_search_costs_one_query_a_source(officer, client_for, django_assert_max_num_queries):
    DisputeFactory(desk_officer=officer, title_en="Grazing")
    client = client_for(officer)

    client.get("/search/")  # what is asked once a process is asked now
    with django_assert_max_num_queries(10):
        client.get("/search/", {"q": "grazing"})


@pytest.mark.parametrize("url", ["/", LIST, "/search/"])
def test_strangers_are_sent_to_the_door(url, client):
    assert client.get(url).status_code == 302
