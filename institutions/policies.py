"""Who may keep the register: one policy per action, for pages, API and services alike."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from common.policy import Allowed, Denied, Verdict, policy


def _keeper(user: Any, power: str, subject: Any) -> Verdict:
    """Allow who has the power, within the person's own world."""
    if not user.has_power(power):
        return Denied("not_your_task", _("Your role does not keep this part of the register."))
    if subject is not None and subject.is_exercise != user.is_exercise:
        return Denied(
            "other_world",
            _(
                "Only participants of the exercise keep its entries, and they keep no entries "
                "outside the exercise."
            ),
        )
    return Allowed()


@policy("institutions.manage_sessions")
def may_manage_sessions(user: Any, subject: Any = None) -> Verdict:
    """Say whether the person may add, change, move or postpone sessions."""
    return _keeper(user, "institutions.manage_sessions", subject)


@policy("institutions.manage_resolutions")
def may_manage_resolutions(user: Any, subject: Any = None) -> Verdict:
    """Say whether the person may register and correct resolutions."""
    return _keeper(user, "institutions.manage_resolutions", subject)


@policy("institutions.manage_offices")
def may_manage_offices(user: Any, subject: Any = None) -> Verdict:
    """Say whether the person may record who holds an office (subject: a holding)."""
    return _keeper(user, "institutions.manage_offices", subject)


@policy("institutions.manage_holidays")
def may_manage_holidays(user: Any, subject: Any = None) -> Verdict:
    """Say whether the person may keep the working calendar."""
    return _keeper(user, "institutions.manage_holidays", subject)


@policy("institutions.manage_groups")
def may_manage_groups(user: Any, subject: Any = None) -> Verdict:
    """Say whether the person may set to which regional group a State counts (subject: a State)."""
    return _keeper(user, "institutions.manage_groups", subject)


@policy("institutions.manage_states")
def may_manage_states(user: Any, subject: Any = None) -> Verdict:
    """Say whether the person may change a State's names and standing."""
    return _keeper(user, "institutions.manage_states", subject)


@policy("institutions.add_actor")
def may_add_actor(user: Any, subject: Any = None) -> Verdict:
    """Say whether the person may add a movement, an organisation, a group or a person."""
    return _keeper(user, "institutions.add_actor", subject)
