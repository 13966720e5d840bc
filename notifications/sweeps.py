"""What notifications do by the clock: deliver the outbox, and write the daily digests."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.sweeps import Errand, Outcome, Sweep
from notifications.selectors import digests_due, mails_due
from notifications.services import telling
from notifications.services.delivery import deliver_due
from notifications.services.digests import write_digests


def _deliver(on: date) -> Outcome:
    """Deliver what is due now; a mail is due by the minute, whatever the day."""
    done = deliver_due()
    return Outcome(found=done.found, written=done.sent)


def _write(users: list[Any], on: date) -> int:
    return write_digests(users=users, on=on)


DELIVERY = Errand(
    name=telling.DELIVERY,
    label=_("Deliver the mail that is due"),
    run=_deliver,
    count=lambda on: mails_due().count(),
)
DIGESTS = Sweep(
    name="notifications.digests",
    label=_("Write the daily digests"),
    find=digests_due,
    handle=_write,
)
