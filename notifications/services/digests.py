"""The daily digest: one mail a person and day, of what no digest has told before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from common.jobs import enqueue
from notifications.choices import MailChoice, MailKind
from notifications.models import Mail, Notice
from notifications.selectors import digests_due
from notifications.services.telling import DELIVER

_BATCH = 500


def send_digests(*, on: date) -> int:
    """Queue the digests of a day for all to whom one is due; return how many were new.

    However often it runs, and after whatever outage, a person has one digest a day.
    """
    users = list(digests_due(on))
    return sum(
        write_digests(users=users[start : start + _BATCH], on=on)
        for start in range(0, len(users), _BATCH)
    )


@transaction.atomic
def write_digests(*, users: Sequence[Any], on: date) -> int:
    """Queue one digest for each person, and note which notices it tells of."""
    mails = [
        Mail(
            key=f"digest:{user.pk}:{on}",
            kind=MailKind.DIGEST,
            user=user,
            to=user.email,
            digest_on=on,
        )
        for user in users
    ]
    Mail.objects.bulk_create(mails, ignore_conflicts=True)
    new = Mail.objects.filter(pk__in=[mail.pk for mail in mails])
    told = list(new.values_list("user_id", flat=True))
    Notice.objects.waiting().filter(
        recipient__in=told, mail=MailChoice.DIGEST, told_on__isnull=True
    ).update(told_on=on)
    enqueue(DELIVER)
    return len(told)
