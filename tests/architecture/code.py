"""Reading the house's own source, for the tests of its shape."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "common",
    "audit",
    "notifications",
    "institutions",
    "accounts",
    "library",
    "cases",
    "oicmediation",
)
DOORS = ("views", "api", "forms", "filters", "tasks", "sweeps", "management")


def python_files(*folders: str) -> Iterator[Path]:
    """Yield the project's own modules below the given top folders, migrations apart."""
    for folder in folders or APPS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def in_part(path: Path, *parts: str) -> bool:
    """Tell whether a module lies in one of an app's parts: ``cases/views/x.py``, ``library/api.py``."""
    inside = path.relative_to(ROOT).parts[1:]
    return bool(inside) and inside[0].removesuffix(".py") in parts


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions_of(path: Path) -> dict[str, ast.FunctionDef]:
    """Return the functions at the top of a module."""
    return {node.name: node for node in tree_of(path).body if isinstance(node, ast.FunctionDef)}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def called_names(node: ast.AST) -> set[str]:
    """Return the last names of everything called inside a function."""
    return {
        getattr(call.func, "id", getattr(call.func, "attr", ""))
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
    }


def names_in(tree: ast.AST) -> set[str]:
    """Return the last names of everything that is read or imported inside a piece of code."""
    return {
        getattr(node, "id", getattr(node, "attr", getattr(node, "name", None)))
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute | ast.alias)
    }
