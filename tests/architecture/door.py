"""A person's way into the product for tests that ask thousands of times."""

from __future__ import annotations

from typing import Any

from django.test import Client, RequestFactory
from django.test.client import ClientHandler

from accounts.models import User
from tests.factories.accounts import token_for


class Door(RequestFactory):
    """Sends requests through every layer; unlike ``Client`` it keeps no templates."""

    handler = ClientHandler(enforce_csrf_checks=False)

    def request(self, **request: Any) -> Any:
        return self.handler(self._base_environ(**request))


def door_of(user: User) -> Door:
    """Return a door at which the person is logged in."""
    browser = Client()
    browser.force_login(user)
    return Door(headers={"cookie": browser.cookies.output(header="", sep=";").strip()})


def door_by_token(user: User, scope: str = "write") -> Door:
    """Return a door that shows a fresh token of the person."""
    return Door(headers={"authorization": f"Token {token_for(user, scope)}"})
