"""One's own notices: the list by day, one of them, read or opened."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from common.api.pagination import page_of
from common.web.acts import get_visible
from notifications.models import Notice
from notifications.selectors import notices_of
from notifications.services.reading import mark_all_read, mark_read

_ALL = "all"


@login_required
@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    """Show what waits, or everything, newest first, by day."""
    shows_all = request.GET.get("show") == _ALL
    rows = notices_of(request.user)
    page = page_of(rows if shows_all else rows.waiting(), request.GET.get("page"))
    context = {
        "title": _("Notices"),
        "breadcrumbs": [(_("Notices"), "")],
        "tabs": _tabs(shows_all=shows_all),
        "shows_all": shows_all,
        "page": page,
    }
    return render(request, "notifications/notices.html", context)


def _tabs(*, shows_all: bool) -> list[dict[str, Any]]:
    url = reverse("notifications:notices")
    return [
        {"label": _("Waiting"), "url": url, "is_current": not shows_all},
        {"label": _("All"), "url": f"{url}?show={_ALL}", "is_current": shows_all},
    ]


@login_required
@require_GET
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one notice: where the link of an e-mail leads."""
    context = {
        "title": _("Notice"),
        "breadcrumbs": [(_("Notices"), reverse("notifications:notices")), (_("Notice"), "")],
        "notice": get_visible(Notice, request.user, pk=pk),
    }
    return render(request, "notifications/notice.html", context)


@login_required
@require_POST
def open_subject(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark a notice as read and go to where the person acts."""
    row = mark_read(actor=request.user, notice=get_visible(Notice, request.user, pk=pk))
    return redirect(row.url or reverse("notifications:notices"))


@login_required
@require_POST
def read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark a notice as read and stay with the list."""
    mark_read(actor=request.user, notice=get_visible(Notice, request.user, pk=pk))
    return redirect(_list_url(request))


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything in the list as read."""
    number = mark_all_read(actor=request.user)
    messages.success(
        request,
        ngettext(
            "%(number)d notice is marked as read.", "%(number)d notices are marked as read.", number
        )
        % {"number": number},
    )
    return redirect(_list_url(request))


def _list_url(request: HttpRequest) -> str:
    url = reverse("notifications:notices")
    return f"{url}?show={_ALL}" if request.POST.get("show") == _ALL else url
