"""A fresh clone is made ready; what cannot be done is said so that it can be typed."""

from __future__ import annotations

import os
import subprocess

import polib
import pytest

from scripts import bootstrap, compile_catalogues, frontend

REAL_ROOT = bootstrap.PROJECT


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A bootstrap that believes the project to be an empty folder."""
    for name in bootstrap.FOR_TESTING:
        (tmp_path / name).write_text(name, encoding="utf-8")
    monkeypatch.setattr(bootstrap, "PROJECT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    (tmp_path / ".venv").mkdir()
    return tmp_path


@pytest.fixture
def commands(monkeypatch):
    """Every command is noted and succeeds, but those of uv, which is not there."""
    noted: list[str] = []

    def run(command):
        noted.append(" ".join(command))

    monkeypatch.setattr(bootstrap, "run", run)
    monkeypatch.setattr(bootstrap, "succeeds", lambda command: False)
    return noted


def test_missing_venv_package_is_named_and_nothing_half_made_stays(
    project, commands, monkeypatch, capsys
):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(SystemExit):
        bootstrap.make_environment()

    assert "sudo apt-get install python3-venv" in capsys.readouterr().err
    assert not (project / ".venv").exists()


def test_missing_venv_package_is_installed_where_that_is_allowed(project, commands, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/usr/bin/{name}")

    bootstrap.make_environment()

    assert any("install" in command and "python3-venv" in command for command in commands)
    assert commands[-1].endswith(f"-m venv {project / '.venv'}")


def test_requirements_are_installed_once(project, commands):
    bootstrap.install(bootstrap.FOR_RUNNING)
    bootstrap.install(bootstrap.FOR_RUNNING)

    assert len(commands) == 1
    assert "-r requirements.txt -r requirements-embedded.txt" in commands[0]


def test_requirements_for_tests_serve_for_running_too(project, commands):
    bootstrap.install(bootstrap.FOR_TESTING)
    bootstrap.install(bootstrap.FOR_RUNNING)

    assert len(commands) == 1


def test_changed_requirements_are_installed_again(project, commands):
    bootstrap.install(bootstrap.FOR_RUNNING)
    (project / "requirements.txt").write_text("another", encoding="utf-8")
    bootstrap.install(bootstrap.FOR_RUNNING)

    assert len(commands) == 2


def test_half_made_environment_is_noticed(project):
    assert not bootstrap.environment_works()


def test_command_that_fails_shows_what_it_printed(capsys):
    with pytest.raises(SystemExit):
        bootstrap.run(["sh", "-c", "echo the reason; exit 3"])

    assert "the reason" in capsys.readouterr().err


def test_every_requirement_is_pinned_and_says_what_it_is_for():
    for name in bootstrap.FOR_TESTING:
        for line in (REAL_ROOT / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith(("#", "-r ")):
                pin, _, reason = line.partition("#")
                assert "==" in pin, line
                assert reason.strip(), line


def test_npm_of_the_machine_is_preferred_and_the_wheel_serves_without_it(monkeypatch):
    monkeypatch.setattr(frontend.shutil, "which", lambda name: "/usr/bin/npm")
    assert frontend.npm(bootstrap.VENV) == ["/usr/bin/npm"]

    monkeypatch.setattr(frontend.shutil, "which", lambda name: None)
    version = subprocess.run(
        [*frontend.npm(bootstrap.VENV), "--version"], capture_output=True, text=True, check=True
    )
    assert int(version.stdout.split(".")[0]) >= 10


def test_fonts_are_the_ones_that_the_style_sheets_declare():
    css = "".join(
        path.read_text(encoding="utf-8") for path in (REAL_ROOT / "static" / "css").glob("*.css")
    )

    for names in frontend.FONTS.values():
        for name in names:
            assert f"{name}.woff2" in css


def test_catalogues_are_compiled_when_they_are_newer(tmp_path, monkeypatch):
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="File", msgstr="Dossier"))
    catalogue.append(polib.POEntry(msgid="Unsure", msgstr="Douteux", flags=["fuzzy"]))
    catalogue.save(str(folder / "django.po"))
    monkeypatch.setattr(compile_catalogues, "LOCALE", tmp_path)

    compile_catalogues.main()

    compiled = polib.mofile(str(folder / "django.mo"))
    assert {entry.msgid: entry.msgstr for entry in compiled} == {"File": "Dossier"}
    first = (folder / "django.mo").stat().st_mtime_ns
    compile_catalogues.main()
    assert (folder / "django.mo").stat().st_mtime_ns == first
