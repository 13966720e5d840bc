"""Among whom and what the forms let a person choose: what they see, of the file's world."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import ROLES
from cases.models import Dispute
from cases.policies.rights import WORK
from cases.selectors.people import admissible_people
from common.errors import Text
from common.i18n import in_language
from institutions.choices import ActorKind
from institutions.models import Actor, Organ, Session, State
from institutions.selectors import groups_on

_OFFICERS = [role.code for role in ROLES.values() if WORK in role.powers]
_DECIDERS = [role.code for role in ROLES.values() if "cases.decide_in_person" in role.powers]


def states(viewer: Any, *, is_exercise: bool) -> Any:
    """Return the States of one world, by name."""
    rows = State.objects.visible_to(viewer).of_world(is_exercise=is_exercise)
    return rows.select_related("actor").by_name()


def actors(viewer: Any, *, is_exercise: bool) -> Any:
    """Return the actors whom an act of one world may name, organs and offices too, by name."""
    return Actor.objects.visible_to(viewer).of_world(is_exercise=is_exercise).by_name()


def regions(on: date) -> Callable[[State], tuple[int, Text]]:
    """Return by what heading a State is found: the regional group to which it counts on a day."""
    groups = groups_on(on)

    def region_of(state: State) -> tuple[int, Text]:
        group = groups.get(state.pk)
        return (
            (group.position, in_language(group, "name"))
            if group
            else (_LAST, _("Without a regional group"))
        )

    return region_of


_LAST = 1_000
_KINDS: dict[str, Text] = {
    ActorKind.OFFICE: gettext_lazy("Offices"),
    ActorKind.PERSON: gettext_lazy("Persons"),
    ActorKind.GROUP: gettext_lazy("Groups"),
    ActorKind.ORGAN: gettext_lazy("Organs"),
    ActorKind.STATE: gettext_lazy("States"),
    ActorKind.ORGANISATION: gettext_lazy("Organisations"),
    ActorKind.MOVEMENT: gettext_lazy("Movements"),
    ActorKind.COMMUNITY: gettext_lazy("Communities"),
}


def kind_of(actor: Actor) -> tuple[int, Text]:
    """Return by what heading an actor is found: what it is, those likely to hold a mandate first."""
    return list(_KINDS).index(actor.kind), _KINDS[actor.kind]


def possible_parties(viewer: Any, *, is_exercise: bool) -> Any:
    """Return the actors that may be a party: no organ, no office."""
    rows = actors(viewer, is_exercise=is_exercise)
    return rows.exclude(kind__in=(ActorKind.ORGAN, ActorKind.OFFICE))


def governments(viewer: Any, *, is_exercise: bool) -> Any:
    """Return the States of one world as actors, by name."""
    return actors(viewer, is_exercise=is_exercise).filter(kind=ActorKind.STATE)


def sessions(viewer: Any, *, is_exercise: bool) -> Any:
    """Return the sessions of one world of organs that decide, the latest first."""
    rows = Session.objects.visible_to(viewer).of_world(is_exercise=is_exercise)
    deciding = Organ.objects.visible_to(viewer).deciding()
    return rows.filter(organ__in=deciding).with_names().latest_first()


def people(viewer: Any, dispute: Dispute) -> QuerySet[User]:
    """Return those whose clearance reaches a file and who may be admitted to its team."""
    return admissible_people(viewer).filter(clearance__gte=dispute.classification)


def officers(viewer: Any, *, clearance: int = 0) -> QuerySet[User]:
    """Return those who keep dispute files and are cleared for them."""
    return admissible_people(viewer).filter(role__in=_OFFICERS, clearance__gte=clearance)


def deciders(viewer: Any) -> QuerySet[User]:
    """Return those who decide in person on a visit to disputed territory."""
    return admissible_people(viewer).filter(role__in=_DECIDERS)


def other_files(viewer: Any, dispute: Dispute) -> Any:
    """Return the standing files of the same world into which a file may be merged."""
    rows = Dispute.objects.visible_to(viewer).open()
    return rows.filter(is_exercise=dispute.is_exercise, is_historical=False).exclude(pk=dispute.pk)
