"""Agreements by page and by API: the same services, the same refusals, each side its own view."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from cases.choices import AgreementStatus, Stage
from cases.models import Agreement, AgreementProvision, Signatory
from tests.factories.accounts import UserFactory
from tests.factories.cases import (
    AgreementFactory,
    DisputeFactory,
    PartyFactory,
    ProcessFactory,
    StateNotificationFactory,
    TeamMemberFactory,
)

API = "/api/v1/agreements/"


@pytest.fixture
def dispute(officer):
    return DisputeFactory(desk_officer=officer)


@pytest.fixture
def process(dispute):
    return ProcessFactory(dispute=dispute, stage=Stage.NEGOTIATION)


@pytest.fixture
def agreement(process):
    agreement = AgreementFactory(
        process=process, title_en="Accord of Hamra", summary="What the desk thinks of it"
    )
    Signatory.objects.create(
        agreement=agreement, role="signatory", name="Amina Sahli", sex="female"
    )
    Signatory.objects.create(agreement=agreement, role="guarantor", name="The Chair", sex="male")
    AgreementProvision.objects.create(agreement=agreement, code="CeProv", level=2, text="Guns rest")
    return agreement


@pytest.fixture
def state_user(dispute, delegation, focal_point):
    StateNotificationFactory(dispute=dispute, state=delegation.state, shared=True)
    return focal_point


def url(name, *keys):
    return reverse(f"cases:{name}", args=keys)


def form(**values):
    facts = {
        "title_en": "Accord of the ford",
        "stage": "partial",
        "status": "signed",
        "signed_earliest": "2026-06-01",
        "classification": "2",
    }
    return facts | values


# Pages ------------------------------------------------------------------------------------------


def test_agreement_is_recorded_by_page(officer, process, client_for):
    client = client_for(officer)
    party = PartyFactory(dispute=process.dispute)

    shown = client.get(url("agreement_record", process.pk))
    answer = client.post(
        url("agreement_record", process.pk), form(parties=[str(party.pk)], is_final="on")
    )

    agreement = Agreement.objects.get()
    assert shown.status_code == 200
    assert answer.status_code == 302
    assert answer.url == url("agreement_detail", agreement.pk)
    assert list(agreement.parties.all()) == [party]
    detail = client.get(answer.url).content.decode()
    assert "moved the process to implementation" in detail
    assert "The file stays open" in detail


def test_refusal_stands_beside_its_field(officer, process, client_for):
    answer = client_for(officer).post(
        url("agreement_record", process.pk), form(signed_earliest="2062-01-01")
    )

    assert answer.status_code == 409
    assert "lies in the future" in answer.context["form"].errors["signed_earliest"][0]


def test_form_that_is_not_whole_is_shown_again(officer, process, client_for):
    answer = client_for(officer).post(url("agreement_record", process.pk), form(title_en=""))

    assert answer.status_code == 422
    assert not Agreement.objects.exists()


def test_agreement_is_changed_by_page(officer, agreement, client_for):
    client = client_for(officer)
    page = client.get(url("agreement_change", agreement.pk))

    assert page.context["form"]["signed_latest"].value() is None
    answer = client.post(
        url("agreement_change", agreement.pk), form(version="1", signed_earliest="2026-06-02")
    )

    agreement.refresh_from_db()
    assert answer.status_code == 302
    assert agreement.signed_latest == date(2026, 6, 2)


def test_change_keeps_the_bounds_of_a_day_that_is_not_known(officer, agreement, client_for):
    Agreement.objects.update(signed_latest=date(2026, 6, 30))

    page = client_for(officer).get(url("agreement_change", agreement.pk))

    assert page.context["form"]["signed_latest"].value() == date(2026, 6, 30)


def test_stale_form_is_shown_again_with_its_entries(officer, agreement, client_for):
    Agreement.objects.update(version=5)

    answer = client_for(officer).post(
        url("agreement_change", agreement.pk), form(version="1", place="My own place")
    )

    assert answer.status_code == 412
    assert "My own place" in answer.content.decode()


def test_signatory_is_added_and_taken_off_by_page(officer, agreement, client_for):
    client = client_for(officer)

    assert client.get(url("signatory_add", agreement.pk)).status_code == 200
    answer = client.post(
        url("signatory_add", agreement.pk),
        {"role": "witness", "name": "A. Witness", "sex": "unknown"},
    )
    assert answer.status_code == 302
    witness = agreement.signatories.get(role="witness")
    remove = url("signatory_remove", agreement.pk, witness.pk)
    assert "A. Witness" in client.get(remove).content.decode()
    assert client.post(remove).status_code == 302
    assert not agreement.signatories.filter(role="witness").exists()


def test_provision_is_recorded_and_taken_off_by_page(officer, agreement, client_for):
    client = client_for(officer)

    assert client.get(url("provision_record", agreement.pk)).status_code == 200
    answer = client.post(
        url("provision_record", agreement.pk), {"code": "DdrProg", "level": "3", "text": ""}
    )
    assert answer.status_code == 302
    provision = agreement.provisions.get(code="DdrProg")
    remove = url("provision_remove", agreement.pk, provision.pk)
    assert "Programme of disarmament" in client.get(remove).content.decode()
    assert client.post(remove).status_code == 302
    assert not agreement.provisions.filter(code="DdrProg").exists()


def test_part_of_another_agreement_is_absent(officer, agreement, client_for):
    other = AgreementFactory(process=agreement.process)
    signatory, provision = agreement.signatories.first(), agreement.provisions.get()
    client = client_for(officer)

    assert client.get(url("signatory_remove", other.pk, signatory.pk)).status_code == 404
    assert client.get(url("provision_remove", other.pk, provision.pk)).status_code == 404


def test_detail_shows_people_by_sex_guarantors_and_provisions(officer, agreement, client_for):
    page = client_for(officer).get(url("agreement_detail", agreement.pk)).content.decode()

    for words in ("Amina Sahli", "1 of 1", "The Chair", "Ceasefire provisions", "Guns rest"):
        assert words in page
    assert "What the desk thinks of it" in page


def test_list_offers_each_process(officer, process, agreement, client_for):
    client = client_for(officer)
    one = client.get(url("agreement_list", process.dispute_id))
    assert [act["label"] for act in one.context["acts"]] == ["Record an agreement"]

    ProcessFactory(dispute=process.dispute, title_en="Track of the elders")
    several = client.get(url("agreement_list", process.dispute_id)).content.decode()

    assert "Record an agreement: Track of the elders" in several
    assert "Accord of Hamra" in several


def test_empty_list_says_what_to_do(officer, process, client_for):
    page = client_for(officer).get(url("agreement_list", process.dispute_id))

    assert "No agreement is on record" in page.content.decode()


def test_thematic_file_has_no_agreements(officer, client_for):
    thematic = DisputeFactory(desk_officer=officer, thematic=True)

    assert client_for(officer).get(url("agreement_list", thematic.pk)).status_code == 404


def test_state_reads_the_agreement_and_nothing_of_the_desk(
    state_user, officer, agreement, process, client_for
):
    client = client_for(state_user)

    listed = client.get(url("agreement_list", process.dispute_id)).content.decode()
    page = client.get(url("agreement_detail", agreement.pk)).content.decode()

    assert "Accord of Hamra" in listed
    assert "Amina Sahli" in page
    for hidden in ("What the desk thinks", officer.display_name, "Take off", "Record a provision"):
        assert hidden not in page + listed


@pytest.mark.parametrize("name", ["agreement_change", "signatory_add", "provision_record"])
def test_who_sees_and_may_not_is_told_why(state_user, agreement, client_for, name):
    answer = client_for(state_user).get(url(name, agreement.pk))

    assert answer.status_code == 403
    assert "Your role does not cover this act" in answer.content.decode()


def test_who_does_not_see_finds_nothing(other_officer, other_focal_point, agreement, client_for):
    for user in (other_officer, other_focal_point):
        client = client_for(user)
        for name in ("agreement_detail", "agreement_change", "signatory_add"):
            assert client.get(url(name, agreement.pk)).status_code == 404
        assert client.get(url("agreement_list", agreement.process.dispute_id)).status_code == 404
        assert client.post(url("agreement_record", agreement.process_id), form()).status_code == 404


def test_pages_read_alike_in_arabic(officer, agreement, client_for):
    client = client_for(officer)
    client.cookies["django_language"] = "ar"

    for name in ("agreement_detail", "agreement_change", "signatory_add"):
        assert 'dir="rtl"' in client.get(url(name, agreement.pk)).content.decode()


# API --------------------------------------------------------------------------------------------


def body(talks, **values):
    return form(process=str(talks.pk), classification=2) | values


def test_agreement_is_recorded_by_api(officer, process, api_for):
    answer = api_for(officer).post(API, body(process, stage="comprehensive"))

    assert answer.status_code == 201
    assert answer.json()["seen_from"] == "inside"
    assert answer.json()["signed_latest"] == "2026-06-01"
    assert answer["ETag"] == '"1"'
    process.refresh_from_db()
    assert process.stage == Stage.IMPLEMENTATION


def test_one_key_records_one_agreement(officer, process, api_for):
    api = api_for(officer)

    answers = [api.post(API, body(process), HTTP_IDEMPOTENCY_KEY="once") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "status", "code"),
    [
        ({"signed_earliest": "2062-01-01"}, 409, "signed_in_future"),
        ({"classification": 0}, 409, "below_file"),
        ({"classification": 3}, 409, "above_clearance"),
        ({"title_en": ""}, 400, "invalid"),
        ({"stage": "nowhere"}, 400, "invalid"),
        ({"process": "00000000-0000-0000-0000-000000000000"}, 400, "invalid"),
    ],
)
def test_refusal_by_api_names_the_rule(officer, process, api_for, values, status, code):
    answer = api_for(officer).post(API, body(process, **values))

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_change_by_api_needs_the_state_that_was_read(officer, agreement, api_for):
    api, one = api_for(officer), f"{API}{agreement.pk}/"

    assert api.patch(one, {"place": "Hamra"}).status_code == 428
    etag = api.get(one)["ETag"]
    assert api.patch(one, {"place": "Hamra"}, HTTP_IF_MATCH=etag).json()["place"] == "Hamra"
    assert api.patch(one, {"place": "Sahn"}, HTTP_IF_MATCH=etag).status_code == 412


def test_people_and_provisions_by_api(officer, agreement, api_for):
    api, one = api_for(officer), f"{API}{agreement.pk}/"
    party = PartyFactory(dispute=agreement.process.dispute)

    signatory = api.post(
        f"{one}signatories/", {"role": "witness", "name": "B. Witness", "party": str(party.pk)}
    )
    provision = api.post(f"{one}provisions/", {"code": "DdrProg", "level": 1})
    unknown = api.post(f"{one}provisions/", {"code": "Nothing", "level": 1})

    assert (signatory.status_code, provision.status_code) == (201, 201)
    assert (unknown.status_code, unknown.json()["code"]) == (409, "unknown_provision")
    whole = api.get(one).json()
    assert {"role": "signatory", "women": 1, "total": 1, "unknown": 0} in whole["women"]
    assert {row["code"] for row in whole["provisions"]} == {"CeProv", "DdrProg"}
    for kind, made in (("signatories", signatory), ("provisions", provision)):
        part = f"{one}{kind}/{made.json()['id']}/"
        assert api.get(part).status_code == 200
        assert api.delete(part).status_code == 204
        assert api.get(part).status_code == 404


def test_state_reads_by_api_what_was_shared(state_user, agreement, api_for):
    api = api_for(state_user)

    answer = api.get(f"{API}{agreement.pk}/")

    assert answer.json()["seen_from"] == "outside"
    assert not {"summary", "version"} & answer.json().keys()
    assert "ETag" not in answer
    assert api.get(API).json()["count"] == 1
    refused = api.patch(f"{API}{agreement.pk}/", {"place": "x"}, HTTP_IF_MATCH="*")
    assert refused.status_code == 403
    signatory = agreement.signatories.first()
    assert api.delete(f"{API}{agreement.pk}/signatories/{signatory.pk}/").status_code == 403


def test_draft_is_absent_outside_the_team(state_user, agreement, officer, api_for):
    Agreement.objects.update(status=AgreementStatus.DRAFT)
    cabinet = UserFactory(sg_cabinet=True)
    envoy = TeamMemberFactory(
        dispute=agreement.process.dispute, user=UserFactory(special_envoy=True)
    ).user

    seen = {
        user: api_for(user).get(API).json()["count"]
        for user in (state_user, cabinet, officer, envoy)
    }

    assert seen == {state_user: 0, cabinet: 0, officer: 1, envoy: 1}
    for path in ("", "signatories/", "provisions/"):
        assert api_for(state_user).get(f"{API}{agreement.pk}/{path}").status_code == 404


def test_list_is_narrowed(officer, agreement, process, api_for):
    AgreementFactory(process=process, comprehensive=True, signed_earliest=date(2020, 1, 1))
    api = api_for(officer)

    def titles(**query):
        return [row["title_en"] for row in api.get(API, query).json()["results"]]

    assert titles(provision="CeProv") == ["Accord of Hamra"]
    assert titles(stage="partial", signed_from="2026-01-01") == ["Accord of Hamra"]
    assert titles(dispute=str(process.dispute_id), signed_to="2019-01-01") == []
    assert api.get(API, {"stage": "nowhere"}).status_code == 400


@pytest.mark.parametrize("number", [1, 12])
def test_pages_cost_the_same_for_many(
    officer, process, client_for, django_assert_max_num_queries, number
):
    for _number in range(number):
        signed = AgreementFactory(process=process)
        Signatory.objects.create(agreement=signed, role="witness", name="A. Witness")
    client = client_for(officer)

    client.get(
        url("agreement_list", process.dispute_id)
    )  # what is asked once a process is asked now
    with django_assert_max_num_queries(16):
        client.get(url("agreement_list", process.dispute_id))
