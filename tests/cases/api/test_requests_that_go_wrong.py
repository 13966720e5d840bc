"""Stale, repeated, hostile and presumptuous requests: a clear answer, and never a 500."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from rest_framework.test import APIClient

from cases.models import Dispute
from tests.cases.api.operations import address, operations
from tests.cases.api.test_hidden_is_absent import Keys
from tests.cases.rules.world import World
from tests.factories.accounts import UserFactory, token_for

FILES = "/api/v1/disputes/"
NEW = {"type": "inter_state_members", "title_en": "Grazing in the upper valley"}


# If-Match ---------------------------------------------------------------------------------------


def test_a_change_without_if_match_is_428(api: APIClient, world: World) -> None:
    patches = [path for method, path in operations() if method == "patch"]
    world.mandate()
    mandate = world.mandate()
    keys = Keys(
        disputes=world.dispute.pk,
        processes=world.process.pk,
        parties=world.orvana.pk,
        mandates=mandate.pk,
    )

    statuses = {
        path: api.patch(address(path, keys), {}).status_code
        for path in patches
        if "{dispute_pk}/parties" in path or path.count("{") == 1
    }

    assert set(statuses.values()) <= {428, 404}
    assert statuses["/api/v1/disputes/{id}/"] == statuses["/api/v1/mandates/{id}/"] == 428


@pytest.mark.parametrize(
    ("header", "status"),
    [('"1"', 200), ("*", 200), ('"0"', 412), ('"7"', 412), ("1", 412), ('W/"1"', 412), ("'", 412)],
)
def test_a_stale_or_garbled_if_match_is_412(
    api: APIClient, world: World, header: str, status: int
) -> None:
    answer = api.patch(
        f"{FILES}{world.dispute.pk}/", {"summary_en": "Two summers"}, HTTP_IF_MATCH=header
    )

    assert answer.status_code == status
    assert Dispute.objects.filter(summary_en="Two summers").exists() == (status == 200)


def test_an_act_may_be_bound_to_the_state_that_was_read(api: APIClient, world: World) -> None:
    suspend = f"{FILES}{world.dispute.pk}/suspend/"

    stale = api.post(suspend, {"reason": "Elections"}, HTTP_IF_MATCH='"7"')
    fresh = api.post(suspend, {"reason": "Elections"}, HTTP_IF_MATCH='"1"')

    assert (stale.status_code, fresh.status_code) == (412, 200)


# Idempotency-Key --------------------------------------------------------------------------------


def test_the_same_post_again_gets_the_same_answer(api: APIClient) -> None:
    first = api.post(FILES, NEW, HTTP_IDEMPOTENCY_KEY="one")
    again = api.post(FILES, NEW, HTTP_IDEMPOTENCY_KEY="one")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again["Idempotent-Replayed"] == "true"
    assert Dispute.objects.count() == 1


def test_another_body_under_the_same_key_is_422(api: APIClient) -> None:
    api.post(FILES, NEW, HTTP_IDEMPOTENCY_KEY="one")

    answer = api.post(FILES, {**NEW, "title_en": "Other"}, HTTP_IDEMPOTENCY_KEY="one")

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert Dispute.objects.count() == 1


def test_a_refused_post_may_be_sent_again(api: APIClient, world: World) -> None:
    resume = f"{FILES}{world.dispute.pk}/resume/"
    refused = api.post(resume, {"reason": "Early"}, HTTP_IDEMPOTENCY_KEY="one")
    api.post(f"{FILES}{world.dispute.pk}/suspend/", {"reason": "Elections"})

    answer = api.post(resume, {"reason": "Early"}, HTTP_IDEMPOTENCY_KEY="one")

    assert (refused.status_code, answer.status_code) == (409, 200)


@pytest.mark.parametrize("key", ["x" * 201, "a\x00b", "a\nb"])
def test_a_key_that_cannot_be_kept_is_400(api: APIClient, key: str) -> None:
    assert api.post(FILES, NEW, HTTP_IDEMPOTENCY_KEY=key).status_code == 400


def test_a_key_on_an_address_without_post_is_405(api: APIClient, world: World) -> None:
    answer = api.post(f"{FILES}{world.dispute.pk}/", {}, HTTP_IDEMPOTENCY_KEY="one")

    assert answer.status_code == 405


@pytest.mark.django_db(transaction=True)
def test_twenty_posts_at_once_under_one_key_make_one_file() -> None:
    token = token_for(UserFactory(desk_officer=True))

    def post(_number: int) -> tuple[int, Any]:
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
        try:
            answer = client.post(FILES, NEW, HTTP_IDEMPOTENCY_KEY="one")
            return answer.status_code, answer.json()["id"]
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        answers = set(pool.map(post, range(20)))

    assert len(answers) == 1, answers
    assert {status for status, _key in answers} == {201}
    assert Dispute.objects.count() == 1


# Mass assignment --------------------------------------------------------------------------------


def test_what_services_decide_is_not_set_by_a_body(api: APIClient, world: World) -> None:
    forged = {
        "id": str(uuid4()),
        "reference": "MED-2026-AAAAA",
        "status": "ended",
        "outcome": "settled",
        "version": 99,
        "is_exercise": True,
        "is_historical": True,
        "opened_by": str(world.head.pk),
        "search_text": "forged",
    }

    made = api.post(FILES, {**NEW, **forged}).json()
    changed = api.patch(
        f"{FILES}{world.dispute.pk}/",
        {**forged, "desk_officer": str(world.head.pk), "classification": 0},
        HTTP_IF_MATCH='"1"',
    ).json()

    for shown in (made, changed):
        assert shown["id"] != forged["id"]
        assert shown["reference"] != forged["reference"]
        assert (shown["status"], shown["outcome"], shown["version"]) == ("active", "", 1)
        assert (shown["is_exercise"], shown["is_historical"]) == (False, False)
        assert shown["desk_officer"]["id"] == str(world.officer.pk)
        assert shown["classification"] == 2


def test_stage_and_state_are_not_set_by_a_body(api: APIClient, world: World) -> None:
    process = api.patch(
        f"/api/v1/processes/{world.process.pk}/",
        {"stage": "monitoring", "engagement": "mediation", "status": "ended"},
        HTTP_IF_MATCH="*",
    ).json()
    mandate = api.patch(
        f"/api/v1/mandates/{world.mandate().pk}/",
        {"state": "active", "organ": str(world.council.pk), "adopted_on": "2026-01-01"},
        HTTP_IF_MATCH="*",
    ).json()
    consent = api.post(
        "/api/v1/consents/",
        {
            "process": str(world.process.pk),
            "party": str(world.orvana.pk),
            "role": "mediation",
            "state": "given",
            "outward_state": "given",
        },
    ).json()

    assert (process["stage"], process["engagement"], process["status"]) == (
        "pre_negotiation",
        "good_offices",
        "active",
    )
    assert (mandate["state"], mandate["organ"], mandate["adopted_on"]) == ("draft", None, None)
    assert (consent["state"], consent["outward_state"]) == ("not_sought", "not_sought")


# Hostile input ----------------------------------------------------------------------------------

_DEEP = "[" * 50_000
HOSTILE = {
    "not JSON": "{",
    "nested": _DEEP,
    "nested object": '{"title_en":' * 30 + "1" + "}" * 30,
    "huge float": '{"title_en": 1e400}',
    "huge integer": '{"classification": 99999999999999999999999999}',
    "infinity": '{"classification": Infinity}',
    "NUL": '{"title_en": "a\\u0000b"}',
    "lone surrogate": '{"title_en": "\\ud800"}',
    "a list": "[]",
    "a number": "1",
    "null": "null",
    "list for text": '{"title_en": ["x"]}',
    "object for text": '{"title_en": {"x": {"y": 1}}}',
    "boolean for key": '{"desk_officer": true}',
    "object for key": '{"desk_officer": {"id": 1}}',
    "text for list": '{"states_concerned": "x"}',
    "objects in list": '{"states_concerned": [{}]}',
    "wrong key": '{"states_concerned": ["not-a-uuid"]}',
    "many keys": json.dumps({"states_concerned": [str(uuid4()) for _ in range(201)]}),
    "impossible day": '{"opened_on": "2026-02-30"}',
    "direction marks": '{"title_en": "abc\\u202edef"}',
    "long title": json.dumps({"title_en": "x" * 251}),
    "not UTF-8": b'{"title_en": "\xff"}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_json_is_400(api: APIClient, name: str) -> None:
    answer = api.generic("POST", FILES, HOSTILE[name], content_type="application/json")

    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert not Dispute.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        "?q=%00",
        "?status=%00",
        "?desk_officer=x",
        "?desk_officer=%00",
        "?ordering=%00",
        "?classification=99999999999999999999",
        "?classification[]=1&classification=x",
    ],
)
def test_a_hostile_query_is_400(api: APIClient, world: World, query: str) -> None:
    assert api.get(f"{FILES}{query}").status_code == 400


@pytest.mark.parametrize(
    "key", ["x", "1", "-" * 36, "B7A5C0DE-0000-4000-8000-000000000000", "%00", "../users"]
)
def test_a_wrong_key_is_404(api: APIClient, key: str) -> None:
    for url in (f"{FILES}{key}/", f"{FILES}{key}/parties/"):
        answer = api.get(url)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_another_media_type_or_method_is_refused(api: APIClient, world: World) -> None:
    form = api.generic(
        "POST", FILES, "title_en=x", content_type="application/x-www-form-urlencoded"
    )
    page = api.get(FILES, HTTP_ACCEPT="text/html")

    assert form.status_code == 415
    assert page.status_code == 406
    assert api.delete(f"{FILES}{world.dispute.pk}/").status_code == 405
    assert api.put(f"{FILES}{world.dispute.pk}/", NEW).status_code == 405
