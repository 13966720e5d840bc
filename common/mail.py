"""The one module that sends mail: plain text, one recipient a message, nothing secret in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as EmailMessageRead
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage

_FILES = "django.core.mail.backends.filebased.EmailBackend"
_SEPARATOR = b"-" * 79


@dataclass(frozen=True)
class SentMail:
    """One message that the file back end has written."""

    to: str
    subject: str
    sent_at: datetime | None
    text: str


def send(*, to: str, subject: str, text: str) -> None:
    """Send one plain message through Django's mail back end.

    Args:
        to: one address; each recipient gets a message of their own and sees no other.
        subject: line breaks are taken out, so that no header can be added.
        text: the words, wrapped by the reader's own program.
    """
    EmailMessage(subject=" ".join(subject.split()), body=text, to=[to]).send()


def is_shown_here() -> bool:
    """Tell whether mail stays on this machine, in files that a development page shows."""
    return not settings.IS_PRODUCTION and settings.EMAIL_BACKEND == _FILES


def sent_to_files(folder: Path, limit: int = 50) -> list[SentMail]:
    """Return the messages in the file back end's folder, newest first.

    Args:
        folder: ``EMAIL_FILE_PATH`` of the development settings.
        limit: at most so many files are read.
    """
    newest = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [mail for path in newest[:limit] for mail in _messages_in(path)]


def _messages_in(path: Path) -> list[SentMail]:
    parts = path.read_bytes().split(_SEPARATOR)
    return [_parsed(part.lstrip(b"\n")) for part in reversed(parts) if part.strip()]


def _moment_of(message: EmailMessageRead) -> datetime | None:
    """Return when a message was sent; a header without a zone ("-0000") is in UTC."""
    header = message["Date"]
    if header is None or header.datetime is None:
        return None
    at: datetime = header.datetime
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _parsed(raw: bytes) -> SentMail:
    message = message_from_bytes(raw, policy=policy.default)
    return SentMail(
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        sent_at=_moment_of(message),
        text=str(message.get_content()).strip(),
    )
