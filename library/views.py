"""Pages of the library: read by the staff of the General Secretariat, absent for all others."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common.api.pagination import page_of
from common.web.acts import get_visible
from library import selectors
from library.filters import AgreementFilter, ProcessFilter, offer_choices
from library.importing.formats import FORMATS
from library.models import Agreement, Process
from library.models.base import reads_library

Page = Callable[..., HttpResponse]


def library_page(view: Page) -> Page:
    """Show the page to those who read the library; for anybody else it does not exist."""

    @login_required
    @require_GET
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not reads_library(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@library_page
def home(request: HttpRequest) -> HttpResponse:
    """List the processes."""
    filterset = ProcessFilter(
        request.GET, Process.objects.visible_to(request.user), request=request
    )
    return _list(request, "library/processes.html", filterset, "library:home")


@library_page
def agreements(request: HttpRequest) -> HttpResponse:
    """List the agreements."""
    rows = Agreement.objects.visible_to(request.user).listed()
    filterset = AgreementFilter(request.GET, rows, request=request)
    return _list(request, "library/agreements.html", filterset, "library:agreements")


def _list(
    request: HttpRequest, template: str, filterset: AgreementFilter, url_name: str
) -> HttpResponse:
    offer_choices(filterset, request.user)
    rows = filterset.qs if filterset.is_valid() else filterset.queryset.none()
    context = {
        "title": _("Library of agreements"),
        "breadcrumbs": [(_("Library of agreements"), "")],
        "tabs": _tabs(url_name),
        "page": page_of(rows, request.GET.get("page")),
        "filter_form": filterset.form,
        "list_url": reverse(url_name),
        "sets": FORMATS.values(),
    }
    return render(request, template, context)


def _tabs(current: str) -> list[dict[str, Any]]:
    pages = (("library:home", _("Processes")), ("library:agreements", _("Agreements")))
    return [
        {"label": label, "url": reverse(name), "is_current": name == current}
        for name, label in pages
    ]


@library_page
def process(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a process with its agreements through time, newest first."""
    shown = get_visible(Process, request.user, pk=pk)
    rows = shown.agreements.visible_to(request.user).listed()
    page = page_of(rows, request.GET.get("page"))
    context = {
        "process": shown,
        "breadcrumbs": [*_home_crumb(), (shown.name, "")],
        "page": page,
        "entries": [selectors.timeline_entry(row) for row in page],
        "sets": [FORMATS[shown.source]],
    }
    return render(request, "library/process.html", context)


@library_page
def agreement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an agreement with its provisions and with the agreements most like it."""
    source = Agreement.objects.visible_to(request.user).select_related("process")
    shown = get_visible(source, request.user, pk=pk)
    process_url = reverse("library:process", args=[shown.process_id])
    context = {
        "agreement": shown,
        "breadcrumbs": [*_home_crumb(), (shown.process.name, process_url), (shown.title, "")],
        "dated_words": selectors.dated_words(shown),
        "locations": shown.locations.select_related("state__actor"),
        "other_codes": selectors.other_codes(shown),
        "groups": selectors.grouped(shown.provisions.all()),
        "similar": selectors.similar(request.user, shown),
        "sets": [FORMATS[shown.source]],
    }
    return render(request, "library/agreement.html", context)


def _home_crumb() -> list[tuple[str, str]]:
    return [(_("Library of agreements"), reverse("library:home"))]
