"""Delivery: rows claimed under a lease, the recipient's right asked again, one message after another.

Nothing holds a lock while the server is spoken to. A deliverer that dies leaves a lease that runs out;
the next one sends the same row under the same Message-ID. So a notice is in the product exactly once,
and a mail arrives at least once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from common.mail import Answer, Carrier, Letter, Outcome
from notifications import letters
from notifications.choices import DropReason, MailKind, MailState
from notifications.hours import end_of_quiet
from notifications.models import Mail
from notifications.selectors import Sight, quiet_hours_of, who_may_see

BATCH = 8
#: Longer than the server may keep one message waiting (EMAIL_TIMEOUT); renewed before each message.
LEASE = timedelta(seconds=60)
#: Five seconds, doubling to four hours: some two days and a half in all.
MOST_ATTEMPTS = 25
_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(hours=4)
#: So many times in a row without a server end a run; the next wake tries again.
_MOST_AWAY = 2
_REPLY = 300


@dataclass
class Delivered:
    """What a run did: rows taken up, and messages that the server took."""

    found: int = 0
    sent: int = 0


def deliver_due(*, limit: int = 5000) -> Delivered:
    """Deliver what is due, at most so many; several may run at once.

    Args:
        limit: rows taken up in this run.
    """
    done = Delivered()
    away = 0
    with Carrier() as carrier:
        while done.found < limit and away < _MOST_AWAY:
            batch = _claim(min(BATCH, limit - done.found))
            if not batch:
                break
            done.found += len(batch)
            for mail, letter in _letters_of(batch):
                if away >= _MOST_AWAY:
                    _settle(mail)
                elif _begin(mail):
                    answer = carrier.carry(letter)
                    _finish(mail, letter, answer)
                    away = away + 1 if answer.outcome == Outcome.AWAY else 0
                    done.sent += answer.outcome == Outcome.SENT
    return done


@transaction.atomic
def _claim(count: int) -> list[Mail]:
    """Take rows that nobody holds and hold them for the time of the lease."""
    rows = Mail.objects.claimable().select_for_update(skip_locked=True).order_by("due_at", "id")
    keys = list(rows.values_list("pk", flat=True)[:count])
    if not keys:
        return []
    Mail.objects.filter(pk__in=keys).update(lease=uuid4(), leased_until=Now() + LEASE)
    held = Mail.objects.filter(pk__in=keys).select_related("notice").order_by("due_at", "id")
    return list(held.annotate(now=Now()))


# The recipient's right --------------------------------------------------------------------------


def _letters_of(batch: Sequence[Mail]) -> list[tuple[Mail, Letter]]:
    """Compose what may be sent now; drop or put off the rest."""
    users: Any = get_user_model()._default_manager
    people = users.in_bulk([mail.user_id for mail in batch if mail.user_id])
    for mail in batch:
        mail.user = people.get(mail.user_id)
    notices = [mail.notice for mail in batch if mail.notice and mail.notice.subject_id]
    seen = who_may_see(
        (people[notice.recipient_id], notice.subject_label, notice.subject_id)
        for notice in notices
        if notice.subject_id
    )
    quiet = quiet_hours_of(people.values())
    ready = []
    for mail in batch:
        reason = _reason_to_drop(mail, seen)
        wakes_at = end_of_quiet(_now(mail), *quiet.get(mail.user_id, (None, None)))
        if reason:
            _settle(mail, state=MailState.DROPPED, dropped_because=reason)
        elif mail.kind == MailKind.NOTICE and wakes_at:
            _settle(mail, due_at=wakes_at)
        elif letter := letters.compose(mail):
            ready.append((mail, letter))
        else:
            _settle(mail, state=MailState.DROPPED, dropped_because=DropReason.READ_ALREADY)
    return ready


def _now(mail: Mail) -> datetime:
    """Return the database's clock at the time of the claim."""
    now: datetime = mail.now  # type: ignore[attr-defined]
    return now


def _reason_to_drop(mail: Mail, seen: set[Sight]) -> DropReason | None:
    if mail.user is not None and not mail.user.is_active:
        return DropReason.NO_LONGER_ACTIVE
    if mail.expires_at and mail.expires_at <= _now(mail):
        return DropReason.TOO_OLD
    notice = mail.notice
    if notice is None:
        return None
    if notice.is_read:
        return DropReason.READ_ALREADY
    sight = (notice.recipient_id, notice.subject_label, notice.subject_id)
    is_seen = not notice.subject_label or sight in seen
    if mail.user is None or not is_seen or notice.classification > mail.user.clearance:
        return DropReason.NO_LONGER_SEEN
    return None


# The row ----------------------------------------------------------------------------------------


def _begin(mail: Mail) -> bool:
    """Hold the row for one attempt; another has it when the lease ran out meanwhile."""
    held = _held(mail).filter(leased_until__gt=Now())
    return bool(held.update(attempts=F("attempts") + 1, leased_until=Now() + LEASE))


def _finish(mail: Mail, letter: Letter, answer: Answer) -> None:
    """Write down what became of an attempt."""
    attempt = mail.attempts + 1
    words = answer.words[:_REPLY]
    if answer.outcome == Outcome.SENT:
        _settle(mail, state=MailState.SENT, to=letter.to, reply="")
    elif answer.outcome == Outcome.REFUSED:
        _settle(mail, state=MailState.REFUSED, to=letter.to, reply=words)
    elif attempt >= MOST_ATTEMPTS:
        _settle(mail, state=MailState.DEAD, to=letter.to, reply=words)
    else:
        _settle(mail, due_at=Now() + wait_after(mail.pk, attempt), to=letter.to, reply=words)


def _settle(mail: Mail, **values: Any) -> None:
    """Let go of the row; a mail that does not wait any more loses its text."""
    if "state" in values:
        values |= {"subject": "", "text": ""}
    _held(mail).update(lease=None, leased_until=None, changed_at=Now(), **values)


def _held(mail: Mail) -> Any:
    return Mail.objects.filter(pk=mail.pk, lease=mail.lease)


def wait_after(pk: UUID, attempt: int) -> timedelta:
    """Return how long to wait after an attempt: doubled each time, spread by the row's own key.

    Args:
        pk: key of the mail; the same mail always waits the same time.
        attempt: 1 for the first.
    """
    longest = min(_FIRST_WAIT * 2 ** min(attempt - 1, 20), _LONGEST_WAIT)
    digest = hashlib.sha256(f"{pk}:{attempt}".encode()).digest()
    spread = 0.5 + digest[0] / 510
    return timedelta(seconds=longest.total_seconds() * spread)
