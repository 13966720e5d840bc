"""The one module that sends mail: plain text, one recipient a message, nothing secret in it."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as EmailMessageRead
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

_FILES = "django.core.mail.backends.filebased.EmailBackend"
_SEPARATOR = b"-" * 79
_PERMANENT = 500


@dataclass(frozen=True)
class Letter:
    """One plain message to one address.

    Args:
        to: one address; each recipient gets a message of their own and sees no other.
        subject: line breaks are taken out, so that no header can be added.
        text: the words, wrapped by the reader's own program.
        message_id: with its angle brackets; made anew by the library when empty.
        language: of the text, two letters.
    """

    to: str
    subject: str
    text: str
    message_id: str = ""
    language: str = ""


class Outcome(StrEnum):
    """What became of a letter handed to the server."""

    SENT = "sent"
    REFUSED = "refused"
    LATER = "later"
    AWAY = "away"


@dataclass(frozen=True)
class Answer:
    """The outcome with the server's own words.

    ``LATER``: the server asks to try again; ``AWAY``: there was no server, or it left in the middle;
    ``REFUSED``: trying again helps nobody.
    """

    outcome: Outcome
    words: str = ""


class Carrier:
    """Carries many letters over one connection, opened when needed and again after a fault."""

    def __init__(self) -> None:
        self._connection: Any = get_connection()
        self._is_open = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._close()

    def carry(self, letter: Letter) -> Answer:
        """Hand over one letter and tell what became of it; never raises for a fault of the mail."""
        try:
            message = _message_of(letter)
            if not self._is_open:
                self._connection.open()
                self._is_open = True
            self._connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            return self._refused(code, words, is_of_letter=True)
        except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
            is_of_letter = isinstance(error, smtplib.SMTPDataError)
            return self._refused(error.smtp_code, error.smtp_error, is_of_letter=is_of_letter)
        except (OSError, smtplib.SMTPException) as error:
            self._close()
            return Answer(Outcome.AWAY, str(error) or type(error).__name__)
        except ValueError as error:
            return Answer(Outcome.REFUSED, str(error))
        return Answer(Outcome.SENT)

    def _refused(self, code: int, words: bytes | str, *, is_of_letter: bool) -> Answer:
        """Tell a refusal of the letter from one of ourselves, which passes when it is put right."""
        said = words.decode(errors="replace") if isinstance(words, bytes) else words
        self._close()
        is_final = is_of_letter and code >= _PERMANENT
        return Answer(Outcome.REFUSED if is_final else Outcome.LATER, f"{code} {said}")

    def _close(self) -> None:
        self._is_open = False
        with suppress(OSError, smtplib.SMTPException):
            self._connection.close()


def _message_of(letter: Letter) -> EmailMessage:
    headers = {"Auto-Submitted": "auto-generated"}
    if letter.message_id:
        headers["Message-ID"] = letter.message_id
    if letter.language:
        headers["Content-Language"] = letter.language
    subject = " ".join(letter.subject.split())
    return EmailMessage(subject=subject, body=letter.text, to=[letter.to], headers=headers)


def send(*, to: str, subject: str, text: str) -> Answer:
    """Send one message now, past the outbox: for the watchdog, which tells when nothing is carried."""
    with Carrier() as carrier:
        return carrier.carry(Letter(to=to, subject=subject, text=text))


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


@dataclass(frozen=True)
class SentMail:
    """One message that the file back end has written."""

    to: str
    subject: str
    sent_at: datetime | None
    text: str


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
