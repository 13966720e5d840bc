"""A service is keyword-only, annotated, documented, atomic, and leaves a trace in the record."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache

import pytest

from tests.architecture.code import (
    called_names,
    functions_of,
    in_part,
    name_of,
    names_in,
    python_files,
    tree_of,
)

#: What its own person alone knows of, and the telling of an act that is on record itself.
UNRECORDED = {
    "notifications/services/reading.py:mark_read",
    "notifications/services/reading.py:mark_all_read",
    "notifications/services/telling.py:notify",
}
RECORDERS = {"record", "record_many", "record_refusal", "record_readings"}


@cache
def service_functions() -> dict[str, tuple[str, ast.FunctionDef]]:
    """Return every function of every services module under ``module:name``."""
    return {
        f"{name_of(path)}:{name}": (name, node)
        for path in python_files()
        if in_part(path, "services")
        for name, node in functions_of(path).items()
    }


def acts() -> list[str]:
    """Return the services: public functions that say who acts."""
    return [
        key
        for key, (name, node) in service_functions().items()
        if not name.startswith("_") and "actor" in {arg.arg for arg in node.args.kwonlyargs}
    ]


@cache
def names_outside() -> set[str]:
    """Return every name that a module outside the services mentions."""
    return {
        name
        for path in python_files()
        if not in_part(path, "services")
        for name in names_in(tree_of(path))
    }


def reaches(name: str, holds: Callable[[ast.FunctionDef], bool]) -> bool:
    """Tell whether something holds of a service or of a service function that it calls in the end."""
    seen, waiting = set(), [name]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        for other, node in service_functions().values():
            if other == current:
                if holds(node):
                    return True
                waiting += called_names(node)
    return False


def does(name: str, holds: Callable[[ast.FunctionDef], bool]) -> bool:
    """Tell whether it holds of a service; of a mere step, whether it holds of all that take it.

    A step is named by no door and no other part of the house, only by services.
    """
    if reaches(name, holds):
        return True
    takers = [other for other, node in service_functions().values() if name in called_names(node)]
    return (
        bool(takers)
        and name not in names_outside()
        and all(other != name and does(other, holds) for other in takers)
    )


def records(node: ast.FunctionDef) -> bool:
    return bool(called_names(node) & RECORDERS)


def is_atomic(node: ast.FunctionDef) -> bool:
    return "atomic" in names_in(node)


@pytest.mark.parametrize("key", acts())
def test_service_is_keyword_only_annotated_and_documented(key: str) -> None:
    _name, node = service_functions()[key]
    assert node.args.args + node.args.posonlyargs == [], "positional arguments"
    assert all(arg.annotation for arg in node.args.kwonlyargs), "an argument without a type"
    assert node.returns is not None, "no return type"
    assert ast.get_docstring(node), "no docstring"


@pytest.mark.parametrize(
    "key", [key for key in acts() if not key.startswith("audit/") and key not in UNRECORDED]
)
def test_service_leaves_a_trace_in_one_transaction_with_the_change(key: str) -> None:
    name, _node = service_functions()[key]
    assert does(name, records), f"{key} never calls audit.services.record"
    assert does(name, is_atomic), f"{key} opens no transaction"


def test_nobody_positional_hides_among_the_services() -> None:
    positional = [
        key
        for key, (name, node) in service_functions().items()
        if not name.startswith("_") and "actor" in {arg.arg for arg in node.args.args}
    ]
    assert positional == []
