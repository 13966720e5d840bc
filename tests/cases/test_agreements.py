"""Agreements on record: facts, who stands on them, what they provide; each refusal by name."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from cases.choices import AgreementStage, AgreementStatus, DisputeStatus, Sex, SignatoryRole
from cases.models import Agreement, AgreementProvision, Signatory
from cases.selectors.participation import women_on
from cases.services.agreement_parts import (
    add_signatory,
    record_provision,
    remove_provision,
    remove_signatory,
)
from cases.services.agreements import change_agreement, record_agreement
from cases.services.history import record_published_agreement
from common.actor import SYSTEM
from common.choices import Classification
from common.errors import NotPermitted, Refused, Stale
from tests.factories.accounts import UserFactory
from tests.factories.cases import (
    AgreementFactory,
    DisputeFactory,
    PartyFactory,
    ProcessFactory,
    StateNotificationFactory,
    TeamMemberFactory,
)
from tests.factories.institutions import ActorFactory, OrganisationFactory

TODAY = date(2026, 11, 23)
SIGNED_ON = date(2026, 6, 1)
FACTS = {
    "title_en": "Accord of Hamra",
    "stage": AgreementStage.CEASEFIRE,
    "status": AgreementStatus.SIGNED,
    "signed_earliest": SIGNED_ON,
}


@pytest.fixture
def dispute(officer):
    return DisputeFactory(desk_officer=officer)


@pytest.fixture
def process(dispute):
    return ProcessFactory(dispute=dispute)


@pytest.fixture
def agreement(process):
    return AgreementFactory(process=process)


def record(officer, process, **values):
    return record_agreement(actor=officer, process=process, recorded_on=TODAY, **FACTS | values)


def change(officer, agreement, **values):
    return change_agreement(actor=officer, agreement=agreement, recorded_on=TODAY, **values)


# Recording --------------------------------------------------------------------------------------


def test_agreement_is_recorded_with_its_parties_and_one_day(officer, process, events):
    party = PartyFactory(dispute=process.dispute)

    agreement = record(officer, process, parties=[party], place="Hamra", summary="Of the ford")

    agreement = Agreement.objects.get(pk=agreement.pk)
    assert agreement.signed_latest == SIGNED_ON
    assert agreement.classification == process.dispute.classification
    assert list(agreement.parties.all()) == [party]
    assert agreement.search_text == "accord of hamra hamra"
    (event,) = events("cases.agreement_recorded")
    assert event.target_id == str(agreement.pk)
    assert event.subject_id == str(process.dispute_id)


def test_agreement_keeps_a_date_that_is_not_known_to_the_day(officer, process):
    agreement = record(
        officer,
        process,
        signed_earliest=date(1996, 9, 1),
        signed_latest=date(1996, 9, 30),
        signed_as_written="September 1996",
    )

    assert (agreement.signed_earliest.day, agreement.signed_latest.day) == (1, 30)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title_en": ""}, "__all__"),
        ({"signed_earliest": None}, "__all__"),
        ({"signed_latest": date(2020, 1, 1)}, "__all__"),
        ({"stage": "nowhere"}, "stage"),
    ],
)
def test_agreement_that_is_not_whole_is_not_recorded(officer, process, values, field):
    with pytest.raises(ValidationError) as error:
        record(officer, process, **values)

    assert field in error.value.message_dict


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"signed_earliest": date(2026, 12, 1)}, "signed_in_future"),
        ({"classification": Classification.OPEN}, "below_file"),
        ({"classification": Classification.SECRET}, "above_clearance"),
    ],
)
def test_recording_is_refused(officer, process, values, code):
    with pytest.raises(Refused) as refusal:
        record(officer, process, **values)

    assert refusal.value.code == code
    assert not Agreement.objects.exists()


def test_party_of_another_file_is_refused(officer, process):
    with pytest.raises(Refused) as refusal:
        record(officer, process, parties=[PartyFactory()])

    assert refusal.value.code == "foreign_party"


def test_draft_may_be_planned_for_a_day_to_come(officer, process):
    assert record(
        officer, process, status=AgreementStatus.DRAFT, signed_earliest=date(2027, 1, 1)
    ).pk


@pytest.mark.parametrize("act", ["record", "change", "sign", "provide"])
def test_nobody_outside_the_team_writes(
    other_officer, registry, cabinet, focal_point, act, process
):
    agreement = AgreementFactory(process=process)
    acts = {
        "record": lambda user: record(user, process),
        "change": lambda user: change(user, agreement, place="Hamra"),
        "sign": lambda user: add_signatory(
            actor=user, agreement=agreement, role=SignatoryRole.WITNESS, name="A. Witness"
        ),
        "provide": lambda user: record_provision(
            actor=user, agreement=agreement, code="CeProv", level=1
        ),
    }
    for user in (other_officer, registry, cabinet, focal_point):
        with pytest.raises(NotPermitted):
            acts[act](user)


def test_member_of_the_team_and_head_of_unit_write(head, process):
    member = TeamMemberFactory(dispute=process.dispute).user

    for user in (head, member):
        assert record(user, process).pk


def test_ended_file_takes_no_agreement(officer, head, process):
    dispute = process.dispute
    dispute.status, dispute.outcome = DisputeStatus.ENDED, "taken_over"
    dispute.ended_on, dispute.ended_by, dispute.end_approved_by = TODAY, officer, head
    dispute.end_reason = "Another forum"
    dispute.save()

    with pytest.raises(Refused) as refusal:
        record(officer, process)

    assert refusal.value.code == "file_ended"


def test_recording_is_rolled_back_with_the_record(officer, process, broken_record):
    with pytest.raises(DatabaseError):
        record(officer, process)

    assert not Agreement.objects.exists()


# Changing ---------------------------------------------------------------------------------------


def test_agreement_is_changed_and_the_change_is_on_record(officer, agreement, events):
    party = PartyFactory(dispute=agreement.process.dispute)

    changed = change(officer, agreement, version=1, title_ar="اتفاق الحمراء", parties=[party])

    assert changed.version == 3
    assert "اتفاق الحمراء" in changed.search_text
    (event,) = events("cases.agreement_changed")
    assert event.payload["changes"]["title_ar"] == ["", "اتفاق الحمراء"]
    assert event.payload["changes"]["parties"] == [[], [str(party.pk)]]


def test_same_parties_are_no_change(officer, agreement, events):
    assert change(officer, agreement, parties=[]).version == 1


def test_stale_change_is_refused(officer, agreement):
    change(officer, agreement, place="Hamra")

    with pytest.raises(Stale):
        change(officer, agreement, version=1, place="Sahn")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"signed_earliest": date(2027, 1, 1)}, "signed_in_future"),
        ({"classification": Classification.RESTRICTED}, "below_file"),
        ({"classification": Classification.SECRET}, "above_clearance"),
    ],
)
def test_change_is_refused(officer, agreement, values, code):
    agreement.classification = Classification.CONFIDENTIAL
    agreement.save()

    with pytest.raises(Refused) as refusal:
        change(officer, agreement, **values)

    assert refusal.value.code == code


def test_change_keeps_parties_of_the_file(officer, agreement):
    with pytest.raises(Refused):
        change(officer, agreement, parties=[PartyFactory()])


def test_change_is_rolled_back_with_the_record(officer, agreement, broken_record):
    with pytest.raises(DatabaseError):
        change(officer, agreement, place="Hamra")

    agreement.refresh_from_db()
    assert agreement.place == ""


# Who stands on it -------------------------------------------------------------------------------


def test_signatory_is_added_and_taken_off(officer, agreement, events):
    party = PartyFactory(dispute=agreement.process.dispute)

    signatory = add_signatory(
        actor=officer,
        agreement=agreement,
        role=SignatoryRole.SIGNATORY,
        party=party,
        name="Amina Sahli",
        function="Minister of Water",
        sex=Sex.FEMALE,
    )
    remove_signatory(actor=officer, signatory=signatory)

    assert not Signatory.objects.exists()
    for verb in ("cases.signatory_added", "cases.signatory_removed"):
        (event,) = events(verb)
        assert event.target_id == str(signatory.pk)
        assert event.payload["role"] == "signatory"


def test_guarantor_may_be_an_organisation(officer, agreement):
    organisation = OrganisationFactory()

    guarantor = add_signatory(
        actor=officer,
        agreement=agreement,
        role=SignatoryRole.GUARANTOR,
        signatory_actor=organisation,
    )

    assert guarantor.actor == organisation
    assert not guarantor.is_person


def test_nobody_at_all_is_no_signatory(officer, agreement):
    with pytest.raises(ValidationError, match="Name the person"):
        add_signatory(actor=officer, agreement=agreement, role=SignatoryRole.SIGNATORY)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (lambda: {"party": PartyFactory()}, "foreign_party"),
        (lambda: {"signatory_actor": ActorFactory(exercise=True)}, "other_world"),
    ],
)
def test_signatory_from_elsewhere_is_refused(officer, agreement, values, code):
    with pytest.raises(Refused) as refusal:
        add_signatory(actor=officer, agreement=agreement, role="witness", **values())

    assert refusal.value.code == code


def test_signatory_is_rolled_back_with_the_record(officer, agreement, broken_record):
    signatory = Signatory.objects.create(agreement=agreement, role="witness", name="A. Witness")

    with pytest.raises(DatabaseError):
        add_signatory(actor=officer, agreement=agreement, role="witness", name="B. Witness")
    with pytest.raises(DatabaseError):
        remove_signatory(actor=officer, signatory=signatory)

    assert list(agreement.signatories.all()) == [signatory]


# Women's participation ----------------------------------------------------------------------------


def stand(agreement, role, *sexes):
    for number, sex in enumerate(sexes):
        Signatory.objects.create(agreement=agreement, role=role, name=f"Person {number}", sex=sex)


def test_women_are_counted_by_capacity_with_what_is_not_known(agreement):
    stand(agreement, "signatory", "female", "male", "male", "unknown")
    stand(agreement, "witness", "female")
    stand(agreement, "guarantor", "female")

    shares = {share.role: share for share in women_on(agreement)}

    assert set(shares) == {"signatory", "witness"}
    signatories = shares["signatory"]
    assert (signatories.women, signatories.total, signatories.unknown) == (1, 4, 1)
    assert (signatories.value, signatories.note) == ("1 of 4", "sex not known: 1")
    assert signatories.label == "women among the signatories"
    assert (shares["witness"].value, shares["witness"].note) == ("1 of 1", "")
    assert shares["witness"].label == "women among the witnesses"


def test_percentage_is_said_from_ten_persons_on(agreement):
    stand(agreement, "signatory", *["female"] * 3, *["male"] * 7)

    assert women_on(agreement)[0].value == "3 of 10 (30 %)"


def test_states_and_bodies_are_no_persons(agreement):
    state = PartyFactory(dispute=agreement.process.dispute)
    Signatory.objects.create(agreement=agreement, role="witness", actor=OrganisationFactory())
    Signatory.objects.create(agreement=agreement, role="signatory", party=state)

    (share,) = women_on(agreement)

    assert (share.role, share.total, share.unknown) == ("signatory", 1, 1)


def test_agreement_without_anybody_has_no_shares(agreement):
    assert women_on(agreement) == []


# Provisions -------------------------------------------------------------------------------------


def test_provision_is_recorded_and_taken_off(officer, agreement, events):
    provision = record_provision(
        actor=officer, agreement=agreement, code="CeProv", level=2, text="The guns rest"
    )
    remove_provision(actor=officer, provision=provision)

    assert not AgreementProvision.objects.exists()
    assert events("cases.provision_recorded")[0].payload["code"] == "CeProv"
    assert events("cases.provision_removed")[0].payload["code"] == "CeProv"


def test_code_beyond_the_catalogue_is_refused(officer, agreement):
    with pytest.raises(Refused) as refusal:
        record_provision(actor=officer, agreement=agreement, code="Nothing", level=1)

    assert (refusal.value.code, refusal.value.field) == ("unknown_provision", "code")


@pytest.mark.parametrize("level", [0, 4])
def test_detail_is_one_to_three(officer, agreement, level):
    with pytest.raises(ValidationError):
        record_provision(actor=officer, agreement=agreement, code="CeProv", level=level)


def test_provision_is_on_record_once(officer, agreement):
    record_provision(actor=officer, agreement=agreement, code="CeProv", level=1)

    with pytest.raises(ValidationError, match="on record already"):
        record_provision(actor=officer, agreement=agreement, code="CeProv", level=3)


def test_provision_is_rolled_back_with_the_record(officer, agreement, broken_record):
    provision = AgreementProvision.objects.create(agreement=agreement, code="CeProv", level=1)

    with pytest.raises(DatabaseError):
        record_provision(actor=officer, agreement=agreement, code="CeGen", level=1)
    with pytest.raises(DatabaseError):
        remove_provision(actor=officer, provision=provision)

    assert list(agreement.provisions.all()) == [provision]


# Published history ------------------------------------------------------------------------------


@pytest.fixture
def past(db):
    return ProcessFactory(
        dispute=DisputeFactory(history=True), stage="", stage_since=None, engagement=""
    )


def publish(process, actor=SYSTEM, **values):
    facts = FACTS | {"stage": AgreementStage.COMPREHENSIVE, "is_final": True}
    return record_published_agreement(
        actor=actor,
        process=process,
        recorded_on=TODAY,
        **{"source": "United Nations Treaty Series"} | facts | values,
    )


def test_house_records_what_was_published_and_moves_no_stage(past, events):
    agreement = publish(
        past,
        signatories=[{"role": "witness", "name": "The Secretary General", "sex": "male"}],
        provisions={"CeProv": 2},
    )

    past.refresh_from_db()
    assert past.stage == ""
    assert agreement.source == "United Nations Treaty Series"
    assert [str(row) for row in agreement.signatories.all()] == ["The Secretary General"]
    assert [row.code for row in agreement.provisions.all()] == ["CeProv"]
    (event,) = events("cases.agreement_recorded")
    assert event.actor_id == ""


@pytest.mark.parametrize("source", ["", "  "])
def test_nothing_is_published_without_a_source(past, source):
    with pytest.raises(Refused) as refusal:
        publish(past, source=source)

    assert refusal.value.code == "source_missing"


def test_person_publishes_nothing(past, asg):
    with pytest.raises(NotPermitted):
        publish(past, actor=asg)


def test_living_file_is_no_published_history(process):
    with pytest.raises(Refused) as refusal:
        publish(process)

    assert refusal.value.code == "no_published_history"


def test_publication_is_rolled_back_with_the_record(past, broken_record):
    with pytest.raises(DatabaseError):
        publish(past)

    assert not Agreement.objects.exists()


def test_published_history_is_closed_to_people(past):
    head = UserFactory(head_of_unit=True)

    with pytest.raises(Refused) as refusal:
        record(head, past)

    assert refusal.value.code == "published_history"


# Who sees it ------------------------------------------------------------------------------------


def test_draft_stays_with_the_team(
    officer, head, cabinet, registry, process, focal_point, delegation
):
    process.dispute.classification = Classification.OPEN
    process.dispute.save()
    StateNotificationFactory(dispute=process.dispute, state=delegation.state, shared=True)
    member = TeamMemberFactory(dispute=process.dispute, user__role="special_envoy").user
    draft = AgreementFactory(
        process=process,
        status=AgreementStatus.DRAFT,
        signed_earliest=None,
        classification=Classification.OPEN,
    )
    Signatory.objects.create(agreement=draft, role="witness", name="A. Witness")

    def sees(user):
        parts = Signatory.objects.visible_to(user).exists()
        return Agreement.objects.visible_to(user).exists(), parts

    assert [sees(user) for user in (officer, head, member)] == [(True, True)] * 3
    assert [sees(user) for user in (cabinet, focal_point)] == [(False, False)] * 2
    draft.status, draft.signed_earliest, draft.signed_latest = "signed", SIGNED_ON, SIGNED_ON
    draft.save()
    assert [sees(user) for user in (cabinet, focal_point, member)] == [(True, True)] * 3
    assert sees(registry) == (False, False)  # the file is open, but was not opened to all staff


def test_agreement_above_the_clearance_is_hidden(officer, process):
    AgreementFactory(process=process, classification=Classification.SECRET)

    assert not Agreement.objects.visible_to(officer).exists()


def test_agreement_counts_as_secret_as_its_file(process):
    agreement = AgreementFactory(process=process, classification=Classification.OPEN)

    assert agreement.effective_classification == Classification.CONFIDENTIAL
