"""Log-ins, failed ones, log-outs and passwords: put on record, and ended where they must end."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import ApiToken, FeedToken, User
from audit.services import record


@transaction.atomic
def note_log_in(*, actor: User, address: str) -> None:
    """Record that a person logged in, and from which address."""
    record(actor=actor, verb="accounts.logged_in", target=actor, address=address)


@transaction.atomic
def note_failed_log_in(*, email: str, address: str) -> None:
    """Record a wrong password or an unknown name; a name nobody bears is not kept.

    People type passwords into the wrong field (ASVS 16.2.5), so only an existing account is named.
    """
    user = User.objects.filter(email=email.strip().lower()).first()
    record(actor=None, verb="accounts.log_in_failed", target=user, address=address)


@transaction.atomic
def note_log_out(*, actor: User) -> None:
    """Record that a person logged out."""
    record(actor=actor, verb="accounts.logged_out", target=actor)


@transaction.atomic
def set_password(*, actor: User | None, user: User, password: str) -> User:
    """Set a person's password; every session begun with the old one ends.

    Args:
        actor: who acts; None when the person proved themselves by a link from their mail box.
        user: whose password.
        password: already accepted by the validators.
    """
    user.set_password(password)
    user.save(update_fields=["password", "updated_at"])
    record(actor=actor, verb="accounts.password_changed", target=user)
    return user


def end_all_access(*, users: list[User]) -> None:
    """End every session, API token and calendar feed of these accounts, in the caller's transaction."""
    keys = [user.pk for user in users]
    User.objects.filter(pk__in=keys).update(session_epoch=F("session_epoch") + 1)
    ApiToken.objects.filter(user__in=keys).delete()
    feeds = FeedToken.objects.filter(user__in=keys, revoked_at__isnull=True)
    feeds.update(revoked_at=timezone.now())
