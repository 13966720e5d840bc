"""The door's side of the record: what was refused and what was read in this request."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from audit.services import record_readings, record_refusal
from common.web.trace import trace_of


class RecordAtTheDoor:
    """Write the notes of :mod:`common.web.trace` after the answer is made and before it leaves.

    A reading that cannot be recorded is not shown: the error of the database becomes a 500.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        trace = trace_of(request)
        actor = self._actor(request)
        if trace.refusals or trace.readings:
            with transaction.atomic():
                for code, message, target in trace.refusals:
                    record_refusal(actor=actor, code=code, message=message, target=target)
                if response.status_code < 400:
                    record_readings(actor=actor, objects=trace.readings)
        return response

    @staticmethod
    def _actor(request: HttpRequest) -> object | None:
        return request.user if request.user.is_authenticated else None
