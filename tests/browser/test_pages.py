"""Every main page in a real browser: three languages, two widths, axe, console, sideways scroll."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Page

from accounts.models import User
from tests.architecture.leak_world import full_file
from tests.factories import library
from tests.factories.accounts import RoleChangeFactory, StateUserFactory, UserFactory
from tests.factories.cases import StateNotificationFactory, WatchNoteFactory
from tests.factories.institutions import (
    ReservationFactory,
    ResolutionFactory,
    ResolutionParagraphFactory,
    SessionFactory,
    StateFactory,
)
from tests.factories.notifications import MailFactory, NoticeFactory

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OpenAs = Callable[..., Page]

#: Address by route and by the name of the thing that its key names, for each reader.
PAGES: dict[str, list[tuple[str, str]]] = {
    "officer": [
        ("home", ""),
        ("cases:my_files", ""),
        ("cases:mandates_by_session", ""),
        ("cases:calendar", ""),
        ("cases:feed_list", ""),
        ("cases:feed_create", ""),
        ("search", ""),
        ("cases:dispute_list", ""),
        ("cases:dispute_open", ""),
        ("cases:dispute_detail", "file"),
        ("cases:process_detail", "process"),
        ("cases:party_list", "file"),
        ("cases:party_add", "file"),
        ("cases:consent_list", "file"),
        ("cases:consent_detail", "consent_a"),
        ("cases:consent_step", "consent_b"),
        ("cases:mandate_list", "file"),
        ("cases:mandate_detail", "mandate"),
        ("cases:mandate_adopt", "mandate_draft"),
        ("cases:agreement_list", "file"),
        ("cases:agreement_detail", "agreement"),
        ("cases:document_list", "file"),
        ("cases:document_file", "file"),
        ("cases:document_detail", "document_a"),
        ("cases:precedent_list", "file"),
        ("cases:dispute_history", "file"),
        ("cases:dispute_record", "file"),
        ("cases:dispute_access", "file"),
        ("cases:basis_list", "process"),
        ("cases:activity_plan", "process"),
        ("cases:watch_note_list", ""),
        ("institutions:state_list", ""),
        ("institutions:state_detail", "state"),
        ("institutions:session_list", ""),
        ("institutions:session_detail", "session"),
        ("institutions:resolution_list", ""),
        ("institutions:resolution_detail", "resolution"),
        ("institutions:resolution_add", ""),
        ("institutions:reservation_record", "resolution"),
        ("institutions:organ_list", ""),
        ("institutions:office_list", ""),
        ("institutions:holiday_list", ""),
        ("institutions:glossary", ""),
        ("library:home", ""),
        ("library:agreements", ""),
        ("library:agreement", "library_agreement"),
        ("accounts:profile", ""),
        ("accounts:token_create", ""),
        ("notifications:notices", ""),
        ("notifications:notice", "notice"),
        ("notifications:preferences", ""),
    ],
    "focal_point": [
        ("home", ""),
        ("cases:dispute_detail", "file"),
        ("cases:consent_list", "file"),
        ("cases:document_list", "file"),
    ],
    "administrator": [
        ("home", ""),
        ("accounts:user_list", ""),
        ("accounts:user_invite", ""),
        ("accounts:user_detail", "officer"),
        ("accounts:role_change_list", ""),
        ("accounts:unit_list", ""),
        ("notifications:outbox", ""),
        ("notifications:replay", "mail"),
        ("sweeps", ""),
    ],
    "auditor": [("audit:record", "")],
}


@pytest.fixture
def people(transactional_db: None) -> dict[str, User]:
    return {
        "officer": UserFactory(desk_officer=True),
        "administrator": UserFactory(administrator=True),
        "auditor": UserFactory(auditor=True),
        "focal_point": StateUserFactory(clearance=2),
    }


@pytest.fixture
@transaction.atomic
def things(people: dict[str, User]) -> dict[str, Any]:
    state = people["focal_point"].delegation.state
    things = full_file(people["officer"], (state, StateFactory(name="Naruba")), "Lagoon")
    StateNotificationFactory(dispute=things["file"], state=state, shared=True)
    WatchNoteFactory(author=people["officer"])
    RoleChangeFactory()
    session = SessionFactory()
    resolution = ResolutionFactory(session=session)
    ResolutionParagraphFactory(resolution=resolution, text_ar="يطلب تقريراً")
    ReservationFactory(resolution=resolution, state=state)
    return things | {
        "resolution": resolution,
        "state": state,
        "session": session,
        "library_agreement": library.AgreementFactory(provisions={"CeProv": 2}),
        "officer": people["officer"],
        "notice": NoticeFactory(recipient=people["officer"]),
        "mail": MailFactory(notice__recipient=people["officer"], dead=True),
    }


def faults_of(page: Page, width: int) -> list[Any]:
    """Return what is wrong with the page before us."""
    found = Axe().run(page, options=RULES).response["violations"]
    faults: list[Any] = [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]]
    scrolled = page.evaluate("document.documentElement.scrollWidth")
    if scrolled > width:
        faults.append(("scrolls sideways", scrolled))
    if page.locator("h1").count() != 1:
        faults.append(("headings of the first order", page.locator("h1").count()))
    faults += page.complaints  # type: ignore[attr-defined]
    page.complaints.clear()  # type: ignore[attr-defined]
    return faults


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("reader", PAGES)
def test_every_main_page_is_in_order(
    open_as: OpenAs,
    live_server: Any,
    people: dict[str, User],
    things: dict[str, Any],
    reader: str,
    language: str,
    width: int,
) -> None:
    page = open_as(people[reader], language=language, width=width)
    wrong = {}
    for route, name in PAGES[reader]:
        path = reverse(route, args=[things[name].pk] if name else [])
        answer = page.goto(f"{live_server.url}{path}")
        assert answer is not None
        spoken = page.get_attribute("html", "lang"), page.get_attribute("html", "dir")
        faults = faults_of(page, width)
        if (answer.status, spoken) != (200, (language, "rtl" if language == "ar" else "ltr")):
            faults.append((answer.status, spoken))
        if faults:
            wrong[route] = faults
    assert wrong == {}


def test_switching_the_language_keeps_the_page(
    open_as: OpenAs, live_server: Any, people: dict[str, User], things: dict[str, Any]
) -> None:
    page = open_as(people["officer"])
    url = f"{live_server.url}{reverse('cases:consent_list', args=[things['file'].pk])}?from=here"
    page.goto(url)
    page.locator("button[name=language][value=ar]").first.click()
    assert page.url == url
    assert page.get_attribute("html", "dir") == "rtl"
    page.locator("button[name=language][value=fr]").first.click()
    assert page.url == url
    assert page.get_attribute("html", "lang") == "fr"


def test_arabic_page_runs_from_right_to_left(
    open_as: OpenAs, live_server: Any, people: dict[str, User], things: dict[str, Any]
) -> None:
    page = open_as(people["officer"], language="ar")
    page.goto(f"{live_server.url}{reverse('cases:dispute_detail', args=[things['file'].pk])}")
    navigation, main = (
        page.locator(f"{part}:visible").first.bounding_box() for part in ("nav", "main")
    )
    assert navigation is not None
    assert main is not None
    assert navigation["x"] > main["x"]
