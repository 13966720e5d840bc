"""The one way to see: ``Model.objects.visible_to(user)``.

Three filters in one query: need-to-know (a role that sees all, or a dated grant), classification
against the person's clearance, and audience. Roots carry grants; children follow their root by
``scope_path`` and are cut further. Whatever is not visible does not exist for that person.
"""

from __future__ import annotations

from typing import Any, ClassVar, Protocol, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q

from common.choices import Audience
from common.grants import granted_ids


class Viewer(Protocol):
    """What scoping needs to know of a person; ``accounts.User`` answers it from the role."""

    pk: Any
    is_active: bool
    clearance: int
    is_exercise: bool

    @property
    def is_authenticated(self) -> bool: ...
    @property
    def may_see_files(self) -> bool: ...
    @property
    def sees_all_files(self) -> bool: ...
    @property
    def sees_team_parts(self) -> bool: ...
    @property
    def is_secretariat(self) -> bool: ...
    @property
    def state_actor_id(self) -> UUID | None: ...


def is_reader(user: Any) -> bool:
    """Tell whether the person may see any file at all (active, logged in, a role with files)."""
    return bool(getattr(user, "is_authenticated", False) and user.is_active and user.may_see_files)


class ScopedQuerySet(models.QuerySet[Any]):
    """Base of every scoped queryset; an unscoped model says so instead of inheriting it."""

    def visible_to(self, user: Any) -> Self:
        """Return the rows this person may see; none for a stranger."""
        raise NotImplementedError(f"{self.model.__name__} does not say who sees it")


class RootQuerySet(ScopedQuerySet):
    """A root of scoping: has ``classification``, ``is_exercise`` and a grant model.

    ``grant_label`` names the direct-foreign-key group-grant model; ``view_codename`` and
    ``team_codename`` the two permissions that a grant may carry.
    """

    grant_label: ClassVar[str]
    view_codename: ClassVar[str]
    team_codename: ClassVar[str]

    def visible_to(self, user: Any) -> Self:
        if not is_reader(user):
            return self.none()
        rows = self.filter(self.world_of(user), classification__lte=user.clearance)
        if user.sees_all_files:
            return rows
        return rows.filter(pk__in=granted_ids(self.grant_label, self.view_codename, user))

    def world_of(self, user: Any) -> Q:
        """Restrict to the person's world (architecture.md § 5)."""
        return Q(is_exercise=user.is_exercise)

    def of_team(self, user: Any) -> Self:
        """Return the roots of which the person is a team member (officer, team, granted mediator)."""
        return self.filter(pk__in=granted_ids(self.grant_label, self.team_codename, user))

    def with_party(self, actor_id: UUID | None) -> Self:
        """Return the roots to which the State or other actor is a party."""
        raise NotImplementedError


class ChildQuerySet(ScopedQuerySet):
    """A child of a root: names the path to it and is cut by classification and audience.

    ``scope_path`` is the lookup from the child to its root. ``has_classification`` and
    ``has_audience`` say which of the two columns the child carries; without an audience column
    ``default_audience`` holds for every row.
    """

    scope_path: ClassVar[str]
    root_label: ClassVar[str]
    has_classification: ClassVar[bool] = False
    has_audience: ClassVar[bool] = False
    default_audience: ClassVar[Audience] = Audience.SECRETARIAT
    party_actor_path: ClassVar[str] = "audience_party__actor"

    def visible_to(self, user: Any) -> Self:
        if not is_reader(user):
            return self.none()
        roots = apps.get_model(self.root_label)._default_manager.visible_to(user)
        rows = self.filter(**{f"{self.scope_path}__in": roots.order_by().values("pk")})
        return rows.read_by(user)

    def read_by(self, user: Any) -> Self:
        """Return what the person reads of roots that were found visible; cut, but not scoped."""
        rows = self.filter(self.audience_of(user))
        return rows.filter(classification__lte=user.clearance) if self.has_classification else rows

    def audience_of(self, user: Any) -> Q:
        """Return the condition on the audience that this person fulfils."""
        if not self.has_audience:
            condition = self._reads(user, self.default_audience)
            return Q(pk__in=[]) if condition is None else condition
        seen = Q()
        for audience in Audience:
            condition = self._reads(user, audience)
            if condition is not None:
                seen |= Q(audience=audience) & condition
        return seen

    def _reads(self, user: Any, audience: Audience) -> Q | None:
        """Return on which rows of `audience` the person reads (None: on none)."""
        everything = Q()
        if audience == Audience.SHARED:
            return everything
        if audience == Audience.TEAM:
            return everything if user.sees_team_parts else self._in_roots("of_team", user)
        if user.is_secretariat:
            return everything
        if audience == Audience.SECRETARIAT:
            return None
        if user.state_actor_id is None:  # a granted mediator: bound by the file, not by a State
            return self._in_roots("of_team", user)
        if audience == Audience.PARTIES:
            return self._in_roots("with_party", user.state_actor_id)
        return Q(**{self.party_actor_path: user.state_actor_id})

    def _in_roots(self, method: str, argument: Any) -> Q:
        manager = apps.get_model(self.root_label)._default_manager
        roots = getattr(manager, method)(argument)
        return Q(**{f"{self.scope_path}__in": roots.order_by().values("pk")})


def may_see(label: str, pk: Any, user: Any) -> bool:
    """Tell whether the person sees the object named by its model's label and key."""
    manager: Any = apps.get_model(label)._default_manager
    return bool(manager.visible_to(user).filter(pk=pk).exists())
