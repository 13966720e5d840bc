"""A desk officer's first day with a file, by the keyboard alone, from log-in to a planned round."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from cases.models import Activity, Dispute
from common.worklist import weekday
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.institutions import StateFactory

MOST_TABS = 150


class Keyboard:
    """Works a page as somebody without a mouse does."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, target: Locator) -> None:
        """Press Tab until the target has the focus."""
        page = self.page.get_by_role("main").inner_text
        assert target.count() == 1, f"{target} is not on the page:\n{page()}"
        self.page.evaluate("document.activeElement.blur()")
        for _press in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if target.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"no key leads to {target}")

    def follow(self, name: str) -> None:
        """Follow the first link of that name in the main part of the page."""
        self.reach(self.page.get_by_role("main").get_by_role("link", name=name, exact=True).first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, field: str, text: str) -> None:
        self.reach(self.page.locator(f"[name={field}]"))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def date(self, field: str, day: date) -> None:
        """Write a day as an English-speaking browser asks for it: month, day, year."""
        self.reach(self.page.locator(f"[name={field}]"))
        self.page.keyboard.type(day.strftime("%m%d%Y"))

    def pick(self, field: str, label: str) -> None:
        """Choose in a list by writing the first letters."""
        chosen = self.page.locator(f"select[name={field}]")
        self.reach(chosen)
        self.page.keyboard.type(label)
        expect(chosen.locator("option:checked")).to_have_text(label)

    def tick(self, label: str) -> None:
        self.reach(self.page.get_by_role("checkbox", name=label))
        self.page.keyboard.press("Space")

    def turn_to(self, label: str) -> None:
        """Choose one of several radio buttons with the arrows."""
        wanted = self.page.get_by_role("radio", name=label, exact=True)
        group = self.page.locator(f"[name={wanted.get_attribute('name')}]")
        checked = group.and_(self.page.locator(":checked"))
        self.reach(checked if checked.count() else group.first)
        if not checked.count():
            self.page.keyboard.press("Space")
        for _press in range(group.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {label}")

    def send(self, name: str) -> None:
        self.reach(self.page.get_by_role("main").get_by_role("button", name=name, exact=True))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


@pytest.fixture
def officer(transactional_db: None) -> User:
    for name in ("Orvana", "Naruba"):
        StateFactory(name=name, member=True)
    return UserFactory(desk_officer=True, email="desk@example.org")


@pytest.mark.slow
def test_officer_brings_a_file_to_a_joint_round_by_keyboard(
    open_page: Callable[..., Page], live_server: Any, officer: User
) -> None:
    page = open_page(reverse("account_login"))
    keys = Keyboard(page)
    _log_in(keys)
    _open_file(keys)
    dispute = Dispute.objects.get()
    process = _open_process(keys)
    round_url = (
        f"{live_server.url}{reverse('cases:activity_plan', args=[process])}?kind=joint_round"
    )

    page.goto(round_url)
    said = page.get_by_role("main").inner_text()
    assert "Orvana" in said
    assert "Naruba" in said
    assert not page.locator("[name=planned_on]").count()

    page.goto(f"{live_server.url}{reverse('cases:consent_list', args=[dispute.pk])}")
    for government in ("Orvana", "Naruba"):
        _record_consent(keys, government)
        page.goto(f"{live_server.url}{reverse('cases:consent_list', args=[dispute.pk])}")
    page.goto(f"{live_server.url}{reverse('cases:basis_list', args=[process])}")
    _offer_good_offices(keys)

    page.goto(round_url)
    _plan_round(keys)
    assert "The activity is planned." in page.get_by_role("main").inner_text()
    planned = Activity.objects.get()
    assert (planned.kind, planned.by) == ("joint_round", officer)


def _log_in(keys: Keyboard) -> None:
    keys.write("login", "desk@example.org")
    keys.write("password", PASSWORD)
    keys.send("Log in")
    day = weekday(timezone.localdate())
    expect(keys.page.get_by_role("heading", level=1)).to_have_text(day)
    assert "All is calm" in keys.page.get_by_role("main").inner_text()


def _open_file(keys: Keyboard) -> None:
    keys.follow("Open my files")
    keys.follow("Open a file")
    keys.pick("type", "Between Member States")
    keys.write("title_en", "Grazing in the high valley")
    keys.send("Open the file")
    for government in ("Orvana", "Naruba"):
        keys.follow("Add a party")
        keys.pick("party_actor", government)
        keys.pick("kind", "Government")
        keys.send("Add the party")


def _open_process(keys: Keyboard) -> Any:
    keys.follow("Process")
    keys.follow("Open a process")
    keys.write("title_en", "Talks on the valley")
    for government in ("Orvana", "Naruba"):
        keys.tick(government)
    keys.write("reason", "Both sides talk already")
    keys.turn_to("Good offices")
    keys.send("Open the process")
    return Dispute.objects.get().processes.get().pk


def _plan_round(keys: Keyboard) -> None:
    keys.date("planned_on", timezone.localdate())
    keys.write("purpose", "To hear both sides at one table")
    keys.send("Plan")


def _record_consent(keys: Keyboard, government: str) -> None:
    keys.follow("Ask for consent")
    keys.pick("party", government)
    keys.turn_to("Good offices")
    keys.send("Open the record")
    _record_step(keys, "Sought")
    keys.follow("Record the next step")
    _record_step(keys, "Given")


def _record_step(keys: Keyboard, state: str) -> None:
    keys.turn_to(state)
    keys.date("on", timezone.localdate())
    keys.pick("instrument", "Note verbale")
    keys.send("Record the step")


def _offer_good_offices(keys: Keyboard) -> None:
    keys.follow("Offer good offices")
    keys.send("Record the offer")
    keys.follow("What became of it")
    keys.turn_to("Accepted")
    keys.send("Record")
