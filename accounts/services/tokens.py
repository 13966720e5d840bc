"""API tokens: shown once, kept as a hash, scoped, and never for longer than a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ApiToken, User
from accounts.models.tokens import TokenScope
from audit.services import record
from common.errors import Refused
from common.policy import require

LONGEST_DAYS = 365


@dataclass(frozen=True)
class NewToken:
    """A token with its text, which exists only in this answer."""

    token: ApiToken
    text: str


@transaction.atomic
def create_token(
    *,
    actor: User,
    user: User | None = None,
    name: str,
    scope: str,
    days: int,
    used: ApiToken | None = None,
) -> NewToken:
    """Make a token for oneself, or for a system of one's own State as its portal administrator.

    Args:
        actor: who will see the text of the token.
        user: the account it acts for; the actor's own when omitted.
        name: what it is for, in words.
        scope: ``read`` or ``write``.
        days: 1 to 365.
        used: the token with which the request came; what it makes outlives and outdoes it never.

    Raises:
        NotPermitted: the token would act for another person.
        Refused: it would last too long, or pass the token in use.
    """
    user = user or actor
    require(actor, "accounts.create_token", user)
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(
            "token_too_long",
            _("A token lasts from 1 to %(days)d days.") % {"days": LONGEST_DAYS},
            field="days",
        )
    expiry = timedelta(days=days)
    if used is not None and (
        timezone.now() + expiry > used.expiry or _does_more(scope, used.scope)
    ):
        raise Refused(
            "token_beyond_its_maker",
            _("A token made with a token neither outlives it nor may do more."),
            field="days",
        )
    token, text = ApiToken.objects.create(user=user, expiry=expiry, name=name, scope=scope)
    token.full_clean()
    record(
        actor=actor,
        verb="accounts.token_created",
        target=user,
        token=token.public_id,
        scope=scope,
        expires=token.expiry,
    )
    return NewToken(token, text)


@transaction.atomic
def revoke_token(*, actor: User, token: ApiToken) -> None:
    """Delete a token; the next request with it is refused.

    Raises:
        NotPermitted: it is another person's.
    """
    require(actor, "accounts.revoke_token", token)
    user, public_id = token.user, token.public_id
    token.delete()
    record(actor=actor, verb="accounts.token_revoked", target=user, token=public_id)


def _does_more(scope: str, than: str) -> bool:
    return scope == TokenScope.WRITE and than == TokenScope.READ
