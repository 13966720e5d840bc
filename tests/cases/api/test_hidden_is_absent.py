"""What a person does not see does not exist for them: same status and same body at every address."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from cases.choices import ConsentState
from tests.cases.api.operations import address, collections, operations
from tests.cases.rules.test_every_act_asks_and_is_recorded import everything
from tests.cases.rules.world import World
from tests.factories.accounts import StateUserFactory, UserFactory
from tests.factories.cases import (
    ActivityFactory,
    AgreementFactory,
    BasisFactory,
    DocumentFactory,
    RootCauseFactory,
    StageChangeFactory,
    StateNotificationFactory,
    TeamMemberFactory,
    TermsOfReferenceFactory,
)
from tests.factories.reviews import ReviewFactory

MARK = "SAID INSIDE ONLY"


class Keys(dict[str, Any]):
    """Keys of a file that has one of everything; what has no key here is made up."""

    def __missing__(self, name: str) -> str:
        return str(uuid4())


@pytest.fixture
def keys(world: World) -> Keys:
    """One of everything in one file, each with words that no outsider may read."""
    world.dispute.summary_en = world.dispute.nature_described = MARK
    world.dispute.nature_source = MARK
    world.dispute.save()
    consent = world.consent(
        world.orvana,
        ConsentState.SOUGHT,
        ConsentState.CONDITIONAL,
        conditions=[MARK],
        note=MARK,
    )
    mandate = world.mandate(adopted=True, terms_waived_reason=MARK)
    world.mandate(title_en=MARK)
    made = {
        "disputes": world.dispute,
        "parties": world.orvana,
        "root-causes": RootCauseFactory(dispute=world.dispute, text_en=MARK),
        "team": TeamMemberFactory(dispute=world.dispute, function=MARK),
        "notifications": StateNotificationFactory(
            dispute=world.dispute, state=world.naruba.actor.state, instrument=MARK
        ),
        "processes": world.process,
        "stage-changes": StageChangeFactory(process=world.process, reason=MARK),
        "bases": BasisFactory(process=world.process, note=MARK),
        "consents": consent,
        "steps": consent.steps.last(),
        "conditions": consent.conditions.get(),
        "mandates": mandate,
        "mandate-reviews": ReviewFactory(mandate=mandate, progress=MARK, draft_en=MARK),
        "terms": TermsOfReferenceFactory(mandate=mandate, text_en=MARK),
        "activities": ActivityFactory(process=world.process, purpose=MARK),
        "agreements": AgreementFactory(process=world.process),
        "documents": DocumentFactory(dispute=world.dispute, title=MARK),
    }
    return Keys({name: str(row.pk) for name, row in made.items()})


def send(client: APIClient, method: str, url: str) -> Any:
    body = {} if method in ("post", "patch") else None
    return getattr(client, method)(url, body, HTTP_IF_MATCH="*")


PERSONAS: dict[str, Callable[[], Any]] = {
    "another desk officer": lambda: UserFactory(desk_officer=True),
    "the registry": lambda: UserFactory(registry_clerk=True),
    "an envoy without a file": lambda: UserFactory(special_envoy=True),
    "another State": lambda: StateUserFactory(clearance=2),
    "the auditor": lambda: UserFactory(auditor=True),
    "the administrator": lambda: UserFactory(administrator=True),
    "a player of the exercise": lambda: UserFactory(asg=True, is_exercise=True),
}


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_hidden_file_is_absent_at_every_address(
    keys: Keys, api_for: Callable[..., APIClient], persona: str
) -> None:
    client = api_for(PERSONAS[persona]())
    before = everything()

    told = []
    for method, path in operations():
        hidden = send(client, method, address(path, keys))
        absent = send(client, method, address(path, Keys()))
        if (hidden.status_code, hidden.content) != (404, absent.content):
            told.append((method, path, hidden.status_code, absent.status_code))

    assert told == []
    assert everything() == before


@pytest.mark.parametrize("path", ["disputes", "processes", "consents", "mandates", "activities"])
def test_no_list_or_count_tells_of_a_hidden_file(
    keys: Keys, api_for: Callable[..., APIClient], path: str
) -> None:
    assert keys["disputes"]
    for persona, person in PERSONAS.items():
        answer = api_for(person()).get(f"/api/v1/{path}/?dispute={keys['disputes']}&q=valley")
        assert answer.json() == {
            "count": 0,
            "count_is_exact": True,
            "next": None,
            "previous": None,
            "results": [],
        }, persona


def test_a_hidden_file_named_in_a_body_is_no_such_object(
    keys: Keys, world: World, api_for: Callable[..., APIClient]
) -> None:
    client = api_for(UserFactory(desk_officer=True))
    bodies = {
        "processes": {"dispute": keys["disputes"], "parties": [keys["parties"]], "reason": "x"},
        "consents": {
            "process": keys["processes"],
            "party": keys["parties"],
            "role": "mediation",
        },
        "mandates": {"dispute": keys["disputes"], "type": "mediation"},
        "activities": {
            "process": keys["processes"],
            "kind": "sounding",
            "planned_on": "2026-12-01",
            "purpose": "x",
        },
    }

    for path, body in bodies.items():
        hidden = client.post(f"/api/v1/{path}/", body)
        made_up = {
            key: str(uuid4()) if re.fullmatch(r"[0-9a-f-]{36}", str(value)) else value
            for key, value in body.items()
        }
        made_up |= {"parties": [str(uuid4())]} if "parties" in body else {}
        absent = client.post(f"/api/v1/{path}/", made_up)
        assert (hidden.status_code, hidden.json()) == (400, absent.json())
        assert "There is no such object." in str(hidden.json())


# A State with which the file is shared ----------------------------------------------------------


def test_hidden_parts_of_a_shared_file_are_absent(keys: Keys, outsider: APIClient) -> None:
    inside = ("root-causes", "team", "notifications", "stage-changes", "bases", "steps")
    inside += ("conditions", "terms", "activities", "documents")

    told = []
    for method, path in operations():
        named = collections(path)
        if not set(named) & set(inside):
            continue
        made_up = Keys({**keys, named[-1]: str(uuid4())})
        hidden = send(outsider, method, address(path, keys))
        absent = send(outsider, method, address(path, made_up))
        if (hidden.status_code, hidden.content) != (404, absent.content):
            told.append((method, path, hidden.status_code))

    assert told == []


def test_no_answer_to_a_state_holds_what_was_said_inside(
    keys: Keys, outsider: APIClient, orvana_user: Any
) -> None:
    for method, path in operations(with_key=False):
        answer = send(outsider, method, address(path, keys))
        assert MARK not in answer.content.decode(), (method, path)
        assert str(orvana_user.pk) not in answer.content.decode()


def test_a_state_changes_nothing(keys: Keys, outsider: APIClient) -> None:
    before = everything()

    answers = {
        (method, path): send(outsider, method, address(path, keys)).status_code
        for method, path in operations(with_key=False)
        if method != "get"
    }

    assert everything() == before
    assert set(answers.values()) <= {400, 403, 404}
