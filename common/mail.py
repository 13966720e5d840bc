"""The one module that sends mail: plain text, one recipient a message, nothing secret in it."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

from django.core.mail import EmailMessage

_SEPARATOR = b"-" * 79


@dataclass(frozen=True)
class SentMail:
    """One message that the file back end has written."""

    to: str
    subject: str
    date: str
    text: str


def send(*, to: str, subject: str, text: str) -> None:
    """Send one plain message through Django's mail back end.

    Args:
        to: one address; each recipient gets a message of their own and sees no other.
        subject: line breaks are taken out, so that no header can be added.
        text: the words, wrapped by the reader's own program.
    """
    EmailMessage(subject=" ".join(subject.split()), body=text, to=[to]).send()


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


def _parsed(raw: bytes) -> SentMail:
    message = message_from_bytes(raw, policy=policy.default)
    return SentMail(
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        date=str(message["Date"] or ""),
        text=str(message.get_content()).strip(),
    )
