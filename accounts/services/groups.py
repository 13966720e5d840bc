"""The groups through which dated grants reach a person (architecture.md § 4, "grant")."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db.models import Q

from accounts.models import Absence, User
from common.grants import OPEN_FILES_GROUP, group_of, open_files_group

ABSENCE_GROUP = "absence"

#: Memberships that follow from the account; a team's are kept by the file's own services.
_KEPT_HERE = Q(name__startswith="user:") | Q(name__startswith="state:") | Q(name=OPEN_FILES_GROUP)


def sync_groups(*, user: User) -> None:
    """Bring the person's standing groups in step with the account, inside the caller's transaction.

    Each person has a group of one; a State's users share the State's group; staff whose role sees
    files classified open are in the standing group of those. Memberships of teams are left alone.
    """
    wanted: set[Group] = {group_of("user", user.pk)}
    if user.state_actor_id is not None:
        wanted.add(group_of("state", user.state_actor_id))
    if user.kind.sees_open_files:
        wanted.add(open_files_group())
    present = set(user.groups.filter(_KEPT_HERE))
    user.groups.remove(*(present - wanted))
    user.groups.add(*(wanted - present))


def sync_absence_group(*, absence: Absence) -> None:
    """Let the stand-in, and nobody else, be in the group that carries the rights of an absence.

    A group of its own keeps those rights apart from what the stand-in has anyway: a grant that
    stands in its own name is neither cut nor prolonged by the days of somebody else's absence.
    """
    group = group_of(ABSENCE_GROUP, absence.pk)
    group.user_set.set([] if absence.is_called_off else [absence.stand_in])
