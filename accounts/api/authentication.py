"""API tokens: found by their hash, dead with their owner's account or a frozen delegation."""

from __future__ import annotations

import binascii
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from rest_framework.exceptions import AuthenticationFailed

from accounts.models import ApiToken, User
from accounts.models.standing_in import StandsInFor


class ApiTokenAuthentication(TokenAuthentication):
    """``Authorization: Token …``; the scope stands on ``request.auth.scope``.

    Token, owner and delegation come in one query; reading with a token writes nothing.
    """

    def authenticate_credentials(self, token: bytes) -> tuple[User, ApiToken]:
        """Return the owner and the token.

        Raises:
            AuthenticationFailed: unknown, expired, or the owner may do nothing at present.
        """
        found = self._find(token)
        if found is None:
            raise AuthenticationFailed(_("The token is not known or has expired."))
        return self.validate_user(found)

    def validate_user(self, auth_token: ApiToken) -> tuple[User, ApiToken]:
        """Refuse the token of a closed account or of a frozen delegation (Rule A2, domain.md)."""
        user = auth_token.user
        if not user.is_active or not (user.delegation is None or user.delegation.is_in_force):
            raise AuthenticationFailed(_("Please contact the General Secretariat."))
        return user, auth_token

    @staticmethod
    def _find(token: bytes) -> ApiToken | None:
        try:
            digest = hash_token(token.decode("ascii"))
        except (UnicodeDecodeError, TypeError, binascii.Error):
            return None
        rows = ApiToken.objects.filter(digest=digest)  # unscoped: the key says whose it is
        found: ApiToken | None = (
            rows.filter(expiry__gt=timezone.now())
            .select_related("user__delegation")
            .annotate(absentee_rows=StandsInFor("user_id"))
            .first()
        )
        if found is not None:
            found.user.absentee_rows = found.absentee_rows
        return found


class ApiTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the schema tells of it."""

    target_class = ApiTokenAuthentication
    name = "apiToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the OpenAPI security scheme."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "Token-based: send the header “Authorization: Token …”.",
        }
