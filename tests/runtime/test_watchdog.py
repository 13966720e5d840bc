"""Administrators hear once that a sweep is late or left something, and once that it is well again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from common import sweeps
from common.models import IdempotencyKey, SweepRun
from common.sweeps import Outcome, Sweep
from notifications.models import Mail, Notice
from notifications.selectors import notices_of
from notifications.sweeps import DELIVERY
from oicmediation.notices import SWEEP_LATE, SWEEP_LEFT, SWEEP_WELL
from oicmediation.watchdog import NAME, WATCHDOG
from tests.factories.accounts import UserFactory

DAY = date(2026, 3, 1)
OTHER = "tests.other"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registry(monkeypatch: pytest.MonkeyPatch) -> None:
    other = Sweep(
        OTHER, "Sweep of the tests", find=lambda on: IdempotencyKey.objects.all(), handle=_nothing
    )
    known = {entry.name: entry for entry in (WATCHDOG, DELIVERY, other)}
    monkeypatch.setattr(sweeps, "_REGISTRY", known)


def _nothing(rows: list[Any], on: date) -> int:
    return 0


@pytest.fixture
def administrator() -> Any:
    return UserFactory(administrator=True, language="en")


def ran(name: str, *, minutes: int = 0, **values: Any) -> None:
    """Write into the books that a sweep committed so long ago."""
    at = timezone.now() - timedelta(minutes=minutes)
    values = {"last_committed_at": at, "left": 0, **values}
    SweepRun.objects.update_or_create(name=name, defaults=values)


def all_ran(**values: Any) -> None:
    for name in (NAME, DELIVERY.name, OTHER):
        ran(name, **values)


def told() -> list[str]:
    return list(Notice.objects.order_by("created_at").values_list("kind", flat=True))


def test_nothing_is_told_as_long_as_all_is_well(administrator):
    all_ran()

    assert WATCHDOG.run(DAY) == Outcome()
    assert told() == []


def test_a_late_sweep_is_told_once_in_the_product_and_by_mail(administrator):
    all_ran()
    ran(OTHER, minutes=60)

    outcomes = [WATCHDOG.run(DAY) for _time in range(3)]

    assert [outcome.written for outcome in outcomes] == [1, 0, 0]
    assert told() == [SWEEP_LATE]
    assert Mail.objects.get().user == administrator


def test_the_notice_says_in_words_which_and_since_when(administrator):
    all_ran()
    ran(OTHER, minutes=60)
    WATCHDOG.run(DAY)

    (notice,) = notices_of(administrator)

    heard_at = timezone.localtime(SweepRun.objects.get(name=OTHER).last_committed_at)
    assert notice.sentence.startswith("“Sweep of the tests” is late: it last came to its end on ")
    assert notice.sentence.endswith(f" at {heard_at:%H:%M}.")
    assert notice.url == "/system/sweeps/"


def test_a_sweep_that_left_something_is_told_with_how_much(administrator):
    all_ran()
    ran(OTHER, left=3)

    WATCHDOG.run(DAY)

    (notice,) = notices_of(administrator)
    assert (notice.kind, notice.sentence) == (
        SWEEP_LEFT,
        "“Sweep of the tests” could not deal with everything; left: 3.",
    )


def test_the_end_of_trouble_is_told_once_and_the_next_outage_anew(administrator):
    all_ran()
    for minutes in (60, 0, 60, 0):
        ran(OTHER, minutes=minutes)
        WATCHDOG.run(DAY)
        WATCHDOG.run(DAY)

    assert told() == [SWEEP_LATE, SWEEP_WELL] * 2


def test_a_clock_that_stood_still_is_told_as_one_thing(administrator):
    all_ran(minutes=3 * 24 * 60)

    WATCHDOG.run(DAY)
    assert told() == [SWEEP_LATE]
    assert SweepRun.objects.get(told_at__isnull=False).name == NAME

    all_ran()
    WATCHDOG.run(DAY)
    assert told() == [SWEEP_LATE, SWEEP_WELL]


def test_a_sweep_still_late_when_the_clock_goes_again_is_told(administrator):
    all_ran(minutes=3 * 24 * 60)
    WATCHDOG.run(DAY)
    ran(NAME)
    ran(DELIVERY.name)

    WATCHDOG.run(DAY)

    late = SweepRun.objects.filter(told_at__isnull=False)
    assert [row.name for row in late] == [OTHER]


def test_only_active_administrators_are_told():
    all_ran()
    ran(OTHER, minutes=60)
    UserFactory(head_of_unit=True)
    keeper = UserFactory(administrator=True)
    UserFactory(administrator=True, deactivated=True, deactivated_by=keeper)

    WATCHDOG.run(DAY)

    assert [notice.recipient for notice in Notice.objects.all()] == [keeper]


def test_mail_goes_past_the_outbox_when_delivery_itself_stands_still(
    administrator, django_capture_on_commit_callbacks
):
    all_ran()
    ran(DELIVERY.name, minutes=60)

    with django_capture_on_commit_callbacks() as after_commit:
        WATCHDOG.run(DAY)
    for send in after_commit:
        send()

    (message,) = mail.outbox
    assert message.to == [administrator.email]
    assert message.subject == "The delivery of mail stands still"
    assert "/system/sweeps/" in message.body


def test_books_of_a_sweep_that_no_app_knows_any_more_are_left_alone(administrator):
    all_ran()
    ran("tests.gone", minutes=10_000)

    assert WATCHDOG.run(DAY).found == 0
