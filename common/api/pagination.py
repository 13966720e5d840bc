"""Pages of a list whose total is exact to 1,000 and then says so."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response

EXACT_UP_TO = 1000
PAGE_SIZE = 50


class BoundedPaginator(Paginator):  # type: ignore[type-arg] # not generic at run time
    """Count no further than 1,000: a live count of a large set is slow and tells nobody anything."""

    def _bounded(self) -> int:
        rows = self.object_list
        if isinstance(rows, QuerySet):
            return int(rows.order_by()[: EXACT_UP_TO + 1].count())
        return len(rows)

    @cached_property
    def count(self) -> int:
        return self._bounded()

    @property
    def is_exact(self) -> bool:
        return self.count <= EXACT_UP_TO

    @property
    def total_in_words(self) -> str:
        """Return the total as people read it: exact to 1,000, then "1,000+"."""
        return str(self.count) if self.is_exact else _("1,000+")


def page_of(rows: Any, number: Any, per_page: int = PAGE_SIZE) -> Page[Any]:
    """Return one page of a list for a template; a wrong number gives the nearest page."""
    return BoundedPaginator(rows, per_page).get_page(number)


class PageNumberPages(PageNumberPagination):
    """API pages of 50 (``page_size`` up to 200) with a bounded count."""

    page_size = PAGE_SIZE
    page_size_query_param = "page_size"
    max_page_size = 200
    django_paginator_class = BoundedPaginator

    def get_paginated_response(self, data: Any) -> Response:
        page: Any = self.page
        paginator: Any = page.paginator
        return Response(
            {
                "count": min(paginator.count, EXACT_UP_TO),
                "count_is_exact": paginator.is_exact,
                "next": self.get_next_link(),
                "previous": self.get_previous_link(),
                "results": data,
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        shape = super().get_paginated_response_schema(schema)
        shape["properties"]["count_is_exact"] = {"type": "boolean"}
        shape["required"] = ["count", "count_is_exact", "results"]
        return shape
