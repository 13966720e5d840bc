"""A worker that hears nothing ends itself, and never in the middle of work."""

from __future__ import annotations

import threading

import pytest

from oicmediation import liveness
from oicmediation.liveness import Hearing


@pytest.fixture
def clock(monkeypatch):
    """A clock that is set by hand."""
    now = [1000.0]
    monkeypatch.setattr(liveness.time, "monotonic", lambda: now[0])
    return now


def test_worker_is_deaf_once_its_patience_is_over(clock):
    hearing = Hearing(60)
    clock[0] += 60
    assert not hearing.is_deaf

    clock[0] += 1

    assert hearing.is_deaf


def test_worker_that_hears_a_wake_begins_to_wait_anew(clock):
    hearing = Hearing(60)
    clock[0] += 50
    hearing.begin()
    hearing.end()
    clock[0] += 50

    assert not hearing.is_deaf


def test_worker_at_work_is_not_deaf_however_long_it_takes(clock):
    hearing = Hearing(60)
    hearing.begin()
    clock[0] += 800
    assert not hearing.is_deaf

    hearing.end()
    clock[0] += 61

    assert hearing.is_deaf


def test_deaf_worker_ends_with_a_code_that_asks_for_another_try(monkeypatch, caplog):
    codes = []
    monkeypatch.setattr(liveness.os, "_exit", codes.append)
    monkeypatch.setattr(liveness.logging, "shutdown", lambda: None)

    liveness._guard(Hearing(-1))

    assert codes == [liveness.EXIT_CODE]
    assert "no wake was heard" in caplog.text


@pytest.mark.parametrize(("patience", "watchers"), [(0, 0), (600, 1)])
def test_worker_watches_itself_where_the_settings_say_so(settings, monkeypatch, patience, watchers):
    settings.WORKER_PATIENCE_SECONDS = patience
    begun, heard = [], []
    monkeypatch.setattr(liveness, "_guard", begun.append)
    monkeypatch.setattr(
        liveness.task_prerun, "connect", lambda hear, **_options: heard.append(hear)
    )
    monkeypatch.setattr(liveness.task_postrun, "connect", lambda hear, **_options: None)

    liveness.watch()

    for thread in threading.enumerate():
        if thread.name == "liveness":
            thread.join()
    assert len(begun) == len(heard) == watchers
