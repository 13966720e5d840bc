#!/usr/bin/env python
"""Check everything: `make test`. All checks run; any that fails fails the whole.

The last check is pytest, so that its closing line ends the output of a run without faults.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from oicmediation.runtime.processes import Failed  # noqa: E402
from scripts.with_servers import running_servers, servers_folder  # noqa: E402

BIN = PROJECT / ".venv" / "bin"
APPS = (
    "oicmediation",
    "cases",
    "library",
    "accounts",
    "institutions",
    "notifications",
    "audit",
    "common",
)
TESTS = "tests (pytest)"
# What carries rules is covered to the last branch (conventions.md).
RULES = ",".join(
    (
        "*/services/*",
        "*/services.py",
        "*/policies.py",
        "*/policies/*",
        "*/selectors.py",
        "*/selectors/*",
        "*/lifecycle.py",
        "common/*",
    )
)
THROWAWAY_SECRETS = {
    "DJANGO_SETTINGS_MODULE": "oicmediation.settings.production",
    "SECRET_KEY": "only-for-this-check-" + "x1y2z3" * 12,
    "ALLOWED_HOSTS": "mediation.example",
    "EMAIL_URL": "smtp+tls://nobody:nothing@mail.example:587",
    "DEFAULT_FROM_EMAIL": "mediation@mediation.example",
}


@dataclass(frozen=True)
class Check:
    """A command with a heading; `environment` is laid over that of the servers."""

    title: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)

    def passes(self, environment: Mapping[str, str]) -> bool:
        """Run it below its heading; tell whether it passed."""
        print(f"\n=== {self.title}", flush=True)
        begin = time.monotonic()
        done = subprocess.run(
            self.command, cwd=PROJECT, env={**environment, **self.environment}, check=False
        )
        if done.returncode:
            print(f"--- FAILED with code {done.returncode}", flush=True)
        elif self.title != TESTS:
            print(f"--- passed, {time.monotonic() - begin:.1f} s", flush=True)
        return done.returncode == 0


def tool(title: str, program: str, *arguments: str) -> Check:
    """Return a check that is a program of the virtual environment."""
    return Check(title, (str(BIN / program), *arguments))


def manage(title: str, *arguments: str, **environment: str) -> Check:
    """Return a check that is a management command."""
    return Check(title, (str(BIN / "python"), "manage.py", *arguments), environment)


def checks_of_code() -> list[Check]:
    """Return the checks that read Python, templates and the compose file."""
    templates = [str(path) for path in sorted(PROJECT.glob("templates/**/*.html"))]
    return [
        tool("lint of Python (ruff check)", "ruff", "check", "."),
        tool("format of Python (ruff format)", "ruff", "format", "--check", "."),
        tool("types (mypy)", "mypy", *APPS),
        tool("layers (import-linter)", "lint-imports"),
        tool("style of templates (djade)", "djade", "--check", *templates),
        tool("lint of templates (djlint)", "djlint", "--lint", "--quiet", "templates"),
        tool("security (bandit)", "bandit", "-q", "-ll", "-c", "pyproject.toml", "-r", *APPS),
        tool(
            "compose file (check-jsonschema)",
            *("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"),
        ),
    ]


def checks_of_project(scratch: Path) -> list[Check]:
    """Return the checks that load the project; what they write goes to `scratch`."""
    schema = str(scratch / "openapi.yaml")
    production = {**THROWAWAY_SECRETS, "OIC_STATE_DIR": str(scratch)}
    return [
        manage("migrations are complete", "makemigrations", "--check", "--dry-run"),
        manage(
            "production settings (check --deploy)",
            *("check", "--deploy", "--fail-level", "WARNING"),
            **production,
        ),
        manage("OpenAPI", "spectacular", "--validate", "--fail-on-warn", "--file", schema),
        Check(
            "OpenAPI is as docs say (else: make openapi)",
            ("diff", "-q", "docs/openapi.yaml", schema),
        ),
        manage("translations are complete", "catalogues", "--check"),
    ]


def tests() -> Check:
    """Return pytest on both cores, with coverage of branches."""
    coverage = ("--cov", "--cov-report=term:skip-covered", "--cov-fail-under=95")
    return tool(TESTS, "pytest", "-n", "2", *coverage)


def rules_are_covered(environment: Mapping[str, str]) -> bool:
    """Whether services, policies, selectors, life cycles and `common` are covered wholly."""
    report = subprocess.run(
        [str(BIN / "coverage"), "report", f"--include={RULES}", "--fail-under=100"],
        cwd=PROJECT,
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
    )
    if report.returncode:
        print(f"\nRules must be covered wholly:\n{report.stdout}{report.stderr}", flush=True)
    return report.returncode == 0


def main() -> int:
    """Run every check beside servers of its own; return 1 when one of them failed."""
    with contextlib.ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="oic-check-")))
        folder = stack.enter_context(servers_folder(None))
        environment = stack.enter_context(running_servers(folder))
        checks = [*checks_of_code(), *checks_of_project(scratch), tests()]
        failed = [check.title for check in checks if not check.passes(environment)]
        if not rules_are_covered(environment):
            failed.append("coverage of the rules")
    if failed:
        print(f"\nFAILED: {'; '.join(failed)}", flush=True)
    return int(bool(failed))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as failure:
        sys.exit(str(failure))
