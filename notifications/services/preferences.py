"""What a person wants to be told, by which channel and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from common.changes import apply_changes, lock
from common.errors import Refused
from notifications import kinds
from notifications.choices import MailChoice
from notifications.models import Hours, Preference
from notifications.selectors import Choice, choices_of, hours_of


@transaction.atomic
def choose_preferences(
    *,
    actor: Any,
    choices: Mapping[str, Choice],
    quiet_from: time | None,
    quiet_until: time | None,
    digest_at: time,
) -> Hours:
    """Keep a person's own choices; a kind they do not name stays as it was.

    Args:
        actor: the person.
        choices: by key of the kind.
        quiet_from: the first minute without mail; both ends or neither.
        quiet_until: the first minute with mail again; may lie after midnight.
        digest_at: when the daily digest comes.

    Raises:
        Refused: a kind is not offered, a required one would be silenced, or the quiet hours have
            one end only.
    """
    lock(actor)
    before = choices_of(actor)
    wanted = {_offered(key, before): choice for key, choice in choices.items()}
    for kind, choice in wanted.items():
        _refuse_silence(kind, choice)
    _refuse_half_quiet(quiet_from, quiet_until)
    changes = {
        kind.key: [_in_record(before[kind]), _in_record(choice)]
        for kind, choice in wanted.items()
        if before[kind] != choice
    }
    _keep(actor, {kind: choice for kind, choice in wanted.items() if kind.key in changes})
    hours = hours_of(actor)
    changes |= apply_changes(
        hours, {"quiet_from": quiet_from, "quiet_until": quiet_until, "digest_at": digest_at}
    )
    hours.full_clean()
    hours.save()
    if changes:
        record(
            actor=actor,
            verb="notifications.preferences_changed",
            target=actor,
            changes=changes,
        )
    return hours


def _offered(key: str, offered: Mapping[kinds.NoticeKind, Choice]) -> kinds.NoticeKind:
    for kind in offered:
        if kind.key == key:
            return kind
    raise Refused("unknown_kind", _("There is no such kind of notice for you."), field="kinds")


def _refuse_silence(kind: kinds.NoticeKind, choice: Choice) -> None:
    if kind.is_required and not (choice.is_shown and choice.mail != MailChoice.OFF):
        raise Refused(
            "required_kind",
            _("“%(kind)s” cannot be hidden, nor its e-mail turned off; choose only when it comes.")
            % {"kind": kind.label},
            field="kinds",
        )


def _refuse_half_quiet(quiet_from: time | None, quiet_until: time | None) -> None:
    if (quiet_from is None) != (quiet_until is None) or (quiet_from and quiet_from == quiet_until):
        raise Refused(
            "quiet_hours_half",
            _("Quiet hours need a beginning and another end; leave both empty for none."),
            field="quiet_until",
        )


def _keep(actor: Any, choices: Mapping[kinds.NoticeKind, Choice]) -> None:
    Preference.objects.bulk_create(
        [
            Preference(user=actor, kind=kind.key, is_shown=choice.is_shown, mail=choice.mail)
            for kind, choice in choices.items()
        ],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["is_shown", "mail"],
    )


def _in_record(choice: Choice) -> str:
    return f"{'shown' if choice.is_shown else 'hidden'}, {choice.mail}"
