"""A mail server of the tests' own, which refuses, asks to come again, drops and dawdles."""

from __future__ import annotations

import asyncio
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class Postbox:
    """Keeps what it accepted; `answers` holds what to say next to RCPT, `faults` what to do on DATA.

    A fault is a reply ("451 not now"), ``"drop"`` (the connection, before an answer) or a number of
    seconds to dawdle.
    """

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.answers: list[str] = []
        self.faults: list[Any] = []
        self.connections = 0

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "drop":
            server.transport.abort()
            return "250 never heard"
        if isinstance(fault, float):
            await asyncio.sleep(fault)
        elif fault:
            return str(fault)
        self.recipients.append(list(envelope.rcpt_tos))
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"

    @property
    def ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.messages]


class Server(Controller):
    """The post box at a free port of this machine."""

    def __init__(self, postbox: Postbox) -> None:
        super().__init__(postbox, hostname="127.0.0.1", port=0)

    def _trigger_server(self) -> None:
        """Note the port that the system chose, then knock."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
