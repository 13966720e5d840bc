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
_MEANING = {
    "400": "The request, or one of its filters, has errors.",
    "401": "Not logged in.",
    "403": "Seen but not permitted.",
    "404": "There is no such thing for this person.",
    "406": "Not acceptable.",
    "409": "A rule forbids it now; the detail names what is missing.",
    "412": "The object has changed since it was read.",
    "415": "The media type is not accepted.",
    "422": "The Idempotency-Key was used for another request.",
    "428": "If-Match is needed.",
}
_READING = ("400", "401", "403", "404", "406")
_CHANGING = tuple(_MEANING)
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
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = _PROBLEM
    components["responses"] = {f"Problem{code}": _response(code) for code in _MEANING}
    for item in result["paths"].values():
        for method in _METHODS:
            if method in item:
                _document(item[method], method)
                _add_header(item[method], method)
                _summarise(item[method])
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


def _summarise(operation: dict[str, Any]) -> None:
    """Put the first paragraph beside the address, where the human page shows it."""
    paragraph = operation.get("description", "").split("\n\n")[0]
    operation.setdefault("summary", " ".join(paragraph.split()))


def _document(operation: dict[str, Any], method: str) -> None:
    for code in _READING if method == "get" else _CHANGING:
        reference = {"$ref": f"#/components/responses/Problem{code}"}
        operation["responses"].setdefault(code, reference)


def _response(code: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": _MEANING[code],
        "content": {"application/problem+json": {"schema": schema}},
    }
