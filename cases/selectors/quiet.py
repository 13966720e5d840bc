"""Files without news (Rule D5, domain.md): no entry for 180 days; nothing ends by it.

An entry is any act of a person that the record keeps under the file. Readings are none, nor is what
the clock writes: a task that comes off hold would else keep a file silent for ever.

The record itself is asked, by its index on file and number, and not a column ``last_entry_on`` of the
file. Every act is recorded in one place, but that place lies below this app and knows no file; and
a column would make each act write, and so lock, the row of its file as well. Instead the file
carries the day on which news was last asked for. A file that is new or was asked for news within the
180 days is passed over without a look at the record, and of the others it costs one probe of the
index each; the sweep wakes once an hour. What waits on the morning page is found by that day alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import (
    CharField,
    DateTimeField,
    Exists,
    Expression,
    Func,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.selectors import absentees_of
from audit.models import AuditEvent, Kind
from cases.choices import DisputeStatus
from cases.models import Dispute
from common.extensions import WorkItem
from common.worklist import MINE, NEAREST


class _BeginOf(Func):
    """The first moment of a day at the seat of the General Secretariat."""

    template = "(%(expressions)s::timestamp AT TIME ZONE '%(zone)s')"
    output_field = DateTimeField()

    def as_sql(self, *args: Any, **extra: Any) -> Any:
        return super().as_sql(*args, zone=settings.TIME_ZONE, **extra)


def _entries_since(moment: datetime | Expression) -> Exists:
    """Return whether a person entered anything on the file from a moment on."""
    return Exists(
        AuditEvent.objects.filter(  # unscoped: whether there is one, never what it says
            subject_label=Dispute._meta.label,
            subject_id=Cast(OuterRef("pk"), CharField()),
            kind=Kind.ACT,
            at__gte=moment,
        ).exclude(actor_id="")
    )


def files_without_news(on: date) -> QuerySet[Dispute]:
    """Return the files whose officer is to be reminded: once for each 180 days without an entry.

    Args:
        on: the day.
    """
    since = on - timedelta(days=settings.FILE_NEWS_DAYS)
    rows: QuerySet[Dispute] = Dispute.objects.filter(  # unscoped: the clock acts for everybody
        Q(news_asked_on__isnull=True) | Q(news_asked_on__lte=since),
        ~_entries_since(_midnight(since + timedelta(days=1))),
        opened_on__lte=since,
        is_historical=False,
        desk_officer__isnull=False,
    )
    return rows.exclude(status=DisputeStatus.ENDED)


def last_entries(files: list[Dispute]) -> dict[str, date]:
    """Return the day of the last entry on each file, by its key; files never written on have none."""
    rows = (
        AuditEvent.objects.filter(  # unscoped: the day alone
            subject_label=Dispute._meta.label,
            subject_id__in=[str(dispute.pk) for dispute in files],
            kind=Kind.ACT,
        )
        .exclude(actor_id="")
        .order_by("subject_id", "-number")
        .distinct("subject_id")
        .values_list("subject_id", "at")
    )
    return {key: timezone.localdate(at) for key, at in rows}


def quiet_files(user: Any, until: date, scope: str) -> Iterator[WorkItem]:
    """Yield the files of which news was asked and none was entered since."""
    if not user.is_secretariat:
        return
    rows: Any = Dispute.objects.visible_to(user).filter(
        ~_entries_since(_BeginOf(OuterRef("news_asked_on"))),
        news_asked_on__lte=until,
    )
    if scope == MINE:
        rows = rows.filter(Q(desk_officer=user) | Q(desk_officer__in=absentees_of(user)))
    rows = rows.exclude(status=DisputeStatus.ENDED).select_related("desk_officer")
    for dispute in rows.order_by("news_asked_on", "pk")[:NEAREST]:
        yield _item(user, dispute, until)


def _item(user: Any, dispute: Dispute, until: date) -> WorkItem:
    officer = dispute.desk_officer
    url = reverse("cases:dispute_detail", args=[dispute.pk])
    return WorkItem(
        due_on=dispute.news_asked_on,
        act=_("No news for a long time"),
        thing=str(dispute),
        why=_no_entry(settings.FILE_NEWS_DAYS),
        kind=_("file"),
        url=url,
        button=_("Open the file"),
        button_url=url,
        owner=officer.display_name if officer else "",
        stands_in_for=officer.display_name if officer and officer.pk in absentees_of(user) else "",
        priority=0,
    )


def _no_entry(days: int) -> str:
    return ngettext(
        "Nothing was entered for %(days)s day or more. Nothing ends by it.",
        "Nothing was entered for %(days)s days or more. Nothing ends by it.",
        days,
    ) % {"days": days}


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
