"""Pages that belong to no app: the language switch, the health of the house, its error pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.errors import HouseError
from common.web.trace import note_refusal


def refusal_page(request: HttpRequest, error: HouseError) -> HttpResponse:
    """Show an act that was refused where no form could carry the reason."""
    note_refusal(request, error.code, str(error.message))
    return render(request, "errors/refused.html", {"error": error}, status=error.status)


class ShowRefusals:
    """Turn a :class:`HouseError` that no form caught into a page that names what is missing."""

    def __init__(self, get_response: object) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)  # type: ignore[operator, no-any-return]

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refusal_page(request, error) if isinstance(error, HouseError) else None
