"""How the list of files is narrowed: the same words for page and API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.forms import CheckboxInput
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.choices import DisputeStatus, DisputeType, Engagement, Stage
from cases.models import Dispute, Party
from common.choices import Classification
from common.i18n import LANGUAGE_CODES, worded_of
from common.search import matching
from common.text import normalise
from institutions.models import State


def desk_officers(request: Any) -> QuerySet[User]:
    """Return the officers by whom the person may narrow: colleagues whose entry they may open."""
    nobody = User.objects.none()  # unscoped: an empty set
    people: QuerySet[User] = User.objects.visible_to(request.user) if request else nobody
    return people.filter(desk_files__isnull=False).distinct()


def states(request: Any) -> Any:
    """Return the States of the person's world by name."""
    if not request:
        return State.objects.none()  # unscoped: an empty set
    rows = State.objects.visible_to(request.user)
    return rows.of_world(is_exercise=request.user.is_exercise).select_related("actor").by_name()


class _StateNames(filters.fields.ModelChoiceIterator):
    """The States to choose from, read by name: a list needs no objects for its filter."""

    def __iter__(self) -> Iterator[tuple[str, str]]:
        yield "", self.field.empty_label
        names = (f"actor__name_{code}" for code in LANGUAGE_CODES)
        for key, *texts in self.queryset.values_list("pk", *names):
            yield str(key), worded_of(texts).text


class _StateField(filters.fields.ModelChoiceField):
    iterator = _StateNames


class _StateFilter(filters.ModelChoiceFilter):
    field_class = _StateField


class DisputeOutwardFilter(filters.FilterSet):
    """Narrows files by what everybody sees of them."""

    q = filters.CharFilter(method="with_words", label=_("Words in titles, names and references"))
    classification = filters.ChoiceFilter(
        choices=Classification.choices, label=_("Classification"), empty_label=_("All")
    )

    #: The names by which a file is found from outside hide what a neutral name hides.
    searched = "outward_search_text"

    class Meta:
        model = Dispute
        fields: list[str] = []

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep what holds every word, whatever its accents or letter forms."""
        return matching(rows, normalise(value), self.searched)


class DisputeListFilter(DisputeOutwardFilter):
    """Narrows files as the page does: by status, type, State and one's own desk."""

    searched = "search_text"

    status = filters.ChoiceFilter(
        choices=DisputeStatus.choices, label=_("Status"), empty_label=_("All")
    )
    type = filters.ChoiceFilter(choices=DisputeType.choices, label=_("Type"), empty_label=_("All"))
    state = _StateFilter(
        queryset=states,
        method="about_state",
        label=_("State, as party or concerned"),
        empty_label=_("All"),
    )
    mine = filters.BooleanFilter(
        method="of_my_desk", label=_("My files and my teams' only"), widget=CheckboxInput
    )

    def about_state(self, rows: QuerySet[Any], name: str, value: State) -> QuerySet[Any]:
        """Keep the files to which the State is a party or in which it is concerned."""
        parties = Party.objects.filter(actor_id=value.pk)  # unscoped: narrows files already scoped
        concerned = rows.model.states_concerned.through.objects.filter(state_id=value.pk)
        return rows.filter(
            Q(pk__in=parties.values("dispute")) | Q(pk__in=concerned.values("dispute"))
        )

    def of_my_desk(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Keep the person's own files and those of their teams."""
        return rows.filter(pk__in=own_files(self.request.user)) if value else rows


class DisputeFilter(DisputeListFilter):
    """Narrows files further for the API: by officer, stage and engagement, in a chosen order."""

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


def own_files(user: Any) -> QuerySet[Any]:
    """Return the keys of the files that a person keeps, or in whose team the person is."""
    return Dispute.objects.visible_to(user).of_team(user).order_by().values("pk")
