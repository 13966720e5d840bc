"""How lists of the library are narrowed: the same words for pages and API."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import NumberInput, Select
from django.utils.translation import gettext_lazy as _

from common.search import matching
from common.text import normalise
from library import selectors
from library.choices import Kind, Stage
from library.models import Agreement, Process
from library.provisions import provision_choices

_YEARS = {"min_value": 1000, "max_value": 2100}


class AgreementFilter(django_filters.FilterSet):
    """Narrows agreements; several conditions hold for one and the same agreement."""

    q = django_filters.CharFilter(method="with_words", label=_("Words in titles and names"))
    state = django_filters.CharFilter(
        field_name="locations__iso3", lookup_expr="iexact", label=_("Country code")
    )
    region = django_filters.CharFilter(method="in_region", label=_("Region as coded"))
    stage = django_filters.ChoiceFilter(
        choices=Stage.choices, label=_("Stage of the agreement"), empty_label=_("All stages")
    )
    kind = django_filters.ChoiceFilter(
        choices=Kind.choices, label=_("Between whom"), empty_label=_("All kinds")
    )
    provision = django_filters.CharFilter(field_name="provisions__code", label=_("Provision"))
    year_from = django_filters.NumberFilter(
        method="from_year", label=_("From the year"), widget=NumberInput, **_YEARS
    )
    year_to = django_filters.NumberFilter(
        method="until_year", label=_("Until the year"), widget=NumberInput, **_YEARS
    )

    class Meta:
        model = Agreement
        fields: list[str] = []

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep what holds every word, whatever its accents or letter forms."""
        return matching(rows, normalise(value))

    def in_region(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep the agreements of processes that the set codes under a region."""
        return rows.filter(process__regions__contains=[value])

    def from_year(self, rows: QuerySet[Any], name: str, value: int) -> QuerySet[Any]:
        """Keep what may be of that year or later."""
        return rows.filter(dated_latest__gte=date(int(value), 1, 1))

    def until_year(self, rows: QuerySet[Any], name: str, value: int) -> QuerySet[Any]:
        """Keep what may be of that year or earlier."""
        return rows.filter(dated_earliest__lte=date(int(value), 12, 31))


class ProcessFilter(AgreementFilter):
    """Narrows processes to those that hold an agreement meeting the conditions."""

    class Meta:
        model = Process
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the processes with the number and the dates of the agreements that match."""
        agreements = super().filter_queryset(Agreement.objects.visible_to(self.request.user))
        return queryset.with_agreements(agreements)  # type: ignore[attr-defined, no-any-return]


def offer_choices(filterset: AgreementFilter, user: Any) -> None:
    """Turn codes into lists to choose from, as a page shows them.

    Args:
        filterset: the page's filter.
        user: the reader, whose library the lists come from.
    """
    fields = filterset.form.fields
    fields["region"].widget = _choice(_("All regions"), _plain(selectors.regions(user)))
    fields["state"].widget = _choice(_("All countries"), _plain(selectors.countries(user)))
    fields["provision"].widget = _choice(_("All provisions"), provision_choices())


def _plain(values: list[str]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


def _choice(everything: Any, choices: list[Any]) -> Select:
    return Select(choices=[("", everything), *choices])
