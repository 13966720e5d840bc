"""The main page of a file and the pages around it: inside whole, outside in part, else absent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.choices import BasisState, ConsentState, DisputeStatus
from common.choices import Classification
from tests.factories.accounts import UserFactory
from tests.factories.cases import (
    ActivityFactory,
    AgreementFactory,
    BasisFactory,
    ConsentFactory,
    ConsentStepFactory,
    DisputeFactory,
    MandateFactory,
    PartyFactory,
    ProcessFactory,
    RootCauseFactory,
    StageChangeFactory,
    StateNotificationFactory,
    TeamMemberFactory,
)
from tests.factories.institutions import ActorFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(officer, focal_point) -> dict[str, Any]:
    """A file between two governments, one of them the focal point's, shared with it."""
    dispute = DisputeFactory(
        desk_officer=officer,
        title_en="Grazing and water in the Sahn valley",
        summary_en="Two seasons of drought",
        nature_described="a question of grazing",
        nature_source="the communiqué of 3 February",
    )
    orvana = PartyFactory(
        dispute=dispute,
        state=focal_point.delegation.state,
        neutral_name_en="Government of Orvana",
    )
    naruba = PartyFactory(dispute=dispute, neutral_name_en="Government of Naruba")
    process = ProcessFactory(
        dispute=dispute, parties=[orvana, naruba], mediation=True, title_en="Orvana – Naruba"
    )
    StageChangeFactory(process=process, reason="Both capitals answered")
    StateNotificationFactory(dispute=dispute, state=focal_point.delegation.state, shared=True)
    return {
        "dispute": dispute,
        "process": process,
        "orvana": orvana,
        "naruba": naruba,
        "given": ConsentFactory(process=process, party=orvana, role="mediation", given=True),
        "sought": ConsentFactory(process=process, party=naruba, role="mediation", sought=True),
    }


def url_of(name: str, obj: Any) -> str:
    return reverse(f"cases:{name}", args=[obj.pk])


def html_of(client, name: str, obj: Any) -> str:
    response = client.get(url_of(name, obj))
    assert response.status_code == 200
    return response.content.decode()


def test_file_from_inside_shows_track_acts_timeline_and_sight(world, officer, client_for):
    html = html_of(client_for(officer), "dispute_detail", world["dispute"])

    for words in (
        "What may be done today",
        "the consent of Government of Naruba is missing",
        "Both capitals answered",
        "Who may see this file",
        "shared parts",
        "Two seasons of drought",
        "Record where Government of Naruba stands",
        "as described by the communiqué of 3 February",
    ):
        assert words in html, words


def test_file_of_one_process_needs_no_further_step(world, officer, client_for):
    response = client_for(officer).get(url_of("process_detail", world["process"]))

    assert response.status_code == 302
    assert response["Location"] == url_of("dispute_detail", world["dispute"])


def test_file_of_several_processes_shows_a_list_and_no_single_stage(world, officer, client_for):
    second = ProcessFactory(dispute=world["dispute"], title_en="Border talks", follow_up=True)
    client = client_for(officer)

    html = html_of(client, "dispute_detail", world["dispute"])

    assert url_of("process_detail", second) in html
    assert 'class="track"' not in html
    assert 'class="track"' in html_of(client, "process_detail", second)


def test_thematic_file_has_no_process_party_or_consent(officer, client_for):
    dispute = DisputeFactory(thematic=True, desk_officer=officer)
    client = client_for(officer)

    html = html_of(client, "dispute_detail", dispute)

    assert url_of("consent_list", dispute) not in html
    assert url_of("process_open", dispute) not in html
    for name in ("party_list", "consent_list"):
        assert client.get(url_of(name, dispute)).status_code == 404


def test_published_history_shows_agreements_and_says_what_it_is(head, client_for):
    dispute = DisputeFactory(history=True)
    process = ProcessFactory(dispute=dispute, stage="", stage_since=None, engagement="")
    AgreementFactory(process=process, title_en="The published accord", classification=0)

    html = html_of(client_for(head), "dispute_detail", dispute)

    assert "Published facts only" in html
    assert "The published accord" in html
    assert "What may be done today" not in html
    assert url_of("dispute_change", dispute) not in html


def test_file_from_outside_shows_what_was_shared_and_no_more(world, focal_point, client_for):
    MandateFactory(dispute=world["dispute"], title_en="A draft nobody sees")
    MandateFactory(dispute=world["dispute"], adopted=True, title_en="Mediation of the Council")

    html = html_of(client_for(focal_point), "dispute_detail", world["dispute"])

    assert "Consultations continue" in html
    assert "Mediation of the Council" in html
    assert "Government of Naruba" in html
    for hidden in (
        "Pre-negotiation",
        "Two seasons of drought",
        "Active",
        "A draft nobody sees",
        "Both capitals answered",
        world["dispute"].desk_officer.full_name,
        "What may be done today",
        "History",
        "Sought",
    ):
        assert hidden not in html, hidden


def test_pages_inside_do_not_exist_outside(world, focal_point, client_for):
    client = client_for(focal_point)

    assert client.get(url_of("dispute_history", world["dispute"])).status_code == 404
    assert client.get(url_of("dispute_record", world["dispute"])).status_code == 404
    assert client.get(url_of("dispute_access", world["dispute"])).status_code == 404
    assert client.get(url_of("basis_list", world["process"])).status_code == 404
    assert client.get(url_of("consent_detail", world["sought"])).status_code == 404
    assert client.get(url_of("process_detail", world["process"])).status_code == 302


PAGES = (
    "dispute_detail",
    "party_list",
    "consent_list",
    "mandate_list",
    "dispute_history",
    "dispute_record",
    "dispute_access",
)


@pytest.mark.parametrize(
    "persona",
    ["other_officer", "registry", "envoy", "other_focal_point", "auditor", "administrator"],
)
def test_file_does_not_exist_for_those_without_it(persona, world, client_for, request):
    client = client_for(request.getfixturevalue(persona))

    answers = [client.get(url_of(name, world["dispute"])).status_code for name in PAGES]

    assert answers == [404] * len(PAGES)


@pytest.mark.parametrize("persona", ["officer", "head", "asg", "cabinet", "secretary_general"])
def test_every_page_opens_for_those_inside(persona, world, client_for, request):
    user = request.getfixturevalue(persona)
    MandateFactory(dispute=world["dispute"], adopted=True)
    RootCauseFactory(dispute=world["dispute"])
    client = client_for(user)

    for name in PAGES:
        status = client.get(url_of(name, world["dispute"])).status_code
        record_is_read = name != "dispute_record" or user.has_power("audit.read_history")
        assert status == (200 if record_is_read else 404), name


def test_cabinet_reads_and_is_offered_nothing(world, cabinet, client_for):
    html = html_of(client_for(cabinet), "dispute_detail", world["dispute"])

    assert "What may be done today" not in html
    assert url_of("dispute_change", world["dispute"]) not in html
    assert "Pre-negotiation" in html


def test_mediator_reads_the_outward_state_of_a_withdrawal(world, envoy, client_for):
    TeamMemberFactory(dispute=world["dispute"], user=envoy, function="Special Envoy")
    consent = world["given"]
    consent.state = ConsentState.NO_LONGER_IN_FORCE
    consent.save()
    ConsentStepFactory(
        consent=consent, old_state="given", new_state=ConsentState.NO_LONGER_IN_FORCE
    )
    client = client_for(envoy)

    for name, obj in (
        ("dispute_detail", world["dispute"]),
        ("consent_list", world["dispute"]),
        ("consent_detail", consent),
        ("dispute_history", world["dispute"]),
    ):
        assert "o longer in force" not in html_of(client, name, obj), name


def test_file_page_shows_basis_dues_and_plans(world, officer, client_for):
    today = timezone.localdate()
    session = SessionFactory(planned=True, number=53, starts_on=today, ends_on=today + timedelta(9))
    MandateFactory(
        dispute=world["dispute"],
        active=True,
        end_kind="session",
        ends_on=None,
        end_session=session,
        review_on=today + timedelta(3),
    )
    BasisFactory(process=world["process"], state=BasisState.ACCEPTED)
    ActivityFactory(process=world["process"], planned_on=today + timedelta(1), purpose="To hear")
    oral = ConsentFactory(process=world["process"], party=world["naruba"], sought=True)
    ConsentStepFactory(consent=oral, oral=True, confirmation_pending=True)

    html = html_of(client_for(officer), "dispute_detail", world["dispute"])

    for words in (
        "Review of the mandate",
        "until the close of: Council of Foreign Ministers, 53rd session",
        "paragraph 4",
        "Countersignature awaited",
        "To hear",
        "Good offices of the Secretary General",
    ):
        assert words in html, words


def test_file_says_when_it_is_suspended_ended_or_about_to_end(world, officer, head, client_for):
    dispute = world["dispute"]
    client = client_for(officer)
    dispute.status = DisputeStatus.SUSPENDED
    dispute.save()
    assert "The file is suspended" in html_of(client, "dispute_detail", dispute)

    dispute.status = DisputeStatus.ACTIVE
    dispute.end_proposed_outcome, dispute.end_proposed_by = "opened_in_error", officer
    dispute.end_proposed_reason = "Opened twice"
    dispute.save()
    html = html_of(client_for(head), "dispute_detail", dispute)
    assert url_of("end_approve", dispute) in html

    dispute.status, dispute.outcome = DisputeStatus.ENDED, "opened_in_error"
    dispute.ended_on, dispute.ended_by, dispute.end_approved_by = (
        timezone.localdate(),
        officer,
        head,
    )
    dispute.end_reason = "Opened twice"
    dispute.end_proposed_outcome, dispute.end_proposed_by = "", None
    dispute.save()
    html = html_of(client_for(head), "dispute_detail", dispute)
    assert "The file has ended: Opened in error" in html
    assert url_of("dispute_reopen", dispute) in html
    assert url_of("dispute_change", dispute) not in html


def test_access_page_names_everybody_and_why(world, asg, head, client_for):
    TeamMemberFactory(
        dispute=world["dispute"],
        user=UserFactory(full_name="Ibrahim Sow"),
        function="Legal adviser",
    )

    html = html_of(client_for(asg), "dispute_access", world["dispute"])

    for words in ("desk officer of the file", "Legal adviser", "Ibrahim Sow", "by office"):
        assert words in html, words
    assert reverse("cases:state_notify", args=[world["dispute"].pk]) in html


def test_history_is_paged_and_record_names_readers(world, head, client_for):
    client = client_for(head)
    html_of(client, "dispute_detail", world["dispute"])

    assert "Both capitals answered" in html_of(client, "dispute_history", world["dispute"])
    response = client.get(url_of("dispute_record", world["dispute"]), {"before": "999999"})
    assert head.full_name in response.content.decode()


def test_secret_basis_is_not_shown_to_a_lower_clearance(world, officer, head, client_for):
    BasisFactory(process=world["process"], classification=Classification.SECRET, note="Whispered")

    assert "Whispered" not in html_of(client_for(officer), "basis_list", world["process"])
    assert "Whispered" in html_of(client_for(head), "basis_list", world["process"])


def test_actors_made_for_a_file_show_under_their_neutral_name_only(world, focal_point, client_for):
    PartyFactory(
        dispute=world["dispute"],
        movement=True,
        actor=ActorFactory(of_a_file=True, name_en="The real front"),
        neutral_name_en="Herders of the valley",
    )
    client = client_for(focal_point)

    for name in ("dispute_detail", "party_list"):
        html = html_of(client, name, world["dispute"])
        assert "Herders of the valley" in html
        assert "The real front" not in html


@pytest.mark.parametrize("persona", ["officer", "head", "focal_point"])
def test_file_page_stays_within_its_budget(persona, world, client_for, request):
    BasisFactory(process=world["process"])
    MandateFactory(dispute=world["dispute"], active=True)
    client = client_for(request.getfixturevalue(persona))
    client.get("/")

    with CaptureQueriesContext(connection) as queries:
        html_of(client, "dispute_detail", world["dispute"])

    reads = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    assert len(reads) <= 25  # twelve of them are the sources of the timeline, one each
