"""How one's notices are narrowed in the API."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from notifications.models import Notice


class NoticeFilter(django_filters.FilterSet):
    """Waiting or read, and of which kind."""

    is_waiting = django_filters.BooleanFilter(
        field_name="read_at", lookup_expr="isnull", label=_("Waiting")
    )
    kind = django_filters.CharFilter(label=_("Kind"), max_length=80)

    class Meta:
        model = Notice
        fields = ["is_waiting", "kind"]
