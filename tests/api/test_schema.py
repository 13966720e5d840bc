"""The API describes itself without a gap, and its human page keeps to the content security policy."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User

SCHEMA, DOCS = "/api/v1/schema/", "/api/v1/docs/"


@pytest.fixture(scope="module")
def written() -> str:
    """The schema as the command writes it; a warning of the generator is an error."""
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    return out.getvalue()


def test_every_operation_says_what_it_does(
    officer: User, api_for: Callable[..., APIClient]
) -> None:
    schema = api_for(officer).get(SCHEMA, HTTP_ACCEPT="application/vnd.oai.openapi+json").json()

    speechless = [
        (method, path)
        for path, item in schema["paths"].items()
        for method, operation in item.items()
        if not re.match(r"[A-Z“].*[.)]", operation.get("description", ""), re.DOTALL)
    ]
    assert speechless == []


def test_every_operation_tells_of_its_problems(written: str) -> None:
    assert written.count("'409'") == written.count("'415'")
    assert "#/components/schemas/Problem" in written


def test_schema_and_page_are_for_those_who_are_logged_in(client: Client) -> None:
    assert client.get(SCHEMA).status_code == 401
    assert client.get(DOCS).status_code == 302


def test_the_page_holds_nothing_inline(officer: User, client_for: Callable[[User], Client]) -> None:
    client = client_for(officer)

    page = client.get(DOCS)
    script = client.get(re.findall(r'src="([^"]*script=[^"]*)"', page.content.decode())[0])

    assert page.status_code == 200
    assert not re.search(r"<script(?![^>]* src=)|<style|style=|onload=", page.content.decode())
    policy = page["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "img-src 'self' data:" in policy
    assert "unsafe" not in policy
    assert not re.search(r"https?://", page.content.decode())
    assert script["Content-Type"].startswith("application/javascript")
    assert SCHEMA in script.content.decode()


def test_the_root_leads_to_every_collection(
    officer: User, api_for: Callable[..., APIClient]
) -> None:
    root: dict[str, Any] = api_for(officer).get("/api/v1/").json()

    assert {"disputes", "processes", "consents", "mandates", "activities"} <= set(root)
