"""Pages that belong to no app: errors, and refusals where no form could carry the reason."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from common.errors import HouseError
from common.web.trace import note_refusal

GetResponse = Callable[[HttpRequest], HttpResponse]


def refusal_page(request: HttpRequest, error: HouseError) -> HttpResponse:
    """Show an act that was refused where no form could carry the reason."""
    note_refusal(request, error.code, str(error.message))
    context = {"error": error, "back_url": came_from(request)}
    return render(request, "errors/refused.html", context, status=error.status)


def came_from(request: HttpRequest) -> str:
    """Return the page of this house from which the request came, or nothing."""
    url = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if is_ours and url != request.build_absolute_uri() else ""


class ShowRefusals:
    """Turn a :class:`HouseError` that no form caught into a page that names what is missing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refusal_page(request, error) if isinstance(error, HouseError) else None


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 in the look of the house."""
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 in the look of the house."""
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 in the look of the house; hidden and absent are alike."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without asking the database or the session for anything."""
    context = {"specimen": settings.SPECIMEN}
    return render(None, "errors/500.html", context, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was too old or came from elsewhere, and that sending it again helps."""
    return render(request, "errors/csrf.html", status=403)
