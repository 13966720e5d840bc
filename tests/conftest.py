"""What every test may ask for: one person of each persona, doors opened for them, a record that breaks.

Tests that really commit (``transactional_db``) empty the tables afterwards; the trigger that forbids
emptying the record is set aside around that flush and at no other moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client, TransactionTestCase
from django.utils import translation
from rest_framework.test import APIClient

from accounts.models import User
from audit import services as audit_services
from audit.models import AuditEvent
from notifications.services.delivery import deliver_due
from tests.factories.accounts import (
    DelegationFactory,
    StateUserFactory,
    UserFactory,
    token_for,
)

_GUARDED = ("audit_auditevent", "audit_chainhead")


@contextmanager
def record_may_be_emptied() -> Iterator[None]:
    with connection.cursor() as cursor:
        for table in _GUARDED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for table in _GUARDED:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


_flush = TransactionTestCase._fixture_teardown


def _flush_with_the_record(self: TransactionTestCase) -> None:
    with record_may_be_emptied():
        _flush(self)


TransactionTestCase._fixture_teardown = _flush_with_the_record


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Begin every test in English: a page leaves its reader's language active behind it."""
    with translation.override("en"):
        yield


# Personas ---------------------------------------------------------------------------------------


@pytest.fixture
def officer(db: None) -> User:
    return UserFactory(desk_officer=True)


@pytest.fixture
def other_officer(db: None) -> User:
    return UserFactory(desk_officer=True)


@pytest.fixture
def head(db: None) -> User:
    return UserFactory(head_of_unit=True)


@pytest.fixture
def asg(db: None) -> User:
    return UserFactory(asg=True)


@pytest.fixture
def secretary_general(db: None) -> User:
    return UserFactory(secretary_general=True)


@pytest.fixture
def cabinet(db: None) -> User:
    return UserFactory(sg_cabinet=True)


@pytest.fixture
def registry(db: None) -> User:
    return UserFactory(registry_clerk=True)


@pytest.fixture
def envoy(db: None) -> User:
    return UserFactory(special_envoy=True)


@pytest.fixture
def wise_person(db: None) -> User:
    return UserFactory(wise_person=True)


@pytest.fixture
def expert(db: None) -> User:
    return UserFactory(expert=True)


@pytest.fixture
def auditor(db: None) -> User:
    return UserFactory(auditor=True)


@pytest.fixture
def administrator(db: None) -> User:
    return UserFactory(administrator=True)


@pytest.fixture
def second_administrator(db: None) -> User:
    return UserFactory(administrator=True)


@pytest.fixture
def delegation(db: None) -> Any:
    """The delegation of one State; `focal_point`, `signatory` and the State's others belong to it."""
    return DelegationFactory()


@pytest.fixture
def focal_point(delegation: Any) -> User:
    return StateUserFactory(delegation=delegation)


@pytest.fixture
def signatory(delegation: Any) -> User:
    return StateUserFactory(delegation=delegation, signatory=True)


@pytest.fixture
def portal_administrator(delegation: Any) -> User:
    return StateUserFactory(delegation=delegation, portal_administrator=True)


@pytest.fixture
def rest_client(delegation: Any) -> User:
    return StateUserFactory(delegation=delegation, rest_client=True)


@pytest.fixture
def other_focal_point(db: None) -> User:
    """A focal point of another State."""
    return StateUserFactory()


# Doors ------------------------------------------------------------------------------------------


@pytest.fixture
def client_for(db: None) -> Callable[[User], Client]:
    """Return a function that gives a browser in which the person is logged in."""

    def log_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def api_for(db: None) -> Callable[..., APIClient]:
    """Return a function that gives an API client with a token of the person (scope "write")."""

    def with_token(user: User, scope: str = "write") -> APIClient:
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Token {token_for(user, scope)}")
        return client

    return with_token


# Mail -------------------------------------------------------------------------------------------


@pytest.fixture
def sent(db: None) -> Callable[[], list[Any]]:
    """Return a function that delivers what is due and gives everything sent so far."""

    def deliver() -> list[Any]:
        deliver_due()
        return mail.outbox

    return deliver


# Record -----------------------------------------------------------------------------------------


@pytest.fixture
def events(db: None) -> Callable[[str], list[AuditEvent]]:
    """Return a function that gives the events of one verb, oldest first."""
    return lambda verb: list(AuditEvent.objects.filter(verb=verb).order_by("number"))


@pytest.fixture
def broken_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every write of the record fail, as a full disk would."""

    def fail(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("the record cannot be written")

    monkeypatch.setattr(audit_services, "_write", fail)
