"""What a page may ask of the database, with five rows and with fifty: the same.

Every list, file page and address of the API is asked at both sizes; fifty rows must not cost one
query more than five, and each page stays within the budget of its kind. Savepoints are not counted,
nor is the record's own writing: one event for each confidential file that was read.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import FeedToken
from cases.choices import AgreementStatus, MandateType
from common.choices import Audience
from tests.architecture.door import Door, door_of
from tests.architecture.leak_world import full_file
from tests.factories import library
from tests.factories.accounts import (
    AbsenceFactory,
    DelegationFactory,
    RoleChangeFactory,
    UnitFactory,
    UserFactory,
)
from tests.factories.cases import (
    ActivityFactory,
    AgreementFactory,
    BasisFactory,
    ConsentFactory,
    DisputeFactory,
    DocumentFactory,
    MandateFactory,
    PartyFactory,
    ProcessFactory,
    ReviewStepFactory,
    RootCauseFactory,
    StateNotificationFactory,
    TaskFactory,
    TeamMemberFactory,
    WatchNoteFactory,
)
from tests.factories.institutions import (
    ActorFactory,
    ConferenceRecommendationFactory,
    GlossaryTermFactory,
    HolidayFactory,
    OfficeHoldingFactory,
    OrganFactory,
    ReservationFactory,
    ResolutionFactory,
    ResolutionParagraphFactory,
    SessionFactory,
    StateFactory,
)
from tests.factories.notifications import MailFactory, NoticeFactory

pytestmark = pytest.mark.django_db

SMALL, LARGE = 5, 50
LIST, FILE_PAGE, API, API_WITH_PARTS, OTHER = 10, 20, 6, 7, 15
_BOOKKEEPING = (
    "SAVEPOINT",
    "RELEASE SAVEPOINT",
    "ROLLBACK TO SAVEPOINT",
    'INSERT INTO "audit_auditevent"',
)

#: Address (with the name of the thing its key names), who asks, and the budget.
BUDGETS: dict[tuple[str, str, str], int] = {
    **dict.fromkeys(
        [
            ("cases:my_files", "", "officer"),
            ("cases:mandates_by_session", "", "officer"),
            ("cases:mandates_by_session", "", "head"),
            ("cases:calendar", "", "officer"),
            ("cases:feed_list", "", "officer"),
            ("cases:dispute_list", "", "officer"),
            ("cases:dispute_list", "", "head"),
            ("cases:watch_note_list", "", "officer"),
            ("cases:task_list", "", "officer"),
            ("accounts:absence_list", "", "officer"),
            ("accounts:user_list", "", "administrator"),
            ("accounts:role_change_list", "", "administrator"),
            ("accounts:unit_list", "", "administrator"),
            ("institutions:state_list", "", "officer"),
            ("institutions:observer_list", "", "officer"),
            ("institutions:organ_list", "", "officer"),
            ("institutions:office_list", "", "officer"),
            ("institutions:session_list", "", "officer"),
            ("institutions:resolution_list", "", "officer"),
            ("institutions:recommendation_list", "", "officer"),
            ("institutions:glossary", "", "officer"),
            ("institutions:holiday_list", "", "officer"),
            ("library:home", "", "officer"),
            ("library:agreements", "", "officer"),
            ("audit:record", "", "auditor"),
            ("sweeps", "", "administrator"),
            ("notifications:notices", "", "officer"),
            ("notifications:outbox", "", "administrator"),
            ("search", "", "officer"),
        ],
        LIST,
    ),
    **dict.fromkeys(
        [
            (f"cases:{page}", "file", who)
            for who in ("officer", "envoy", "focal_point")
            for page in (
                "dispute_detail",
                "party_list",
                "consent_list",
                "mandate_list",
                "agreement_list",
                "document_list",
            )
        ]
        + [
            ("cases:dispute_history", "file", "officer"),
            ("cases:dispute_record", "file", "officer"),
            ("cases:dispute_access", "file", "officer"),
            ("cases:precedent_list", "file", "officer"),
            ("cases:process_detail", "process", "officer"),
            ("cases:basis_list", "process", "officer"),
            ("cases:review_detail", "review", "officer"),
            ("cases:review_draft", "review", "officer"),
        ],
        FILE_PAGE,
    ),
    **dict.fromkeys(
        [
            (f"api:{name}-list", "", "officer")
            for name in (
                "dispute",
                "process",
                "consent",
                "mandate",
                "document",
                "activity",
                "watch-note",
                "task",
                "absence",
                "library-process",
                "library-agreement",
                "user",
                "unit",
                "delegation",
                "state",
                "actor",
                "organ",
                "office",
                "office-holding",
                "session",
                "resolution",
                "paragraph",
                "reservation",
                "mandates-by-session",
                "holiday",
                "notice",
            )
        ]
        + [
            (f"api:{name}-list", "file", "officer")
            for name in ("party", "root-cause", "team-member", "state-notification", "precedent")
        ]
        + [
            (f"api:{route}-detail", name, "officer")
            for route, name in (
                ("dispute", "file"),
                ("process", "process"),
                ("consent", "consent_a"),
                ("mandate", "mandate"),
                ("agreement", "agreement"),
                ("document", "document_shared"),
                ("activity", "activity"),
                ("state", "state"),
                ("session", "session"),
                ("resolution", "resolution"),
                ("library-agreement", "library_agreement"),
            )
        ]
        + [("api:dispute-list", "", "focal_point")],
        API,
    ),
    # The groups and the team's files; a token reads its person in one question, a session in two.
    ("api:dispute-list", "", "envoy"): API + 1,
    ("api:agreement-list", "", "officer"): API_WITH_PARTS,  # parties, signatories, provisions
    ("api:mandate-review-list", "", "officer"): API_WITH_PARTS,  # steps, owners, doers
    ("api:mandate-review-detail", "review", "officer"): API_WITH_PARTS,
    **dict.fromkeys(
        [
            ("cases:consent_detail", "consent_a", "officer"),
            ("cases:mandate_detail", "mandate", "officer"),
            ("cases:agreement_detail", "agreement", "officer"),
            ("cases:document_detail", "document_shared", "officer"),
            ("cases:activity_detail", "activity", "officer"),
            ("institutions:state_detail", "state", "officer"),
            ("institutions:session_detail", "session", "officer"),
            ("institutions:resolution_detail", "resolution", "officer"),
            ("library:agreement", "library_agreement", "officer"),
            ("library:process", "library_process", "officer"),
            ("accounts:profile", "", "officer"),
            ("home", "", "officer"),
            ("home", "", "head"),
            ("api:worklist-list", "", "officer"),
            ("notifications:preferences", "", "officer"),
        ],
        OTHER,
    ),
}


class GrowingWorld:
    """A house in which everything there is several of can become more."""

    def __init__(self) -> None:
        state, other = StateFactory(member=True), StateFactory(member=True)
        self.officer = UserFactory(desk_officer=True)
        self.things = full_file(self.officer, (state, other), "one")
        self.file = self.things["file"]
        sharing = StateNotificationFactory(dispute=self.file, state=state, shared=True)
        people = {
            "officer": self.officer,
            "head": UserFactory(head_of_unit=True),
            "administrator": UserFactory(administrator=True),
            "auditor": UserFactory(auditor=True),
            "envoy": TeamMemberFactory(
                dispute=self.file, user=UserFactory(special_envoy=True)
            ).user,
            "focal_point": UserFactory(
                role="focal_point",
                delegation=DelegationFactory(state=sharing.state),
            ),
        }
        self.doors: dict[str, Door] = {name: door_of(user) for name, user in people.items()}
        self.things |= {
            "state": state,
            "session": SessionFactory(),
            "library_agreement": library.AgreementFactory(provisions={"CeProv": 2}),
        }
        self.things["resolution"] = ResolutionFactory(session=self.things["session"])
        self.things["library_process"] = self.things["library_agreement"].process

    def grow(self, times: int) -> None:
        for _time in range(times):
            self._more_in_the_house()
            self._more_in_the_file()

    def _more_in_the_house(self) -> None:
        other = DisputeFactory(desk_officer=self.officer)
        ProcessFactory(dispute=other, parties=[PartyFactory(dispute=other) for _ in range(2)])
        WatchNoteFactory(author=self.officer)
        TaskFactory(owner=self.officer)
        AbsenceFactory(stand_in=self.officer, first_day=date(2031, 5, 4))
        RoleChangeFactory()
        UnitFactory(head=self.officer)
        DelegationFactory()
        ActorFactory()
        SessionFactory()
        ResolutionFactory(session=self.things["session"])
        ResolutionParagraphFactory(resolution=self.things["resolution"])
        ReservationFactory(resolution=self.things["resolution"])
        OfficeHoldingFactory()
        OrganFactory()
        HolidayFactory()
        GlossaryTermFactory()
        ConferenceRecommendationFactory()
        NoticeFactory(
            recipient=self.officer, subject_label="cases.Dispute", subject_id=self.file.pk
        )
        MailFactory(dead=True)
        library.AgreementFactory(process=self.things["library_process"])
        library.AgreementFactory()

    def _more_in_the_file(self) -> None:
        process = self.things["process"]
        party = PartyFactory(dispute=self.file)
        talks = ProcessFactory(dispute=self.file, parties=[party])
        ConsentFactory(process=talks, party=party, given=True)
        RootCauseFactory(dispute=self.file)
        TaskFactory(dispute=self.file, owner=self.officer)
        StateNotificationFactory(dispute=self.file)
        TeamMemberFactory(dispute=self.file)
        BasisFactory(process=process)
        ActivityFactory(process=process)
        MandateFactory(dispute=self.file, type=MandateType.MONITORING, covering=[process])
        ResolutionParagraphFactory(resolution=self.things["mandate"].resolution)
        ReservationFactory(resolution=self.things["mandate"].resolution)
        self._more_that_is_due(talks)
        AgreementFactory(process=process)
        AgreementFactory(process=process, status=AgreementStatus.DRAFT, signed_earliest=None)
        DocumentFactory(dispute=self.file, audience=Audience.SHARED)

    def _more_that_is_due(self, talks: Any) -> None:
        """Let a mandate near its end, lacking everything, with a review whose first step is late."""
        today = timezone.localdate()
        mandate = MandateFactory(
            dispute=self.file, active=True, covering=[talks], ends_on=today + timedelta(days=30)
        )
        ReviewStepFactory(review__mandate=mandate, due_on=today - timedelta(days=1))
        MandateFactory(dispute=self.file, active=True, until_session=True, covering=[talks])
        FeedToken.objects.create(user=self.officer, name="Telephone", digest=str(uuid.uuid4()))

    def cost(self, route: str, name: str, who: str) -> int:
        """Return how many questions one page asks."""
        url = reverse(route, args=[self.things[name].pk] if name else [])
        with transaction.atomic():
            self.doors[who].get(url, {"q": "talks"} if route == "search" else {})
            with CaptureQueriesContext(
                connection,
            ) as asked:
                answer = self.doors[who].get(url, {"q": "talks"} if route == "search" else {})
            transaction.set_rollback(True)
        assert answer.status_code == 200, url
        return sum(not query["sql"].startswith(_BOOKKEEPING) for query in asked)


@pytest.fixture(scope="module")
def costs(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[Any, tuple[int, int]]]:
    """What every page costs at both sizes."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = GrowingWorld()
        world.grow(SMALL)
        small = {key: world.cost(*key) for key in BUDGETS}
        world.grow(LARGE - SMALL)
        yield {key: (small[key], world.cost(*key)) for key in BUDGETS}
        transaction.set_rollback(True)


@pytest.mark.parametrize("key", BUDGETS, ids=" ".join)
def test_page_keeps_its_budget_and_does_not_grow(
    costs: dict[Any, tuple[int, int]], key: tuple[str, str, str]
) -> None:
    with_five, with_fifty = costs[key]
    assert with_fifty <= with_five
    assert with_fifty <= BUDGETS[key]
