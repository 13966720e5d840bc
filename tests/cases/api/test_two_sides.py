"""Two shapes of a thing: whole inside, outside what was shared and not one field more (Rules C5, D7)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from cases.choices import ConsentState, Stage
from cases.services import access
from cases.services.consents import release_outward_text
from cases.services.processes import suspend_process
from common.grants import group_of
from tests.cases.rules.world import TODAY, World
from tests.factories.accounts import UserFactory
from tests.factories.cases import ActivityFactory

V1 = "/api/v1"
FILE = {
    "id",
    "seen_from",
    "reference",
    "title",
    "title_en",
    "title_fr",
    "title_ar",
    "classification",
    "processes",
    "parties",
    "is_exercise",
    "is_historical",
}
PROCESS = {"id", "seen_from", "dispute", "title", "outward_stage"}


def test_a_state_sees_of_a_file_what_was_shared(outsider: APIClient, world: World) -> None:
    assert world.process.dispute == world.dispute

    answer = outsider.get(f"{V1}/disputes/{world.dispute.pk}/")
    row = outsider.get(f"{V1}/disputes/").json()["results"][0]

    assert set(answer.json()) == FILE
    assert answer.json()["seen_from"] == row["seen_from"] == "outside"
    assert set(row) == FILE - {"title_en", "title_fr", "title_ar", "parties"}
    assert set(row["processes"][0]) == PROCESS
    assert set(answer.json()["parties"][0]) == {"id", "seen_from", "dispute", "name"}
    assert "ETag" not in answer, "a version counts what happened inside"


@pytest.mark.parametrize(
    ("stage", "seen"),
    [
        (Stage.EARLY_WARNING, None),
        (Stage.PREPARATION, None),
        (Stage.NEGOTIATION, "consultations_continue"),
        (Stage.MONITORING, "follow_up"),
    ],
)
def test_a_state_sees_the_outward_stage_only(
    outsider: APIClient, world: World, stage: str, seen: str | None
) -> None:
    world.process.stage = stage
    world.process.save()

    process = outsider.get(f"{V1}/processes/{world.process.pk}/").json()

    assert set(process) == PROCESS | {"title_en", "title_fr", "title_ar", "parties"}
    assert process["outward_stage"] == seen


def test_a_suspension_is_not_told(outsider: APIClient, world: World) -> None:
    suspend_process(actor=world.officer, process=world.process, reason="Mourning", on=TODAY)

    process = outsider.get(f"{V1}/processes/{world.process.pk}/").json()

    assert process["outward_stage"] == "consultations_continue"


@pytest.mark.parametrize(
    "query",
    [
        "disputes/?status=ended",
        "disputes/?stage=monitoring",
        "disputes/?desk_officer=00000000-0000-0000-0000-000000000000",
        "processes/?stage=monitoring",
        "processes/?status=suspended",
    ],
)
def test_no_filter_answers_about_what_is_hidden(
    outsider: APIClient, world: World, query: str
) -> None:
    assert world.process.stage != Stage.MONITORING

    assert outsider.get(f"{V1}/{query}").json()["count"] == 1


def test_a_state_sees_its_own_consent_and_its_outward_state(
    outsider: APIClient, world: World
) -> None:
    own = world.consent(
        world.orvana, ConsentState.SOUGHT, ConsentState.GIVEN, ConsentState.NO_LONGER_IN_FORCE
    )
    world.agreed(world.naruba)

    listed = outsider.get(f"{V1}/consents/").json()["results"]
    filtered = outsider.get(f"{V1}/consents/?state=no_longer_in_force").json()["count"]

    assert [consent["id"] for consent in listed] == [str(own.pk)]
    assert listed[0] == {
        "id": str(own.pk),
        "seen_from": "outside",
        "dispute": str(world.dispute.pk),
        "process": str(world.process.pk),
        "party": {"id": str(world.orvana.pk), "name": "Orvana"},
        "role": "good_offices",
        "outward_state": "given",
        "released_texts": [],
    }
    assert filtered == 1, "the real state narrows nothing"


def test_a_mediator_reads_a_consent_from_outside_and_the_file_from_inside(
    envoy_api: APIClient, world: World
) -> None:
    """Rule C5: an untold withdrawal is told to the Secretariat alone."""
    consent = world.consent(
        world.orvana, ConsentState.SOUGHT, ConsentState.GIVEN, ConsentState.NO_LONGER_IN_FORCE
    )
    address = f"{V1}/consents/{consent.pk}/"

    file = envoy_api.get(f"{V1}/disputes/{world.dispute.pk}/").json()
    before = envoy_api.get(address)
    release_outward_text(
        actor=world.asg, step=consent.steps.last(), outward_text_en="Orvana has asked for time."
    )
    after = envoy_api.get(address).json()

    assert file["seen_from"] == "inside"
    assert (before.json()["seen_from"], before.json()["outward_state"]) == ("outside", "given")
    assert "ETag" not in before
    assert (after["outward_state"], after["released_texts"]) == (
        "no_longer_in_force",
        ["Orvana has asked for time."],
    )
    assert envoy_api.get(f"{address}steps/").status_code == 404


def test_why_an_activity_is_on_hold_is_told_in_the_secretariat(
    envoy_api: APIClient, api: APIClient, world: World
) -> None:
    activity = ActivityFactory(
        process=world.process,
        state="on_hold",
        stopped_by=world.consent(world.orvana),
        audience="team",
    )

    def reason(client: APIClient) -> str:
        answer = client.get(f"{V1}/activities/{activity.pk}/")
        return str(answer.json()["hold_reason"])

    assert reason(api).endswith("is no longer in force")
    assert reason(envoy_api) == ""


def test_a_state_sees_no_draft_and_no_inside_field_of_a_mandate(
    outsider: APIClient, world: World
) -> None:
    adopted = world.mandate(adopted=True, terms_waived_reason="Said inside", is_lead=True)
    world.mandate()

    (mandate,) = outsider.get(f"{V1}/mandates/").json()["results"]

    assert mandate["id"] == str(adopted.pk)
    assert mandate["resolution"]["name"] == str(adopted.resolution)
    hidden = {"terms_waived_reason", "review_on", "is_lead", "termination_reason", "version"}
    assert not hidden & set(mandate)


def test_an_envoy_with_sight_only_of_the_file_stands_outside(
    world: World, api_for: Callable[..., APIClient]
) -> None:
    wise = UserFactory(wise_person=True)
    access.admit_to_view(
        dispute=world.dispute,
        group=group_of("user", wise.pk),
        valid_from=world.dispute.opened_on,
        valid_to=None,
        reason="asked for advice",
        by=world.officer,
    )

    answer = api_for(wise).get(f"{V1}/disputes/{world.dispute.pk}/")

    assert answer.json()["seen_from"] == "outside"
