"""Keys of calendar feeds: made by their owner, shown once, kept as a hash, revoked at any time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import FeedToken, User
from accounts.models.tokens import digest_of
from audit.services import record
from common.changes import lock
from common.errors import Refused
from common.policy import require


@dataclass(frozen=True)
class NewFeed:
    """A key of a feed with its text, which exists only in this answer."""

    token: FeedToken
    text: str


@transaction.atomic
def create_feed(*, actor: User, name: str) -> NewFeed:
    """Make the key of a calendar feed for oneself.

    Args:
        actor: whose calendar it opens; nobody makes a key for another.
        name: which calendar is to read it, in words.

    Raises:
        NotPermitted: the person keeps no calendar here.
    """
    require(actor, "accounts.keep_feed")
    text = secrets.token_urlsafe(32)
    token = FeedToken(user=actor, digest=digest_of(text), name=name)
    token.full_clean(exclude=["user"])
    token.save(force_insert=True)
    record(actor=actor, verb="accounts.feed_created", target=actor, feed=token.pk)
    return NewFeed(token, text)


@transaction.atomic
def revoke_feed(*, actor: User, token: FeedToken) -> FeedToken:
    """Revoke a key: the next reading of its address finds nothing.

    Raises:
        NotPermitted: it is another person's.
        Refused: it was revoked already.
    """
    token = lock(token)
    require(actor, "accounts.keep_feed", token)
    if token.revoked_at is not None:
        raise Refused("feed_revoked_already", _("This address was revoked already."))
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    record(actor=actor, verb="accounts.feed_revoked", target=token.user, feed=token.pk)
    return token
