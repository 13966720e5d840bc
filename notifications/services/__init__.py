"""What other apps call: tell people something, and queue a mail of an account."""

from notifications.services.telling import NewNotice, notify, notify_many, queue_mail

__all__ = ["NewNotice", "notify", "notify_many", "queue_mail"]
