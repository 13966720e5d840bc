"""The shape of the house: short files and functions, one place for a stage, no map, no workplace."""

from __future__ import annotations

import ast
import re
import subprocess

from tests.architecture.code import APPS, ROOT, name_of, python_files, tree_of

MAX_LINES = 400
MAX_FUNCTION_LINES = 40
#: Stories and samples in three languages are content: their length is their words, not their logic.
CONTENT = ("oicmediation/demonstration/", "common/web/styleguide.py")
MAX_CONTENT_STATEMENTS = 20


def tracked_files() -> list[str]:
    answer = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in answer.stdout.split("\0") if (ROOT / name).is_file()]


def test_files_stay_short() -> None:
    long = [
        name_of(path)
        for path in python_files()
        if len(path.read_text(encoding="utf-8").splitlines()) > MAX_LINES
    ]
    assert long == []


def test_functions_stay_short() -> None:
    long = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and _is_long(node, name_of(path))
    ]
    assert long == []


def _is_long(node: ast.FunctionDef, module: str) -> bool:
    """Tell whether a function is too long: by its lines, and content also by what it does."""
    statements = sum(isinstance(part, ast.stmt) for part in ast.walk(node))
    return _body_lines(node) > MAX_FUNCTION_LINES and not (
        module.startswith(CONTENT) and statements <= MAX_CONTENT_STATEMENTS
    )


def _body_lines(node: ast.FunctionDef) -> int:
    """Count the lines of a function without its signature and docstring."""
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return (node.end_lineno or node.lineno) - first.lineno + 1


def test_one_place_writes_a_process_stage() -> None:
    writers = {
        name_of(path)
        for path in python_files("cases")
        if re.search(r'"stage": stage|\.stage = |stage=stage,\n\s+stage_since', path.read_text())
    }
    assert writers == {"cases/services/processes.py"}


def test_apps_have_no_signals_and_no_admin() -> None:
    wrong = [
        name_of(path)
        for path in python_files()
        if re.search(r"django\.contrib\.admin|models\.signals|GenericForeignKey", path.read_text())
    ]
    assert wrong == []


def test_migrations_are_named_for_what_they_do() -> None:
    names = [
        path.stem
        for app in APPS
        for path in (ROOT / app / "migrations").glob("0*.py")
        if re.search(r"_auto_|_alter_|_remove_.*_and_more", path.stem)
    ]
    assert names == []


def test_no_map_with_boundaries_is_kept() -> None:
    suffixes = (".geojson", ".topojson", ".shp", ".kml", ".kmz", ".gpkg")
    files = tracked_files()
    assert [name for name in files if name.lower().endswith(suffixes)] == []
    shapes = re.compile(r'"(?:Multi)?Polygon"')
    texts = [name for name in files if name.endswith((".json", ".csv", ".py", ".html", ".svg"))]
    own = "tests/architecture/test_shape.py"
    holding = [
        name
        for name in texts
        if name != own
        and shapes.search((ROOT / name).read_text(encoding="utf-8", errors="replace"))
    ]
    assert holding == []


def test_published_agreements_are_not_kept_in_the_project() -> None:
    assert [name for name in tracked_files() if "pax_v2" in name.lower()] == []


def test_third_party_front_end_files_are_not_kept() -> None:
    kept = [
        name for name in tracked_files() if name.startswith(("static/vendor/", "node_modules/"))
    ]
    assert kept == []
