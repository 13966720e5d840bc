"""Reads: one's notices, who may see what, who awaits a digest, what a person has chosen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Coalesce

from common import extensions
from common.clock import TimeOfDay, Today
from common.errors import Text
from notifications.choices import MailChoice, MailState
from notifications.kinds import NoticeKind, offered_to, subject_labels
from notifications.models import DIGEST_AT, Hours, Mail, Notice, Preference
from notifications.models.notices import NoticeQuerySet

MOST_COUNTED = 100
_READERS_A_STATEMENT = 25
_KEYS_A_STATEMENT = 5000

#: (key of the reader, label of the model, key of the object)
Sight = tuple[Any, str, UUID]


# One's own --------------------------------------------------------------------------------------


def notices_of(user: Any) -> NoticeQuerySet:
    """Return what stands in the person's list, newest first; hides what may no longer be seen."""
    return Notice.objects.visible_to(user).in_product()


def unread_count(user: Any) -> int:
    """Return how many notices wait, counted no further than 100, for the bell of every page.

    One short query where none waits; otherwise a second one, which asks only of what they speak.
    """
    waiting = Notice.objects.own_of(user).in_product().waiting().order_by()
    labels = set(waiting.values_list("subject_label", flat=True).distinct())
    if not labels:
        return 0
    seen = (
        Notice.objects.seen_among(user, labels & set(subject_labels()))
        .in_product()
        .waiting()
        .order_by()
    )
    return seen[:MOST_COUNTED].count()


@dataclass(frozen=True)
class Choice:
    """By which channels one kind of notice comes."""

    is_shown: bool
    mail: str

    @property
    def is_any(self) -> bool:
        """Tell whether the person hears of it at all."""
        return self.is_shown or self.mail != MailChoice.OFF


def default_choice(kind: NoticeKind) -> Choice:
    """Return what holds for a person who has chosen nothing."""
    return Choice(is_shown=True, mail=kind.default_mail)


def choices_of(user: Any) -> dict[NoticeKind, Choice]:
    """Return, for every kind offered to the person, what holds for it."""
    stored = chosen(users=[user], kinds=None)
    return {
        kind: stored.get((user.pk, kind.key), default_choice(kind)) for kind in offered_to(user)
    }


def chosen(*, users: Sequence[Any], kinds: Iterable[str] | None) -> dict[tuple[Any, str], Choice]:
    """Return the stored choices by person's key and kind, in one query."""
    rows = Preference.objects.filter(user__in=users)
    if kinds is not None:
        rows = rows.filter(kind__in=kinds)
    return {
        (pk, kind): Choice(is_shown, mail)
        for pk, kind, is_shown, mail in rows.values_list("user_id", "kind", "is_shown", "mail")
    }


def hours_of(user: Any) -> Hours:
    """Return the person's hours, or those of whoever chose none (not saved)."""
    return Hours.objects.filter(user=user).first() or Hours(user=user)


# Who may see ------------------------------------------------------------------------------------


def who_may_see(sights: Iterable[tuple[Any, str, UUID]]) -> set[Sight]:
    """Return which of many persons see which of many objects: a statement for each 25 persons.

    Args:
        sights: person, label of a model, key of an object.

    Returns:
        person's key, label and object's key, for each that holds.
    """
    wanted: dict[str, dict[Any, list[UUID]]] = defaultdict(lambda: defaultdict(list))
    for user, label, pk in sights:
        wanted[label][user].append(pk)
    return {
        (reader, label, pk)
        for label, by_user in wanted.items()
        for part in _parts(list(by_user.items()), _READERS_A_STATEMENT)
        for reader, pk in _seen(label, part)
    }


def _seen(label: str, asked: list[tuple[Any, list[UUID]]]) -> Iterator[tuple[Any, UUID]]:
    manager: Any = apps.get_model(label)._default_manager
    rows = [
        manager.visible_to(user)
        .filter(pk__in=part)
        .order_by()
        .annotate(reader_key=Value(user.pk, output_field=UUIDField()))
        .values_list("reader_key", "pk")
        for user, keys in asked
        for part in _parts(list(dict.fromkeys(keys)), _KEYS_A_STATEMENT)
    ]
    first, *others = rows
    yield from first.union(*others, all=True) if others else first


def _parts(items: list[Any], size: int) -> Iterator[list[Any]]:
    return (items[start : start + size] for start in range(0, len(items), size))


# The daily digest -------------------------------------------------------------------------------


def rests_on(day: date, *, is_exercise: bool) -> bool:
    """Tell whether the house rests on a day, as the registered calendars know it."""
    return any(rests(day, is_exercise=is_exercise) for _key, rests in extensions.rest_days)


def digests_due(on: date) -> QuerySet[Any]:
    """Return the persons to whom a digest of the day is due, by key.

    That is: something waits of which no digest has told, their hour has come (on a day other than
    today no hour is waited for), their world works on that day, and the day has had no digest yet.
    """
    untold = Notice.objects.waiting().filter(
        recipient=OuterRef("pk"), mail=MailChoice.DIGEST, told_on__isnull=True
    )
    had = Mail.objects.filter(user=OuterRef("pk"), digest_on=on)
    worlds = [world for world in (False, True) if not rests_on(on, is_exercise=world)]
    users: Any = get_user_model()._default_manager
    rows: QuerySet[Any] = (
        users.filter(Exists(untold), ~Exists(had), is_active=True, is_exercise__in=worlds)
        .alias(today=Today(), at=Coalesce("mail_hours__digest_at", Value(DIGEST_AT)))
        .filter(Q(at__lte=TimeOfDay()) | ~Q(today=on))
        .order_by("pk")
    )
    return rows


@dataclass(frozen=True)
class Digest:
    """What a digest says: how many of each group, and their references beside, not tied to it."""

    counts: list[tuple[Text, int]]
    references: list[str]

    @property
    def total(self) -> int:
        return sum(count for _group, count in self.counts)


def digest_of(user: Any, on: date) -> Digest:
    """Return what a person's digest of a day says now: read or hidden since is left out."""
    rows = list(Notice.objects.visible_to(user).waiting().filter(told_on=on))
    groups = {str(row.kind_of.group): row.kind_of.group for row in rows}
    counts = Counter(str(row.kind_of.group) for row in rows)
    return Digest(
        counts=[(groups[name], counts[name]) for name in sorted(counts)],
        references=sorted({row.reference for row in rows if row.reference}),
    )


# The outbox -------------------------------------------------------------------------------------


def mails_due() -> QuerySet[Mail]:
    """Return the mails that could be delivered now."""
    return Mail.objects.claimable()


def outbox_counts(user: Any) -> dict[str, int]:
    """Return how many mails wait, were refused, came back and were given up, for its keeper."""
    states = [MailState.WAITING, MailState.REFUSED, MailState.BOUNCED, MailState.DEAD]
    rows = Mail.objects.visible_to(user).filter(state__in=states).order_by()
    counted = Counter(rows.values_list("state", flat=True)[:10_000])
    return {state.value: counted[state.value] for state in states}


def quiet_hours_of(users: Iterable[Any]) -> dict[Any, tuple[time | None, time | None]]:
    """Return the quiet hours of those persons who chose any, by key."""
    rows = Hours.objects.filter(user__in=users, quiet_from__isnull=False)
    return {
        pk: (begin, end)
        for pk, begin, end in rows.values_list("user_id", "quiet_from", "quiet_until")
    }
