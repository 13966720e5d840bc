"""Mandates by the session that must decide on them, and what each still lacks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from cases.choices import (
    ConsentRole,
    ConsentState,
    Instrument,
    MandateEnd,
    MandateState,
    MandateType,
    ReviewState,
)
from cases.models import Consent
from cases.selectors import by_session
from cases.selectors.mandates_due import Lacks, standing_consents, with_missing
from cases.selectors.situation import counts_as_given
from cases.services.consents import meet_condition, open_consent, record_consent
from institutions.choices import SessionStatus
from tests.factories.accounts import UserFactory
from tests.factories.cases import (
    OPENED,
    DisputeFactory,
    MandateFactory,
    MandateReviewFactory,
    PartyFactory,
    ProcessFactory,
    ReviewStepFactory,
    TeamMemberFactory,
    TermsOfReferenceFactory,
)
from tests.factories.institutions import OrganFactory, SessionFactory

pytestmark = pytest.mark.django_db

PAGE = "/mandates/by-session/"
DAYS = {"starts_on": date(2031, 6, 1), "ends_on": date(2031, 6, 2)}


def session(**values: Any) -> Any:
    return SessionFactory(planned=True, **values)


def until(dispute: Any, end: Any, **values: Any) -> Any:
    return MandateFactory(
        dispute=dispute, active=True, until_session=True, end_session=end, **values
    )


def shown_to(user: User) -> list[tuple[str, list[str]]]:
    rows = by_session.with_names(by_session.mandates_by_session(user))
    return [
        (str(group.title), [str(row.mandate) for row in group.rows])
        for group in by_session.grouped(user, rows)
    ]


# Which session ----------------------------------------------------------------------------------


def test_mandates_stand_under_their_sessions_in_the_order_of_days(officer: User) -> None:
    dispute = DisputeFactory(desk_officer=officer)
    late = session(number=55, starts_on=date(2032, 6, 1), ends_on=date(2032, 6, 2))
    soon, without_days = session(number=54, **DAYS), session(number=56)
    postponed = SessionFactory(
        number=53, status=SessionStatus.POSTPONED, starts_on=None, ends_on=None
    )
    until(dispute, postponed, title_en="pending")
    until(dispute, without_days, title_en="undated")
    until(dispute, late, title_en="late")
    until(dispute, soon, title_en="soon")
    MandateFactory(dispute=dispute, active=True, title_en="by a day")
    MandateFactory(
        dispute=dispute,
        active=True,
        title_en="open",
        end_kind=MandateEnd.DECISION,
        ends_on=None,
        review_on=date(2030, 1, 1),
    )

    assert shown_to(officer) == [
        (soon.label, ["soon"]),
        (late.label, ["late"]),
        (without_days.label, ["undated"]),
        (postponed.label, ["pending"]),
        ("No session yet", ["by a day"]),
        ("Until further decision", ["open"]),
    ]


def test_technical_extension_and_the_reviews_own_session_come_before_the_end(
    officer: User,
) -> None:
    dispute = DisputeFactory(desk_officer=officer)
    first, extended, named = (session(number=n, **DAYS) for n in (53, 54, 55))
    until(dispute, first, title_en="extended", extended_to=extended)
    reviewed = until(dispute, first, title_en="reviewed")
    MandateReviewFactory(mandate=reviewed, state=ReviewState.SUBMITTED, session=named)
    closed = until(dispute, first, title_en="closed")
    MandateReviewFactory(
        mandate=closed, state=ReviewState.OVERTAKEN, session=named, closed_on=OPENED
    )

    shown = dict(shown_to(officer))
    assert shown == {
        first.label: ["closed"],
        extended.label: ["extended"],
        named.label: ["reviewed"],
    }


@pytest.mark.parametrize("state", [MandateState.DRAFT, MandateState.RENEWED, MandateState.EXPIRED])
def test_what_is_decided_or_not_adopted_awaits_nothing(officer: User, state: str) -> None:
    MandateFactory(dispute=DisputeFactory(desk_officer=officer), adopted=True, state=state)

    assert shown_to(officer) == []


def test_mandates_of_files_that_one_does_not_see_are_not_there(
    other_officer: User, head: User
) -> None:
    MandateFactory(dispute=DisputeFactory(), active=True, title_en="confidential")

    assert shown_to(other_officer) == []
    assert shown_to(head) == [("No session yet", ["confidential"])]


def test_mediator_reads_the_end_but_nothing_of_the_review(officer: User, envoy: User) -> None:
    dispute = DisputeFactory(desk_officer=officer)
    TeamMemberFactory(dispute=dispute, user=envoy)
    end, named = session(number=54, **DAYS), session(number=55, **DAYS)
    mandate = until(dispute, end)
    MandateReviewFactory(mandate=mandate, state=ReviewState.SUBMITTED, session=named)

    ((title, _rows),) = shown_to(envoy)
    assert title == end.label
    rows = by_session.with_names(by_session.mandates_by_session(envoy))
    assert by_session.grouped(envoy, rows)[0].rows[0].lacks is None


# What is missing --------------------------------------------------------------------------------


def lacks(mandate: Any) -> Lacks:
    return Lacks(with_missing(type(mandate).objects.filter(pk=mandate.pk)).get())


def test_next_step_says_what_of_whom_until_when(officer: User) -> None:
    officer.full_name, officer.full_name_ar = "Salma Idris", "سلمى إدريس"
    officer.save()
    mandate = MandateFactory(dispute=DisputeFactory(desk_officer=officer), active=True)
    assert lacks(mandate).next_step is None

    step = ReviewStepFactory(review__mandate=mandate, due_on=date(2030, 11, 1))
    found = lacks(mandate)
    assert found.next_step is not None
    assert found.next_step.words() == "Assessment: Salma Idris, by 1 November 2030"
    assert found.review_id == str(step.review_id)

    step.due_on = step.owner = None
    step.save()
    waiting = lacks(mandate).next_step
    assert waiting is not None
    assert waiting.words() == "Assessment: nobody yet, waits for the days of the session"


def test_terms_draft_and_consents_are_named_while_they_are_missing() -> None:
    dispute = DisputeFactory()
    government = PartyFactory(dispute=dispute, neutral_name_en="Upper side")
    movement = PartyFactory(dispute=dispute, movement=True, neutral_name_en="Front")
    elsewhere = PartyFactory(dispute=dispute, neutral_name_en="Lower side")
    gone = PartyFactory(dispute=dispute, valid_to=timezone.localdate() - timedelta(days=1))
    talks = ProcessFactory(dispute=dispute, parties=[government, movement, gone])
    again = ProcessFactory(dispute=dispute, parties=[government])
    ProcessFactory(dispute=dispute, parties=[elsewhere])
    mandate = MandateFactory(dispute=dispute, active=True, covering=[talks, again])
    MandateReviewFactory(mandate=mandate, draft_fr="Renouvelle")

    assert lacks(mandate).words() == [
        "terms of reference",
        "consent of Upper side",
        "agreement of Front to take part",
        "draft decision in English",
        "draft decision in Arabic",
    ]

    TermsOfReferenceFactory(mandate=mandate)
    mandate.type = MandateType.MONITORING
    mandate.save()
    assert lacks(mandate).words() == ["draft decision in English", "draft decision in Arabic"]


def test_mandate_that_names_no_process_asks_the_parties_of_all() -> None:
    dispute = DisputeFactory()
    party = PartyFactory(dispute=dispute, neutral_name_en="Upper side")
    ProcessFactory(dispute=dispute, parties=[party])
    mandate = MandateFactory(dispute=dispute, active=True, terms_waived_reason="short")

    assert lacks(mandate).words() == ["consent of Upper side"]


def test_consents_count_in_the_database_as_they_count_in_the_rules(asg: User) -> None:
    officer = UserFactory(desk_officer=True)
    dispute = DisputeFactory(desk_officer=officer)
    note = {"on": OPENED, "instrument": Instrument.NOTE}
    oral = {**note, "instrument": Instrument.ORAL, "spoken_by": "A", "spoken_to": "B"}
    conditions = {**note, "conditions": ["a date", "a place"]}
    given, back = ConsentState.GIVEN, ConsentState.NO_LONGER_IN_FORCE
    stories: list[list[tuple[str, dict[str, Any]]]] = [
        [],
        [(given, note)],
        [(given, oral)],
        [(given, oral), (back, note), (ConsentState.SOUGHT, note), (given, note)],
        [(given, note), (back, note), (ConsentState.SOUGHT, note), (given, oral)],
        [(ConsentState.CONDITIONAL, conditions)],
        [(ConsentState.NOT_GIVEN, note)],
    ]
    for story in stories:
        party = PartyFactory(dispute=dispute)
        process = ProcessFactory(dispute=dispute, parties=[party])
        consent = open_consent(
            actor=officer, process=process, party=party, role=ConsentRole.MEDIATION
        )
        for state, values in [(ConsentState.SOUGHT, note), *story] if story else []:
            record_consent(actor=officer, consent=consent, state=state, **values)
    bound = Consent.objects.get(state=ConsentState.CONDITIONAL)

    def agree() -> set[Any]:
        rows = Consent.objects.prefetch_related("steps", "conditions")
        by_rule = {row.pk for row in rows if counts_as_given(row)}
        assert {row.pk for row in standing_consents()} == by_rule
        return by_rule

    assert len(agree()) == 2
    for condition in bound.conditions.all():
        assert bound.pk not in agree()
        meet_condition(actor=officer, condition=condition, on=OPENED)
    assert bound.pk in agree()


# Doors ------------------------------------------------------------------------------------------


def test_page_names_session_days_in_both_calendars_and_what_is_missing(
    client_for: Callable[[User], Client], officer: User
) -> None:
    dispute = DisputeFactory(desk_officer=officer)
    step = ReviewStepFactory(review__mandate=until(dispute, session(number=54, **DAYS)))
    page = client_for(officer).get(PAGE).content.decode()

    assert "54th session" in page
    assert "11–12 Safar 1453" in page
    assert f"Assessment: {officer.display_name}" in page
    assert "<li>terms of reference</li>" in page
    assert str(step.review.mandate) in page


def test_page_is_narrowed_by_organ_and_calm_when_empty(
    client_for: Callable[[User], Client], officer: User
) -> None:
    summit = OrganFactory(summit=True)
    until(DisputeFactory(desk_officer=officer), session(number=54, **DAYS), title_en="One")
    browser = client_for(officer)

    found = browser.get(PAGE, {"organ": str(OrganFactory(council=True).pk)}).content.decode()
    assert ">One<" in found
    assert "awaits a decision" in browser.get(PAGE, {"organ": str(summit.pk)}).content.decode()
    assert browser.get(PAGE, {"organ": "x"}).status_code == 200


def test_page_is_set_from_right_to_left_and_tells_a_state_only_the_end(
    client_for: Callable[[User], Client], officer: User, envoy: User
) -> None:
    dispute = DisputeFactory(desk_officer=officer)
    TeamMemberFactory(dispute=dispute, user=envoy)
    until(dispute, session(number=54, **DAYS))
    envoy.language = "ar"
    envoy.save()

    page = client_for(envoy).get(PAGE).content.decode()
    assert 'dir="rtl"' in page
    assert 'class="missing"' not in page


def test_api_tells_which_session_must_decide(
    api_for: Callable[..., APIClient], officer: User, envoy: User
) -> None:
    dispute = DisputeFactory(desk_officer=officer)
    TeamMemberFactory(dispute=dispute, user=envoy)
    end = session(number=54, **DAYS)
    ReviewStepFactory(review__mandate=until(dispute, end), due_on=date(2031, 4, 1))

    (row,) = api_for(officer).get("/api/v1/mandates-by-session/").json()["results"]
    assert (row["place"], row["session"], row["on"]) == ("dated", str(end.pk), "2031-06-02")
    assert row["next_step"] == {
        "kind": "assessment",
        "owner": officer.display_name,
        "due_on": "2031-04-01",
    }
    assert "terms of reference" in row["missing"]

    (row,) = api_for(envoy).get("/api/v1/mandates-by-session/").json()["results"]
    assert (row["next_step"], row["missing"]) == (None, [])
    other = {"organ": str(OrganFactory(summit=True).pk)}
    assert api_for(officer).get("/api/v1/mandates-by-session/", other).json()["results"] == []
