"""What our own programs are started with, and how it is asked whether they are well."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from oicmediation.management.commands import prepare
from oicmediation.runtime import gunicorn_config, probe, programs
from oicmediation.runtime.progress import step
from oicmediation.runtime.steps import STEPS


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        named = self.headers["Host"] == "mediation.example"
        self.send_response(200 if named and self.path == "/healthz" else 503)
        self.end_headers()

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def address():
    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_probe_asks_under_the_first_allowed_name(address, monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "mediation.example,other.example")

    assert probe.main(f"{address}/healthz") == 0
    assert probe.main(f"{address}/readyz") == 1


def test_probe_of_nobody_fails():
    assert not probe.is_well("http://127.0.0.1:1/healthz", host_name="localhost")


def test_programs_end_quickly_when_their_supervisor_is_killed(tmp_path):
    web = programs.web(8123, tmp_path, {})
    worker = programs.worker(tmp_path, {})
    beat = programs.beat(tmp_path, {})

    assert "127.0.0.1:8123" in web.command
    assert [child.death_signal.name for child in (web, worker, beat)] == [
        "SIGQUIT",
        "SIGQUIT",
        "SIGTERM",
    ]


def test_web_workers_end_with_their_master(monkeypatch):
    asked = []
    monkeypatch.setattr(gunicorn_config, "end_with_parent", asked.append)

    gunicorn_config.post_fork(SimpleNamespace(), SimpleNamespace())

    assert [number.name for number in asked] == ["SIGKILL"]


@pytest.fixture
def called(monkeypatch):
    """The commands that `prepare` calls, none of which runs."""
    names: list[str] = []

    def note(name, *args, stdout):
        names.append(name)
        stdout.write(f"{name} says so")

    monkeypatch.setattr(prepare, "call_command", note)
    return names


def test_prepare_runs_every_step_in_order(called, capsys):
    call_command("prepare")

    assert called == ["migrate", "load_reference", "load_demonstration", "collectstatic"]
    said = capsys.readouterr().out
    assert all(each.title in said for each in STEPS)
    assert "migrate says so" not in said


def test_prepare_shows_what_steps_print_when_asked_to(called, capsys):
    call_command("prepare", verbosity=2)

    assert "migrate says so" in capsys.readouterr().out


def test_prepare_loads_no_demonstration_in_production(called, settings):
    settings.IS_PRODUCTION = True

    call_command("prepare")

    assert "load_demonstration" not in called


def test_step_that_fails_says_so(capsys):
    with pytest.raises(ValueError, match="broken"), step("tables"):
        raise ValueError("broken")

    assert "failed" in capsys.readouterr().out
