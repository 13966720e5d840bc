"""Who may see a file, and why: every grant with its dates, and the roles that need none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Absence, User
from accounts.roles import ROLES
from accounts.services.groups import ABSENCE_GROUP
from cases.choices import GrantReason
from cases.models import Dispute, DisputeGroupGrant
from cases.models.disputes import TEAM, VIEW
from common.errors import Text
from common.grants import OPEN_FILES_GROUP, in_force
from institutions.models import Actor

_REASONS: dict[str, Text] = dict(GrantReason.choices)


@dataclass(frozen=True)
class Seer:
    """One line: who, what they see, why, and from when to when."""

    who: Text
    what: Text
    why: Text
    valid_from: date | None = None
    valid_to: date | None = None


def who_may_see(dispute: Dispute) -> list[Seer]:
    """Return everybody who may see the file today, and why; at most six queries."""
    grants = list(
        DisputeGroupGrant.objects.filter(in_force(), content_object=dispute)
        .select_related("group", "permission")
        .order_by("valid_from", "id")
    )
    names = _names_of(grants)
    team = {grant.group_id for grant in grants if grant.permission.codename == TEAM}
    shown = [grant for grant in grants if grant.permission.codename == VIEW]
    return [
        *_by_role(dispute),
        *_for_the_absent(dispute),
        *(_line(grant, names, grant.group_id in team) for grant in shown),
    ]


def _by_role(dispute: Dispute) -> list[Seer]:
    roles = [role.code for role in ROLES.values() if role.sees_all_files]
    people = User.objects.filter(
        role__in=roles,
        is_active=True,
        clearance__gte=dispute.classification,
        is_exercise=dispute.is_exercise,
    ).values_list("role", flat=True)
    present = set(people)
    return [
        Seer(
            who=ROLES[code].label,
            what=_("the whole file")
            if ROLES[code].sees_team_parts
            else _("the file, no team parts"),
            why=_("by office, up to the clearance"),
        )
        for code in roles
        if code in present
    ]


def _for_the_absent(dispute: Dispute) -> list[Seer]:
    """Return those who see the file because they stand in for somebody who sees all files."""
    people = User.objects.filter(
        pk__in=Absence.objects.today().values("stand_in"),
        is_active=True,
        clearance__gte=dispute.classification,
        is_exercise=dispute.is_exercise,
    )
    return [
        Seer(
            who=person.display_name,
            what=_("the whole file") if person.sees_team_parts else _("the file, no team parts"),
            why=_stands_in_for(away.display_name for away in person.absentees),
        )
        for person in people
        if person.sees_all_files and not person.kind.sees_all_files
    ]


def _stands_in_for(names: Iterable[str]) -> str:
    return _("stands in for %(people)s") % {
        "people": pgettext("between the items of a list", ", ").join(names)
    }


def _names_of(grants: list[DisputeGroupGrant]) -> dict[str, str]:
    keys: dict[str, list[UUID]] = {"user": [], "state": [], ABSENCE_GROUP: []}
    for grant in grants:
        kind, _colon, key = grant.group.name.partition(":")
        if kind in keys:
            keys[kind].append(UUID(key))
    names = {
        f"user:{person.pk}": person.display_name
        for person in User.objects.filter(pk__in=keys["user"])
    }
    names |= {
        f"state:{actor.pk}": str(actor) for actor in Actor.objects.filter(pk__in=keys["state"])
    }
    absences = Absence.objects.filter(pk__in=keys[ABSENCE_GROUP]).select_related("user", "stand_in")
    for absence in absences if keys[ABSENCE_GROUP] else ():
        group = f"{ABSENCE_GROUP}:{absence.pk}"
        names[group] = absence.stand_in.display_name
        names[f"{group}:why"] = _stands_in_for([absence.user.display_name])
    return names


def _line(grant: Any, names: dict[str, str], is_team: bool) -> Seer:
    group = grant.group.name
    if group == OPEN_FILES_GROUP:
        return Seer(
            _("All case officers and the registry"),
            _("the file, no team parts"),
            GrantReason.OPEN_FILE.label,
        )
    if group.startswith("state:"):
        what: Text = _("what was shared")
    else:
        what = _("the whole file") if is_team else _("the file, no team parts")
    return Seer(
        who=names.get(group, group),
        what=what,
        why=names.get(f"{group}:why") or _REASONS.get(grant.reason, grant.reason),
        valid_from=grant.valid_from,
        valid_to=grant.valid_to,
    )
