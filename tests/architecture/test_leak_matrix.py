"""Every address × every persona, against the table of ``leak_matrix.py``.

What is asked is rolled back, so that the world stays as it was told. An act by API is sent a body
made from the shape of its input, so that the person's right decides and not the form.
"""

from __future__ import annotations

import json
import re
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from rest_framework import serializers

from common.api.views import HouseViewSet
from tests.architecture.door import Door, door_by_token, door_of
from tests.architecture.leak_matrix import (
    CLIENT,
    ELSEWHERE,
    MATRIX,
    PERSONAS,
    READ_TOKEN,
    STRANGERS,
    Line,
)
from tests.architecture.leak_world import LeakWorld
from tests.factories import uploads

pytestmark = pytest.mark.django_db

NEWEST = {"if-match": "*"}
UNSAFE = ("POST", "PATCH", "DELETE")
_KEYS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
_SEALS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
#: Of what an answer carries besides its body, this is new every time.
_FLEETING = ("Set-Cookie",)


class House:
    """The world with a door for everybody."""

    def __init__(self) -> None:
        self.world = LeakWorld()
        self.doors = {name: self._door_of(name) for name in PERSONAS}

    def _door_of(self, name: str) -> Door:
        if name == "anonymous":
            return Door()
        if name in CLIENT | READ_TOKEN:
            person, scope = (name, "write") if name in CLIENT else ("officer", "read")
            return door_by_token(self.world.people[person], scope)
        return door_of(self.world.people[name])

    def _key(self, word: str, *, is_absent: bool) -> str:
        if word.startswith(":"):
            return word[1:]
        thing = self.world.things[word]
        return str(uuid.uuid4() if is_absent else getattr(thing, "public_id", thing.pk))

    def ask(self, persona: str, line: Line, *, is_absent: bool = False) -> Any:
        """Send one request and take back whatever it changed.

        Args:
            is_absent: ask for keys that name nothing.
        """
        words = [word.rpartition("=") for word in line.of.split()]
        keys = [(name, self._key(word, is_absent=is_absent)) for name, _sign, word in words]
        named = {name: key for name, key in keys if name}
        url = reverse(line.route, args=[key for name, key in keys if not name])
        door = self.doors[persona]
        with transaction.atomic():
            if line.method == "GET":
                answer = door.get(url, named)
            elif line.is_api:
                answer = door.generic(
                    line.method, url, json.dumps(named), "application/json", headers=NEWEST
                )
            else:
                answer = door.post(url, named)
            transaction.set_rollback(True)
        return answer


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    """Build the world once; nothing of it outlives the module."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(HouseViewSet, "perform_act", _well_formed(HouseViewSet.perform_act))
        yield House()
        transaction.set_rollback(True)


def _well_formed(perform_act: Any) -> Any:
    """Let an act see a body that its input accepts, whatever was sent."""

    def perform(self: Any, serializer_class: Any, act: Any, **options: Any) -> Any:
        shape = serializer_class(context=self.get_serializer_context())
        is_partial = options.get("partial_input", False)
        self.request._full_data = {**({} if is_partial else sample(shape)), **self.request.data}
        return perform_act(self, serializer_class, act, **options)

    return perform


def sample(shape: Any) -> dict[str, Any]:
    """Return the least that an input accepts."""
    return {
        name: _sample_of(field)
        for name, field in shape.fields.items()
        if (field.required or name.endswith("_en")) and not field.read_only
    }


def _sample_of(field: Any) -> Any:
    if isinstance(field, serializers.ManyRelatedField):
        return [_sample_of(field.child_relation)]
    if isinstance(field, serializers.PrimaryKeyRelatedField):
        first = field.get_queryset().first()
        return str(first.pk if first else uuid.uuid4())
    if isinstance(field, serializers.ChoiceField):
        return next(iter(field.choices))
    samples = {
        serializers.EmailField: "somebody@example.org",
        serializers.DateField: "2026-06-01",
        serializers.IntegerField: 1,
        serializers.BooleanField: True,
        serializers.FileField: uploads.pdf(),
        serializers.ListField: [],
    }
    kinds = (value for kind, value in samples.items() if isinstance(field, kind))
    return next(kinds, "words")


# What must come back ----------------------------------------------------------------------------


def expected(line: Line, persona: str) -> str:
    """Return what the table says: "open", "403", "404", or "log in"."""
    if line.is_public:
        return "open"
    is_page_by_token = not line.is_api and persona in CLIENT | READ_TOKEN
    if persona in STRANGERS or is_page_by_token:
        return "log in"
    if persona in READ_TOKEN:
        if line.method in UNSAFE:
            return "403"
        persona = "officer"
    if persona in line.may:
        return "open"
    return "403" if persona in line.sees else line.nothing


def outcome(answer: Any) -> str:
    """Return what came back, in the words of the table."""
    status = answer.status_code
    if status == 401 or (status == 302 and "/login/?next=" in answer["Location"]):
        return "log in"
    return str(status) if status in (400, 403, 404, 405, 500) else "open"


def _by_the_form(line: Line, told: str) -> str:
    """Return what the input's form may answer in the place of what the table says."""
    says_nothing = line.nothing == "400"  # of a thing that is no choice
    is_open_to_form = told == "open" and not says_nothing
    return "400" if is_open_to_form or (told == "403" and line.form_first) else told


def said(answer: Any) -> tuple[int, str, dict[str, str]]:
    """Return everything an answer tells, without what names the object asked for."""
    body = _SEALS.sub("", _KEYS.sub("KEY", answer.content.decode()))
    headers = {name: text for name, text in answer.headers.items() if name not in _FLEETING}
    return answer.status_code, body, {**headers, "Content-Length": ""}


@pytest.mark.parametrize("line", MATRIX, ids=str)
def test_each_persona_gets_what_the_table_says(house: House, line: Line) -> None:
    got = {persona: outcome(house.ask(persona, line)) for persona in PERSONAS}
    told = {persona: expected(line, persona) for persona in PERSONAS}
    wrong = {
        name: f"{got[name]}, not {told[name]}"
        for name in PERSONAS
        if got[name] not in (told[name], _by_the_form(line, told[name]))
    }
    assert wrong == {}


@pytest.mark.parametrize("line", [line for line in MATRIX if line.of], ids=str)
def test_what_is_hidden_answers_as_what_is_absent(house: House, line: Line) -> None:
    hidden = [name for name in PERSONAS if expected(line, name) == line.nothing]
    for persona in hidden[MATRIX.index(line) % 8 :: 8]:  # each persona has its turn
        absent = house.ask(persona, line, is_absent=True)
        assert said(house.ask(persona, line)) == said(absent), persona


# Nothing is forgotten ---------------------------------------------------------------------------


def _patterns(resolver: Any, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _patterns(pattern, inner)
        else:
            yield f"{namespace}{pattern.name}", pattern


def _operations() -> Iterator[tuple[str, str]]:
    """Yield every method of every address that the product answers."""
    for name, pattern in _patterns(get_resolver()):
        methods = getattr(pattern.callback, "actions", None) or {"get": ""}
        for method in methods:
            if method != "head":
                yield method.upper(), name


def test_every_route_has_its_line() -> None:
    told = {(line.method, line.route) for line in MATRIX}
    missing = {each for each in _operations() if each not in told and each[1] not in ELSEWHERE}
    assert missing == set()


def test_no_line_speaks_of_a_route_that_is_gone() -> None:
    routes = {name for name, _pattern in _patterns(get_resolver())}
    api = {each for each in _operations() if each[1].startswith("api:")}
    gone = {str(line) for line in MATRIX if line.route not in routes}
    gone |= {str(line) for line in MATRIX if line.is_api and (line.method, line.route) not in api}
    assert gone == set()
    assert set(ELSEWHERE) <= routes


def test_no_line_stands_twice() -> None:
    counted = Counter((line.method, line.route, line.of) for line in MATRIX)
    assert [line for line, times in counted.items() if times > 1] == []


def test_what_is_only_read_takes_no_post(house: House) -> None:
    acting = {line.route for line in MATRIX if line.method == "POST"}
    reading = {line for line in MATRIX if line.route not in acting and not line.is_api}
    got = {
        str(line): house.ask("head", Line("POST", line.route, line.of, line.may, line.sees))
        for line in reading
        if "head" in line.may and not line.is_public
    }
    assert {name: answer.status_code for name, answer in got.items()} == dict.fromkeys(got, 405)


def test_every_act_that_is_refused_succeeds_for_somebody() -> None:
    nobody = [str(line) for line in MATRIX if line.method in UNSAFE and not line.may]
    assert nobody == []
