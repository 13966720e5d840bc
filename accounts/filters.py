"""How a list of accounts is narrowed, on the page and in the API."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import Select
from django.utils.translation import gettext_lazy as _

from accounts.models import Delegation, Unit, User
from accounts.roles import CHOICES
from accounts.selectors import matching


def _units(request: Any) -> QuerySet[Unit]:
    return Unit.objects.visible_to(request.user) if request else Unit.objects.none()


def _delegations(request: Any) -> QuerySet[Delegation]:
    return Delegation.objects.visible_to(request.user) if request else Delegation.objects.none()


class UserFilter(django_filters.FilterSet):
    """Words, role, unit, delegation, open or closed."""

    q = django_filters.CharFilter(
        label=_("Name, function or address"), method="filter_words", max_length=200
    )
    role = django_filters.ChoiceFilter(label=_("Role"), choices=CHOICES, empty_label=_("All"))
    unit = django_filters.ModelChoiceFilter(label=_("Unit"), queryset=_units, empty_label=_("All"))
    delegation = django_filters.ModelChoiceFilter(
        label=_("State"), queryset=_delegations, empty_label=_("All")
    )
    is_active = django_filters.BooleanFilter(
        label=_("Account"),
        widget=Select(choices=[("", _("All")), ("true", _("open")), ("false", _("closed"))]),
    )

    class Meta:
        model = User
        fields = ("q", "role", "unit", "delegation", "is_active")

    def filter_words(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Keep the accounts that hold every word."""
        return matching(rows, value)
