"""Who reads the record: auditors all of it without content, staff that of what they see."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.policy import Allowed, Denied, Verdict, policy


@policy("audit.read_record")
def may_read_record(user: Any, subject: Any = None) -> Verdict:
    """Read the whole record: who, when, what was done to which id, and no content."""
    if user.has_power("audit.read_record"):
        return Allowed()
    return Denied("not_permitted", _("Only auditors read the whole record."))
