"""How the list of files is narrowed: the same words for page and API."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.choices import DisputeStatus, DisputeType, Engagement, Stage
from cases.models import Dispute
from common.choices import Classification
from common.search import matching
from common.text import normalise


def desk_officers(request: Any) -> QuerySet[User]:
    """Return the officers by whom the person may narrow: colleagues whose entry they may open."""
    people: QuerySet[User] = User.objects.none()
    if request is not None:
        people = User.objects.visible_to(request.user)
    return people.filter(desk_files__isnull=False).distinct()


class DisputeOutwardFilter(filters.FilterSet):
    """Narrows files by what everybody sees of them."""

    q = filters.CharFilter(method="with_words", label=_("Words in titles, names and references"))
    classification = filters.ChoiceFilter(choices=Classification.choices, label=_("Classification"))

    class Meta:
        model = Dispute
        fields: list[str] = []

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep what holds every word, whatever its accents or letter forms."""
        return matching(rows, normalise(value))


class DisputeFilter(DisputeOutwardFilter):
    """Narrows files by what those inside see: status, type, officer, stage, engagement."""

    status = filters.ChoiceFilter(choices=DisputeStatus.choices, label=_("Status"))
    type = filters.ChoiceFilter(choices=DisputeType.choices, label=_("Type"))
    desk_officer = filters.ModelChoiceFilter(queryset=desk_officers, label=_("Desk officer"))
    stage = filters.ChoiceFilter(
        choices=Stage.choices, method="with_process", label=_("Stage of a process")
    )
    engagement = filters.ChoiceFilter(
        choices=Engagement.choices, method="with_process", label=_("Engagement in a process")
    )
    ordering = filters.OrderingFilter(
        fields=["opened_on", "reference", "classification", "status"], label=_("Order")
    )

    def with_process(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep the files that have a process of that stage or engagement."""
        return rows.filter(**{f"processes__{name}": value}).distinct()
