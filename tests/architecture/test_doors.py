"""Doors see only through ``visible_to`` and change only through services."""

from __future__ import annotations

import re

from tests.architecture.code import APPS, DOORS, in_part, name_of, python_files

#: ``common`` holds the bases of doors, which read and write for every app through its managers.
_APPS = [app for app in APPS if app != "common"]

_MANAGER = re.compile(
    r"\b[A-Z]\w+\.(?:objects|_default_manager|_base_manager)\b(?!\s*\.(?:visible_to|none)\()"
)
_WRITE = re.compile(r"\.(?:save|bulk_create|bulk_update|delete|get_or_create|update_or_create)\(")
_EXCUSE = "# unscoped: "


def door_lines() -> list[tuple[str, int, str]]:
    return [
        (name_of(path), number, line)
        for path in python_files(*_APPS)
        if in_part(path, *DOORS)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    ]


def test_every_query_of_a_door_starts_with_visible_to() -> None:
    lines = door_lines()
    wrong = [
        f"{name}:{number} {line.strip()}"
        for name, number, line in lines
        if _MANAGER.search(line) and _EXCUSE not in line
    ]
    assert lines
    assert wrong == []


def test_no_door_writes() -> None:
    wrong = [
        f"{name}:{number} {line.strip()}"
        for name, number, line in door_lines()
        if _WRITE.search(line) and "serializer" not in line and _EXCUSE not in line
    ]
    assert wrong == []
