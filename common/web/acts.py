"""The page side of an act: parse a form, call one service, show its refusal beside the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from common.errors import HouseError, Text
from common.web.trace import note_refusal


def get_visible(source: Any, user: Any, **lookup: Any) -> Any:
    """Return the one visible object or answer 404: hidden and absent are alike.

    Args:
        source: a model or a queryset with ``visible_to``.
    """
    rows: QuerySet[Any] = (
        source.visible_to(user)
        if hasattr(source, "visible_to")
        else (source._default_manager.visible_to(user))
    )
    try:
        return rows.get(**lookup)
    except (rows.model.DoesNotExist, ValidationError, ValueError) as error:
        raise Http404 from error


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, also when it is empty; None while a page is only shown."""
    return request.POST if request.method == "POST" else None


def attempt(
    request: HttpRequest, form: BaseForm, act: Callable[..., Any], subject: Model | None = None
) -> tuple[bool, Any, int]:
    """Run `act` with the form's data and put a refusal into the form.

    Returns:
        whether it was done, what the service returned, and the HTTP status of a refusal.
    """
    if not form.is_valid():
        return False, None, 422
    try:
        return True, act(**form.cleaned_data), 200
    except HouseError as error:
        field = error.field if error.field in form.fields else NON_FIELD_ERRORS
        form.add_error(field, str(error.message))
        note_refusal(request, error.code, str(error.message), subject)
        return False, None, error.status
    except ValidationError as error:
        add_model_errors(form, error)
        return False, None, 422


def add_model_errors(form: BaseForm, error: ValidationError) -> None:
    """Put a model's own errors beside the fields of the same name, the rest on top."""
    if not hasattr(error, "error_dict"):
        form.add_error(NON_FIELD_ERRORS, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else NON_FIELD_ERRORS, errors)


def act_page(
    request: HttpRequest,
    *,
    form: BaseForm,
    act: Callable[..., Any],
    done: str | Callable[[Any], str],
    said: Text = "",
    template: str = "act.html",
    context: dict[str, Any] | None = None,
    subject: Model | None = None,
) -> HttpResponse:
    """Show a form, do the act when it is posted, and say what was done.

    Args:
        form: bound on POST by the caller.
        act: the service, taking the form's cleaned data as keywords.
        done: where to go after; a URL or a function of what the service returned.
        said: the message after success.
        subject: the object on record when the act is refused.
    """
    status = 200
    if request.method == "POST":
        is_done, result, status = attempt(request, form, act, subject)
        if is_done:
            if said:
                messages.success(request, str(said))
            return redirect(done(result) if callable(done) else done)
    return render(request, template, {"form": form, **(context or {})}, status=status)
