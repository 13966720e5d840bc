"""How quick the lists, the detail and the search of files are, as ratios to their floors.

    .venv/bin/python -m benchmarks.files [--sizes 1000 10000 100000] [--rounds 3]

Each size gets fresh embedded servers. Two readers are asked: one who may see a tenth of the files,
and a focal point who sees twenty. Every figure is the median of 20 requests, the best of the rounds.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
REQUESTS = 20
WORD = "quarry and orchard"


def main() -> None:
    """Run every size beside servers of its own and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="measure the paths that begin so: API, page")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, options.rounds, options.only)))
        return
    results = {size: _in_own_house(size, options.rounds, options.only) for size in options.sizes}
    _print(results)


def _in_own_house(size: int, rounds: int, only: str) -> dict[str, Any]:
    command = [sys.executable, "scripts/with_servers.py", "--settings", "development"]
    command += ["--", sys.executable]
    command += [
        "-m",
        "benchmarks.files",
        "--one",
        str(size),
        "--rounds",
        str(rounds),
        "--only",
        only,
    ]
    answer = subprocess.run(  # noqa: S603 - our own command
        command, cwd=ROOT, check=True, capture_output=True, text=True
    )
    found: dict[str, Any] = json.loads(answer.stdout.strip().splitlines()[-1])
    return found


def measure(size: int, rounds: int, only: str) -> dict[str, Any]:
    """Load one size and return milliseconds, queries and bytes of every path and reader."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import override_settings

    from benchmarks.volume import load

    call_command("migrate", verbosity=0)
    volume = load(disputes=size, events=min(size, 10_000), users=100)
    plain_files = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        ROOT_URLCONF="benchmarks.floor",
        STORAGES={**settings.STORAGES, "staticfiles": plain_files},
    ):
        return {
            name: _measure_reader(reader, rounds, only)
            for name, reader in (("a tenth", volume.tenth), ("20 files", volume.few))
        }


def _measure_reader(reader: Any, rounds: int, only: str) -> dict[str, Any]:
    from django.test import Client

    from accounts.models import ApiToken
    from cases.models import Dispute

    _kept, token = ApiToken.objects.create(
        user=reader, expiry=timedelta(days=1), name="measure", scope="read"
    )
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(reader)
    system = Client(SERVER_NAME="localhost", headers={"Authorization": f"Token {token}"})
    first = Dispute.objects.visible_to(reader).first()
    paths: dict[str, tuple[Any, str]] = {
        "API list": (system, "/api/v1/disputes/"),
        "API list, raw": (system, "/floor/api/files/"),
        "API list, fair": (system, "/fair/files/"),
        "API detail": (system, f"/api/v1/disputes/{first.pk}/"),
        "API detail, raw": (system, f"/floor/api/files/{first.pk}/"),
        "API detail, fair": (system, f"/fair/files/{first.pk}/"),
        "page list": (browser, "/files/"),
        "page list, raw": (browser, "/floor/files/"),
        "page detail": (browser, f"/files/{first.pk}/"),
        "page search": (browser, f"/search/?q={WORD}"),
        "page search, raw": (browser, f"/floor/search/?q={WORD}"),
    }
    return {
        name: _one(client, url, rounds)
        for name, (client, url) in paths.items()
        if name.startswith(only)
    }


def _one(client: Any, url: str, rounds: int) -> dict[str, float]:
    from django.db import connection

    queries = []

    def count(execute: Any, *call: Any) -> Any:
        queries.append(call[0])
        return execute(*call)

    def ask() -> Any:
        answer = client.get(url)
        if answer.status_code != 200:
            raise RuntimeError(f"{url} answered {answer.status_code}")
        return answer

    ask()
    with connection.execute_wrapper(count):
        size = len(ask().content)
    return {"ms": _median(ask, rounds), "queries": len(queries), "bytes": size}


def _median(ask: Callable[[], Any], rounds: int) -> float:
    medians = []
    for _round in range(rounds):
        times = []
        for _request in range(REQUESTS):
            began = time.perf_counter()
            ask()
            times.append((time.perf_counter() - began) * 1000)
        medians.append(statistics.median(times))
    return min(medians)


def _print(results: dict[int, Any]) -> None:
    print("| files | reader | path | ms | queries | bytes | to raw | to fair |")
    print("|---|---|---|---|---|---|---|---|")
    for size, readers in results.items():
        for reader, paths in readers.items():
            for name, found in paths.items():
                if ", " in name:
                    continue
                ratios = [_ratio(paths, name, floor) for floor in ("raw", "fair")]
                print(
                    f"| {size:,} | {reader} | {name} | {found['ms']:.1f} | {found['queries']} "
                    f"| {found['bytes']:,} | {ratios[0]} | {ratios[1]} |"
                )
    _print_growth(results)


def _ratio(paths: dict[str, Any], name: str, floor: str) -> str:
    base = paths.get(f"{name}, {floor}")
    return f"{paths[name]['ms'] / base['ms']:.1f}" if base else ""


def _print_growth(results: dict[int, Any]) -> None:
    smallest, largest = min(results), max(results)
    print(f"\nGrowth from {smallest:,} to {largest:,} files:\n")
    print("| reader | path | growth |")
    print("|---|---|---|")
    for reader, paths in results[largest].items():
        for name, found in paths.items():
            if ", " not in name:
                growth = found["ms"] / results[smallest][reader][name]["ms"]
                print(f"| {reader} | {name} | {growth:.2f} |")


if __name__ == "__main__":
    main()
