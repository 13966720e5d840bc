"""The search page: what the house knows under some words, as far as the person sees it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from common import search
from common.errors import Text

_GROUPS: dict[str, Text] = {
    "cases.files": gettext_lazy("Files"),
    "cases.agreements": gettext_lazy("Agreements of files"),
    "institutions.resolutions": gettext_lazy("Resolutions"),
    "institutions.actors": gettext_lazy("States, organs and other actors"),
    "library": gettext_lazy("Library of agreements"),
}


@login_required
@require_GET
def search_page(request: HttpRequest) -> HttpResponse:
    """Show the hits of every source under its heading, best first."""
    query = request.GET.get("q", "").strip()[:200]
    found = search.run(request.user, query)
    found.sort(key=lambda pair: list(_GROUPS).index(pair[0]) if pair[0] in _GROUPS else 99)
    context = {
        "title": _("Search"),
        "query": query,
        "is_too_short": bool(query) and len(query) < search.MIN_LENGTH,
        "groups": [
            {"label": _GROUPS.get(key, hits[0].kind), "hits": hits, "is_full": len(hits) == limit}
            for key, hits in found
            for limit in (search.LIMIT_PER_SOURCE,)
        ],
    }
    return render(request, "search.html", context)
