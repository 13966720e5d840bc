"""Production refuses to start without its secrets; development makes a secret of its own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from oicmediation.settings.environment import PROJECT_DIR
from oicmediation.settings.secret import local_secret

COMPLETE = {
    "SECRET_KEY": "a-key-for-this-test",
    "DATABASE_URL": "postgres://oic:pw@db:5432/oic",
    "REDIS_URL": "redis://valkey:6379",
    "ALLOWED_HOSTS": "mediation.example",
    "OIC_STATE_DIR": "/var/lib/nowhere",
    "EMAIL_URL": "smtp+tls://user:pw@mail.example:587",
    "DEFAULT_FROM_EMAIL": "mediation@mediation.example",
}
SHOW = """
import json
from oicmediation.settings import production as p
names = ("DEBUG", "IS_PRODUCTION", "SPECIMEN", "SESSION_COOKIE_SECURE", "EMAIL_HOST",
         "SECURE_SSL_REDIRECT", "ALLOWED_HOSTS", "EMAIL_USE_TLS")
print(json.dumps({name: getattr(p, name) for name in names}))
"""


def production(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=PROJECT_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_refuses_without_secrets_and_names_them_all():
    refused = production({})

    assert refused.returncode != 0
    assert "ImproperlyConfigured" in refused.stderr
    for name in COMPLETE:
        assert name in refused.stderr


@pytest.mark.parametrize("missing", sorted(COMPLETE))
def test_production_refuses_when_one_secret_is_missing(missing):
    refused = production({name: value for name, value in COMPLETE.items() if name != missing})

    assert f"need these environment variables: {missing}." in refused.stderr


def test_production_with_its_secrets_is_locked_down():
    settings = json.loads(production({**COMPLETE, "DEBUG": "true"}).stdout)

    assert settings == {
        "DEBUG": False,
        "IS_PRODUCTION": True,
        "SPECIMEN": False,
        "SESSION_COOKIE_SECURE": True,
        "EMAIL_HOST": "mail.example",
        "SECURE_SSL_REDIRECT": True,
        "ALLOWED_HOSTS": ["mediation.example"],
        "EMAIL_USE_TLS": True,
    }


def test_local_secret_is_made_once_and_private(tmp_path):
    folder = tmp_path / "state"

    first, second = local_secret(folder), local_secret(folder)

    assert first == second
    assert len(first) >= 50
    assert (folder / "secret_key").stat().st_mode & 0o077 == 0
    assert [path.name for path in folder.iterdir()] == ["secret_key"]


def test_local_secret_of_a_quicker_process_is_taken(tmp_path, monkeypatch):
    path = tmp_path / "secret_key"

    def somebody_else_is_quicker() -> str:
        path.write_text("theirs", encoding="utf-8")
        return "ours"

    monkeypatch.setattr(
        "oicmediation.settings.secret.get_random_secret_key", somebody_else_is_quicker
    )

    assert local_secret(tmp_path) == "theirs"
