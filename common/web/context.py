"""What every page knows: navigation, world, marking of a house that is not production."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from common.mail import is_shown_here
from common.web.navigation import shown_to


def house(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of ``base.html``."""
    user = getattr(request, "user", None)
    is_inside = bool(user and user.is_authenticated)
    return {
        "navigation": shown_to(user, request.path) if is_inside else [],
        "page_is_exercise": bool(is_inside and getattr(user, "is_exercise", False)),
        "specimen": settings.SPECIMEN,
        "is_production": settings.IS_PRODUCTION,
        "mail_is_shown_here": is_shown_here(),
    }
