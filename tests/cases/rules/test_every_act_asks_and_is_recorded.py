"""What holds for every act alike: the right is asked, the act is recorded, or nothing happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError

from cases.verbs import VERBS
from common.errors import NotPermitted
from tests.cases.rules.acts import ACTS
from tests.cases.rules.world import World
from tests.factories.accounts import UserFactory

#: Verbs of services that other test files watch over, and of consequences that are no act.
ELSEWHERE = (
    "cases.access_",
    "cases.agreement_",
    "cases.signatory_",
    "cases.provision_",
    "cases.document_",
    "cases.audience_",
    "cases.watch_note_",
    "cases.precedent_",
    "cases.mandate_renewed",
    "cases.mandate_under_review",
    "cases.mandate_lapse",
    "cases.review_redated",
    "cases.review_overtaken",
    "cases.review_lapsed",
    "cases.review_reopened",
    "cases.activity_on_hold",
    "cases.review_step_given",
    "cases.task_",
    "cases.work_handed_over",
    "cases.rights_lent",
)

every_act = pytest.mark.parametrize("verb", ACTS)


def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows of case work, and the grants, as they stand."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_app_config("cases").get_models(include_auto_created=True)
    }


def test_every_verb_has_an_act() -> None:
    mine = {verb for verb in VERBS if not verb.startswith(ELSEWHERE)}

    assert mine == set(ACTS)


@every_act
def test_act_is_done_and_recorded_once(
    world: World, verb: str, events: Callable[[str], list[Any]]
) -> None:
    actor, act = ACTS[verb](world)
    before = len(events(verb))

    act(actor=actor)

    recorded = events(verb)[before:]
    assert [event.actor_id for event in recorded] == [str(actor.pk)]
    assert recorded[0].subject_label == "cases.Dispute"


@every_act
@pytest.mark.parametrize("role", ["sg_cabinet", "desk_officer", "special_envoy", "auditor"])
def test_act_is_not_permitted_to_others(
    world: World, verb: str, role: str, events: Callable[[str], list[Any]]
) -> None:
    """Who reads all files, who keeps other files, who sees files from outside: none may act."""
    if verb == "cases.dispute_opened" and role == "desk_officer":
        pytest.skip("every desk officer opens files")
    _actor, act = ACTS[verb](world)
    before, recorded = everything(), len(events(verb))

    with pytest.raises(NotPermitted):
        act(actor=UserFactory(**{role: True}))

    assert everything() == before
    assert len(events(verb)) == recorded


@every_act
def test_act_of_another_world_is_not_permitted(world: World, verb: str) -> None:
    if verb == "cases.dispute_opened":
        pytest.skip("a file is of its opener's world")
    _actor, act = ACTS[verb](world)
    before = everything()

    with pytest.raises(NotPermitted) as refusal:
        act(actor=UserFactory(asg=True, is_exercise=True))

    assert refusal.value.code == "other_world"
    assert everything() == before


@every_act
def test_act_is_undone_when_it_cannot_be_recorded(
    world: World, verb: str, request: pytest.FixtureRequest
) -> None:
    actor, act = ACTS[verb](world)
    before = everything()
    request.getfixturevalue("broken_record")

    with pytest.raises(DatabaseError):
        act(actor=actor)

    assert everything() == before
