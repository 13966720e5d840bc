"""Who watches over the machinery."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.policy import Allowed, Denied, Verdict, policy

WATCH_SWEEPS = "common.watch_sweeps"


@policy(WATCH_SWEEPS)
def may_watch_sweeps(user: Any, subject: Any = None) -> Verdict:
    """Read when each sweep last ran and what it left: figures, and no word of any content."""
    if user.has_power(WATCH_SWEEPS):
        return Allowed()
    return Denied(
        "not_permitted", _("Only those who keep the system watch what runs by the clock.")
    )
