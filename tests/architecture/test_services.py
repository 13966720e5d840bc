"""A service is keyword-only, annotated, documented, atomic, and leaves a trace in the record."""

from __future__ import annotations

import ast
from functools import cache

import pytest

from tests.architecture.code import called_names, functions_of, in_part, name_of, python_files


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


@pytest.mark.parametrize("key", acts())
def test_service_is_keyword_only_annotated_and_documented(key: str) -> None:
    _name, node = service_functions()[key]
    assert not node.args.args and not node.args.posonlyargs, "positional arguments"
    assert all(arg.annotation for arg in node.args.kwonlyargs), "an argument without a type"
    assert node.returns is not None, "no return type"
    assert ast.get_docstring(node), "no docstring"


@pytest.mark.parametrize("key", acts())
def test_service_leaves_a_trace_in_the_record(key: str) -> None:
    name, _node = service_functions()[key]
    by_name: dict[str, list[ast.FunctionDef]] = {}
    for other, node in service_functions().values():
        by_name.setdefault(other, []).append(node)
    seen, waiting = set(), [name]
    while waiting:
        current = waiting.pop()
        if current in ("record", "record_refusal", "record_readings"):
            return
        if current not in seen:
            seen.add(current)
            waiting += [
                called for node in by_name.get(current, []) for called in called_names(node)
            ]
    pytest.fail(f"{key} never calls audit.services.record")


def test_nobody_positional_hides_among_the_services() -> None:
    positional = [
        key
        for key, (name, node) in service_functions().items()
        if not name.startswith("_") and "actor" in {arg.arg for arg in node.args.args}
    ]
    assert positional == []
