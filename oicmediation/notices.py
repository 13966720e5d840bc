"""What administrators are told of what runs by the clock."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Administrator
from notifications.choices import MailChoice
from notifications.kinds import NoticeKind

SWEEP_LATE = "oicmediation.sweep_late"
SWEEP_LEFT = "oicmediation.sweep_left"
SWEEP_WELL = "oicmediation.sweep_well"


def keepers() -> list[User]:
    """Return those who are told: the active administrators of both worlds, which share the clock."""
    return list(User.objects.filter(is_active=True, role=Administrator.code))


def _is_keeper(user: Any) -> bool:
    return bool(user.role == Administrator.code)


def _kind(key: str, label: Any, sentence: Any) -> NoticeKind:
    return NoticeKind(
        key=key,
        label=label,
        sentence=sentence,
        group=_("System"),
        is_required=True,
        default_mail=MailChoice.AT_ONCE,
        is_for=_is_keeper,
    )


KINDS = [
    _kind(
        SWEEP_LATE,
        _("Something that runs by the clock is late"),
        _("“%(sweep)s” is late: it last came to its end on %(day)s at %(time)s."),
    ),
    _kind(
        SWEEP_LEFT,
        _("Something that runs by the clock has left a thing undone"),
        _("“%(sweep)s” could not deal with everything; left: %(left)d."),
    ),
    _kind(
        SWEEP_WELL,
        _("Something that runs by the clock is well again"),
        _("“%(sweep)s” is in time again and has left nothing."),
    ),
]
