"""Telling people: notices and the mails that go with them, in the transaction of the act told of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Model

from common.jobs import enqueue
from notifications import kinds
from notifications.choices import MailChoice, MailKind
from notifications.facts import stored
from notifications.models import Mail, Notice
from notifications.selectors import Choice, chosen, default_choice, who_may_see

#: The job that is woken after commit, and the errand of the clock that it runs.
DELIVER = "notifications.tasks.deliver_mail"
DELIVERY = "notifications.delivery"
_BATCH = 2000


@dataclass(frozen=True)
class NewNotice:
    """What is to be told, to whom.

    Args:
        kind: key of a registered kind.
        key: of the occurrence; the same person is told once of it, however often it is tried.
        recipients: candidates; whoever may not hear of it is passed over.
        subject: what it speaks of; None when it concerns nothing but the person.
        url: path in this house, where the person acts.
        actor: who did what is told; never told of it.
        reference: of the file; all that an e-mail says of it.
        classification: of what the sentence gives away.
        due_on: by when something is expected.
        facts: for the placeholders of the kind's sentence (see :mod:`notifications.facts`).
    """

    kind: str
    key: str
    recipients: Iterable[Any]
    subject: Model | None
    url: str
    actor: Any = None
    reference: str = ""
    classification: int = 0
    due_on: date | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def notify(
    *,
    kind: str,
    key: str,
    recipients: Iterable[Any],
    subject: Model | None,
    url: str,
    actor: Any = None,
    reference: str = "",
    classification: int = 0,
    due_on: date | None = None,
    facts: dict[str, Any] | None = None,
) -> int:
    """Tell several persons one thing; the arguments are those of :class:`NewNotice`.

    Returns:
        how many were told that had not been told before.

    Raises:
        ValueError: the kind is unknown, does not speak of such a subject, lacks a fact, or the
            address is not of this house.
    """
    return notify_many(
        [
            NewNotice(
                kind=kind,
                key=key,
                recipients=recipients,
                subject=subject,
                url=url,
                actor=actor,
                reference=reference,
                classification=classification,
                due_on=due_on,
                facts=facts or {},
            )
        ]
    )


@transaction.atomic
def notify_many(notices: Sequence[NewNotice]) -> int:
    """Tell many persons many things in a few statements; see :func:`notify`."""
    addressed = _addressed(notices)
    choices = chosen(
        users=list({person.pk: person for _new, person in addressed}.values()),
        kinds={new.kind for new in notices},
    )
    written: list[Notice] = []
    for start in range(0, len(addressed), _BATCH):
        rows = [
            _row(new, person, choice)
            for new, person in addressed[start : start + _BATCH]
            if (choice := _choice(choices, new.kind, person)).is_any
        ]
        written += _insert(rows)
    people = {person.pk: person for _new, person in addressed}
    _queue_at_once([row for row in written if row.mail == MailChoice.AT_ONCE], people)
    return len(written)


def _addressed(notices: Sequence[NewNotice]) -> list[tuple[NewNotice, Any]]:
    """Return who of the candidates is told what: never the actor, only who may see the subject."""
    candidates = [
        (new, person)
        for new in map(_checked, notices)
        for person in {person.pk: person for person in new.recipients}.values()
        if _may_hear(new, person)
    ]
    seen = who_may_see(
        (person, new.subject._meta.label, new.subject.pk)
        for new, person in candidates
        if new.subject is not None
    )
    return [
        (new, person)
        for new, person in candidates
        if new.subject is None or (person.pk, new.subject._meta.label, new.subject.pk) in seen
    ]


def _checked(new: NewNotice) -> NewNotice:
    """Return a notice that can be read later.

    Raises:
        ValueError: it cannot.
    """
    kind = kinds.known(new.kind)
    if new.subject is not None and new.subject._meta.label not in kind.subjects:
        raise ValueError(f"{new.kind} does not say that it speaks of {new.subject._meta.label}")
    if not new.url.startswith("/") or new.url.startswith("//"):
        raise ValueError(f"{new.kind}: {new.url} is no address of this house")
    try:
        kind.in_words(stored(new.facts))
    except KeyError as error:
        raise ValueError(f"{new.kind}: the sentence lacks the fact {error}") from error
    return new


def _may_hear(new: NewNotice, person: Any) -> bool:
    """Tell whether a person may hear of it as far as person and actor alone decide."""
    if not person.is_active or person.clearance < new.classification:
        return False
    if new.actor is None:
        return True
    return bool(person.pk != new.actor.pk and person.is_exercise == new.actor.is_exercise)


def _choice(choices: dict[tuple[Any, str], Choice], kind: str, person: Any) -> Choice:
    return choices.get((person.pk, kind), default_choice(kinds.known(kind)))


def _row(new: NewNotice, person: Any, choice: Choice) -> Notice:
    return Notice(
        recipient=person,
        kind=new.kind,
        key=new.key,
        subject_label=new.subject._meta.label if new.subject is not None else "",
        subject_id=new.subject.pk if new.subject is not None else None,
        reference=new.reference,
        classification=new.classification,
        url=new.url,
        due_on=new.due_on,
        facts=stored(new.facts),
        is_shown=choice.is_shown,
        mail=choice.mail,
    )


def _insert(rows: list[Notice]) -> list[Notice]:
    """Insert what is not there yet; the keys were made here, so those found are the new ones."""
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    found: set[UUID] = set(
        Notice.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
    )
    return [row for row in rows if row.pk in found]


def _queue_at_once(notices: list[Notice], people: dict[Any, Any]) -> None:
    if not notices:
        return
    Mail.objects.bulk_create(
        [
            Mail(
                key=f"notice:{notice.pk}",
                kind=MailKind.NOTICE,
                user_id=notice.recipient_id,
                to=people[notice.recipient_id].email,
                notice=notice,
            )
            for notice in notices
        ],
        batch_size=_BATCH,
    )
    enqueue(DELIVER)


@transaction.atomic
def queue_mail(
    *,
    to: str,
    subject: str,
    text: str,
    key: str,
    user: Any = None,
    expires_at: datetime | None = None,
) -> bool:
    """Queue the mail of an account, an invitation or a new password; its text is kept until it leaves.

    Args:
        to: the address, when no `user` is given; else the user's own at the time of sending.
        subject: one line.
        text: the words, in the reader's language already.
        key: the same key is queued once.
        user: whose account; nothing is sent any more once it is closed.
        expires_at: when its link runs out; it is not sent afterwards.

    Returns:
        whether it is new.

    Raises:
        ValidationError: `to` is no address.
    """
    validate_email(to)
    mail = Mail(
        key=key,
        kind=MailKind.ACCOUNT,
        user=user,
        to=to,
        subject=" ".join(subject.split())[:200],
        text=text,
        expires_at=expires_at,
    )
    Mail.objects.bulk_create([mail], ignore_conflicts=True)
    enqueue(DELIVER)
    return Mail.objects.filter(pk=mail.pk).exists()
