"""The register in the API: read by all, changed by who keeps it, with versions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from institutions.choices import ActorKind, Membership
from institutions.models import Actor, Holiday, OfficeHolding
from institutions.services.reference_data import load_reference
from tests.factories.institutions import (
    ActorFactory,
    HolidayFactory,
    MembershipStatusFactory,
    OfficeFactory,
    OrganFactory,
    RegionalGroupFactory,
    ResolutionFactory,
    SessionFactory,
    StateFactory,
)

pytestmark = pytest.mark.django_db

ApiFor = Callable[..., APIClient]
BASE = "/api/v1"
COLLECTIONS = (
    "states",
    "actors",
    "organs",
    "offices",
    "office-holdings",
    "sessions",
    "resolutions",
    "holidays",
    "regional-groups",
    "glossary",
    "recommendations",
)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_collection_is_read_by_all_who_are_logged_in(
    api_for: ApiFor, rest_client: User, name: str, django_assert_max_num_queries: Any
) -> None:
    load_reference()
    api = api_for(rest_client, "read")

    with django_assert_max_num_queries(14):
        answer = api.get(f"{BASE}/{name}/?page_size=200")
    assert answer.status_code == 200
    first = answer.json()["results"][0]
    assert api.get(f"{BASE}/{name}/{first['id']}/").status_code == 200
    assert APIClient().get(f"{BASE}/{name}/").status_code == 401


def test_state_is_shown_as_on_the_day(api_for: ApiFor, officer: User) -> None:
    state = StateFactory(name="Orvana")
    MembershipStatusFactory(actor=state.actor, to_earliest=date(2020, 1, 1))
    api = api_for(officer)

    now = api.get(f"{BASE}/states/{state.pk}/")
    then = api.get(f"{BASE}/states/", {"on": "2010-01-01", "standing": "member"})

    assert now.json()["standing"]["status"] == Membership.NONE
    assert now["ETag"] == '"1"'
    assert then.json()["results"][0]["standing"] == {
        "status": "member",
        "is_certain": True,
        "possible": ["member"],
    }
    assert api.get(f"{BASE}/states/", {"on": "yesterday"}).status_code == 400


def test_actor_made_for_a_file_is_hidden_from_a_state(
    api_for: ApiFor, focal_point: User, officer: User
) -> None:
    actor = ActorFactory(of_a_file=True)

    assert api_for(officer).get(f"{BASE}/actors/{actor.pk}/").status_code == 200
    assert api_for(focal_point).get(f"{BASE}/actors/{actor.pk}/").status_code == 404
    assert (
        api_for(focal_point).get(f"{BASE}/actors/").json()["count"]
        == Actor.objects.filter(is_reference=True, is_exercise=False).count()
    )


def test_actors_are_narrowed(api_for: ApiFor, officer: User) -> None:
    ActorFactory(name_en="Coast Movement", code="CM")
    ActorFactory(name_en="Hill Movement")

    found = api_for(officer).get(f"{BASE}/actors/", {"q": "coast", "kind": "movement"})

    assert [row["code"] for row in found.json()["results"]] == ["CM"]


def test_session_is_kept(api_for: ApiFor, registry: User) -> None:
    api = api_for(registry)
    made = api.post(
        f"{BASE}/sessions/",
        {"organ": str(OrganFactory(council=True).pk), "kind": "ordinary", "number": 61},
    )
    assert made.status_code == 201
    assert made.json()["label"] == "Council of Foreign Ministers, 61st session"
    path = f"{BASE}/sessions/{made.json()['id']}/"

    assert api.patch(path, {"theme_en": "Ports"}).status_code == 428
    assert api.patch(path, {"theme_en": "Ports"}, headers={"If-Match": '"9"'}).status_code == 412
    changed = api.patch(path, {"theme_en": "Ports"}, headers={"If-Match": made["ETag"]})
    assert (changed.json()["theme_en"], changed["ETag"]) == ("Ports", '"2"')
    days = {"starts_on": "2026-05-01", "ends_on": "2026-05-02"}
    assert api.post(f"{path}move/", days).json()["starts_on"] == "2026-05-01"
    assert api.post(f"{path}postpone/", {"reason": "storm"}).json()["status"] == "postponed"
    assert api.post(f"{path}record-held/", days).json()["status"] == "held"
    refused = api.post(f"{path}postpone/", {"reason": "storm"})
    assert (refused.status_code, refused.json()["code"]) == (409, "session_held")


def test_session_keeps_its_host_when_another_field_changes(api_for: ApiFor, registry: User) -> None:
    host = StateFactory()
    session = SessionFactory(country=host, number=61)

    changed = api_for(registry).patch(
        f"{BASE}/sessions/{session.pk}/", {"theme_en": "Ports"}, headers={"If-Match": '"1"'}
    )

    assert changed.json()["country"] == str(host.pk)
    assert changed.json()["number"] == 61


def test_resolution_is_kept_and_found(api_for: ApiFor, registry: User) -> None:
    api = api_for(registry)
    session = SessionFactory(number=61)
    body = {"session": str(session.pk), "reference": "53/61-س", "title_en": "Ports"}

    made = api.post(f"{BASE}/resolutions/", body)

    assert made.json()["reference"] == "53/61-POL"
    assert api.post(f"{BASE}/resolutions/", body).status_code == 400
    path = f"{BASE}/resolutions/{made.json()['id']}/"
    corrected = api.patch(path, {"title_fr": "Ports"}, headers={"If-Match": made["ETag"]})
    assert corrected.json()["number"] == 53
    corrected = api.patch(path, {"reference": "54"}, headers={"If-Match": corrected["ETag"]})
    assert corrected.json()["reference"] == "54/61"
    found = api.get(f"{BASE}/resolutions/", {"q": "٥٤/٦١"})
    assert found.json()["count"] == 1


def test_repeated_post_with_a_key_makes_one_resolution(api_for: ApiFor, registry: User) -> None:
    body = {
        "session": str(SessionFactory(number=61).pk),
        "reference": "53/61-POL",
        "title_en": "Ports",
    }
    api = api_for(registry)

    answers = [
        api.post(f"{BASE}/resolutions/", body, headers={"Idempotency-Key": "k"}) for _n in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["id"] == answers[1].json()["id"]


def test_office_and_holiday_are_kept(api_for: ApiFor, registry: User) -> None:
    api = api_for(registry)
    office = OfficeFactory()

    taken = api.post(
        f"{BASE}/offices/{office.pk}/take-up/", {"on": "2026-01-01", "holder_name": "A. Holder"}
    )
    assert taken.status_code == 201
    left = api.post(f"{BASE}/office-holdings/{taken.json()['id']}/leave/", {"on": "2026-05-01"})
    assert left.json()["to_earliest"] == "2026-05-01"
    assert OfficeHolding.objects.get().version == 2

    day = {"starts_on": "2031-01-01", "ends_on": "2031-01-01", "name_en": "Port Day"}
    holiday = api.post(f"{BASE}/holidays/", day).json()
    assert api.delete(f"{BASE}/holidays/{holiday['id']}/").status_code == 204
    assert api.get(f"{BASE}/holidays/{holiday['id']}/").status_code == 404
    assert Holiday.objects.get().is_removed


def test_state_and_actor_are_kept(api_for: ApiFor, administrator: User) -> None:
    api = api_for(administrator)
    made = api.post(f"{BASE}/states/", {"code": "ORV", "name_en": "Orvana"})
    assert made.status_code == 201
    path = f"{BASE}/states/{made.json()['id']}/"

    renamed = api.patch(
        path,
        {"name_en": "Orvania", "in_use_from": "2026-01-01"},
        headers={"If-Match": made["ETag"]},
    )
    assert (renamed.json()["name_en"], renamed["ETag"]) == ("Orvania", '"2"')
    group = RegionalGroupFactory(code="COAST")
    grouped = api.post(f"{path}change-group/", {"group": str(group.pk), "valid_from": "2026-01-01"})
    assert grouped.json()["regional_group"] == "COAST"
    standing = api.post(f"{path}change-standing/", {"status": "member", "on": "2026-01-01"})
    assert standing.json()["standing"]["status"] == "member"

    actor = api.post(
        f"{BASE}/actors/",
        {"kind": ActorKind.ORGANISATION, "name_en": "Union of Ports", "is_reference": True},
    )
    changed = api.patch(
        f"{BASE}/actors/{actor.json()['id']}/",
        {"name_fr": "Union des ports"},
        headers={"If-Match": actor["ETag"]},
    )
    assert changed.json()["name_fr"] == "Union des ports"
    assert api.post(f"{BASE}/actors/", {"kind": ActorKind.STATE, "name_en": "X"}).status_code == 400


def test_changes_are_refused_with_the_reason(api_for: ApiFor, focal_point: User) -> None:
    api = api_for(focal_point)
    answers = [
        api.post(f"{BASE}/states/", {"code": "ORV", "name_en": "Orvana"}),
        api.post(f"{BASE}/actors/", {"kind": "movement", "name_en": "X"}),
        api.delete(f"{BASE}/holidays/{HolidayFactory().pk}/"),
        api.patch(
            f"{BASE}/resolutions/{ResolutionFactory().pk}/",
            {"title_en": "X"},
            headers={"If-Match": "*"},
        ),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert {answer.json()["code"] for answer in answers} == {"not_your_task"}


def test_reading_token_changes_nothing(api_for: ApiFor, registry: User) -> None:
    answer = api_for(registry, "read").post(
        f"{BASE}/holidays/", {"starts_on": "2031-01-01", "ends_on": "2031-01-01", "name_en": "X"}
    )

    assert answer.status_code == 403
