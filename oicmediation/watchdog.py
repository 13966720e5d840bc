"""The watchdog: tells administrators once when a sweep is late or leaves something, once when it is well.

It is a sweep itself: due is each row of the books whose trouble was not told of, or whose told trouble
is over. When the whole clock stood still, all would be late at once: then it tells of itself alone, and
of the others only if they are still late at its next round. As long as no clock runs at all nothing in
here can tell; ``/healthz/sweeps`` does, to whoever asks from outside.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.models import User
from common.mail import Carrier, Letter
from common.models import SweepRun
from common.sweeps import Sweep
from common.watch import Standing, standings
from notifications.services import NewNotice, notify_many
from notifications.sweeps import DELIVERY
from oicmediation.notices import SWEEP_LATE, SWEEP_LEFT, SWEEP_WELL, keepers

NAME = "oicmediation.watch"


def _in_trouble() -> dict[str, Standing]:
    """Return by name those of which there is something bad to tell."""
    all_of_them = {standing.entry.name: standing for standing in standings()}
    stood_still = all_of_them[NAME].is_late
    return {
        name: standing
        for name, standing in all_of_them.items()
        if standing.books is not None
        and (standing.books.left or (standing.is_late and (name == NAME or not stood_still)))
    }


def find(on: date) -> QuerySet[SweepRun]:
    """Return the books of what is in trouble and not told of, and of what is well and told of."""
    names = [standing.entry.name for standing in standings()]
    troubled = Q(name__in=_in_trouble())
    is_told = Q(told_at__isnull=False)
    return SweepRun.objects.filter((troubled & ~is_told) | (~troubled & is_told), name__in=names)


def tell(rows: list[SweepRun], on: date) -> int:
    """Tell of each row what has changed, and note that it was told; returns how many were told of."""
    labels = {standing.entry.name: standing.entry.label for standing in standings()}
    troubled = _in_trouble()
    recipients = keepers()
    now = timezone.now()
    notices = []
    for row in rows:
        outage = row.told_at or now
        is_trouble = row.name in troubled
        kind, facts = _words_of(row) if is_trouble else (SWEEP_WELL, {})
        notices.append(
            NewNotice(
                kind=kind,
                key=f"{kind}:{row.name}:{outage.isoformat()}",
                recipients=recipients,
                subject=None,
                url=reverse("sweeps"),
                facts={"sweep": labels[row.name], **facts},
            )
        )
        row.told_at = outage if is_trouble else None
        if row.name == DELIVERY.name and is_trouble:
            _write_past_the_outbox(recipients)
    notify_many(notices)
    SweepRun.objects.bulk_update(rows, ["told_at"])
    return len(rows)


def _words_of(row: SweepRun) -> tuple[str, dict[str, Any]]:
    if row.left:
        return SWEEP_LEFT, {"left": row.left}
    heard_at: datetime = timezone.localtime(row.last_committed_at or row.known_since)
    return SWEEP_LATE, {"day": heard_at.date(), "time": f"{heard_at:%H:%M}"}


def _write_past_the_outbox(recipients: list[User]) -> None:
    """Mail at once when it is the delivery of mail that stands still, once this is committed."""
    letters = [_letter_to(person) for person in recipients]
    transaction.on_commit(partial(_carry, letters))


def _letter_to(person: User) -> Letter:
    with override(person.language):
        return Letter(
            to=person.email,
            subject=_("The delivery of mail stands still"),
            text=_("Nothing leaves the outbox any more. Look here: %(address)s")
            % {"address": f"{settings.SITE_URL}{reverse('sweeps')}"},
            language=person.language,
        )


def _carry(letters: list[Letter]) -> None:
    with Carrier() as carrier:
        for letter in letters:
            carrier.carry(letter)


WATCHDOG = Sweep(
    name=NAME,
    label=gettext_lazy("Watches over all that runs by the clock"),
    find=find,
    handle=tell,
    every=5,
)
