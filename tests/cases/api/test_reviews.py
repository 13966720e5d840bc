"""Reviews of mandates by API: each act once, refused in words, absent from outside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from cases.choices import MandateEnd, MandateState
from cases.models import MandateReview
from tests.cases.rules.reviews import council, until
from tests.cases.rules.world import TODAY, World
from tests.factories.reviews import ReviewFactory

V1 = "/api/v1/mandate-reviews"
DAY = {"on": TODAY.isoformat()}
END = TODAY + timedelta(days=90)
DRAFTS = {"draft_en": "Decides", "draft_fr": "Décide", "draft_ar": "يقرر"}


def review_of(world: World, **traits: Any) -> MandateReview:
    mandate = until(world, END, type="good_offices", state=MandateState.UNDER_REVIEW)
    return ReviewFactory(mandate=mandate, **traits)


def test_a_review_goes_its_way_by_api(
    world: World, api: APIClient, api_for: Callable[..., APIClient]
) -> None:
    mandate = until(world, END, type="good_offices")
    session = council(world, TODAY + timedelta(days=20))
    opened = api.post(f"{V1}/", {"mandate": str(mandate.pk), **DAY})
    review = f"{V1}/{opened.json()['id']}"
    words = {"progress": "Two rounds", "consent": "Both", "recommendation": "renew"}
    head, asg = api_for(world.head), api_for(world.asg)

    answers = [
        opened,
        api.post(f"{review}/assess/", {**words, **DAY}),
        head.post(f"{review}/countersign/", DAY),
        api.patch(f"{review}/", DRAFTS, HTTP_IF_MATCH="*"),
        asg.post(f"{review}/propose/", {"proposal": "For a year", **DAY}),
        api.post(f"{review}/submit/", {"session": str(session.pk), **DAY}),
        api.post(f"{review}/take-back/", {"reason": "Another agenda", **DAY}),
        asg.post(f"{review}/send-back/", {"reason": "Whose consent?", **DAY}),
        api.post(
            f"{review}/renew/",
            {
                "session": str(session.pk),
                "reference": "9-POL",
                "title_en": "On the crossings",
                "paragraph": "4",
                "adopted_on": TODAY.isoformat(),
                "end_kind": MandateEnd.DATE,
                "ends_on": "2031-12-31",
                **DAY,
            },
        ),
    ]

    assert [answer.status_code for answer in answers] == [201, *[200] * 8], answers[-1].content
    states = [answer.json()["state"] for answer in answers]
    assert states == [
        "open",
        "assessed",
        "countersigned",
        "countersigned",
        "proposed",
        "submitted",
        "proposed",
        "open",
        "decided",
    ]
    last = answers[-1].json()
    assert (last["outcome"], last["resolution"]["name"]) == ("renewed", f"9/{session.number}-POL")
    assert [step["kind"] for step in last["steps"] if step["done_on"]] == ["decision"]


def decision(world: World, **values: Any) -> dict[str, Any]:
    resolution = world.resolution()
    return {
        "session": str(resolution.session_id),
        "reference": resolution.reference,
        "reason": "They sat down",
        **values,
    }


def test_amendment_and_termination_by_api(world: World, api: APIClient) -> None:
    amended = api.post(
        f"{V1}/{review_of(world).pk}/amend/",
        decision(world, text_en="To keep them there", adopted_on=TODAY.isoformat()),
    )
    other = ReviewFactory(mandate=until(world, END, type="enquiry"))
    ended = api.post(f"{V1}/{other.pk}/end/", decision(world, terminated_on=TODAY.isoformat()))

    assert (amended.status_code, amended.json()["outcome"]) == (200, "amended"), amended.content
    assert (ended.status_code, ended.json()["outcome"]) == (200, "terminated"), ended.content


def test_a_step_that_is_not_next_is_a_conflict_in_words(world: World, api: APIClient) -> None:
    session = council(world, END)

    answer = api.post(f"{V1}/{review_of(world).pk}/submit/", {"session": str(session.pk), **DAY})

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "step_not_next")
    assert "Assessment awaited" in problem["detail"]


def test_what_is_missing_is_named(world: World, api: APIClient) -> None:
    session = council(world, END)
    review = review_of(world, proposed=True, draft_ar="")

    answer = api.post(f"{V1}/{review.pk}/submit/", {"session": str(session.pk), **DAY})

    assert (answer.status_code, answer.json()["missing"]) == (409, ["Arabic"])


def test_a_draft_needs_the_state_that_was_read(world: World, api: APIClient) -> None:
    review = review_of(world)

    without = api.patch(f"{V1}/{review.pk}/", DRAFTS)
    stale = api.patch(f"{V1}/{review.pk}/", DRAFTS, HTTP_IF_MATCH='"99"')

    assert (without.status_code, stale.status_code) == (428, 412)


def test_an_officer_may_not_countersign(world: World, api: APIClient) -> None:
    answer = api.post(f"{V1}/{review_of(world, assessed=True).pk}/countersign/", DAY)

    assert (answer.status_code, answer.json()["code"]) == (403, "no_power")


@pytest.mark.parametrize("door", ["outsider", "envoy_api"])
def test_reviews_are_absent_outside_the_secretariat(
    world: World, door: str, request: pytest.FixtureRequest
) -> None:
    review = review_of(world)
    client: APIClient = request.getfixturevalue(door)

    assert client.get(f"{V1}/{review.pk}/").status_code == 404
    assert client.get(f"{V1}/").json()["results"] == []


def test_the_list_is_narrowed(world: World, api: APIClient) -> None:
    review = review_of(world, submitted=True)
    ReviewFactory(mandate=until(world, END, type="enquiry"))

    def found(query: str) -> list[str]:
        return [row["id"] for row in api.get(f"{V1}/?{query}").json()["results"]]

    assert len(found(f"dispute={world.dispute.pk}")) == 2
    for query in (
        "state=submitted",
        f"session={review.session_id}",
        f"mandate={review.mandate_id}",
    ):
        assert found(query) == [str(review.pk)]
