"""Reading a delivery status notification (RFC 3464): which of our mails came back, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from uuid import UUID

_OURS = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^<>@\s]+>", re.IGNORECASE)


@dataclass(frozen=True)
class Bounce:
    """A mail that will not arrive, and the words of the server that said so."""

    mail_id: UUID
    words: str


def read(raw: bytes) -> Bounce | None:
    """Return what a message tells of one of our mails; None when it is no final failure of one.

    A delay is no failure: the other server is still trying.
    """
    message = message_from_bytes(raw, policy=policy.default)
    failures = [field for field in _recipients(message) if _said(field, "Action") == "failed"]
    mail_id = _original(message)
    if not failures or mail_id is None:
        return None
    words = (_said(failures[0], name) for name in ("Status", "Diagnostic-Code"))
    return Bounce(mail_id, " ".join(filter(None, words)))


def _recipients(message: Message) -> Iterator[Message]:
    """Yield the groups of fields, one for each recipient, of every status report inside."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            groups = part.get_payload()
            yield from (group for group in groups if isinstance(group, Message))


def _said(fields: Message, name: str) -> str:
    text = " ".join(str(fields.get(name, "")).split())
    return text.lower() if name == "Action" else text


def _original(message: Message) -> UUID | None:
    """Return the key in the Message-ID of the mail that is sent back with the report."""
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0)
            header = inner.get("Message-ID", "") if isinstance(inner, Message) else ""
        elif part.get_content_type() == "text/rfc822-headers" and isinstance(part, EmailMessage):
            header = str(part.get_content())
        else:
            continue
        if found := _OURS.search(str(header)):
            return UUID(found[1])
    return None
