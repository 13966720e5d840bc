"""Mail that an account needs, and who is told that somebody is away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Absence, Invitation, User
from notifications.kinds import NoticeKind
from notifications.services import notify, queue_mail

_ABSENCES = gettext_lazy("Absences")
_ABSENCE = (Absence._meta.label,)


def _works_here(user: Any) -> bool:
    return bool(user.is_secretariat)


KINDS = (
    NoticeKind(
        key="accounts.stand_in_asked",
        label=gettext_lazy("Somebody is away and a stand-in is named"),
        sentence=gettext_lazy(
            "%(absent)s is away from %(first)s to %(last)s; %(stand_in)s stands in."
        ),
        why=gettext_lazy("You stand in, you are away, or you lead the unit."),
        group=_ABSENCES,
        subjects=_ABSENCE,
        is_required=True,
        default_mail="at_once",
        is_for=_works_here,
    ),
    NoticeKind(
        key="accounts.stand_in_released",
        label=gettext_lazy("Somebody no longer stands in"),
        sentence=gettext_lazy("%(stand_in)s no longer stands in for %(absent)s."),
        why=gettext_lazy("You stood in, you are away, or you lead the unit."),
        group=_ABSENCES,
        subjects=_ABSENCE,
        is_required=True,
        is_for=_works_here,
    ),
)


def send_invitation(*, invitation: Invitation, url: str) -> None:
    """Queue the link with which an invited person chooses a password, in their language."""
    user = invitation.user
    with translation.override(user.language or translation.get_language()):
        queue_mail(
            to=user.email,
            subject=_("Your account at OIC Mediation"),
            text=render_to_string(
                "accounts/mail/invitation.txt", {"user": user, "url": url, "invitation": invitation}
            ),
            key=f"invitation:{invitation.pk}",
            user=user,
            expires_at=invitation.expires_at,
        )


def send_password_reset(*, user: User, url: str) -> None:
    """Queue the link with which a person chooses a new password."""
    queue_mail(
        to=user.email,
        subject=_("A new password for OIC Mediation"),
        text=render_to_string("accounts/mail/password_reset.txt", {"user": user, "url": url}),
        key=f"password_reset:{hashlib.sha256(url.encode()).hexdigest()}",
        user=user,
        expires_at=timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
    )


def asked_to_stand_in(absence: Absence, *, actor: User) -> int:
    """Tell the stand-in, the person who is away, and the head of their unit."""
    return _of_absence(
        "accounts.stand_in_asked", absence, absence.stand_in, _concerned(absence), actor
    )


def no_longer_standing_in(absence: Absence, former: User, *, actor: Any) -> int:
    """Tell a former stand-in, the person who is away, and the head of their unit."""
    people = [former, *_concerned(absence)[1:]]
    return _of_absence("accounts.stand_in_released", absence, former, people, actor)


def called_off(absence: Absence, *, actor: User) -> int:
    """Tell everybody concerned that an absence was called off."""
    return no_longer_standing_in(absence, absence.stand_in, actor=actor)


def _concerned(absence: Absence) -> list[User]:
    unit = absence.user.unit
    head = unit.head if unit is not None else None
    return [absence.stand_in, absence.user, *([head] if head is not None else [])]


def _of_absence(
    kind: str, absence: Absence, stand_in: User, people: Iterable[User], actor: Any
) -> int:
    return notify(
        kind=kind,
        key=f"absence:{absence.pk}:{absence.version}:{kind}",
        recipients=people,
        subject=absence,
        url=reverse("accounts:absence_detail", args=[absence.pk]),
        actor=actor,
        facts={
            "absent": absence.user.display_name,
            "stand_in": stand_in.display_name,
            "first": absence.first_day,
            "last": absence.last_day,
        },
    )
