"""Precedents by page and by API: found in the library, linked with a reason, the Secretariat's own."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.models import Precedent
from tests.factories.accounts import UserFactory
from tests.factories.cases import DisputeFactory, StateNotificationFactory, TeamMemberFactory
from tests.factories.library import AgreementFactory


@pytest.fixture
def dispute(officer):
    return DisputeFactory(desk_officer=officer)


@pytest.fixture
def published(db):
    return AgreementFactory(title="Accord of the shared wells")


@pytest.fixture
def precedent(officer, dispute, published):
    return Precedent.objects.create(
        dispute=dispute, agreement=published, why="Water by season", linked_by=officer
    )


def url(name, *keys):
    return reverse(f"cases:{name}", args=keys)


def api_url(dispute, *rest):
    return "/".join((f"/api/v1/disputes/{dispute.pk}/precedents", *map(str, rest), ""))


def test_precedent_is_found_and_linked_by_page(officer, dispute, published, client_for):
    client = client_for(officer)
    listed = url("precedent_list", dispute.pk)

    page = client.get(listed, {"words": "WELLS accord"}).content.decode()
    assert published.title in page
    link = url("precedent_link", dispute.pk, published.pk)
    assert link in page
    assert client.get(link).status_code == 200
    assert client.post(link, {"why": "Water by season"}).url == listed

    page = client.get(listed, {"words": "wells"})
    assert "Water by season" in page.content.decode()
    assert page.context["found"] == []
    assert "imply no position" in page.content.decode()


def test_second_link_is_refused_by_page(officer, dispute, published, precedent, client_for):
    answer = client_for(officer).post(
        url("precedent_link", dispute.pk, published.pk), {"why": "Again"}
    )

    assert answer.status_code == 422
    assert "precedent of the file already" in answer.content.decode()


def test_nothing_found_is_said(officer, dispute, client_for):
    page = client_for(officer).get(url("precedent_list", dispute.pk), {"words": "nowhere"})

    assert "No published agreement holds all these words" in page.content.decode()


def test_precedent_is_taken_away_by_page(officer, dispute, precedent, client_for):
    client = client_for(officer)

    assert client.get(url("precedent_unlink", precedent.pk)).status_code == 200
    assert client.post(url("precedent_unlink", precedent.pk)).status_code == 302
    assert not Precedent.objects.exists()


def test_cabinet_reads_and_may_not_link(cabinet, dispute, published, precedent, client_for):
    client = client_for(cabinet)

    page = client.get(url("precedent_list", dispute.pk)).content.decode()
    assert published.title in page
    assert "Your role does not cover this act" in page
    assert client.get(url("precedent_link", dispute.pk, published.pk)).status_code == 403
    assert client.get(url("precedent_unlink", precedent.pk)).status_code == 403


def test_no_such_page_outside_the_secretariat(
    dispute, published, precedent, delegation, focal_point, client_for, api_for
):
    StateNotificationFactory(dispute=dispute, state=delegation.state, shared=True)
    envoy = TeamMemberFactory(dispute=dispute, user=UserFactory(special_envoy=True)).user

    for user in (focal_point, envoy):
        client = client_for(user)
        assert client.get(url("precedent_list", dispute.pk)).status_code == 404
        assert client.get(url("precedent_link", dispute.pk, published.pk)).status_code == 404
        assert client.get(url("precedent_unlink", precedent.pk)).status_code == 404
        api = api_for(user)
        assert api.get(api_url(dispute)).json()["count"] == 0
        assert api.get(api_url(dispute, precedent.pk)).status_code == 404
        answer = api.post(api_url(dispute), {"agreement": str(published.pk), "why": "x"})
        assert answer.json()["errors"][0]["detail"] == "There is no such object."


def test_hidden_file_has_no_precedents(other_officer, dispute, precedent, client_for, api_for):
    assert client_for(other_officer).get(url("precedent_list", dispute.pk)).status_code == 404
    assert api_for(other_officer).get(api_url(dispute)).status_code == 404


def test_precedent_by_api(officer, dispute, published, api_for):
    api = api_for(officer)

    made = api.post(api_url(dispute), {"agreement": str(published.pk), "why": "Water by season"})
    again = api.post(api_url(dispute), {"agreement": str(published.pk), "why": "Again"})

    assert made.status_code == 201
    assert made.json()["agreement"]["title"] == published.title
    assert again.status_code == 400
    assert api.get(api_url(dispute)).json()["count"] == 1
    assert api.delete(api_url(dispute, made.json()["id"])).status_code == 204
    assert not Precedent.objects.exists()
