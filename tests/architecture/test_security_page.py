"""docs/security.md says of files what the code does, and names tests that exist."""

from __future__ import annotations

import re

from common.files import ACCEPTED, MAX_BYTES, MAX_REQUEST_BYTES, MAX_UNPACKED_BYTES
from oicmediation.settings.environment import PROJECT_DIR

PAGE = (PROJECT_DIR / "docs" / "security.md").read_text(encoding="utf-8")


def test_every_test_that_the_page_names_exists() -> None:
    named = set(re.findall(r"`(tests/[^`]*)`", PAGE))

    assert named
    assert [name for name in sorted(named) if not (PROJECT_DIR / name).exists()] == []


def test_page_names_the_files_that_are_accepted() -> None:
    sentence = re.search(r"Accepted are ([^\n]+?) of at most", PAGE)

    assert sentence
    assert set(re.findall(r"\.\w+", sentence[1])) == set(ACCEPTED)
    assert re.findall(r"(\d+) MB", PAGE) == [
        str(size // 2**20) for size in (MAX_BYTES, MAX_UNPACKED_BYTES, MAX_REQUEST_BYTES)
    ]


def test_no_requirement_stands_twice() -> None:
    rows = re.findall(r"^\| ([\d., ]+) \|", PAGE, re.MULTILINE)
    claimed = [requirement for row in rows for requirement in row.split(", ")]

    assert claimed
    assert len(claimed) == len(set(claimed))
