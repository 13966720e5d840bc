"""`/healthz` touches nothing; `/readyz` names the part that does not work."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from common.models import SweepRun
from oicmediation.runtime import health
from oicmediation.schedule import HEARTBEAT
from oicmediation.tasks import heartbeat


def test_alive_answers_without_a_database():
    answer = health.alive(Client().get("/healthz").wsgi_request)

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_when_every_part_works():
    heartbeat()

    answer = Client().get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {
        "database": True,
        "migrations": True,
        "cache": True,
        "beat": True,
    }
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("minutes", [None, 6])
def test_ready_refuses_when_beat_is_not_heard(minutes):
    if minutes is not None:
        at = timezone.now() - timedelta(minutes=minutes)
        SweepRun.objects.create(name=HEARTBEAT, last_committed_at=at)

    answer = Client().get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["beat"] is False


@pytest.mark.django_db
def test_ready_names_the_database_and_tells_no_more(monkeypatch):
    def away() -> bool:
        raise OperationalError("password authentication failed for host 10.0.0.7")

    monkeypatch.setitem(health.CHECKS, "database", away)

    answer = Client().get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["database"] is False
    assert b"10.0.0.7" not in answer.content


@pytest.mark.django_db
def test_ready_names_a_cache_that_forgets(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

    assert Client().get("/readyz").json()["cache"] is False


@pytest.mark.django_db
def test_health_pages_take_no_other_method():
    assert Client().post("/readyz").status_code == 405
    assert Client().post("/healthz").status_code == 405


@pytest.mark.django_db
def test_heartbeat_keeps_one_row():
    heartbeat()
    heartbeat()

    assert SweepRun.objects.filter(name=HEARTBEAT).count() == 1
