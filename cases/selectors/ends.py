"""What a file that ends leads to."""

from __future__ import annotations

from typing import Any

from cases.models import Dispute


def goes_on(user: Any, dispute: Dispute) -> Dispute | None:
    """Return the file into which a file was merged or would be; None where the person sees none."""
    target = dispute.merged_into_id or dispute.end_proposed_target_id
    if target is None:
        return None
    found: Dispute | None = Dispute.objects.visible_to(user).filter(pk=target).first()
    return found
