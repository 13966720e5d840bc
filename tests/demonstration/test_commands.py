"""`load_demonstration` and `demo_accounts`: whole or not at all, once, and never in production."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.password_validation import validate_password
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import ApiToken, User
from accounts.roles import ROLES, Newcomer
from cases.models import Dispute
from institutions.models import Actor
from institutions.services.reference_data import load_reference
from oicmediation.demonstration import world
from oicmediation.demonstration.people import EVERYBODY, PASSWORD

pytestmark = pytest.mark.django_db


def run(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def row_counts() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


@pytest.fixture
def loaded() -> str:
    load_reference()
    return run("load_demonstration", "--on", "2026-06-07")


@pytest.fixture
def accounts_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The world without its files: enough to log in."""
    monkeypatch.setattr(world, "_tell_files", lambda exercise: None)
    monkeypatch.setattr(world, "publish", lambda on: None)
    load_reference()
    run("load_demonstration")


def accounts(*options: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(run("demo_accounts", "--json", *options))
    return rows


def test_a_second_run_says_unchanged_and_writes_nothing(loaded: str) -> None:
    before = row_counts()
    versions = list(User.objects.order_by("pk").values_list("updated_at", flat=True))

    second = run("load_demonstration")

    assert "14 dispute files" in loaded
    assert "unchanged" in second
    assert row_counts() == before
    assert list(User.objects.order_by("pk").values_list("updated_at", flat=True)) == versions


def test_a_run_that_fails_at_its_end_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*, on: object) -> None:
        raise DatabaseError("the disk is full")

    load_reference()
    before = row_counts()
    monkeypatch.setattr(world, "publish", fail)
    monkeypatch.setattr(world, "_tell_files", lambda exercise: None)

    with pytest.raises(DatabaseError):
        run("load_demonstration")

    assert row_counts() == before
    assert not Actor.objects.filter(is_exercise=True).exists()


def test_a_day_that_has_not_come_is_refused() -> None:
    with pytest.raises(CommandError, match="a day that has come"):
        run("load_demonstration", "--on", "2999-01-01")

    assert not Dispute.objects.exists()


@pytest.mark.parametrize("command", ["load_demonstration", "demo_accounts"])
def test_both_refuse_under_production_settings(command: str, settings: Any) -> None:
    settings.IS_PRODUCTION = True

    with pytest.raises(CommandError, match="production settings"):
        run(command)


def test_accounts_without_a_world_say_how_to_load_it() -> None:
    with pytest.raises(CommandError, match="load_demonstration"):
        run("demo_accounts")


@pytest.mark.usefixtures("accounts_only")
def test_every_role_has_an_account_and_the_states_have_their_powers() -> None:
    rows = accounts()

    assert {row["role"] for row in rows} == set(ROLES) - {Newcomer.code}
    assert {row["state"] for row in rows} == {None, "Orvana", "Naruba", "Kelvara"}
    assert {row["language"] for row in rows} == {"en", "fr", "ar"}
    for name in ("Authorised signatory", "Portal administrator"):
        assert {row["state"] for row in rows if row["role_label"].startswith(name)} == {
            "Orvana",
            "Naruba",
        }
    assert len({row["username"] for row in rows}) == len(rows) == len(EVERYBODY)
    assert all(row["token"] is None for row in rows)


@pytest.mark.usefixtures("accounts_only")
def test_everybody_logs_in_with_the_listed_password_but_a_system() -> None:
    for row in accounts():
        user = User.objects.get(email=row["username"])
        validate_password(row["password"], user)
        client = Client()
        client.post("/accounts/login/", {"login": row["username"], "password": row["password"]})
        is_in = "_auth_user_id" in client.session
        assert is_in == (row["role"] != "rest_client"), row["username"]


@pytest.mark.usefixtures("accounts_only")
def test_tokens_are_fresh_each_time_and_open_the_api() -> None:
    first, second = accounts("--tokens"), accounts("--tokens")

    assert not {row["token"] for row in first} & {row["token"] for row in second}
    assert ApiToken.objects.filter(scope="write").count() == 2 * len(EVERYBODY)
    system = next(row for row in second if row["role"] == "rest_client")
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {system['token']}")
    assert client.get("/api/v1/sessions/").status_code == 200


@pytest.mark.usefixtures("accounts_only")
def test_the_table_for_people_names_user_password_role_and_state() -> None:
    table = run("demo_accounts", "--tokens")

    assert PASSWORD in table
    assert "focal.naruba@example.org" in table
    assert "Authorised signatory of a Member State" in table
    assert "oic_" in table


@pytest.mark.usefixtures("accounts_only")
def test_an_account_that_somebody_changed_opens_as_listed_after_the_next_run() -> None:
    user = User.objects.get(email="desk.officer@example.org")
    user.set_password("another-calm-phrase-77")
    user.role = "auditor"
    user.save()

    report = run("load_demonstration")

    user.refresh_from_db()
    assert "restored 1, unchanged 20" in report
    assert user.check_password(PASSWORD)
    assert user.role == "desk_officer"
