"""How the register's lists are narrowed, on the pages and in the API alike."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.forms import HiddenInput
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.search import matching
from common.text import normalise
from institutions.choices import (
    ActorKind,
    HolidayKind,
    Membership,
    ReservationKind,
    SessionKind,
    SessionStatus,
)
from institutions.models import (
    Actor,
    GlossaryTerm,
    Holiday,
    Organ,
    RegionalGroup,
    Reservation,
    Resolution,
    ResolutionParagraph,
    Session,
    State,
)
from institutions.references import clean_tag, parse
from institutions.selectors import groups_on, standings_on

_ALL = _("All")


def _organs(request: Any) -> QuerySet[Organ]:
    """Return the organs that have held or planned sessions the person sees."""
    if request is None:
        return Organ.objects.none()
    sessions = Session.objects.visible_to(request.user).order_by().values("organ")
    rows: QuerySet[Organ] = Organ.objects.visible_to(request.user).filter(pk__in=sessions)
    return rows.select_related("actor")


def _groups(request: Any) -> QuerySet[RegionalGroup]:
    if request is None:
        return RegionalGroup.objects.none()
    rows: QuerySet[RegionalGroup] = RegionalGroup.objects.visible_to(request.user)
    return rows


class StateFilter(django_filters.FilterSet):
    """Name or code; and on a day, today unless another is given: group and standing."""

    q = django_filters.CharFilter(label=_("Name or code"), method="by_words", max_length=100)
    on = django_filters.DateFilter(label=_("On the day"), method="as_it_is")
    group = django_filters.ModelChoiceFilter(
        label=_("Regional group"), queryset=_groups, method="of_group", empty_label=_ALL
    )
    standing = django_filters.ChoiceFilter(
        label=_("Standing"), choices=Membership.choices, method="of_standing", empty_label=_ALL
    )

    class Meta:
        model = State
        fields = ("q", "on", "group", "standing")

    @property
    def day(self) -> date:
        """The day for which group and standing are asked."""
        given = self.form.cleaned_data.get("on") if self.form.is_valid() else None
        return given or timezone.localdate()

    def as_it_is(self, rows: QuerySet[State], name: str, value: Any) -> QuerySet[State]:
        """Leave the rows: the day says when, not which."""
        return rows

    def by_words(self, rows: QuerySet[State], name: str, value: str) -> QuerySet[State]:
        """Keep the States whose names or code hold every word."""
        return matching(rows, normalise(value), "actor__search_text")

    def of_group(self, rows: QuerySet[State], name: str, value: RegionalGroup) -> QuerySet[State]:
        """Keep the States that count to the group on the day."""
        return rows.filter(
            pk__in=[state for state, group in groups_on(self.day).items() if group == value]
        )

    def of_standing(self, rows: QuerySet[State], name: str, value: str) -> QuerySet[State]:
        """Keep the States that certainly have the standing on the day."""
        standings = standings_on(self.day)
        if value == Membership.NONE:
            return rows.exclude(
                pk__in=[key for key, one in standings.items() if one.possible != (value,)]
            )
        return rows.filter(
            pk__in=[key for key, one in standings.items() if one.possible == (value,)]
        )


class ActorFilter(django_filters.FilterSet):
    """Name or code, kind, entry of the register or made for a file."""

    q = django_filters.CharFilter(label=_("Name or code"), method="by_words", max_length=100)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ActorKind.choices, empty_label=_ALL)

    class Meta:
        model = Actor
        fields = ("q", "kind", "code", "is_reference", "is_exercise")

    def by_words(self, rows: QuerySet[Actor], name: str, value: str) -> QuerySet[Actor]:
        """Keep the actors whose names or code hold every word."""
        return matching(rows, normalise(value))


class SessionFilter(django_filters.FilterSet):
    """Organ, kind, status, number, year."""

    organ = django_filters.ModelChoiceFilter(label=_("Organ"), queryset=_organs, empty_label=_ALL)
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=SessionKind.choices, empty_label=_ALL
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=SessionStatus.choices, empty_label=_ALL
    )
    number = django_filters.NumberFilter(label=_("Number"), min_value=1, max_value=999)
    year = django_filters.NumberFilter(
        label=_("Year"), method="in_year", min_value=1900, max_value=2200
    )

    class Meta:
        model = Session
        fields = ("organ", "kind", "status", "number", "year")

    def in_year(self, rows: QuerySet[Session], name: str, value: Any) -> QuerySet[Session]:
        """Keep the sessions that may have touched the year."""
        return rows.filter(starts_on__year__lte=int(value), ends_on__year__gte=int(value))


class ResolutionFilter(django_filters.FilterSet):
    """A reference in any written form or words of the title; organ, session's number, tag."""

    q = django_filters.CharFilter(
        label=_("Reference or words of the title"), method="by_words", max_length=200
    )
    organ = django_filters.ModelChoiceFilter(
        label=_("Organ"), queryset=_organs, field_name="session__organ", empty_label=_ALL
    )
    session_number = django_filters.NumberFilter(
        label=_("Session"), field_name="session__number", min_value=1, max_value=999
    )
    tag = django_filters.CharFilter(label=_("Tag"), method="of_tag", max_length=20)
    session = django_filters.UUIDFilter(field_name="session", widget=HiddenInput)

    class Meta:
        model = Resolution
        fields = ("q", "organ", "session_number", "tag", "session")

    def by_words(self, rows: Any, name: str, value: str) -> Any:
        """Keep what a reference may mean; otherwise what holds every word."""
        reference = parse(value)
        if reference is not None:
            return rows.referred_to(reference)
        return matching(rows, normalise(value))

    def of_tag(self, rows: QuerySet[Resolution], name: str, value: str) -> QuerySet[Resolution]:
        """Keep the resolutions of a tag, in either script."""
        return rows.filter(tag=clean_tag(value))


class TermFilter(django_filters.FilterSet):
    """Words in any of the three languages."""

    q = django_filters.CharFilter(label=_("Word"), method="by_words", max_length=100)

    class Meta:
        model = GlossaryTerm
        fields = ("q",)

    def by_words(
        self, rows: QuerySet[GlossaryTerm], name: str, value: str
    ) -> QuerySet[GlossaryTerm]:
        """Keep the terms that hold every word."""
        return matching(rows, normalise(value))


class HolidayFilter(django_filters.FilterSet):
    """Kind and year."""

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=HolidayKind.choices, empty_label=_ALL
    )
    year = django_filters.NumberFilter(
        label=_("Year"), method="in_year", min_value=1900, max_value=2200
    )

    class Meta:
        model = Holiday
        fields = ("kind", "year")

    def in_year(self, rows: QuerySet[Holiday], name: str, value: Any) -> QuerySet[Holiday]:
        """Keep the days off that touch the year."""
        return rows.filter(Q(starts_on__year__lte=int(value)) & Q(ends_on__year__gte=int(value)))


class ParagraphFilter(django_filters.FilterSet):
    """The paragraphs of one resolution."""

    resolution = django_filters.UUIDFilter(label=_("Resolution"), field_name="resolution_id")

    class Meta:
        model = ResolutionParagraph
        fields = ("resolution",)


class ReservationFilter(django_filters.FilterSet):
    """The reservations on one resolution, of one State, of one kind."""

    resolution = django_filters.UUIDFilter(label=_("Resolution"), field_name="resolution_id")
    state = django_filters.UUIDFilter(label=_("State"), field_name="state_id")
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=ReservationKind.choices, empty_label=_ALL
    )

    class Meta:
        model = Reservation
        fields = ("resolution", "state", "kind")
