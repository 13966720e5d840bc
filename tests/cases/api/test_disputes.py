"""The dispute file by API: the same services as the pages, one address an act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from cases.models import Dispute
from common.choices import Classification
from tests.cases.rules.world import World
from tests.factories.accounts import UserFactory, token_for
from tests.factories.cases import DisputeFactory, ProcessFactory, RootCauseFactory
from tests.factories.institutions import StateFactory

FILES = "/api/v1/disputes/"
NEW = {"type": "inter_state_members", "title_en": "Grazing in the upper valley"}


def of(dispute: Dispute, path: str = "") -> str:
    return f"{FILES}{dispute.pk}/{path}"


def test_a_file_is_opened_listed_and_read(api: APIClient, world: World) -> None:
    state = StateFactory(name="Tesmal")

    opened = api.post(FILES, {**NEW, "states_concerned": [str(state.pk)]})
    listed = api.get(FILES).json()
    read = api.get(f"{FILES}{opened.json()['id']}/")

    assert opened.status_code == 201
    assert opened["ETag"] == read["ETag"] == '"1"'
    assert opened.json() == read.json()
    assert read.json()["seen_from"] == "inside"
    assert read.json()["states_concerned"][0]["name"] == "Tesmal"
    assert read.json()["desk_officer"] == {"id": str(world.officer.pk), "name": str(world.officer)}
    assert (listed["count"], listed["count_is_exact"]) == (1, True)
    assert listed["results"][0]["reference"] == read.json()["reference"]
    assert "summary_en" not in listed["results"][0]


def test_a_change_is_shown_with_its_new_etag(api: APIClient, world: World) -> None:
    changed = api.patch(of(world.dispute), {"summary_en": "Two summers"}, HTTP_IF_MATCH='"1"')

    assert (changed.status_code, changed["ETag"]) == (200, '"2"')
    assert changed.json()["summary_en"] == "Two summers"


def test_every_act_of_a_file_is_reached(
    api: APIClient, world: World, api_for: Callable[..., APIClient]
) -> None:
    head, asg = api_for(world.head), api_for(world.asg)
    person = UserFactory(special_envoy=True)
    successor = UserFactory(desk_officer=True)
    reason = {"reason": "Elections"}

    answers = [
        api.post(
            of(world.dispute, "parties/"),
            {"actor": str(StateFactory().actor.pk), "kind": "government"},
        ),
        api.post(of(world.dispute, "root-causes/"), {"kind": "structural", "text_en": "One river"}),
        api.post(of(world.dispute, "team/"), {"user": str(person.pk), "function": "Special Envoy"}),
        api.post(of(world.dispute, "suspend/"), reason),
        api.post(of(world.dispute, "resume/"), reason),
        head.post(of(world.dispute, "reclassify/"), {**reason, "classification": 1}),
        asg.post(
            of(world.dispute, "notifications/"),
            {"state": str(world.orvana.actor.pk), "instrument": "Note 12"},
        ),
        api.post(of(world.dispute, "propose-end/"), {**reason, "outcome": "opened_in_error"}),
        head.post(of(world.dispute, "decline-end/"), reason),
        api.post(of(world.dispute, "propose-end/"), {**reason, "outcome": "opened_in_error"}),
        head.post(of(world.dispute, "approve-end/"), {}),
        head.post(of(world.dispute, "reopen/"), reason),
        head.post(of(world.dispute, "assign-officer/"), {"desk_officer": str(successor.pk)}),
    ]

    codes = [201, 201, 201, 200, 200, 200, 201, 200, 200, 200, 200, 200, 200]
    assert [answer.status_code for answer in answers] == codes, [a.json() for a in answers]
    assert answers[-1].json()["desk_officer"]["id"] == str(successor.pk)
    assert answers[10].json()["status"] == "ended"


def test_parts_of_a_file_are_read_changed_and_acted_on(
    api: APIClient, world: World, api_for: Callable[..., APIClient]
) -> None:
    asg = api_for(world.asg)
    cause = RootCauseFactory(dispute=world.dispute)
    party = of(world.dispute, f"parties/{world.orvana.pk}/")
    member = api.post(
        of(world.dispute, "team/"),
        {"user": str(UserFactory(expert=True, clearance=2).pk), "function": "Expert"},
    ).json()
    notice = asg.post(
        of(world.dispute, "notifications/"),
        {"state": str(world.orvana.actor.pk), "instrument": "Note 12"},
    ).json()
    shared = of(world.dispute, f"notifications/{notice['id']}/")

    answers = [
        api.get(party),
        api.patch(party, {"neutral_name_en": "Upstream"}, HTTP_IF_MATCH='"1"'),
        api.patch(
            of(world.dispute, f"root-causes/{cause.pk}/"), {"kind": "trigger"}, HTTP_IF_MATCH='"1"'
        ),
        api.post(of(world.dispute, f"team/{member['id']}/end/"), {}),
        asg.post(f"{shared}share/", {}),
        asg.post(f"{shared}end-sharing/", {}),
        api.get(of(world.dispute, "parties/")),
        api.get(of(world.dispute, "root-causes/")),
        api.get(of(world.dispute, "team/")),
        api.get(of(world.dispute, "notifications/")),
    ]

    assert {answer.status_code for answer in answers} == {200}, [a.json() for a in answers]
    assert answers[1].json()["name"] == "Upstream"
    assert answers[5].json()["withdrawn_on"] is not None
    assert [answer.json()["count"] for answer in answers[6:]] == [1, 1, 1, 1]


def test_a_refusal_is_a_problem_that_names_what_is_missing(api: APIClient, world: World) -> None:
    answer = api.post(of(world.dispute, "resume/"), {"reason": "Too early"})

    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:oic-mediation:problem:not_suspended",
        "code": "not_suspended",
        "status": 409,
        "detail": "The file is not suspended.",
    }


def test_what_is_seen_and_not_permitted_is_403_with_the_reason(
    api: APIClient, world: World
) -> None:
    answer = api.post(
        of(world.dispute, "reclassify/"), {"classification": 0, "reason": "Convenience"}
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "no_power")
    assert answer.json()["detail"] == "Your role does not cover this act."


def test_a_token_that_may_only_read_changes_nothing(
    world: World, api_for: Callable[..., APIClient]
) -> None:
    reader = api_for(world.officer, scope="read")

    assert reader.get(of(world.dispute)).status_code == 200
    assert reader.post(of(world.dispute, "suspend/"), {"reason": "x"}).status_code == 403
    assert reader.post(FILES, NEW).status_code == 403
    assert Dispute.objects.count() == 1


def test_a_stranger_is_asked_for_a_token(world: World) -> None:
    answer = APIClient().get(of(world.dispute))

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Token")


def test_timeline_and_audience_are_asked_of_a_file(
    api: APIClient, world: World, envoy_api: APIClient, outsider: APIClient
) -> None:
    timeline = api.get(of(world.dispute, "timeline/"))
    access = api.get(of(world.dispute, "access/"))

    assert timeline.json()[-1] == {
        "on": "2026-03-02",
        "kind": "file",
        "text": "File opened",
        "note": "",
        "audience": "",
        "classification": None,
    }
    assert str(world.officer) in {seer["who"] for seer in access.json()}
    assert "File opened" not in {
        row["text"] for row in outsider.get(of(world.dispute, "timeline/")).json()
    }
    assert envoy_api.get(of(world.dispute, "access/")).status_code == 404
    assert outsider.get(of(world.dispute, "access/")).status_code == 404


def test_reading_a_confidential_file_is_on_record(
    api: APIClient, world: World, events: Callable[[str], list[Any]]
) -> None:
    api.get(FILES)
    assert events("audit.read") == []

    api.get(of(world.dispute))

    (reading,) = events("audit.read")
    assert (reading.actor_id, reading.target_id) == (
        str(world.officer.pk),
        str(world.dispute.pk),
    )


# Lists ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("?status=active", 3),
        ("?status=ended", 0),
        ("?type=thematic", 1),
        ("?classification=0", 1),
        ("?stage=pre_negotiation", 1),
        ("?engagement=mediation", 0),
        ("?q=northern wells", 1),
        ("?q=nothing of the kind", 0),
        ("?status=", 3),
        ("?unknown=1", 3),
    ],
)
def test_the_list_is_narrowed(api: APIClient, world: World, query: str, found: int) -> None:
    assert world.process.dispute == world.dispute
    DisputeFactory(desk_officer=world.officer, thematic=True)
    DisputeFactory(open_to_staff=True, title_en="The northern wells")

    assert api.get(f"{FILES}{query}").json()["count"] == found


def test_the_list_is_ordered_by_named_fields_only(api: APIClient, world: World) -> None:
    first, second = world.dispute, DisputeFactory(desk_officer=world.officer)
    references = sorted([first.reference, second.reference], reverse=True)

    ordered = api.get(f"{FILES}?ordering=-reference").json()["results"]
    refused = api.get(f"{FILES}?ordering=search_text")

    assert [row["reference"] for row in ordered] == references
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] == "ordering"


@pytest.mark.parametrize("query", ["?page=0", "?page=2", "?page=x", "?page=999999999999999999999"])
def test_a_page_that_is_not_there_is_404(api: APIClient, world: World, query: str) -> None:
    assert world.dispute.pk
    assert api.get(f"{FILES}{query}").status_code == 404


@pytest.mark.parametrize("persona", ["officer", "envoy", "state"])
def test_a_list_of_fifty_costs_six_queries_at_most(
    world: World, orvana_user: Any, envoy_user: Any, persona: str
) -> None:
    user = {"officer": world.officer, "envoy": envoy_user, "state": orvana_user}[persona]
    for _number in range(10):
        dispute = DisputeFactory(desk_officer=world.officer, open_to_staff=True)
        ProcessFactory.create_batch(2, dispute=dispute)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {token_for(user)}")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(f"{FILES}?ordering=opened_on")

    assert answer.status_code == 200
    assert len(queries) <= 6, [query["sql"][:150] for query in queries]


def test_a_detail_costs_no_query_per_party(api: APIClient, world: World) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert api.get(of(world.dispute)).status_code == 200
        return len(queries)

    assert world.process.dispute == world.dispute
    before = cost()
    for name in ("Tesmal", "Uvand", "Sarre"):
        ProcessFactory(dispute=world.dispute, parties=[world.government(name)])

    assert cost() == before


# Worlds -----------------------------------------------------------------------------------------


def test_a_state_of_the_other_world_is_no_such_object(api: APIClient) -> None:
    exercise = StateFactory(exercise=True)

    answer = api.post(FILES, {**NEW, "states_concerned": [str(exercise.pk)]})

    assert answer.status_code == 400
    assert answer.json()["errors"] == [
        {"field": "states_concerned", "detail": "There is no such object."}
    ]


def test_an_exercise_person_names_no_real_state(api_for: Callable[..., APIClient]) -> None:
    player = api_for(UserFactory(desk_officer=True, is_exercise=True))
    options = {**NEW, "states_concerned": [str(StateFactory().pk)]}

    assert player.post(FILES, options).status_code == 400
    assert player.post(FILES, NEW).json()["is_exercise"] is True


def test_a_file_merged_into_a_hidden_one_does_not_name_it(
    api: APIClient, world: World, api_for: Callable[..., APIClient]
) -> None:
    target = DisputeFactory(secret=True)
    ending = {"outcome": "merged", "merged_into": str(target.pk), "reason": "The same matter"}

    refused = api.post(of(world.dispute, "propose-end/"), ending)
    api_for(world.head).post(of(world.dispute, "propose-end/"), ending)
    api_for(world.asg).post(of(world.dispute, "approve-end/"), {})

    assert refused.status_code == 400
    assert api.get(of(world.dispute)).json()["merged_into"] is None
    assert api_for(world.head).get(of(world.dispute)).json()["merged_into"] == str(target.pk)
    assert target.classification == Classification.SECRET
