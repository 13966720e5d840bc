"""OpenAPI: every operation documents the problems it may answer with."""

from __future__ import annotations

from typing import Any

_PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "code": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
                "required": ["field", "detail"],
            },
        },
        "missing": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["type", "code", "status", "detail"],
}
_ALWAYS = {"401": "Not logged in.", "403": "Seen but not permitted.", "406": "Not acceptable."}
_CHANGING = {
    "400": "The request has errors.",
    "409": "A rule forbids it now; the detail names what is missing.",
    "412": "The object has changed since it was read.",
    "415": "The media type is not accepted.",
    "422": "The Idempotency-Key was used for another request.",
    "428": "If-Match is needed.",
}
_HEADERS = {
    "post": (
        "Idempotency-Key",
        "A text of your own; the same request sent again with it is done once.",
    ),
    "patch": ("If-Match", "The ETag of the state that you have read; needed where there is one."),
}
_METHODS = ("get", "post", "put", "patch", "delete")


def add_problems(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """Add the problem responses to every operation (a drf-spectacular postprocessing hook)."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = _PROBLEM
    for path, item in result["paths"].items():
        for method in _METHODS:
            if method in item:
                _document(item[method], method, has_key="{" in path)
                _add_header(item[method], method)
    return result


def _add_header(operation: dict[str, Any], method: str) -> None:
    if method not in _HEADERS:
        return
    name, description = _HEADERS[method]
    operation.setdefault("parameters", []).append(
        {
            "in": "header",
            "name": name,
            "description": description,
            "schema": {"type": "string", "maxLength": 200},
        }
    )


def _document(operation: dict[str, Any], method: str, *, has_key: bool) -> None:
    codes = dict(_ALWAYS)
    if method != "get":
        codes |= _CHANGING
    else:
        codes["400"] = "A filter has an error."
    if has_key or method == "get":
        codes["404"] = "There is no such thing for this person."
    for code, description in codes.items():
        operation["responses"].setdefault(
            code,
            {
                "description": description,
                "content": {
                    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
                },
            },
        )
