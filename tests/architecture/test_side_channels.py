"""What is hidden is nowhere: not in a page, a list, a count, a choice, a search, a header, an error.

Two worlds of words: more than twenty files that only those in command see, each with a word of its
own in every text, and one file that each persona sees in part. Persons walk through every link and
every list; afterwards not one word that is kept from them may have come back.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse

from accounts.services.people import change_clearance, deactivate_user
from accounts.services.tokens import revoke_token
from cases.models import Dispute
from cases.services.sharing import end_sharing
from cases.services.team import end_team_member
from common.choices import Classification
from tests.architecture.door import Door, door_by_token, door_of
from tests.architecture.leak_world import full_file
from tests.factories.accounts import StateUserFactory, UserFactory
from tests.factories.cases import OPENED, StateNotificationFactory, TeamMemberFactory
from tests.factories.institutions import StateFactory

pytestmark = pytest.mark.django_db

HIDDEN_FILES = 21
MOST_PAGES = 150
SHOWN = "shownxq"

#: Texts of the shown file, as ``leak_world.full_file`` writes them, by who is kept from them.
FROM_STATES = (
    "Summary Valley Nature Source Cause Why Basis Offer Sounding Contact Terms Precedent Wording "
    "Draft_mandate Draft_accord Taken_back Note Own_wording Paper_document_team "
    "Paper_document_secretariat Paper_document_b Progress"
)
FROM_MEDIATORS = (
    "Basis Offer Sounding Draft_mandate Taken_back Precedent Paper_document_secretariat Progress"
)
FROM_CABINET = "Cause Offer Draft_accord Terms Why Paper_document_team"

_LINKS = re.compile(r'(?:href|action)="([^"#]+)"')
_URLS = re.compile(r'"(https?://[^"]+)"')
#: Months lead on without end; the first page of the calendar is walked.
_NEVER = ("month=", "logout", "end-access", "/static/", "styleguide", "/schema", "/docs")


def phrases(texts: str) -> set[str]:
    return {f"{text.replace('_', ' ')} {SHOWN}" for text in texts.split()}


class SideWorld:
    """One file that all personas see in part, and many that none of them sees."""

    def __init__(self) -> None:
        self.officer = UserFactory(desk_officer=True, full_name="Officer Nameless-xq")
        self.asg = UserFactory(asg=True)
        states = StateFactory(member=True), StateFactory(member=True)
        self.shown = full_file(self.officer, states, SHOWN)
        dispute = self.shown["file"]
        self.focal = StateUserFactory(
            delegation__state=states[0], clearance=Classification.CONFIDENTIAL
        )
        self.sharing = StateNotificationFactory(dispute=dispute, state=states[0], shared=True)
        self.envoy = UserFactory(special_envoy=True)
        self.envoy_place = TeamMemberFactory(dispute=dispute, user=self.envoy)
        self.people = {
            "officer": self.officer,
            "other_officer": UserFactory(desk_officer=True),
            "registry": UserFactory(registry_clerk=True),
            "envoy": self.envoy,
            "wise_person": UserFactory(wise_person=True),
            "focal_point": self.focal,
            "focal_point_of_b": StateUserFactory(
                delegation__state=states[1], clearance=Classification.CONFIDENTIAL
            ),
            "unrelated_focal_point": StateUserFactory(clearance=Classification.CONFIDENTIAL),
            "auditor": UserFactory(auditor=True),
            "administrator": UserFactory(administrator=True),
            "exercise_officer": UserFactory(desk_officer=True, is_exercise=True),
        }
        self.words = [f"veiled{number:02d}xq" for number in range(HIDDEN_FILES)]
        keeper = UserFactory(desk_officer=True)
        self.hidden = [full_file(keeper, states, word) for word in self.words]

    def kept_from(self, persona: str) -> set[str]:
        """Return every word, reference and key that this person must never meet."""
        files: list[Dispute] = [things["file"] for things in self.hidden]
        marks = {*self.words, *(file.reference for file in files), *(str(f.pk) for f in files)}
        if persona in OUTSIDERS:  # the staff of the house knows the names of actors
            marks |= {word[::-1] for word in self.words}
        if persona in ("focal_point", "focal_point_of_b"):
            marks |= phrases(FROM_STATES) | {self.officer.full_name}
        if persona == "envoy":
            marks |= phrases(FROM_MEDIATORS) | {"No longer in force", "no_longer_in_force"}
        if persona not in ("officer", "envoy", "focal_point"):
            marks |= {SHOWN, self.shown["file"].reference, str(self.shown["file"].pk)}
        return marks


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[SideWorld]:
    """Build the world once; nothing of it outlives the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield SideWorld()
        transaction.set_rollback(True)


OUTSIDERS = [
    "envoy",
    "wise_person",
    "focal_point",
    "focal_point_of_b",
    "unrelated_focal_point",
    "auditor",
    "administrator",
    "exercise_officer",
]
PERSONAS = ["officer", "other_officer", "registry", *OUTSIDERS]


# Walking through everything ---------------------------------------------------------------------


def lists_of_the_api() -> list[str]:
    """Return the address of every list of the API that needs no key."""
    return [
        reverse(f"api:{name}")
        for name in get_resolver().namespace_dict["api"][1].reverse_dict
        if isinstance(name, str) and name.endswith("-list") and _is_plain(name)
    ]


def _is_plain(name: str) -> bool:
    resolver = get_resolver().namespace_dict["api"][1]
    return any(
        not names for form in resolver.reverse_dict.getlist(name) for _path, names in form[0]
    )


def walk(door: Door) -> Iterator[tuple[str, str]]:
    """Follow every link from the first page and the API's lists; yield address and whole answer."""
    waiting = ["/", "/?scope=unit", "/files/", "/search/?q=xq", *lists_of_the_api()]
    seen: set[str] = set()
    while waiting and len(seen) < MOST_PAGES:
        url = waiting.pop(0)
        if url in seen or any(word in url for word in _NEVER):
            continue
        seen.add(url)
        with transaction.atomic():
            answer = door.get(url)
            text = told_by(answer)
            transaction.set_rollback(True)
        yield url, text
        waiting += links_in(url, text)


def told_by(answer: Any) -> str:
    """Return everything that an answer tells: status, headers, body."""
    body = b"" if answer.streaming else answer.content
    headers = "\n".join(f"{name}: {text}" for name, text in answer.headers.items())
    return f"{answer.status_code}\n{headers}\n{unescape(body.decode(errors='replace'))}"


def links_in(url: str, text: str) -> list[str]:
    found = [urljoin(url, link) for link in _LINKS.findall(text)] + _URLS.findall(text)
    parts = [urlsplit(link) for link in found]
    return [
        f"{part.path}?{part.query}" if part.query else part.path
        for part in parts
        if part.netloc in ("", "testserver") and part.path.startswith("/")
    ]


@pytest.mark.parametrize("persona", PERSONAS)
def test_walk_meets_nothing_that_is_hidden(world: SideWorld, persona: str) -> None:
    kept = world.kept_from(persona)
    met = {
        (url, mark)
        for url, text in walk(door_of(world.people[persona]))
        for mark in kept
        if mark in text
    }
    assert met == set()


def test_those_in_command_meet_it_all(world: SideWorld) -> None:
    """The walk is long enough and the words are where they should be."""
    answers = [text for _url, text in walk(door_of(world.asg))]
    assert [word for word in world.words if not any(word in text for text in answers)] == []
    assert any(f"Taken back {SHOWN}" in text for text in answers) or any(
        "no_longer_in_force" in text for text in answers
    )


def test_walk_by_token_meets_nothing_that_is_hidden(world: SideWorld) -> None:
    door = door_by_token(world.focal, "read")
    kept = world.kept_from("focal_point")
    texts = [(url, told_by(door.get(url))) for url in lists_of_the_api()]
    assert {(url, mark) for url, text in texts for mark in kept if mark in text} == set()


# Asking for it ----------------------------------------------------------------------------------


def same_answer(door: Door, url: str, hidden: str, absent: str) -> None:
    """Assert that asking for what is hidden tells what asking for nonsense tells."""
    answers = [
        re.sub(
            r'name="csrfmiddlewaretoken" value="[^"]+"', "", told_by(door.get(url + word))
        ).replace(word, "WORD")
        for word in (hidden, absent)
    ]
    assert answers[0].splitlines() == answers[1].splitlines(), url


#: A word as long as the hidden ones that stands nowhere.
NONSENSE = "bogus000xq"


@pytest.mark.parametrize("persona", PERSONAS)
def test_search_knows_no_hidden_word(world: SideWorld, persona: str) -> None:
    door = door_of(world.people[persona])
    for word in ("veiled07xq", "veiled20xq"):
        for url in (
            "/search/?q=",
            "/files/?q=",
            "/api/v1/disputes/?q=",
            "/api/v1/disputes/?search=",
        ):
            same_answer(door, url, word, NONSENSE)


def filters_of(url: str) -> list[str]:
    """Return the names by which a list of the API may be narrowed."""
    view = get_resolver().resolve(url).func.cls
    shapes = [getattr(view, name, None) for name in ("inward_filters", "outward_filters")] + [
        view.__dict__.get("filterset_class")
    ]
    return sorted(
        {name for shape in shapes if hasattr(shape, "base_filters") for name in shape.base_filters}
    )


@pytest.mark.parametrize("persona", ["other_officer", "registry", "envoy", "focal_point"])
def test_filters_of_lists_know_no_hidden_thing(world: SideWorld, persona: str) -> None:
    door = door_of(world.people[persona])
    things = world.hidden[0]
    keys = [str(things[name].pk) for name in ("file", "process", "party_a", "consent_a", "mandate")]
    asked = 0
    for url in lists_of_the_api():
        for name in filters_of(url):
            for key in keys:
                same_answer(door, f"{url}?{name}=", key, str(uuid.uuid4()))
            same_answer(door, f"{url}?{name}=", "veiled03xq", "bogus003xq")
            asked += 1
    assert asked > 20


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "patch", "delete", "post"])
@pytest.mark.parametrize("persona", ["other_officer", "envoy", "focal_point", "auditor"])
def test_no_method_tells_hidden_from_absent(world: SideWorld, persona: str, method: str) -> None:
    door = door_of(world.people[persona])
    things = world.hidden[3]
    addresses = {
        "api:dispute-detail": "file",
        "api:process-detail": "process",
        "api:consent-detail": "consent_a",
        "api:mandate-detail": "mandate",
        "api:agreement-detail": "agreement",
        "api:document-detail": "document_shared",
        "api:activity-detail": "activity",
        "api:party-list": "file",
        "api:terms-list": "mandate",
        "cases:dispute_detail": "file",
        "cases:document_detail": "document_shared",
    }
    for route, name in addresses.items():
        answers = []
        for key in (str(things[name].pk), str(uuid.uuid4())):
            with transaction.atomic():
                answer = getattr(door, method)(reverse(route, args=[key]))
                transaction.set_rollback(True)
            text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", told_by(answer))
            answers.append(text.replace(key, "KEY"))
        assert answers[0] == answers[1], route


def test_counts_are_of_what_is_seen(world: SideWorld) -> None:
    told = {
        name: json.loads(door_of(person).get("/api/v1/disputes/").content)["count"]
        for name, person in world.people.items()
    }
    sees_one = dict.fromkeys(("officer", "envoy", "focal_point"), 1)
    assert told == dict.fromkeys(world.people, 0) | sees_one


# Rights that end --------------------------------------------------------------------------------


def test_sight_ends_with_the_next_request(world: SideWorld) -> None:
    url = reverse("api:dispute-detail", args=[world.shown["file"].pk])
    page = reverse("cases:dispute_detail", args=[world.shown["file"].pk])
    envoy, state = door_of(world.envoy), door_of(world.focal)
    assert [envoy.get(url).status_code, state.get(page).status_code] == [200, 200]
    end_team_member(actor=world.asg, member=world.envoy_place, on=OPENED)
    end_sharing(actor=world.asg, notification=world.sharing, on=OPENED)
    for door in (envoy, state):
        assert [door.get(url).status_code, door.get(page).status_code] == [404, 404]


def test_lowered_clearance_counts_at_once(world: SideWorld) -> None:
    url = reverse("api:dispute-detail", args=[world.shown["file"].pk])
    door = door_of(world.officer)
    assert door.get(url).status_code == 200
    change_clearance(
        actor=world.people["administrator"],
        user=world.officer,
        clearance=Classification.RESTRICTED,
        reason="Moved to another unit",
    )
    assert door.get(url).status_code == 404


def test_closed_account_is_out_at_once(world: SideWorld) -> None:
    page, system = door_of(world.officer), door_by_token(world.officer)
    assert [page.get("/").status_code, system.get("/api/v1/me/").status_code] == [200, 200]
    deactivate_user(actor=world.people["administrator"], user=world.officer, reason="Left us")
    assert page.get("/").status_code == 302
    assert [page.get("/api/v1/me/").status_code, system.get("/api/v1/me/").status_code] == [
        401,
        401,
    ]


def test_revoked_token_is_out_at_once(world: SideWorld) -> None:
    door = door_by_token(world.officer)
    assert door.get("/api/v1/disputes/").status_code == 200
    for token in world.officer.auth_token_set.all():
        revoke_token(actor=world.officer, token=token)
    assert door.get("/api/v1/disputes/").status_code == 401
