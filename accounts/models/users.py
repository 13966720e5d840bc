"""Users, units and proposals to change a role."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import roles
from accounts.models.standing_in import StandsInFor
from common.choices import Classification
from common.errors import Text
from common.models import TranslatedNameModel, VersionedModel
from common.text import validate_plain_name


def is_insider(user: Any) -> bool:
    """Tell whether the person is logged in and active."""
    return bool(getattr(user, "is_authenticated", False) and user.is_active)


class UnitQuerySet(models.QuerySet["Unit"]):
    """Units, scoped: known inside the house, unknown to a State's users and to mediators."""

    def visible_to(self, user: Any) -> Self:
        if is_insider(user) and (user.is_secretariat or user.has_power("accounts.read_users")):
            return self
        return self.none()


class Unit(TranslatedNameModel, VersionedModel):
    """A unit of the General Secretariat with its head."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(_("code"), max_length=20, unique=True)
    head = models.ForeignKey(
        "accounts.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="headed_units",
        verbose_name=_("head"),
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_en="", name_fr="", name_ar=""),
                name="unit_has_a_name",
                violation_error_message=_("Give the name in one language at least."),
            )
        ]


class UserQuerySet(models.QuerySet["User"]):
    """Accounts, scoped."""

    def visible_to(self, user: Any) -> Self:
        """Return the accounts whose entry the person may open.

        Administrators and auditors see all accounts; Secretariat staff the staff of their world; a
        State's users their own delegation; everybody themselves.
        """
        if not is_insider(user):
            return self.none()
        if user.has_power("accounts.read_users"):
            return self
        own = Q(pk=user.pk)
        if user.is_secretariat:
            staff = Q(role__in=roles.STAFF_ROLES, is_exercise=user.is_exercise)
            return self.filter(own | staff)
        if user.delegation_id:
            return self.filter(own | Q(delegation_id=user.delegation_id))
        return self.filter(own)


@dataclass(frozen=True)
class Absentee:
    """Somebody who is away today, as the person who stands in needs to know them."""

    id: UUID
    role: str
    clearance: int
    full_name: str
    full_name_ar: str

    @property
    def kind(self) -> type[roles.Role]:
        return roles.ROLES[self.role]

    @property
    def display_name(self) -> str:
        return name_in_script(self.full_name, self.full_name_ar)


def name_in_script(name: str, name_ar: str) -> str:
    """Return a person's name in the reader's script, where it is known."""
    return name_ar if name_ar and (get_language() or "").startswith("ar") else name


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Finds people by their e-mail address, whatever its capitals, with what their rights hang on."""

    def get_queryset(self) -> UserQuerySet:
        """Bring along a State's delegation, and those for whom the person stands in today."""
        rows: UserQuerySet = super().get_queryset().select_related("delegation")
        return rows.annotate(absentee_rows=StandsInFor("pk"))

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the account of an address."""
        found: User = self.get(email=(username or "").lower())
        return found


class User(AbstractBaseUser, PermissionsMixin, VersionedModel):  # type: ignore[django-manager-missing] # knox is untyped
    """A person, or the account of a ministry's system. One role each; powers of a State apart.

    Raising `session_epoch` ends every session of the account at once, wherever sessions are kept.
    """

    #: Who may read the record of an account, beside its owner (audit.selectors).
    record_power: ClassVar[str] = "accounts.manage_users"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("name"), max_length=150, validators=[validate_plain_name])
    full_name_ar = models.CharField(
        _("name in Arabic"), max_length=150, blank=True, validators=[validate_plain_name]
    )
    job_title = models.CharField(
        _("function"), max_length=150, blank=True, validators=[validate_plain_name]
    )
    role = models.CharField(_("role"), max_length=30, choices=roles.CHOICES)
    clearance = models.PositiveSmallIntegerField(
        _("clearance"), choices=Classification.choices, default=Classification.OPEN
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="members", verbose_name=_("unit")
    )
    delegation = models.ForeignKey(
        "accounts.Delegation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="users",
        verbose_name=_("delegation"),
    )
    is_portal_administrator = models.BooleanField(
        _("adds and removes the State's own users"), default=False
    )
    is_authorised_signatory = models.BooleanField(
        _("confirms and ends the State's consent"), default=False
    )
    language = models.CharField(
        _("language"),
        max_length=2,
        blank=True,
        choices=[("en", "English"), ("fr", "Français"), ("ar", "العربية")],
    )
    is_exercise = models.BooleanField(_("belongs to the exercise"), default=False)
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    deactivated_at = models.DateTimeField(_("deactivated at"), null=True, blank=True)
    deactivated_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("deactivated by"),
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name", "role"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["full_name"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(
                condition=Q(is_superuser=False),
                name="user_no_superuser",
                violation_error_message=_("No account stands above the rules of the house."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=roles.STATE_ROLES, delegation__isnull=False)
                | Q(~Q(role__in=roles.STATE_ROLES), delegation__isnull=True),
                name="user_delegation_goes_with_role",
                violation_error_message=_(
                    "A State's user belongs to a delegation, and nobody else does."
                ),
            ),
            models.CheckConstraint(
                condition=Q(role__in=roles.STATE_ROLES)
                | Q(is_portal_administrator=False, is_authorised_signatory=False),
                name="user_powers_of_a_state_go_with_role",
                violation_error_message=_("Only a State's user holds a power of the State."),
            ),
            models.CheckConstraint(
                condition=Q(
                    is_active=True, deactivated_at__isnull=True, deactivated_by__isnull=True
                )
                | Q(is_active=False, deactivated_at__isnull=False, deactivated_by__isnull=False),
                name="user_deactivated_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def clean(self) -> None:
        self.email = self.email.lower()

    def get_session_auth_hash(self) -> str:
        return f"{super().get_session_auth_hash()}.{self.session_epoch}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for older in super().get_session_auth_fallback_hash():
            yield f"{older}.{self.session_epoch}"

    @property
    def kind(self) -> type[roles.Role]:
        return roles.ROLES[self.role]

    @property
    def role_label(self) -> Text:
        return self.kind.label

    @property
    def display_name(self) -> str:
        """Return the person's name in the reader's script, where it is known."""
        return name_in_script(self.full_name or self.email, self.full_name_ar)

    @cached_property
    def absentees(self) -> tuple[Absentee, ...]:
        """Return those for whom the person stands in today, on the database's clock.

        Whoever was read by the manager knows them already; anybody else asks once.
        """
        rows = self.__dict__.get("absentee_rows")
        if rows is None:
            found = User.objects.filter(pk=self.pk).values_list("absentee_rows", flat=True)
            rows = found.first() or []
        return tuple(Absentee(**{**row, "id": UUID(row["id"])}) for row in rows)

    def has_power(self, power: str, *, apart_from: Any = None) -> bool:
        """Tell whether the active person's role covers `power`, or one that they stand in for.

        Args:
            power: ``app.verb_object``.
            apart_from: the key of whoever did the first half of an act of two persons: a power
                borrowed from them would make both halves theirs, so it does not count.
        """
        return self.has_own_power(power) or (
            self.is_active
            and roles.is_lent(power)
            and any(power in away.kind.powers for away in self.absentees if away.id != apart_from)
        )

    def has_own_power(self, power: str) -> bool:
        """Tell whether the person's own role covers `power`, whoever else is away."""
        return self.is_active and power in self.kind.powers

    @property
    def powers(self) -> list[str]:
        """Return all that the person may do today, lent powers among them, in order."""
        lent = {power for away in self.absentees for power in away.kind.powers}
        return sorted(self.kind.powers | {power for power in lent if roles.is_lent(power)})

    @property
    def may_see_files(self) -> bool:
        if not self.kind.may_see_files():
            return False
        return self.delegation is None or self.delegation.is_in_force

    @property
    def sees_all_files(self) -> bool:
        return self.kind.sees_all_files or any(
            away.kind.sees_all_files for away in self._lending_sight
        )

    @property
    def sees_team_parts(self) -> bool:
        return self.kind.sees_team_parts or any(
            away.kind.sees_team_parts for away in self._lending_sight
        )

    @property
    def _lending_sight(self) -> Iterator[Absentee]:
        """Yield the absent persons who see as high as this one: nobody lends more than they have."""
        return (away for away in self.absentees if away.clearance >= self.clearance)

    @property
    def is_secretariat(self) -> bool:
        return self.kind.side is roles.Side.SECRETARIAT

    @property
    def state_actor_id(self) -> UUID | None:
        """Return the State the person speaks for (its actor's key), if any."""
        return self.delegation.state_id if self.delegation else None


class RoleChangeQuerySet(models.QuerySet["RoleChange"]):
    """Proposals, scoped: seen by those who propose and approve, and by the person concerned."""

    def visible_to(self, user: Any) -> Self:
        if not is_insider(user):
            return self.none()
        if any(
            user.has_power(f"accounts.{act}")
            for act in ("manage_users", "approve_role", "read_users")
        ):
            return self
        return self.filter(user=user)

    def open(self) -> Self:
        """Return those that wait for a second person."""
        return self.filter(decided_at__isnull=True)


class RoleChange(models.Model):
    """A proposed change of role: takes effect only when a second person approves it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="role_changes")
    old_role = models.CharField(_("role before"), max_length=30, choices=roles.CHOICES)
    new_role = models.CharField(_("role after"), max_length=30, choices=roles.CHOICES)
    reason = models.CharField(_("reason"), max_length=300)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed at"), auto_now_add=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    is_approved = models.BooleanField(_("approved"), null=True, blank=True)

    objects = RoleChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of role")
        verbose_name_plural = _("changes of role")
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(decided_at__isnull=True),
                name="role_change_one_open",
                violation_error_message=_("A change of role already waits for a second person."),
            ),
            models.CheckConstraint(
                condition=~Q(proposed_by=models.F("user"))
                & (
                    Q(decided_by__isnull=True)
                    | ~Q(decided_by=models.F("proposed_by")) & ~Q(decided_by=models.F("user"))
                ),
                name="role_change_two_persons",
                violation_error_message=_(
                    "A change of role needs two persons, neither of them the one concerned."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    decided_at__isnull=True, decided_by__isnull=True, is_approved__isnull=True
                )
                | Q(decided_at__isnull=False, decided_by__isnull=False, is_approved__isnull=False),
                name="role_change_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.old_role} → {self.new_role}"
