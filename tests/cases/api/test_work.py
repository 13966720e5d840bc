"""Processes, bases, consents, mandates and activities by API, each act once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from tests.cases.rules.world import World
from tests.factories.accounts import UserFactory
from tests.factories.cases import (
    ActivityFactory,
    AgreementFactory,
    BasisFactory,
    ConsentFactory,
    ProcessFactory,
    StageChangeFactory,
    TermsOfReferenceFactory,
)

V1 = "/api/v1"
REASON = {"reason": "Both sides asked for it"}


def codes(answers: list[Any]) -> list[int]:
    return [answer.status_code for answer in answers]


# Processes --------------------------------------------------------------------------------------


def test_every_act_of_a_process_is_reached(api: APIClient, world: World) -> None:
    opened = api.post(
        f"{V1}/processes/",
        {
            **REASON,
            "dispute": str(world.dispute.pk),
            "parties": [str(world.orvana.pk), str(world.naruba.pk)],
            "title_en": "Talks on the crossings",
            "stage": "pre_negotiation",
        },
    )
    process = f"{V1}/processes/{opened.json()['id']}"

    answers = [
        opened,
        api.patch(f"{process}/", {"title_fr": "Pourparlers"}, HTTP_IF_MATCH=opened["ETag"]),
        api.post(f"{process}/stage/", {**REASON, "stage": "preparation"}),
        api.post(f"{process}/engagement/", {**REASON, "engagement": "political_follow_up"}),
        api.post(f"{process}/suspend/", REASON),
        api.post(f"{process}/resume/", REASON),
        api.get(f"{process}/stage-changes/"),
        api.get(f"{V1}/processes/?stage=preparation&dispute={world.dispute.pk}"),
    ]

    assert codes(answers) == [201, 200, 200, 200, 200, 200, 200, 200], [a.json() for a in answers]
    assert [party["name"] for party in opened.json()["parties"]] == ["Orvana", "Naruba"]
    assert [change["kind"] for change in answers[6].json()["results"]] == ["opened", "back"]
    assert answers[7].json()["count"] == 1


def test_bases_are_recorded_and_ended(api: APIClient, world: World) -> None:
    bases = f"{V1}/processes/{world.process.pk}/bases"
    agreement = AgreementFactory(process=world.process, names_oic=True)

    offered = api.post(f"{bases}/good-offices/", {"note": "By letter"})
    answers = [
        offered,
        api.post(
            f"{bases}/invitations/",
            {
                "inviting": str(world.orvana.actor.pk),
                "level": "minister",
                "scope": "To hear both sides",
                "form": "Letter",
            },
        ),
        api.post(f"{bases}/agreements/", {"agreement": str(agreement.pk)}),
        api.post(f"{bases}/{offered.json()['id']}/state/", {"state": "accepted"}),
        api.get(f"{bases}/"),
    ]

    assert codes(answers) == [201, 201, 201, 200, 200], [answer.json() for answer in answers]
    assert answers[3].json()["state"] == "accepted"
    assert answers[4].json()["count"] == 3


def test_an_offer_not_taken_up_leaves_the_sight_of_who_recorded_it(
    api: APIClient, world: World
) -> None:
    """Rule R7: it is secret from that moment."""
    basis = f"{V1}/processes/{world.process.pk}/bases/"
    offered = api.post(f"{basis}good-offices/", {}).json()

    answer = api.post(f"{basis}{offered['id']}/state/", {"state": "not_taken_up"})

    assert (answer.status_code, answer.content) == (204, b"")
    assert api.get(f"{basis}{offered['id']}/").status_code == 404
    assert api.get(basis).json()["count"] == 0


def test_what_may_be_done_is_answered_by_the_policies(api: APIClient, world: World) -> None:
    BasisFactory(process=world.process)
    world.agreed(world.orvana)

    acts = {
        act["key"]: act
        for act in api.get(f"{V1}/processes/{world.process.pk}/what-may-be-done/").json()
    }

    assert acts["make_contact"]["is_allowed"] is True
    assert acts["convene_joint_round"] == {
        "key": "convene_joint_round",
        "label": "Convene a joint round",
        "is_allowed": False,
        "note": "",
        "code": "consent_missing",
        "reason": "Not yet: the consent of Naruba is missing (not sought).",
        "missing": ["Naruba"],
    }
    assert "good offices" in acts["send_mission"]["note"]


def test_what_may_be_done_is_asked_for_a_day(api: APIClient, world: World) -> None:
    panel = f"{V1}/processes/{world.process.pk}/what-may-be-done/"

    assert api.get(f"{panel}?on=2027-01-01").status_code == 200
    assert api.get(f"{panel}?on=tomorrow").status_code == 400


def test_what_may_be_done_is_no_affair_of_those_outside(
    outsider: APIClient, envoy_api: APIClient, world: World
) -> None:
    panel = f"{V1}/processes/{world.process.pk}/what-may-be-done/"

    assert outsider.get(panel).status_code == 404
    answers = envoy_api.get(panel).json()
    assert {act["code"] for act in answers} == {"no_power"}, "and no rule tells of a consent"


# Consents ---------------------------------------------------------------------------------------


def test_a_consent_goes_its_way_by_api(
    api: APIClient, world: World, api_for: Callable[..., APIClient]
) -> None:
    asg = api_for(world.asg)
    opened = api.post(
        f"{V1}/consents/",
        {
            "process": str(world.process.pk),
            "party": str(world.orvana.pk),
            "role": "good_offices",
        },
    )
    consent = f"{V1}/consents/{opened.json()['id']}"
    oral = {
        "state": "conditional",
        "instrument": "oral",
        "spoken_by": "The Minister",
        "spoken_to": "The Secretary General",
        "conditions": ["A venue agreed"],
        "confirmation_pending": True,
    }

    answers = [opened, api.post(f"{consent}/steps/", {"state": "sought", "instrument": "note"})]
    step = api.post(f"{consent}/steps/", oral)
    answers += [step, asg.post(f"{consent}/steps/{step.json()['id']}/countersign/", {})]
    answers.append(api.post(f"{consent}/steps/{step.json()['id']}/confirm/", {}))
    (condition,) = api.get(f"{consent}/conditions/").json()["results"]
    before = api.get(f"{consent}/").json()
    answers.append(api.post(f"{consent}/conditions/{condition['id']}/meet/", {}))
    given = api.get(f"{consent}/").json()
    last = api.post(f"{consent}/steps/", {"state": "no_longer_in_force", "instrument": "note"})
    withdrawn = api.get(f"{consent}/").json()
    answers += [
        last,
        asg.post(
            f"{consent}/steps/{last.json()['id']}/release/", {"outward_text_en": "Time is needed."}
        ),
        api.get(f"{consent}/steps/"),
    ]

    assert codes(answers) == [201, 201, 201, 200, 200, 200, 201, 200, 200], [
        answer.json() for answer in answers
    ]
    assert (before["counts_as_given"], given["counts_as_given"]) == (False, True)
    assert (withdrawn["state"], withdrawn["outward_state"]) == (
        "no_longer_in_force",
        "conditional",
    )
    assert answers[-1].json()["count"] == 3


def test_a_stale_step_is_refused_where_if_match_says_so(api: APIClient, world: World) -> None:
    consent = ConsentFactory(process=world.process, party=world.orvana)
    steps = f"{V1}/consents/{consent.pk}/steps/"
    sought = {"state": "sought", "instrument": "note"}

    stale = api.post(steps, sought, HTTP_IF_MATCH='"7"')
    fresh = api.post(steps, sought, HTTP_IF_MATCH='"1"')

    assert codes([stale, fresh]) == [412, 201]


def test_a_press_statement_is_no_instrument(api: APIClient, world: World) -> None:
    consent = ConsentFactory(process=world.process, party=world.orvana)

    answer = api.post(
        f"{V1}/consents/{consent.pk}/steps/", {"state": "sought", "instrument": "press"}
    )

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "instrument")


# Mandates ---------------------------------------------------------------------------------------


def test_a_mandate_goes_its_way_by_api(api: APIClient, world: World) -> None:
    decision = world.decision()
    sent = {name: str(getattr(value, "pk", value)) for name, value in decision.items()}
    drafted = api.post(
        f"{V1}/mandates/",
        {
            "dispute": str(world.dispute.pk),
            "type": "good_offices",
            "holders": [str(world.holder.pk)],
            "processes": [str(world.process.pk)],
            "end_kind": "session",
            "end_session": str(world.session(planned=True).pk),
        },
    )
    mandate = f"{V1}/mandates/{drafted.json()['id']}"

    answers = [
        drafted,
        api.patch(f"{mandate}/", {"title_en": "Good offices"}, HTTP_IF_MATCH=drafted["ETag"]),
        api.post(f"{mandate}/adopt/", sent),
        api.post(f"{mandate}/terms/", {"text_en": "To bring them to one table"}),
        api.post(f"{mandate}/activate/", {}),
        api.post(f"{mandate}/suspend/", REASON),
        api.post(f"{mandate}/activate/", {}),
        api.post(f"{mandate}/extend/", {**REASON, "session": str(world.session(planned=True).pk)}),
        api.post(f"{mandate}/terminate/", {**REASON, "resolution": str(world.resolution().pk)}),
        api.get(f"{mandate}/terms/"),
        api.get(f"{V1}/mandates/?dispute={world.dispute.pk}&state=terminated"),
    ]

    assert codes(answers) == [201, 200, 200, 201, *[200] * 7], [a.json() for a in answers]
    assert answers[2].json()["resolution"]["name"] == str(decision["resolution"])
    assert answers[8].json()["state"] == "terminated"
    assert answers[10].json()["count"] == 1


def test_an_activation_without_consent_names_who_is_missing(api: APIClient, world: World) -> None:
    mandate = world.mandate(adopted=True, covering=[world.mediation])
    TermsOfReferenceFactory(mandate=mandate)
    world.agreed(world.orvana, process=world.mediation, role="mediation")

    answer = api.post(f"{V1}/mandates/{mandate.pk}/activate/", {})

    assert (answer.status_code, answer.json()["missing"]) == (409, ["Naruba"])


# Activities -------------------------------------------------------------------------------------


def test_an_activity_goes_its_way_by_api(api: APIClient, world: World) -> None:
    planned = api.post(
        f"{V1}/activities/",
        {
            "process": str(world.process.pk),
            "kind": "sounding",
            "planned_on": "2026-12-01",
            "purpose": "To hear both sides",
        },
    )
    on_hold = ActivityFactory(process=world.process, state="on_hold")
    other = ActivityFactory(process=world.process)

    answers = [
        planned,
        api.post(f"{V1}/activities/{planned.json()['id']}/held/", {}),
        api.post(f"{V1}/activities/{on_hold.pk}/resume/", {"planned_on": "2027-01-01"}),
        api.post(f"{V1}/activities/{other.pk}/cancel/", REASON),
        api.get(f"{V1}/activities/?planned_from=2026-12-15"),
    ]

    assert codes(answers) == [201, 200, 200, 200, 200], [answer.json() for answer in answers]
    assert answers[4].json()["count"] == 1


def test_a_joint_round_names_the_missing_government_and_then_succeeds(
    api: APIClient, world: World
) -> None:
    """The acceptance sentence of Rule C4, through the API."""
    BasisFactory(process=world.process)
    world.agreed(world.orvana)
    round_ = {
        "process": str(world.process.pk),
        "kind": "joint_round",
        "planned_on": "2026-12-01",
        "purpose": "The first round",
    }

    refused = api.post(f"{V1}/activities/", round_)
    world.agreed(world.naruba)
    planned = api.post(f"{V1}/activities/", round_)

    assert refused.status_code == 409
    assert refused.json()["missing"] == ["Naruba"]
    assert "Naruba" in refused.json()["detail"]
    assert planned.status_code == 201
    assert "good offices" in planned.json()["footing"]


def test_nobody_classifies_an_activity_above_their_own_clearance(
    api: APIClient, world: World
) -> None:
    answer = api.post(
        f"{V1}/activities/",
        {
            "process": str(world.process.pk),
            "kind": "sounding",
            "planned_on": "2026-12-01",
            "purpose": "A name",
            "classification": 3,
        },
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "above_clearance")
    assert answer.json()["errors"] == [
        {
            "field": "classification",
            "detail": "You cannot classify anything above your own clearance.",
        }
    ]


# Lists ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["processes", "consents", "mandates", "activities"])
def test_a_list_costs_no_query_per_row(
    world: World, api_for: Callable[..., APIClient], kind: str
) -> None:
    client = api_for(world.head)

    def fill() -> None:
        ConsentFactory(process=world.process, given=True)
        ActivityFactory(process=world.process, by=UserFactory())
        world.mandate(active=True, type="enquiry", until_session=True)
        StageChangeFactory(process=world.process)
        ProcessFactory(dispute=world.dispute, parties=list(world.dispute.parties.all()))

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"{V1}/{kind}/")
        assert answer.status_code == 200
        assert answer.json()["results"]
        return len([query for query in queries if "audit_" not in query["sql"]])

    fill()
    before = cost()
    fill()
    fill()

    assert cost() == before <= 14


def test_reading_a_list_of_contents_is_one_event_a_file(
    api: APIClient, world: World, events: Callable[[str], list[Any]]
) -> None:
    activities = [ActivityFactory(process=world.process) for _number in range(3)]

    api.get(f"{V1}/activities/")

    (reading,) = events("audit.read")
    assert sorted(reading.payload["ids"]) == sorted(str(row.pk) for row in activities)
