"""Rule D3 (domain.md): a signature moves a process and ends nothing; recording is never refused."""

from __future__ import annotations

from datetime import date

import pytest

from cases.choices import (
    AgreementStage,
    AgreementStatus,
    DisputeStatus,
    Engagement,
    Stage,
    StageChangeKind,
)
from cases.models import StageChange
from cases.services.agreements import change_agreement, record_agreement
from common.errors import Refused
from tests.factories.cases import (
    ConsentFactory,
    DisputeFactory,
    PartyFactory,
    ProcessFactory,
)

TODAY = date(2026, 11, 23)
SIGNED_ON = date(2026, 11, 1)


@pytest.fixture
def process(officer):
    return ProcessFactory(dispute=DisputeFactory(desk_officer=officer), stage=Stage.NEGOTIATION)


def record(officer, process, **values):
    facts = {
        "title_en": "Agreement on the crossings",
        "stage": AgreementStage.PARTIAL,
        "status": AgreementStatus.SIGNED,
        "signed_earliest": SIGNED_ON,
    }
    return record_agreement(actor=officer, process=process, recorded_on=TODAY, **facts | values)


FINAL = {"is_final": True}
COMPREHENSIVE = {"stage": AgreementStage.COMPREHENSIVE}


@pytest.mark.parametrize("weight", [FINAL, COMPREHENSIVE], ids=["final", "comprehensive"])
@pytest.mark.parametrize("status", [AgreementStatus.SIGNED, AgreementStatus.AGREED])
def test_final_agreement_moves_its_process_and_ends_nothing(
    officer, process, events, weight, status
):
    agreement = record(officer, process, status=status, **weight)

    process.refresh_from_db()
    dispute = process.dispute
    dispute.refresh_from_db()
    assert process.stage == Stage.IMPLEMENTATION
    assert process.stage_since == SIGNED_ON
    assert process.status == DisputeStatus.ACTIVE
    assert dispute.status == DisputeStatus.ACTIVE
    assert (dispute.outcome, dispute.ended_on, dispute.end_proposed_outcome) == ("", None, "")
    change = StageChange.objects.get(process=process)
    assert change.kind == StageChangeKind.AGREEMENT
    assert change.agreement == agreement
    assert [
        event.verb for event in (*events("cases.stage_changed"), *events("cases.dispute_ended"))
    ] == ["cases.stage_changed"]


@pytest.mark.parametrize(
    "stage", [stage for stage in AgreementStage if stage != AgreementStage.COMPREHENSIVE]
)
def test_other_signed_agreement_leaves_the_stage(officer, process, stage):
    record(officer, process, stage=stage)

    process.refresh_from_db()
    assert process.stage == Stage.NEGOTIATION
    assert not StageChange.objects.exists()


@pytest.mark.parametrize("weight", [FINAL, COMPREHENSIVE], ids=["final", "comprehensive"])
def test_draft_moves_nothing_until_it_is_signed(officer, process, weight):
    agreement = record(
        officer, process, status=AgreementStatus.DRAFT, signed_earliest=None, **weight
    )
    process.refresh_from_db()
    assert process.stage == Stage.NEGOTIATION

    change_agreement(
        actor=officer,
        agreement=agreement,
        recorded_on=TODAY,
        status=AgreementStatus.SIGNED,
        signed_earliest=SIGNED_ON,
    )

    process.refresh_from_db()
    assert process.stage == Stage.IMPLEMENTATION


def test_signed_agreement_that_becomes_final_moves_the_process(officer, process):
    agreement = record(officer, process)

    change_agreement(actor=officer, agreement=agreement, recorded_on=TODAY, is_final=True)

    process.refresh_from_db()
    assert process.stage == Stage.IMPLEMENTATION


def test_process_that_went_back_is_not_moved_again_by_a_correction(officer, process):
    agreement = record(officer, process, **FINAL)
    process.refresh_from_db()
    process.stage = Stage.NEGOTIATION
    process.save()

    change_agreement(actor=officer, agreement=agreement, recorded_on=TODAY, place="Upper ford")

    process.refresh_from_db()
    assert process.stage == Stage.NEGOTIATION


@pytest.mark.parametrize("stage", [Stage.IMPLEMENTATION, Stage.MONITORING])
def test_process_beyond_stays_where_it_is(officer, process, stage):
    process.stage = stage
    process.save()

    record(officer, process, **FINAL)

    process.refresh_from_db()
    assert process.stage == stage


def test_old_agreement_does_not_date_the_move_before_the_last_one(officer, process):
    record(officer, process, signed_earliest=date(2020, 1, 1), **FINAL)

    process.refresh_from_db()
    assert process.stage_since == date(2026, 3, 3)


@pytest.mark.parametrize("engagement", Engagement)
@pytest.mark.parametrize("stage", Stage)
def test_recording_is_never_refused_for_want_of_consent_basis_or_stage(officer, engagement, stage):
    role = {"national_role": "none"} if engagement == Engagement.NATIONAL_PROCESS else {}
    process = ProcessFactory(
        dispute=DisputeFactory(desk_officer=officer), stage=stage, engagement=engagement, **role
    )
    ConsentFactory(process=process)

    assert record(officer, process, **FINAL).pk


def test_recording_is_open_while_process_and_file_are_suspended(officer, process):
    process.status = process.dispute.status = DisputeStatus.SUSPENDED
    process.save()
    process.dispute.save()

    record(officer, process, **COMPREHENSIVE)

    process.refresh_from_db()
    process.dispute.refresh_from_db()
    assert process.status == process.dispute.status == DisputeStatus.SUSPENDED


def test_other_processes_of_the_file_are_untouched(officer, process):
    other = ProcessFactory(dispute=process.dispute, stage=Stage.PRE_NEGOTIATION)

    record(officer, process, **FINAL)

    other.refresh_from_db()
    assert other.stage == Stage.PRE_NEGOTIATION


def test_removing_the_mark_final_takes_no_step_back(officer, process):
    agreement = record(officer, process, **FINAL)

    change_agreement(actor=officer, agreement=agreement, recorded_on=TODAY, is_final=False)

    process.refresh_from_db()
    assert process.stage == Stage.IMPLEMENTATION


def test_move_and_agreement_stand_or_fall_together(officer, process, broken_record):
    with pytest.raises(Exception, match="record cannot be written"):
        record(officer, process, **FINAL)

    process.refresh_from_db()
    assert process.stage == Stage.NEGOTIATION
    assert not process.agreements.exists()


def test_signature_in_the_future_is_a_draft_still(officer, process):
    with pytest.raises(Refused) as refusal:
        record(officer, process, signed_earliest=date(2062, 11, 1), **FINAL)

    assert refusal.value.code == "signed_in_future"


def test_ten_parties_signing_close_no_file(officer, process):
    for _number in range(10):
        record(officer, process, parties=[PartyFactory(dispute=process.dispute)], **FINAL)

    process.dispute.refresh_from_db()
    assert process.dispute.status == DisputeStatus.ACTIVE
    assert process.agreements.count() == 10
    assert StageChange.objects.count() == 1
