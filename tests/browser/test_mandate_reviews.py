"""Three mandates in a real browser: one is renewed, one waits for its session, one lapses (M4 to M6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from cases.choices import MandateEnd
from cases.models import Mandate
from institutions.choices import SessionStatus
from institutions.models import Session
from tests.cases.rules.reviews import run_all
from tests.factories.accounts import UserFactory
from tests.factories.cases import DisputeFactory, MandateFactory, PartyFactory, ProcessFactory
from tests.factories.institutions import (
    OrganFactory,
    ReservationFactory,
    ResolutionFactory,
    ResolutionParagraphFactory,
    SessionFactory,
    StateFactory,
)

pytestmark = pytest.mark.slow
Window = Callable[[User], "Desk"]


class Desk:
    """A person before their window."""

    def __init__(self, page: Page, root: str) -> None:
        self.page = page
        self.root = root
        self.main = page.get_by_role("main")

    def go(self, route: str, thing: Any) -> None:
        self.page.goto(f"{self.root}{reverse(route, args=[thing.pk])}")

    def follow(self, name: str) -> None:
        self.main.get_by_role("link", name=name, exact=True).first.click()

    def send(self, button: str, **values: Any) -> None:
        """Fill a form and send it."""
        for name, value in values.items():
            field = self.page.locator(f"[name={name}]").first
            kind = field.evaluate("element => element.type")
            if kind == "select-one":
                field.select_option(label=str(value))
            elif kind == "radio":
                self.page.get_by_role("radio", name=str(value), exact=True).check()
            else:
                field.fill(value.isoformat() if isinstance(value, date) else str(value))
        self.main.get_by_role("button", name=button, exact=True).click()

    def reads(self, words: str) -> None:
        expect(self.main).to_contain_text(words)


class House:
    """A file between two Governments with a mandate of the Council, and those who keep it."""

    def __init__(self) -> None:
        self.today = timezone.localdate()
        self.officer = UserFactory(desk_officer=True)
        self.head = UserFactory(head_of_unit=True)
        self.asg = UserFactory(asg=True)
        self.clerk = UserFactory(registry_clerk=True)
        self.council = OrganFactory(council=True)
        self.dispute = DisputeFactory(desk_officer=self.officer, title_en="Grazing in the valley")
        parties = [
            PartyFactory(dispute=self.dispute, state=StateFactory(name=name))
            for name in ("Orvana", "Naruba")
        ]
        self.process = ProcessFactory(dispute=self.dispute, parties=parties)

    def session(self, closes: date, number: int) -> Session:
        return SessionFactory(
            organ=self.council,
            number=number,
            status=SessionStatus.PLANNED,
            starts_on=closes,
            ends_on=closes,
        )

    def mandate(self, **options: Any) -> Mandate:
        values = {"dispute": self.dispute, "type": "good_offices", "covering": [self.process]}
        return MandateFactory(**values, **options)


@pytest.fixture
def house(transactional_db: None) -> House:
    with transaction.atomic():
        return House()


@pytest.fixture
def window(open_as: Callable[..., Page], live_server: Any) -> Window:
    return lambda user: Desk(open_as(user), live_server.url)


def test_a_mandate_goes_from_adoption_over_its_review_to_renewal(
    house: House, window: Window
) -> None:
    with transaction.atomic():
        past = house.session(house.today - timedelta(days=300), 51)
        resolution = ResolutionFactory(session=past)
        ResolutionParagraphFactory(
            resolution=resolution, number="4", text_en="Welcomes the talks on the valley"
        )
        ReservationFactory(resolution=resolution, state=StateFactory(name="Tesmal"))
        ahead = house.session(house.today + timedelta(days=80), 52)
        mandate = house.mandate(
            end_kind=MandateEnd.SESSION, ends_on=None, end_session=ahead, title_en="Good offices"
        )
    desk, head, asg = window(house.officer), window(house.head), window(house.asg)

    _adopt_and_activate(desk, mandate, resolution, house.today)
    run_all(house.today)
    desk.go("cases:mandate_detail", mandate)
    desk.follow("Review 1")
    review = mandate.reviews.get()
    desk.reads("Assessment awaited")
    desk.reads("Welcomes the talks on the valley")
    desk.reads("Tesmal")
    _write(desk, head, asg, review, ahead, house.today)
    _renew(desk, ahead, house.today)

    desk.reads("The mandate is renewed")
    new = Mandate.objects.get(succeeds=mandate)
    desk.go("cases:mandate_detail", new)
    desk.reads("In force")
    desk.reads("Succeeds: Good offices")
    desk.go("cases:mandate_detail", mandate)
    desk.reads("Succeeded by: Good offices")
    desk.reads("Renewed")
    for person in (desk, head, asg):
        assert person.page.complaints == []  # type: ignore[attr-defined]


def _adopt_and_activate(desk: Desk, mandate: Mandate, resolution: Any, today: date) -> None:
    desk.go("cases:mandate_detail", mandate)
    desk.follow("Record the adoption")
    desk.send(
        "Record the adoption",
        session=resolution.session.label,
        reference=resolution.reference,
        paragraph="4",
        adopted_on=resolution.session.starts_on,
    )
    desk.reads("The mandate is adopted.")
    desk.follow("Add terms of reference")
    desk.send("Add the version", text_en="To bring the two Governments to one table")
    desk.follow("Activate")
    desk.send("Activate", on=today)
    desk.reads("The mandate is active.")


def _write(desk: Desk, head: Desk, asg: Desk, review: Any, session: Session, today: date) -> None:
    """Assess, countersign, draft, propose and submit."""
    desk.follow("Assess the mandate")
    desk.reads("To bring the two Governments to one table")
    desk.send(
        "Record the assessment",
        progress="Two rounds were held",
        consent="Both Governments stand by it",
        recommendation="Renew",
        on=today,
    )
    desk.reads("The assessment waits for its countersignature.")
    desk.reads("The review stands at: Countersignature awaited.")
    head.go("cases:review_detail", review)
    head.follow("Countersign the assessment")
    head.reads("Two rounds were held")
    head.send("Countersign", on=today)
    head.reads("Proposal awaited")
    desk.go("cases:review_detail", review)
    desk.follow("Draft the decision")
    desk.reads("Welcomes the talks on the valley")
    desk.send(
        "Save the draft",
        draft_en="Decides to renew the good offices",
        draft_fr="Décide de renouveler les bons offices",
        draft_ar="يقرر تجديد المساعي الحميدة",
    )
    asg.go("cases:review_detail", review)
    asg.follow("Propose to the organ")
    asg.send("Record the proposal", proposal="To renew it for a year", session=session.label)
    desk.go("cases:review_detail", review)
    desk.follow("Submit to a session")
    desk.send("Record the submission", on=today)
    desk.reads("Decision of the organ awaited")


def _renew(desk: Desk, session: Session, today: date) -> None:
    desk.follow("It renewed the mandate")
    desk.send(
        "Record the renewal",
        session=session.label,
        reference="POL-7/52",
        title_en="On the good offices in the valley",
        paragraph="5",
        adopted_on=today,
        end_kind="Until a date",
        ends_on=today + timedelta(days=400),
    )


def test_a_mandate_whose_session_is_postponed_runs_on_and_its_review_waits(
    house: House, window: Window
) -> None:
    with transaction.atomic():
        ahead = house.session(house.today + timedelta(days=60), 52)
        mandate = house.mandate(
            active=True, end_kind=MandateEnd.SESSION, ends_on=None, end_session=ahead
        )
    run_all(house.today)
    review = mandate.reviews.get()
    clerk, desk = window(house.clerk), window(house.officer)

    clerk.go("institutions:session_postpone", ahead)
    clerk.send("Postpone", reason="The host asked for it")
    run_all(house.today + timedelta(days=200))

    desk.go("cases:mandate_detail", mandate)
    desk.reads("In force")
    desk.reads("pending: ")
    desk.go("cases:review_detail", review)
    desk.reads("waits for the session's days")

    later = house.today + timedelta(days=160)
    clerk.go("institutions:session_move", ahead)
    clerk.send("Move", starts_on=later, ends_on=later)
    desk.page.reload()
    expect(desk.main.locator(f"time[datetime='{later.isoformat()}']").first).to_be_visible()


def test_a_mandate_that_lapses_refuses_new_acts_and_leaves_the_rest_open(
    house: House, window: Window
) -> None:
    with transaction.atomic():
        mandate = house.mandate(active=True, ends_on=house.today + timedelta(days=20))
    run_all(house.today)
    Mandate.objects.update(ends_on=house.today - timedelta(days=1))
    run_all(house.today)
    desk = window(house.officer)

    desk.go("cases:mandate_detail", mandate)
    desk.reads("Expired")
    desk.follow("Review 1")
    desk.reads("The mandate lapsed without a decision")
    desk.reads("Leaving safely")

    plan = f"{desk.root}{reverse('cases:activity_plan', args=[house.process.pk])}"
    desk.page.goto(f"{plan}?kind=mission")
    desk.reads("lapsed on")
    desk.reads(str(mandate.resolution))
    desk.page.goto(f"{plan}?kind=humanitarian")
    desk.send("Plan", planned_on=house.today, purpose="Safe departure of the mission")
    desk.reads("The activity is planned.")
