"""Every operation of the API on dispute files, read from the schema: none is forgotten."""

from __future__ import annotations

import re
from typing import Any

from drf_spectacular.generators import SchemaGenerator

METHODS = ("get", "post", "patch", "delete")
WHOLES = (
    "disputes",
    "processes",
    "consents",
    "mandates",
    "mandate-reviews",
    "activities",
    "agreements",
    "documents",
)

Operation = tuple[str, str]


def operations(*, with_key: bool = True) -> list[Operation]:
    """Return ``(method, path)`` of each operation on dispute files; keys stand in braces."""
    schema: Any = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return [
        (method, path)
        for path, item in schema["paths"].items()
        for method in METHODS
        if method in item and path.split("/")[3] in WHOLES and ("{" in path) >= with_key
    ]


def collections(path: str) -> list[str]:
    """Return the segments whose members the path names: ``disputes``, ``parties``."""
    return re.findall(r"([a-z-]+)/\{", path)


def address(path: str, keys: dict[str, Any]) -> str:
    """Fill the path's keys by the segment before each."""
    return re.sub(r"([a-z-]+)/\{\w+\}", lambda part: f"{part[1]}/{keys[part[1]]}", path)
