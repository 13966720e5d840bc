"""Kinds that the tests speak of: one that may be silenced, one that may not, one of the State's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.choices import MailChoice
from notifications.kinds import NoticeKind
from tests.factories.notifications import KIND
from tests.notifications.postbox import Postbox, Server

KINDS = [
    NoticeKind(
        key=KIND,
        label="File waits",
        sentence="%(title)s waits since %(on)s.",
        group=_("Reviews"),
        why="You keep this file.",
        subjects=("cases.Dispute", "accounts.User"),
    ),
    NoticeKind(
        key="test.urgent",
        label="Consent ended",
        sentence="Something happened.",
        group="Consents",
        subjects=("cases.Dispute",),
        is_required=True,
        default_mail=MailChoice.AT_ONCE,
    ),
    NoticeKind(
        key="test.states",
        label="Awaits your reply",
        sentence="A question awaits your kind reply.",
        group="Questions",
        default_mail=MailChoice.OFF,
        is_for=lambda user: user.state_actor_id is not None,
    ),
]


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    before = dict(kinds._KINDS)
    kinds._KINDS.clear()
    kinds.register(KINDS)
    yield
    kinds._KINDS.clear()
    kinds._KINDS.update(before)


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    """A real server that takes the mail of this test."""
    box = Postbox()
    server = Server(box)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_TIMEOUT = 1
    yield box
    server.stop(no_assert=True)
