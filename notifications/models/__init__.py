"""Notices, the outbox, and what a person wants of both."""

from notifications.models.mail import Mail
from notifications.models.notices import Notice
from notifications.models.people import DIGEST_AT, Hours, Preference

__all__ = ["DIGEST_AT", "Hours", "Mail", "Notice", "Preference"]
