"""One's own notices marked as read: of no consequence for anybody else, so not on record."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from notifications.models import Notice
from notifications.selectors import notices_of


@transaction.atomic
def mark_read(*, actor: Any, notice: Notice) -> Notice:
    """Mark one of one's own notices as read; marking it again changes nothing."""
    rows = Notice.objects.visible_to(actor).waiting().filter(pk=notice.pk)
    rows.update(read_at=Now())
    notice.refresh_from_db()
    return notice


@transaction.atomic
def mark_all_read(*, actor: Any) -> int:
    """Mark all of one's own notices as read that stand in the list; return how many there were."""
    return notices_of(actor).waiting().order_by().update(read_at=Now())
