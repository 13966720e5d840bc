"""What the pages of a file say of it: standings, due dates, the basis chain, who may see it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from cases.choices import ConsentRole, ConsentState, DisputeStatus, MandateState
from cases.models import Dispute, Mandate
from cases.selectors.audience import who_may_see
from cases.selectors.mandates import standing_of
from cases.selectors.overview import _chain_of_mandate as chain_of_mandate
from cases.selectors.overview import chain_of, due_next, sight_of, usual_acts
from cases.selectors.people import admissible_people
from cases.selectors.rows import COLUMNS, file_rows
from cases.selectors.sides import Sight
from cases.selectors.situation import MissingConsent, Situation
from cases.selectors.standings import stand_of
from cases.selectors.timeline import timeline_of
from cases.services.disputes import reclassify_dispute
from common.choices import Classification
from common.policy import may
from common.text import isolated
from tests.factories.accounts import UserFactory
from tests.factories.cases import (
    ActivityFactory,
    ConsentFactory,
    ConsentStepFactory,
    DisputeFactory,
    DocumentFactory,
    MandateFactory,
    PartyFactory,
    ProcessFactory,
    StateNotificationFactory,
    TeamMemberFactory,
)
from tests.factories.institutions import ResolutionFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("values", "has_terms", "words"),
    [
        ({"state": MandateState.DRAFT}, False, "Draft"),
        ({"state": MandateState.EXPIRED}, True, "Expired"),
        ({"state": MandateState.ACTIVE, "ends_on": TODAY - DAY}, True, "Lapsed on 31 May 2026"),
        ({"state": MandateState.ADOPTED}, False, "Adopted, terms of reference pending"),
        ({"state": MandateState.ADOPTED, "starts_on": TODAY + DAY}, True, "Adopted, begins on"),
        ({"state": MandateState.ADOPTED, "starts_on": TODAY}, True, "Adopted, not yet active"),
        ({"state": MandateState.SUSPENDED}, True, "Suspended"),
        ({"state": MandateState.ACTIVE, "starts_on": TODAY + DAY}, True, "Begins on 2 June 2026"),
        ({"state": MandateState.ACTIVE, "starts_on": TODAY}, True, "In force"),
    ],
)
def test_a_mandate_stands_by_its_dates(values: dict, has_terms: bool, words: str) -> None:
    mandate = Mandate(**{"end_kind": "date", "ends_on": date(2030, 1, 1), **values})
    assert str(standing_of(mandate, TODAY, has_terms=has_terms).words).startswith(words)


def test_due_dates_tell_what_is_late_soon_and_far(officer) -> None:
    process = ProcessFactory(dispute__desk_officer=officer)
    MandateFactory(
        active=True, dispute=process.dispute, review_on=TODAY - DAY, ends_on=TODAY + 400 * DAY
    )
    MandateFactory(active=True, dispute=process.dispute, type="monitoring", ends_on=TODAY - 9 * DAY)
    activity = ActivityFactory(process=process, planned_on=TODAY + DAY)
    held = ActivityFactory(process=process, state="held")
    consent = ConsentFactory(process=process, sought=True)
    ConsentStepFactory(consent=consent, oral=True, confirmation_pending=True)
    ConsentStepFactory(consent=consent, confirmation_pending=True)

    rows = due_next(officer, Situation(process, TODAY), [activity, held])

    assert [(str(row.what), row.tone) for row in rows if row.on >= TODAY - DAY] == [
        ("Review of the mandate", "red"),
        ("Sounding", "amber"),
        ("End of the mandate", "neutral"),
    ]
    assert {str(row.what) for row in rows if row.on < TODAY - DAY} == {
        "Countersignature awaited",
        "Confirmation in writing pending",
        "Answer awaited",
    }


def test_the_basis_chain_names_a_mandate_even_without_its_resolution() -> None:
    adopted = MandateFactory(active=True)
    chain = chain_of(adopted.dispute.desk_officer, Situation(_process_of(adopted), TODAY))
    assert [str(link.label) for link in chain][-1] == str(adopted)
    assert len(chain) == 3
    assert len(list(chain_of_mandate(MandateFactory()))) == 1


def _process_of(mandate: Mandate):
    return ProcessFactory(dispute=mandate.dispute)


def test_usual_acts_lead_to_the_missing_consents_first() -> None:
    process = ProcessFactory(mediation=True)
    new, known = PartyFactory(dispute=process.dispute), PartyFactory(dispute=process.dispute)
    process.parties.set([new, known])
    consent = ConsentFactory(process=process, party=known, role=ConsentRole.MEDIATION)

    urls = [link.url for link in usual_acts(process, Situation(process, TODAY))]
    follow_up = ProcessFactory(follow_up=True)

    assert f"party={new.pk}" in " ".join(urls)
    assert any(str(consent.pk) in url for url in urls)
    assert len(usual_acts(follow_up, Situation(follow_up, TODAY))) == 1


def test_who_may_see_names_everybody_with_the_reason() -> None:
    member = TeamMemberFactory(dispute__open_to_staff=True)
    dispute = member.dispute
    StateNotificationFactory(dispute=dispute, shared=True)

    lines = {str(line.who): str(line.why) for line in who_may_see(dispute)}

    assert lines["All case officers and the registry"] == "the file is classified open"
    assert lines[member.user.display_name] == "Legal adviser"
    assert "the file was shared with the State" in lines.values()


def test_sight_tells_team_and_governments_in_a_few_lines() -> None:
    notification = StateNotificationFactory(shared=True)
    shared = PartyFactory(dispute=notification.dispute, state=notification.state)
    other = PartyFactory(dispute=notification.dispute)
    movement = PartyFactory(dispute=notification.dispute, movement=True)

    lines = sight_of(notification.dispute, [shared, other, movement])

    assert [str(line.who) for line in lines] == ["Desk and team", shared.name, other.name]
    assert [str(line.what) for line in lines[1:]] == ["shared parts", "nothing"]


def test_rows_say_where_ended_suspended_and_thematic_files_stand(head) -> None:
    DisputeFactory(status=DisputeStatus.SUSPENDED)
    DisputeFactory(thematic=True)
    found = Dispute.objects.visible_to(head).order_by("opened_on", "status")
    words = {str(row.stands[0]) for row in file_rows(Sight(head), found.values_list(*COLUMNS))}
    assert words == {"Suspended", "Thematic"}


@pytest.mark.parametrize(
    ("state", "movement", "words"),
    [
        (ConsentState.NOT_GIVEN, False, "is not in a position to agree at present"),
        (ConsentState.NO_LONGER_IN_FORCE, False, "is no longer in force (since"),
        (ConsentState.SOUGHT, False, "the consent of"),
        (ConsentState.SOUGHT, True, "to take part is missing (sought"),
        (ConsentState.NOT_SOUGHT, True, "to take part is missing (not sought)"),
    ],
)
def test_a_missing_consent_says_how_far_it_has_come(state, movement, words) -> None:
    party = PartyFactory(movement=True) if movement else PartyFactory()
    consent = ConsentFactory(process__dispute=party.dispute, party=party, state=state)
    assert words in MissingConsent(party, consent).words()


def test_the_desk_sees_what_is_shown_outside_where_it_differs(officer) -> None:
    consent = ConsentFactory(
        state=ConsentState.NO_LONGER_IN_FORCE, outward_state=ConsentState.GIVEN
    )
    head = UserFactory(head_of_unit=True)
    assert "shown outside: Given" in [str(note) for note in stand_of(head, consent).notes]


def test_the_timeline_tells_of_a_termination(head) -> None:
    mandate = MandateFactory(
        adopted=True,
        state=MandateState.TERMINATED,
        terminated_on=TODAY,
        terminated_by_resolution=ResolutionFactory(),
        termination_reason="Done",
    )
    lines = [str(entry.text) for entry in timeline_of(head, mandate.dispute)]
    assert any(line.startswith("Mandate terminated") for line in lines)


def test_a_thematic_file_knows_no_act_of_a_process(head) -> None:
    process = ProcessFactory(dispute__thematic=True)
    assert may(head, "cases.make_contact", process).code == "thematic_file"


def test_a_file_without_an_officer_is_reclassified(head) -> None:
    dispute = DisputeFactory(desk_officer=None)
    changed = reclassify_dispute(
        actor=head,
        dispute=dispute,
        classification=Classification.RESTRICTED,
        reason="Published",
        on=TODAY,
    )
    assert changed.classification == Classification.RESTRICTED


def test_the_timeline_tells_of_documents_and_notifications(head) -> None:
    document = DocumentFactory(dated=TODAY)
    undated = DocumentFactory(dispute=document.dispute)
    notification = StateNotificationFactory(dispute=document.dispute)

    told = {str(entry.text): entry.on for entry in timeline_of(head, document.dispute)}

    assert told[f"Document filed: {isolated(document)}"] == TODAY
    assert told[f"Document filed: {isolated(undated)}"] == localdate(undated.created_at)
    assert told[f"{notification.state} notified of the file"] == notification.notified_on


def test_outsiders_choose_nobody_into_a_team(head, focal_point) -> None:
    assert head in admissible_people(head)
    assert not admissible_people(focal_point).exists()
