"""Keys that open a door once or for a time: API tokens and invitations, kept only as hashes."""

from __future__ import annotations

import hashlib
import uuid
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken, AuthTokenManager

from accounts.models.users import is_insider
from accounts.roles import RestClient

if TYPE_CHECKING:
    from datetime import datetime


class TokenScope(models.TextChoices):
    """What a token may do with its owner's rights."""

    READ = "read", _("Read")
    WRITE = "write", _("Read and write")


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Tokens, scoped: one's own, and for a State's administrator those of the State's systems."""

    def visible_to(self, user: Any) -> Self:
        if not is_insider(user):
            return self.none()
        own = Q(user=user)
        if user.is_portal_administrator and user.delegation_id:
            own |= Q(user__delegation_id=user.delegation_id, user__role=RestClient.code)
        return self.filter(own)


ApiTokenManager = AuthTokenManager.from_queryset(ApiTokenQuerySet)


class ApiToken(AbstractAuthToken):
    """A token of the REST API: hashed, with an expiry and a scope, shown once."""

    name = models.CharField(_("what it is for"), max_length=100)
    scope = models.CharField(
        _("scope"), max_length=10, choices=TokenScope.choices, default=TokenScope.READ
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = ApiTokenManager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created"]
        constraints = [
            models.CheckConstraint(condition=Q(expiry__isnull=False), name="api_token_expires")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_expired(self) -> bool:
        return bool(self.expiry <= timezone.now())


def digest_of(key: str) -> str:
    """Return the hash under which an invitation's key is kept."""
    return hashlib.sha256(key.encode()).hexdigest()


class Invitation(models.Model):
    """A link with which an invited person chooses a password; works once and for a few days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="invitations")
    digest = models.CharField(_("hash of the key"), max_length=64, unique=True)
    invited_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return str(self.user)

    def is_open(self, at: datetime) -> bool:
        """Tell whether the link still works at the given moment."""
        return self.used_at is None and at < self.expires_at
