"""Dated object grants: the only module that touches django-guardian's rows.

Grants are written through guardian to groups only (a State's, a team's, each person's group of
one, the standing group of open files) into a direct-foreign-key table per root that also carries
``valid_from``, ``valid_to``, ``reason`` and ``granted_by``. They are read with one semi-join that
names the person's groups and honours the dates on the database's clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import models
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase
from guardian.shortcuts import assign_perm, remove_perm

from common.clock import Today

OPEN_FILES_GROUP = "staff:open-files"
_PERSON = "user"


class DatedGroupGrant(GroupObjectPermissionBase):
    """Abstract: a guardian group grant with its dates, its reason and who gave it."""

    valid_from = models.DateField(_("valid from"), db_default=Today())
    valid_to = models.DateField(_("valid to (last day)"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    granted_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    granted_at = models.DateTimeField(_("granted at"), auto_now_add=True)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = True


def in_force() -> Q:
    """Return the condition that a grant's dates include today (first and last day included)."""
    return Q(valid_from__lte=Today()) & (Q(valid_to__isnull=True) | Q(valid_to__gte=Today()))


def granted_ids(grant_label: str, codename: str, user: Any) -> QuerySet[Any, Any]:
    """Return a subquery of the ids granted to the person's groups and in force today."""
    manager: Any = apps.get_model(grant_label)._default_manager
    permission = Permission.objects.filter(codename=codename).values("pk")[:1]
    ids: QuerySet[Any, Any] = (
        manager.filter(in_force(), permission=permission, group__in=_groups_of(user))
        .order_by()
        .values("content_object_id")
    )
    return ids


def learn_groups(user: Any) -> None:
    """Read the person's groups, so that what follows names them by their keys (ADR 0009).

    Asked for before a list: only from the keys does the planner know whether the person sees ten
    files or ten thousand, and begins with the grants or with the list. For one object it begins with
    the grants in any case; and whoever sees all files needs no grant.
    """
    if not user.sees_all_files:
        prefetch_related_objects([user], "groups")


def _groups_of(user: Any) -> Any:
    if "groups" in getattr(user, "_prefetched_objects_cache", {}):
        return [group.pk for group in user.groups.all()]
    return user.groups.through.objects.filter(user=user.pk).values("group")


def grant(
    *,
    codename: str,
    group: Group,
    obj: models.Model,
    valid_from: date,
    valid_to: date | None,
    reason: str,
    granted_by: Any,
) -> DatedGroupGrant:
    """Grant `codename` on `obj` to a group for the given days, or re-date the standing grant.

    Args:
        valid_from: first day of the right.
        valid_to: last day of the right; None while it is open-ended.
        reason: in words, shown on "who may see this file, and why".
    """
    row: Any = assign_perm(codename, group, obj)
    row.valid_from, row.valid_to = valid_from, valid_to
    row.reason, row.granted_by = reason, granted_by
    row.full_clean(exclude=["granted_by"])
    row.save()
    given: DatedGroupGrant = row
    return given


def revoke(*, codename: str, group: Group, obj: models.Model) -> None:
    """Take the grant away; the act itself stays in the audit record."""
    remove_perm(codename, group, obj)


@dataclass(frozen=True)
class Loan:
    """The rights of one person that go to another for some days, both included."""

    lender: Any
    first_day: date
    last_day: date


def lend(
    *, grant_label: str, loans: Iterable[Loan], to: Group, within: Q, reason: str, granted_by: Any
) -> tuple[set[Any], set[Any]]:
    """Bring the grants of a group in step with those that some persons have in their own name.

    The group gets each grant for the days on which both the loan and the grant itself hold, and
    loses those that are lent no longer. Three statements, however many objects.

    Args:
        grant_label: the model of the grants.
        loans: whose rights, for which days.
        to: a group that holds lent rights and nothing else.
        within: condition on the grants; what it leaves out is not lent.
        reason: shown on "who may see this file, and why".
        granted_by: who acts; None for the house.

    Returns:
        keys of the objects on which something was granted or re-dated, and revoked.
    """
    model: Any = apps.get_model(grant_label)
    wanted = _lent(model, loans, within)
    standing = {
        (row.permission_id, row.content_object_id): row for row in model.objects.filter(group=to)
    }
    gone = [row for key, row in standing.items() if key not in wanted]
    changed = [
        key
        for key, days in wanted.items()
        if key not in standing or (standing[key].valid_from, standing[key].valid_to) != days
    ]
    model.objects.filter(pk__in=[row.pk for row in gone]).delete()
    model.objects.bulk_create(
        [
            model(
                group=to,
                permission_id=key[0],
                content_object_id=key[1],
                valid_from=wanted[key][0],
                valid_to=wanted[key][1],
                reason=reason,
                granted_by=granted_by,
            )
            for key in changed
        ],
        update_conflicts=True,
        unique_fields=["group", "permission", "content_object"],
        update_fields=["valid_from", "valid_to"],
    )
    return {key[1] for key in changed}, {row.content_object_id for row in gone}


def _lent(model: Any, loans: Iterable[Loan], within: Q) -> dict[tuple[Any, Any], tuple[date, date]]:
    """Return permission and object of all that is lent, with the days; of two, the longer."""
    by_group = {f"{_PERSON}:{loan.lender}": loan for loan in loans}
    lent = []
    for row in model.objects.filter(within, group__name__in=by_group).select_related("group"):
        loan = by_group[row.group.name]
        days = (
            max(loan.first_day, row.valid_from),
            min(loan.last_day, row.valid_to or loan.last_day),
        )
        lent.append(((row.permission_id, row.content_object_id), days))
    lent.sort(key=lambda one: (one[1][1] - one[1][0], one[1]))
    return {key: (first, last) for key, (first, last) in lent if first <= last}


def group_of(kind: str, pk: Any) -> Group:
    """Return the standing group of a person (``user``), a team (``team``) or a State (``state``)."""
    return Group.objects.get_or_create(name=f"{kind}:{pk}")[0]


def open_files_group() -> Group:
    """Return the group of all staff who see files classified open."""
    return Group.objects.get_or_create(name=OPEN_FILES_GROUP)[0]
