"""Limits of sessions and requests, headers, and order afterwards: what holds for every page."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from common.api.problems import problem_response
from common.errors import HouseError
from common.files import MAX_REQUEST_BYTES
from common.leftovers import removing_leftovers
from common.web.views import refusal_page

_MINUTE = 60

GetResponse = Callable[[HttpRequest], HttpResponse]


class SessionLimits:
    """End a session that was idle for 30 minutes or is 12 hours old (ASVS 7.3.1, 7.3.2).

    The time of the last request is kept to the minute, so that reading costs no write.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            began = request.session.setdefault("began_at", now)
            seen = request.session.setdefault("seen_at", now)
            idle, absolute = settings.SESSION_IDLE, settings.SESSION_ABSOLUTE
            if now - seen > idle.total_seconds() or now - began > absolute.total_seconds():
                logout(request)
            elif now - seen >= _MINUTE:
                request.session["seen_at"] = now
        return self.get_response(request)


class TooLarge(HouseError):
    """The request is larger than anything the house takes (HTTP 413)."""

    status = 413


class BodyLimit:
    """Refuse a request that is larger than the largest file before a byte of it is read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or ""
        if not length.isdecimal() or int(length) <= MAX_REQUEST_BYTES:
            return self.get_response(request)
        error = TooLarge(
            "too_large",
            _("The request is larger than %(megabytes)d MB.")
            % {"megabytes": MAX_REQUEST_BYTES // 1024 // 1024},
        )
        if request.path.startswith("/api/"):
            return problem_response(error)
        return refusal_page(request, error)


class RemoveLeftovers:
    """Take away the files that a request stored and whose transaction came to nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with removing_leftovers():
            return self.get_response(request)


class PersonLanguage:
    """Speak the language the person chose; a language switch is kept on the account by its view."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "") if request.user.is_authenticated else ""
        if not chosen:
            return self.get_response(request)
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = self.get_response(request)
            response.headers["Content-Language"] = chosen
            return response


class PrivateHeaders:
    """Nothing of a logged-in person's pages is kept by a browser or a proxy."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        return response
