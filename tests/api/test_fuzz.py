"""Whatever is sent to the API, no answer is a 5xx, and every answer keeps to the schema.

The small, seeded form: a request for each operation, person and kind of input; ``EXAMPLES`` makes
more of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.models import User
from oicmediation.wsgi import application
from tests.cases.api.operations import collections
from tests.cases.api.test_hidden_is_absent import Keys
from tests.factories.accounts import token_for

CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 1
#: What would end the person's own token in the middle.
NOT_TRIED = ("/api/v1/tokens/", "/end-access/", "/deactivate/")


@cache
def operations() -> list[Any]:
    schema: Any = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    loaded = schemathesis.openapi.from_dict(schema)
    loaded.app = application
    found = [result.ok() for result in loaded.get_all_operations()]
    return [operation for operation in found if not any(p in operation.path for p in NOT_TRIED)]


def fuzz(operation: Any, keys: Keys, token: str, mode: GenerationMode) -> None:
    """Send generated requests to one operation and check each answer."""
    named = collections(operation.path)
    names = [part[1:-1] for part in operation.path.split("/") if part.startswith("{")]
    known = set(named) <= set(keys) and len(names) == len(named)
    path = {name: keys[of] for name, of in zip(names, named, strict=False)} if known else None
    headers = {"Authorization": f"Token {token}", "If-Match": "*"}

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode, path_parameters=path))
    def send(case: Any) -> None:
        response = case.call(headers=headers)
        case.validate_response(response, checks=CHECKS)

    with suppress(Unsatisfiable):  # an address without any input has no wrong input
        send()


@pytest.mark.parametrize("persona", ["desk officer", "focal point"])
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_request_breaks_the_api(
    keys: Keys,
    world: Any,
    orvana_user: User,
    persona: str,
    mode: GenerationMode,
) -> None:
    token = token_for(world.officer if persona == "desk officer" else orvana_user)

    broken = []
    for operation in operations():
        try:
            fuzz(operation, keys, token, mode)
        except BaseExceptionGroup as failure:  # every operation is tried before any is told
            broken.append(f"{operation.method.upper()} {operation.path}: {failure}")

    assert not broken, "\n\n".join(broken)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Let requests use the test's own connection, as Django's test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_operation_is_tried() -> None:
    assert len(operations()) > 150
