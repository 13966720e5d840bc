"""Reminding the officers of files without news (Rule D5): nothing ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.selectors import stand_ins_of
from cases.models import Dispute
from cases.notices import tasks as notices
from cases.selectors.quiet import last_entries
from notifications.services import notify_many


@transaction.atomic
def ask_for_news(*, files: Sequence[Dispute], on: date) -> int:
    """Remind the desk officers of files on which nothing was entered for 180 days (Rule D5).

    A reminder is no act: it stands in no record, else it would be news itself. That it was given is
    kept as a day on the file, by which it is asked again only 180 days later.

    Args:
        files: found by :func:`cases.selectors.quiet.files_without_news`, locked by the caller.
        on: the day.

    Returns:
        how many notices were written.
    """
    officers: dict[UUID, User] = User.objects.in_bulk(
        {dispute.desk_officer_id for dispute in files if dispute.desk_officer_id}
    )
    acting = stand_ins_of(officers.values(), on)
    fresh = User.objects.in_bulk({person.pk for person in acting.values() if person is not None})
    entries = last_entries(list(files))
    news = []
    for dispute in files:
        if dispute.desk_officer_id is None:
            continue
        stand_in = acting[dispute.desk_officer_id]
        people = [officers[dispute.desk_officer_id]]
        people += [fresh[stand_in.pk]] if stand_in is not None else []
        last = entries.get(str(dispute.pk), dispute.opened_on)
        news.append(notices.no_news(dispute, people, on=on, days=(on - last).days))
    Dispute.objects.filter(pk__in=[dispute.pk for dispute in files]).update(news_asked_on=on)
    return notify_many(news)
