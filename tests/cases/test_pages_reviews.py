"""Pages of reviews: what is read beside what, and each act open, refused with its reason, or absent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cases.choices import ConsentState, MandateEnd, MandateState, ReviewState
from cases.models import Mandate, MandateReview
from cases.selectors.panel import acts_of
from cases.selectors.reviews import track_of
from cases.selectors.timeline import timeline_of
from tests.cases.rules.reviews import council, until
from tests.cases.rules.world import World
from tests.factories.cases import TeamMemberFactory, TermsOfReferenceFactory
from tests.factories.institutions import (
    ReservationFactory,
    ResolutionParagraphFactory,
    StateFactory,
)
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db
Open = Callable[[User], Client]


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def today() -> Any:
    return timezone.localdate()


@pytest.fixture
def mandate(world: World, today: Any) -> Mandate:
    end = today + timedelta(days=90)
    return until(world, end, type="good_offices", state=MandateState.UNDER_REVIEW)


def url(name: str, thing: Any) -> str:
    return reverse(f"cases:{name}", args=[thing.pk])


def page(client: Client, name: str, thing: Any) -> str:
    answer = client.get(url(name, thing))
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


# Reading ----------------------------------------------------------------------------------------


def test_the_page_shows_steps_with_owner_and_both_calendars(
    world: World, mandate: Mandate, client_for: Open
) -> None:
    review = ReviewFactory(mandate=mandate, assessed=True, assessor=world.head)

    text = page(client_for(world.officer), "review_detail", review)

    for words in ("Assessment", "Countersignature", "Proposal", "Submission"):
        assert words in text
    assert world.head.display_name in text
    assert "14" in text
    assert "Ramadan 1447" in text, "the day on which it was assessed"
    assert "Two rounds were held" in text


def test_the_draft_stands_beside_the_agreed_language_and_the_reservations(
    world: World, mandate: Mandate, client_for: Open
) -> None:
    old = world.mandate(adopted=True, type="enquiry", state=MandateState.EXPIRED)
    mandate.succeeds = old
    mandate.save()
    for link, words in ((mandate, "Welcomes the talks"), (old, "Calls for talks")):
        ResolutionParagraphFactory(
            resolution=link.resolution, number=link.paragraph, text_en=words, text_fr=""
        )
    ReservationFactory(resolution=old.resolution, state=StateFactory(name="Tesmal"))
    review = ReviewFactory(mandate=mandate, draft_en="Renews the mandate")
    client = client_for(world.officer)

    text, draft = page(client, "review_detail", review), page(client, "review_draft", review)

    for words in ("Renews the mandate", "Welcomes the talks", "Calls for talks", "Tesmal"):
        assert words in text
        assert words in draft
    assert text.index("Welcomes the talks") < text.index("Calls for talks"), "the latest first"


def test_the_page_shows_terms_and_where_consent_stands(
    world: World, mandate: Mandate, client_for: Open
) -> None:
    TermsOfReferenceFactory(mandate=mandate, text_en="To bring them to one table")
    world.consent(world.orvana, ConsentState.SOUGHT)

    text = page(client_for(world.head), "review_detail", ReviewFactory(mandate=mandate))

    assert "To bring them to one table" in text
    assert "Orvana" in text


def test_what_is_not_open_says_why(world: World, mandate: Mandate, client_for: Open) -> None:
    review = ReviewFactory(mandate=mandate)

    text = page(client_for(world.officer), "review_detail", review)

    assert url("review_assess", review) in text
    assert url("review_submit", review) not in text
    assert "The review stands at: Assessment awaited." in text


def test_a_closed_review_names_the_decision(
    world: World, mandate: Mandate, client_for: Open, today: Any
) -> None:
    resolution = world.resolution()
    review = ReviewFactory(
        mandate=mandate,
        state=ReviewState.DECIDED,
        outcome="renewed",
        resolution=resolution,
        closed_on=today,
    )

    text = page(client_for(world.officer), "review_detail", review)

    assert resolution.reference in text
    assert url("review_renew", review) not in text


def test_a_lapsed_review_says_what_stays_allowed_and_takes_a_late_decision(
    world: World, mandate: Mandate, client_for: Open, today: Any
) -> None:
    review = ReviewFactory(mandate=mandate, state=ReviewState.LAPSED, closed_on=today)

    text = page(client_for(world.officer), "review_detail", review)

    assert "Leaving safely" in text
    assert url("review_renew", review) in text
    assert url("review_amend", review) not in text


def test_a_session_after_the_end_is_warned_of(
    world: World, mandate: Mandate, client_for: Open, today: Any
) -> None:
    late = council(world, today + timedelta(days=120))
    review = ReviewFactory(
        mandate=mandate, submitted=True, session=late, returned_because="Whose consent?"
    )

    text = page(client_for(world.officer), "review_detail", review)

    assert "without a technical extension it lapses meanwhile" in text
    assert "Whose consent?" in text


def test_a_review_that_waits_for_a_session_says_so(world: World, client_for: Open) -> None:
    mandate = world.mandate(active=True, until_session=True)
    review = ReviewFactory(mandate=mandate)

    text = page(client_for(world.officer), "review_detail", review)

    assert "waits for the session&#x27;s days" in text


def test_a_step_whose_day_is_past_says_since_when(world: World, mandate: Mandate) -> None:
    review = ReviewFactory(mandate=mandate)
    due = review.decide_by

    late, *others = track_of(review, review.steps.all(), due + timedelta(days=1))

    assert late.tone == "red"
    assert str(due.year) in str(late.remark)
    assert {step.tone for step in others} == {"neutral"}


def test_mediators_and_states_do_not_find_it(
    world: World, mandate: Mandate, client_for: Open, envoy: User
) -> None:
    review = ReviewFactory(mandate=mandate)
    TeamMemberFactory(dispute=world.dispute, user=envoy)

    client = client_for(envoy)

    assert client.get(url("review_detail", review)).status_code == 404
    assert "Review 1" not in page(client, "mandate_detail", mandate)
    assert "Review 1" in page(client_for(world.officer), "mandate_detail", mandate)


def test_the_next_step_stands_among_what_may_be_done_today(
    world: World, mandate: Mandate, client_for: Open, today: Any
) -> None:
    review = ReviewFactory(mandate=mandate, assessed=True)

    text = page(client_for(world.head), "dispute_detail", world.dispute)
    found = {act.key: act for act in acts_of(world.officer, world.process, today)}

    assert "Countersign the assessment of the mandate" in text
    assert found["countersign_review"].url == url("review_detail", review)
    assert not found["countersign_review"].verdict
    assert "countersign_review" not in {
        act.key for act in acts_of(world.head, world.mediation, today)
    }


def test_the_timeline_of_the_secretariat_tells_of_reviews(
    world: World, mandate: Mandate, today: Any, envoy: User
) -> None:
    ReviewFactory(mandate=mandate, state=ReviewState.LAPSED, closed_on=today)
    TeamMemberFactory(dispute=world.dispute, user=envoy)

    def told(user: User) -> list[str]:
        return [str(entry.kind) for entry in timeline_of(user, world.dispute)]

    assert told(world.officer).count("review") == 2
    assert told(envoy).count("review") == 0


# Acts -------------------------------------------------------------------------------------------


def send(client: Client, name: str, thing: Any, **values: Any) -> Any:
    return client.post(url(name, thing), values, follow=True)


def state_of(review: MandateReview) -> str:
    return MandateReview.objects.get(pk=review.pk).state


def test_a_review_is_opened_by_page(world: World, client_for: Open, today: Any) -> None:
    mandate = until(world, today + timedelta(days=300))

    answer = send(client_for(world.officer), "review_open", mandate, on=today)

    assert answer.redirect_chain == [(url("review_detail", mandate.reviews.get()), 302)]


def test_every_step_is_done_by_page(
    world: World, mandate: Mandate, client_for: Open, today: Any
) -> None:
    review = ReviewFactory(mandate=mandate)
    session = council(world, today + timedelta(days=60))
    officer, head, asg = (client_for(user) for user in (world.officer, world.head, world.asg))
    words = {"progress": "Two rounds", "consent": "Both", "recommendation": "renew"}
    states = []

    def do(client: Client, name: str, **values: Any) -> None:
        assert client.get(url(name, review)).status_code == 200
        answer = send(client, name, review, **values)
        assert answer.redirect_chain, answer.content.decode()
        states.append(state_of(review))

    do(officer, "review_assess", on=today, version=review.version, **words)
    do(head, "review_return", on=today, reason="Whose consent?")
    version = MandateReview.objects.get().version
    do(officer, "review_assess", on=today, version=version, **words)
    do(head, "review_countersign", on=today)
    version = MandateReview.objects.get().version
    drafts = {"draft_en": "Renews", "draft_fr": "Renouvelle", "draft_ar": "يجدد"}
    do(officer, "review_draft", version=version, **drafts)
    do(asg, "review_propose", on=today, proposal="For a year", session=session.pk)
    do(officer, "review_submit", on=today, session=session.pk)
    do(officer, "review_take_back", on=today, reason="Another agenda")

    assert states == [
        "assessed",
        "open",
        "assessed",
        "countersigned",
        "countersigned",
        "proposed",
        "submitted",
        "proposed",
    ]


def decision(world: World, **values: Any) -> dict[str, Any]:
    resolution = world.resolution()
    return {"session": resolution.session_id, "reference": resolution.reference, **values}


@pytest.mark.parametrize(
    ("name", "outcome"),
    [("review_renew", "renewed"), ("review_amend", "amended"), ("review_end", "terminated")],
)
def test_each_decision_is_recorded_by_page(
    world: World, mandate: Mandate, client_for: Open, today: Any, name: str, outcome: str
) -> None:
    review = ReviewFactory(mandate=mandate, submitted=True)
    values = {
        "review_renew": {
            "paragraph": "4",
            "adopted_on": today,
            "end_kind": MandateEnd.DATE,
            "ends_on": today + timedelta(days=400),
        },
        "review_amend": {"adopted_on": today, "text_en": "More", "reason": "They sat down"},
        "review_end": {"terminated_on": today, "reason": "Settled"},
    }[name]
    client = client_for(world.officer)

    assert client.get(url(name, review)).status_code == 200
    answer = send(client, name, review, **decision(world, **values))

    assert answer.redirect_chain, answer.content.decode()
    assert MandateReview.objects.get().outcome == outcome


def test_a_renewal_by_page_enters_a_resolution_that_is_new(
    world: World, mandate: Mandate, client_for: Open, today: Any
) -> None:
    """The whole form is sent, new terms left empty, as a browser does."""
    review = ReviewFactory(mandate=mandate, submitted=True)
    session = council(world, today)
    values = {
        "session": session.pk,
        "reference": "9-POL",
        "title_en": "On the crossings",
        "paragraph": "4",
        "adopted_on": today,
        "end_kind": MandateEnd.DATE,
        "ends_on": today + timedelta(days=400),
        **dict.fromkeys(("title_fr", "title_ar", "text_en", "text_fr", "text_ar"), ""),
    }

    answer = send(client_for(world.officer), "review_renew", review, **values)

    assert answer.redirect_chain, answer.content.decode()
    assert MandateReview.objects.get().resolution.title_en == "On the crossings"


def test_a_refusal_stands_beside_its_field(
    world: World, mandate: Mandate, client_for: Open, today: Any
) -> None:
    review = ReviewFactory(mandate=mandate, proposed=True)
    below = council(world, today + timedelta(days=60), organ=world.committee)
    mandate.is_reserved_to_adopter = True
    mandate.save()

    answer = client_for(world.officer).post(
        url("review_submit", review), {"session": below.pk, "on": today}
    )

    assert answer.status_code == 409
    assert "reserves the renewal to itself" in answer.content.decode()
    assert state_of(review) == ReviewState.PROPOSED


def test_whoever_may_not_reads_why(world: World, mandate: Mandate, client_for: Open) -> None:
    review = ReviewFactory(mandate=mandate, assessed=True)

    answer = client_for(world.officer).get(url("review_countersign", review))

    assert answer.status_code == 403
    assert "Your role does not cover this act." in answer.content.decode()
