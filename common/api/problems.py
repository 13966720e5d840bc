"""One shape for everything that went wrong: ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

from common.errors import HouseError
from common.web.trace import note_refusal

MEDIA_TYPE = "application/problem+json"
#: What the database refused because two persons did the same in the same moment.
_CONFLICT = gettext_lazy(
    "Somebody else has just recorded something that stands in the way. Read again what is there."
)


class PreconditionRequired(exceptions.APIException):
    """A change without If-Match (RFC 6585)."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "precondition_required"


class PreconditionFailed(exceptions.APIException):
    """A change against an old state."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "stale"


class UnprocessableKey(exceptions.APIException):
    """An Idempotency-Key used again for another request."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_code = "idempotency_key_reused"


def problem(
    code: str, detail: str, http_status: int, *, headers: dict[str, str] | None = None, **extra: Any
) -> Response:
    """Return the answer for one problem.

    Args:
        code: stable machine name.
        detail: a whole sentence in the reader's language.
        http_status: HTTP status.
        extra: further members, for instance ``errors`` or ``missing``.
    """
    body = _body_of(code, detail, http_status)
    body |= {key: value for key, value in extra.items() if value}
    return Response(body, status=http_status, content_type=MEDIA_TYPE, headers=headers)


def problem_response(error: HouseError) -> JsonResponse:
    """Return the answer for what was refused before the request reached the API."""
    body = _body_of(error.code, str(error.message), error.status)
    return JsonResponse(body, status=error.status, content_type=MEDIA_TYPE)


def _body_of(code: str, detail: str, http_status: int) -> dict[str, Any]:
    kind = f"urn:oic-mediation:problem:{code}"
    return {"type": kind, "code": code, "status": http_status, "detail": detail}


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Translate every expected error; what is not expected stays a 500 and is logged."""
    request = context["request"]
    if isinstance(error, HouseError):
        set_rollback()
        acted_on = getattr(context.get("view"), "acted_on", None)
        note_refusal(request, error.code, str(error.message), acted_on)
        return problem(
            error.code,
            str(error.message),
            error.status,
            missing=list(error.missing),
            errors=[{"field": error.field, "detail": str(error.message)}] if error.field else None,
        )
    if isinstance(error, IntegrityError):
        set_rollback()
        return problem("conflict", str(_CONFLICT), status.HTTP_409_CONFLICT)
    if isinstance(error, ValidationError):
        error = exceptions.ValidationError(_field_errors(error))
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    return _from_api_exception(error)


def _field_errors(error: ValidationError) -> Any:
    return (
        error.message_dict if hasattr(error, "error_dict") else {"non_field_errors": error.messages}
    )


def _from_api_exception(error: exceptions.APIException) -> Response:
    headers: dict[str, str] = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    if isinstance(error, exceptions.ValidationError):
        return problem(
            "invalid",
            _("The request has errors; each is named under “errors”."),
            error.status_code,
            errors=flatten(error.detail),
        )
    code = error.get_codes()
    return problem(
        code if isinstance(code, str) else "error",
        str(error.detail),
        error.status_code,
        headers=headers,
    )


def flatten(detail: Any, path: str = "") -> list[dict[str, str]]:
    """Return nested validation errors as a list of ``{field, detail}``."""
    if isinstance(detail, dict):
        return [
            row
            for name, inner in detail.items()
            for row in flatten(inner, f"{path}.{name}" if path else str(name))
        ]
    if isinstance(detail, list):
        rows: list[dict[str, str]] = []
        for position, inner in enumerate(detail):
            nested = isinstance(inner, (dict, list))
            rows += flatten(inner, f"{path}[{position}]" if nested else path)
        return rows
    return [{"field": path, "detail": str(detail)}]
