"""The name that throttling counts: one for all ways of writing an address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def name_of(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Return the e-mail address of an attempt as it is compared: trimmed and in small letters."""
    given = (credentials or {}).get("email") or request.POST.get("login", "")
    return str(given).strip().lower()[:254]
