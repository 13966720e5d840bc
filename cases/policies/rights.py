"""What a person needs before any rule of the matter is asked: a power, the file's team, its world."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.models import Dispute
from common.policy import Allowed, Denied, Verdict

WORK = "cases.work_on_dispute"

NO_POWER = Denied("no_power", _("Your role does not cover this act."))
OTHER_WORLD = Denied(
    "other_world",
    _("Your account belongs to the other world: exercise and real files never mix."),
)
NOT_IN_TEAM = Denied(
    "not_in_team",
    _("You are not of the team of this file. Ask its desk officer or the head of unit."),
)
HISTORY = Denied(
    "published_history",
    _("This file holds published history only; nothing but published facts may be added."),
    is_rule=True,
)
ENDED = Denied("file_ended", _("The file has ended. Reopen it first."), is_rule=True)
SUSPENDED = Denied("file_suspended", _("The file is suspended. Resume it first."), is_rule=True)

STANDS_IN_FOR_FIRST = Denied(
    "stands_in_for_first",
    _(
        "You act here in the place of the person who did the first half; a third must do the second."
    ),
    is_rule=True,
)


def is_in_team(user: Any, dispute: Dispute) -> bool:
    """Tell whether the person works on the file: by line of command or by a grant in force.

    Asked once for each copy of the file that was read: a page asks a dozen policies about one, and
    a service reads its own under lock.
    """
    if user.sees_team_parts:
        return True
    known = _known_team(dispute)
    if user.pk not in known:
        known[user.pk] = Dispute.objects.of_team(user).filter(pk=dispute.pk).exists()
    return known[user.pk]


def remember_team(user: Any, dispute: Dispute, is_member: bool) -> None:
    """Keep for this copy of the file what the query that read it has answered already."""
    _known_team(dispute)[user.pk] = is_member


def _known_team(dispute: Dispute) -> dict[Any, bool]:
    known: dict[Any, bool] = dispute.__dict__.setdefault("_known_team", {})
    return known


def is_inside(user: Any, dispute: Dispute) -> bool:
    """Tell whether the person sees the file from inside: the Secretariat, or a granted mediator.

    Everybody else sees what was shared: title, neutral names, outward stage, mandates, agreements
    (Rule D7).
    """
    return bool(user.is_secretariat or (user.state_actor_id is None and is_in_team(user, dispute)))


def has_right(
    user: Any, dispute: Dispute, power: str = WORK, *, needs_team: bool = True
) -> Verdict:
    """Say whether the person may act on the file at all.

    Args:
        power: the power that the role must cover.
        needs_team: whether the person must be of the file's team.
    """
    if not user.has_power(power):
        return NO_POWER
    if user.is_exercise != dispute.is_exercise:
        return HISTORY if dispute.is_historical else OTHER_WORLD
    if needs_team and not is_in_team(user, dispute):
        return NOT_IN_TEAM
    return Allowed()


def may_change(
    user: Any, dispute: Dispute, power: str = WORK, *, needs_team: bool = True
) -> Verdict:
    """Say whether the person may change the file: the right, and a file that is not over."""
    verdict = has_right(user, dispute, power, needs_team=needs_team)
    if not verdict:
        return verdict
    if dispute.is_historical:
        return HISTORY
    return ENDED if dispute.is_ended else verdict


def is_borrowed_from(user: Any, power: str, first_id: Any) -> bool:
    """Tell whether the person holds the power only in the place of whoever did the first half.

    An act of two persons stays one of two: nobody completes it by the power of the other.
    """
    return not user.has_power(power, apart_from=first_id)
