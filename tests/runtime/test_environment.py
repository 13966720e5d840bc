"""The environment is read in one place, and `.env.example` documents all of it."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ImproperlyConfigured

from oicmediation.settings import environment

# Read by Django itself, by celery's and manage.py's start, or by docker compose alone.
NOT_READ_BY_SETTINGS = {"DJANGO_SETTINGS_MODULE", "POSTGRES_PASSWORD", "SITE_ADDRESS"}


def names_read_by_settings() -> set[str]:
    folder = environment.PROJECT_DIR / "oicmediation" / "settings"
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', text))
    (needed,) = re.findall(r"required\(\n(.*?)\n\)", text, re.DOTALL)
    return read | set(re.findall(r'"([A-Z_]+)"', needed))


def test_env_example_documents_exactly_the_variables_that_are_read():
    text = (environment.PROJECT_DIR / ".env.example").read_text(encoding="utf-8")

    documented = set(re.findall(r"^([A-Z_]+)=", text, re.MULTILINE))

    assert documented == names_read_by_settings() | NOT_READ_BY_SETTINGS


@pytest.mark.parametrize(
    ("url", "broker", "cache"),
    [
        ("", "redis://127.0.0.1:6379/0", "redis://127.0.0.1:6379/1"),
        ("redis://valkey:6379", "redis://valkey:6379/0", "redis://valkey:6379/1"),
        ("rediss://:pw@host:1/5", "rediss://:pw@host:1/0", "rediss://:pw@host:1/1"),
        ("unix:///r/v.sock", "redis+socket:///r/v.sock?virtual_host=0", "unix:///r/v.sock?db=1"),
    ],
)
def test_queue_and_cache_never_share_a_database(url, broker, cache):
    assert environment.broker_and_cache(url) == (broker, cache)


def test_required_names_every_missing_variable(monkeypatch):
    monkeypatch.setenv("PRESENT", "x")
    monkeypatch.setenv("EMPTY", "")

    with pytest.raises(ImproperlyConfigured, match="ABSENT, EMPTY"):
        environment.required("PRESENT", "ABSENT", "EMPTY")


def test_required_returns_the_values_when_all_are_there(monkeypatch):
    monkeypatch.setenv("PRESENT", "x")

    assert environment.required("PRESENT") == {"PRESENT": "x"}


def test_child_environment_lays_changes_over_our_own(monkeypatch):
    monkeypatch.setenv("KEPT", "a")
    monkeypatch.setenv("CHANGED", "a")

    child = environment.child_environment(CHANGED="b")

    assert (child["KEPT"], child["CHANGED"]) == ("a", "b")


def test_state_dir_and_port_follow_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("OIC_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("PORT", "8123")
    monkeypatch.setenv("ALLOWED_HOSTS", "a.example,b.example")
    monkeypatch.setenv("WEB_WORKERS", "3")

    assert environment.state_dir() == tmp_path
    assert environment.port() == 8123
    assert environment.allowed_hosts() == ["a.example", "b.example"]
    assert environment.web_workers() == 3
