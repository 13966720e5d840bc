"""The keeper's acts on the outbox, and what comes back from outside."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from audit.services import record
from common.changes import lock
from common.jobs import enqueue
from common.policy import require
from notifications.choices import MailState
from notifications.models import Mail
from notifications.policies import MANAGE, REPLAY
from notifications.services.telling import DELIVER

_AGAIN: dict[str, Any] = {"state": MailState.WAITING, "attempts": 0, "reply": ""}


@transaction.atomic
def replay_mail(*, actor: Any, mail: Mail) -> Mail:
    """Have one mail in trouble sent again, under the Message-ID it has always had.

    Raises:
        NotPermitted: the actor does not keep the outbox.
        Refused: it is not in trouble, or its text is not kept.
    """
    mail = lock(mail)
    require(actor, REPLAY, mail)
    Mail.objects.filter(pk=mail.pk).update(due_at=Now(), changed_at=Now(), **_AGAIN)
    enqueue(DELIVER)
    record(
        actor=actor,
        verb="notifications.mail_replayed",
        target=mail,
        changes={"state": [mail.state, MailState.WAITING]},
    )
    mail.refresh_from_db()
    return mail


@transaction.atomic
def replay_all(*, actor: Any) -> int:
    """Have every mail in trouble sent again whose words are not gone; return how many.

    Raises:
        NotPermitted: the actor does not keep the outbox.
    """
    require(actor, MANAGE)
    rows = Mail.objects.replayable().order_by("pk").select_for_update()
    keys = list(rows.values_list("pk", flat=True))
    if not keys:
        return 0
    Mail.objects.filter(pk__in=keys).update(due_at=Now(), changed_at=Now(), **_AGAIN)
    enqueue(DELIVER)
    record(actor=actor, verb="notifications.mails_replayed", target=None, number=len(keys))
    return len(keys)


@transaction.atomic
def note_bounce(*, mail_id: Any, words: str) -> bool:
    """Note that a mail came back; tell whether it is one of ours that had left.

    Args:
        mail_id: key of the mail, from its Message-ID.
        words: what the other server said.
    """
    rows = Mail.objects.filter(
        pk=mail_id, state__in=[MailState.SENT, MailState.WAITING], attempts__gt=0
    )
    return bool(
        rows.update(
            state=MailState.BOUNCED,
            reply=words[:300],
            subject="",
            text="",
            lease=None,
            leased_until=None,
            changed_at=Now(),
        )
    )
