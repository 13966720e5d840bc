"""The small form of `benchmarks/faults.py`: real processes are killed while notices are told."""

from __future__ import annotations

import subprocess
import sys

import pytest

from oicmediation.settings.environment import PROJECT_DIR

NOTICES = 200


@pytest.mark.slow
def test_nothing_is_lost_or_told_twice_whatever_is_killed():
    trial = subprocess.run(
        [sys.executable, "-m", "benchmarks.faults", "--short", "--notices", str(NOTICES)],
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert trial.returncode == 0, trial.stdout + trial.stderr
    assert f"in the product {NOTICES}, of {NOTICES} things; lost 0" in trial.stdout
    assert "under two Message-IDs 0" in trial.stdout
