#!/usr/bin/env python3
"""Make a fresh clone ready to run: virtual environment, front-end files, compiled catalogues.

Needs nothing but Python 3.11's standard library. What is ready is skipped at once, so that it can
stand before every start. `--dev` adds what `make test` needs.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from oicmediation.runtime.progress import fail, say, step  # noqa: E402
from scripts import frontend  # noqa: E402

VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
FOR_RUNNING = ("requirements.txt", "requirements-embedded.txt")
FOR_TESTING = (*FOR_RUNNING, "requirements-dev.txt")
VENV_IS_MISSING = """\
This Python cannot make a virtual environment: the package python3-venv is missing. Type

    sudo apt-get install python3-venv

and then the same command again."""


def main() -> None:
    """Make everything ready that is not."""
    parser = argparse.ArgumentParser(description="Make a fresh clone ready to run.")
    parser.add_argument("--dev", action="store_true", help="also what make test needs")
    arguments = parser.parse_args()
    if sys.version_info < (3, 11):  # noqa: UP036 - the person's own Python runs this line
        fail("Python 3.11 or later is needed; choose it with: make run PYTHON=python3.11")
    say("OIC Mediation: making ready")
    if not environment_works():
        with step("virtual environment"):
            make_environment()
    install(FOR_TESTING if arguments.dev else FOR_RUNNING)
    if not frontend.is_ready():
        with step("front-end files"):
            frontend.install(VENV)
    with step("translations"):
        run([str(PYTHON), "scripts/compile_catalogues.py"])


def environment_works() -> bool:
    """Whether .venv holds a Python that can be used and installed into."""
    return PYTHON.exists() and succeeds([str(PYTHON), "-c", "import pip"])


def make_environment() -> None:
    """Make .venv, with uv where it is; remove a half-made one."""
    shutil.rmtree(VENV, ignore_errors=True)
    if succeeds(["uv", "venv", "--seed", "--python", sys.executable, str(VENV)]):
        return
    if succeeds([sys.executable, "-m", "venv", str(VENV)]):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        fail(VENV_IS_MISSING)
    run(["apt-get", "update", "-qq"])
    run(["apt-get", "install", "-qq", "--yes", "--no-install-recommends", "python3-venv"])
    run([sys.executable, "-m", "venv", str(VENV)])


def install(files: tuple[str, ...]) -> None:
    """Install the pinned requirements unless exactly these are installed already."""
    if stamp(files).exists():
        return
    wanted = [part for name in files for part in ("-r", name)]
    with step("pinned requirements (a few minutes at the first start)"):
        if not succeeds(["uv", "pip", "install", "--python", str(PYTHON), *wanted]):
            run([str(PYTHON), "-m", "pip", "install", "--no-input", *wanted])
    stamp(files).touch()
    if files == FOR_TESTING:
        stamp(FOR_RUNNING).touch()


def stamp(files: tuple[str, ...]) -> Path:
    """Return the file whose presence says that these requirements, as they read, are installed."""
    text = "".join((PROJECT / name).read_text(encoding="utf-8") for name in files)
    return VENV / f"installed-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def succeeds(command: list[str]) -> bool:
    """Run a command quietly; tell whether it is there and succeeded."""
    if shutil.which(command[0]) is None:
        return False
    return not subprocess.run(command, cwd=PROJECT, capture_output=True, check=False).returncode


def run(command: list[str]) -> None:
    """Run a command that has to succeed; show what it printed when it does not."""
    done = subprocess.run(
        command,
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        fail(f"{' '.join(command)}\n{done.stdout}")


if __name__ == "__main__":
    main()
