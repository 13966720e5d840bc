"""The library by API: the same rows for the same people as on the pages."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.factories.library import AgreementFactory, ProcessFactory
from tests.library.test_selectors import OUTSIDERS

pytestmark = pytest.mark.django_db

PROCESSES = "/api/v1/library/processes/"
AGREEMENTS = "/api/v1/library/agreements/"


@pytest.fixture
def agreement():
    return AgreementFactory(
        title="Accord of Selm",
        process=ProcessFactory(name="Coast talks", source_key="77"),
        countries=["ORV", "NRB"],
        provisions={"CeProv": 2, "Zeta": 1},
    )


def test_lists_and_details_are_read_by_staff(agreement, officer, api_for):
    api = api_for(officer)

    process = api.get(PROCESSES).json()["results"][0]
    row = api.get(AGREEMENTS).json()["results"][0]

    assert (process["name"], process["agreement_count"]) == ("Coast talks", 1)
    assert process["first_on"] == "1999-05-01"
    assert row["title"] == "Accord of Selm"
    assert row["process"]["source_key"] == "77"
    assert row["stage_label"] == "Pre-negotiation"
    assert "parties_text" not in row
    assert api.get(f"{PROCESSES}{process['id']}/").json() == process


def test_detail_carries_countries_provisions_and_similar(agreement, officer, api_for):
    alike = AgreementFactory(provisions={"CeProv": 1})

    detail = api_for(officer).get(f"{AGREEMENTS}{agreement.pk}/").json()

    assert detail["countries"] == ["ORV", "NRB"]
    assert {"code": "CeProv", "level": 2, "group": "security", "label": "Ceasefire provisions"} in (
        detail["provisions"]
    )
    assert {"code": "Zeta", "level": 1, "group": "other", "label": "Zeta"} in detail["provisions"]
    assert [(row["id"], row["shared_count"], row["likeness"]) for row in detail["similar"]] == [
        (str(alike.pk), 1, 0.5)
    ]


@pytest.mark.parametrize("persona", OUTSIDERS)
def test_library_does_not_exist_for_outsiders(persona, agreement, api_for, request):
    api = api_for(request.getfixturevalue(persona))

    for url in (
        PROCESSES,
        AGREEMENTS,
        f"{PROCESSES}{agreement.process_id}/",
        f"{AGREEMENTS}{agreement.pk}/",
    ):
        assert api.get(url).status_code == 404


def test_stranger_is_asked_to_log_in(client):
    assert client.get(AGREEMENTS).status_code == 401


def test_nothing_is_written_by_api(agreement, officer, api_for):
    api = api_for(officer)

    assert api.post(AGREEMENTS, {}).status_code == 405
    assert api.delete(f"{AGREEMENTS}{agreement.pk}/").status_code == 405


def test_unknown_agreement_is_not_found(officer, api_for):
    assert api_for(officer).get(f"{AGREEMENTS}{uuid4()}/").status_code == 404


def test_lists_are_narrowed_as_on_the_pages(agreement, officer, api_for):
    AgreementFactory(stage="Cea", countries=["TSM"])
    api = api_for(officer)

    for query in ({"stage": "Pre"}, {"state": "nrb"}, {"provision": "CeProv"}, {"q": "selm"}):
        assert [row["title"] for row in api.get(AGREEMENTS, query).json()["results"]] == [
            "Accord of Selm"
        ]
        assert [row["name"] for row in api.get(PROCESSES, query).json()["results"]] == [
            "Coast talks"
        ]


@pytest.mark.parametrize("url", [PROCESSES, AGREEMENTS])
@pytest.mark.parametrize("query", [{"year_from": "x"}, {"stage": "Nope"}, {"q": "\x00"}])
def test_wrong_condition_is_a_bad_request(url, query, officer, api_for):
    response = api_for(officer).get(url, query)

    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == next(iter(query))


def test_requests_keep_their_query_budget(
    agreement, officer, api_for, django_assert_max_num_queries
):
    for _ in range(20):
        AgreementFactory(provisions={"CeProv": 1}, countries=["ORV"])
    api = api_for(officer)

    for url in (PROCESSES, AGREEMENTS, f"{AGREEMENTS}{agreement.pk}/"):
        api.get(url)
        with django_assert_max_num_queries(6):
            api.get(url)
