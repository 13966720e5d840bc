"""Notices and mails, the smallest valid ones; and kinds that tests speak of.

Traits of :class:`MailFactory`: ``digest``, ``account``; and by state ``dead``, ``refused``.
"""

from __future__ import annotations

from datetime import date

import factory
from factory.django import DjangoModelFactory

from notifications.choices import MailChoice, MailKind, MailState
from notifications.models import Hours, Mail, Notice, Preference
from tests.factories.accounts import UserFactory

KIND = "test.waits"


class NoticeFactory(DjangoModelFactory[Notice]):
    """Tells a desk officer something of no subject."""

    class Meta:
        model = Notice

    class Params:
        at_once = factory.Trait(mail=MailChoice.AT_ONCE)

    recipient = factory.SubFactory(UserFactory)
    kind = KIND
    key = factory.Sequence(lambda n: f"test:{n}")
    reference = "MED-2026-7K3QX"
    url = "/files/"
    facts = {"title": "Grazing", "on": {"on": "2026-03-01"}}
    mail = MailChoice.DIGEST


class MailFactory(DjangoModelFactory[Mail]):
    """Waits to say that a notice waits."""

    class Meta:
        model = Mail

    class Params:
        digest = factory.Trait(
            kind=MailKind.DIGEST,
            notice=None,
            user=factory.SubFactory(UserFactory),
            digest_on=date(2026, 3, 2),
        )
        account = factory.Trait(
            kind=MailKind.ACCOUNT,
            notice=None,
            user=factory.SubFactory(UserFactory),
            subject="A new password",
            text="https://house.example/key/",
        )
        dead = factory.Trait(state=MailState.DEAD, attempts=25, reply="451 not now")
        refused = factory.Trait(state=MailState.REFUSED, attempts=1, reply="550 no such box")

    key = factory.Sequence(lambda n: f"mail:{n}")
    kind = MailKind.NOTICE
    notice = factory.SubFactory(NoticeFactory, at_once=True)
    user = factory.SelfAttribute("notice.recipient")
    to = factory.SelfAttribute("user.email")


class PreferenceFactory(DjangoModelFactory[Preference]):
    class Meta:
        model = Preference

    user = factory.SubFactory(UserFactory)
    kind = KIND
    mail = MailChoice.AT_ONCE


class HoursFactory(DjangoModelFactory[Hours]):
    class Meta:
        model = Hours

    user = factory.SubFactory(UserFactory)
