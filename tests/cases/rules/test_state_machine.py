"""Whatever officers do in whatever order, the rules hold (security.md, 5; the small form).

Acts are tried at random against one file of two Governments and a movement; a refusal is fine, a
broken invariant is not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from audit.models import AuditEvent, ChainHead
from cases.choices import (
    ActivityKind,
    ActivityState,
    AgreementStage,
    AgreementStatus,
    BasisState,
    ConsentRole,
    ConsentState,
    DisputeStatus,
    Engagement,
    Instrument,
    MandateType,
    Stage,
)
from cases.models import (
    Activity,
    Consent,
    ConsentCondition,
    ConsentStep,
    Dispute,
    Mandate,
    MandateAssignment,
    Process,
)
from cases.selectors.situation import ROLE_OF_ENGAGEMENT, Situation
from cases.services import (
    activities,
    agreements,
    bases,
    consents,
    disputes,
    ends,
    mandates,
    processes,
)
from common.errors import HouseError
from tests.factories.accounts import UserFactory
from tests.factories.cases import DisputeFactory, PartyFactory, ProcessFactory
from tests.factories.institutions import ActorFactory, ResolutionFactory, SessionFactory

FIRST = date(2026, 3, 3)
JOINT = (ActivityKind.JOINT_ROUND, ActivityKind.PROPOSAL)


#: What was planned over all runs: a machine that never gets there would prove nothing.
JOINT_ACTS: list[object] = []


class FileMachine(RuleBasedStateMachine):
    """One file under random hands; a day passes with every act."""

    @initialize()
    def open_the_file(self) -> None:
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.officer = UserFactory(desk_officer=True)
        self.head = UserFactory(head_of_unit=True)
        self.asg = UserFactory(asg=True)
        self.dispute = DisputeFactory(desk_officer=self.officer)
        parties = [
            PartyFactory(dispute=self.dispute),
            PartyFactory(dispute=self.dispute),
            PartyFactory(dispute=self.dispute, movement=True),
        ]
        self.process = ProcessFactory(dispute=self.dispute, mediation=True, parties=parties)
        self.holder = ActorFactory()
        self.session = SessionFactory()
        self.day = FIRST
        self.acts = 0
        self.events_before = AuditEvent.objects.count()
        for party in parties:
            self.do(
                consents.open_consent,
                actor=self.officer,
                process=self.process,
                party=party,
                role=ConsentRole.MEDIATION,
            )

    def teardown(self) -> None:
        if hasattr(self, "frame"):
            transaction.set_rollback(True)
            self.frame.__exit__(None, None, None)

    def do(self, act: Callable[..., Any], **values: Any) -> Any:
        """Do an act or see it refused; only what was done may leave a trace."""
        self.day += timedelta(days=1)
        before = AuditEvent.objects.count()
        try:
            with transaction.atomic():
                done = act(**values)
        except (HouseError, ValidationError):
            assert AuditEvent.objects.count() == before
            return None
        assert AuditEvent.objects.count() > before
        return done

    @rule(number=st.integers(0, 2), state=st.sampled_from(ConsentState), oral=st.booleans())
    def record_consent(self, number: int, state: ConsentState, oral: bool) -> None:
        consent = list(self.process.consents.order_by("created_at"))[number]
        particulars = (
            {"instrument": Instrument.ORAL, "spoken_by": "The Minister", "spoken_to": "The ASG"}
            if oral
            else {"instrument": Instrument.NOTE}
        )
        conditions = ["The talks stay in one city"] if state == ConsentState.CONDITIONAL else []
        self.do(
            consents.record_consent,
            actor=self.officer,
            consent=consent,
            state=state,
            on=self.day,
            conditions=conditions,
            **particulars,
        )

    def all_agree(self) -> None:
        """Bring the talks to where joint acts are open: chance alone rarely gets there."""
        for consent in self.process.consents.all():
            for state in (ConsentState.SOUGHT, ConsentState.GIVEN):
                self.do(
                    consents.record_consent,
                    actor=self.officer,
                    consent=consent,
                    state=state,
                    on=self.day,
                    instrument=Instrument.NOTE,
                )

    @rule()
    def good_offices_are_accepted(self) -> None:
        offer = self.do(
            bases.offer_good_offices,
            actor=self.officer,
            process=self.process,
            offered_on=self.day,
        )
        if offer is not None:
            self.do(
                bases.change_basis_state,
                actor=self.officer,
                basis=offer,
                state=BasisState.ACCEPTED,
                on=self.day,
            )

    @rule()
    def countersign(self) -> None:
        for step in ConsentStep.objects.filter(
            instrument=Instrument.ORAL, countersigned_by__isnull=True
        ):
            self.do(consents.countersign_step, actor=self.asg, step=step, on=self.day)

    @rule()
    def meet_conditions(self) -> None:
        for condition in ConsentCondition.objects.filter(met_on__isnull=True):
            self.do(consents.meet_condition, actor=self.officer, condition=condition, on=self.day)

    @rule(kind=st.sampled_from(JOINT))
    def reach_the_table(self, kind: ActivityKind) -> None:
        self.all_agree()
        self.good_offices_are_accepted()
        self.plan(kind, ahead=0)

    @rule(kind=st.sampled_from(ActivityKind), ahead=st.integers(0, 400))
    def plan_any(self, kind: ActivityKind, ahead: int) -> None:
        self.plan(kind, ahead)

    def plan(self, kind: ActivityKind, ahead: int) -> None:
        self.process.refresh_from_db()
        on = self.day + timedelta(days=ahead)
        situation = Situation(self.process, on)
        role = ROLE_OF_ENGAGEMENT.get(self.process.engagement)
        complete = role is not None and not situation.missing_consents(role)
        footing = bool(situation.footing)
        planned = self.do(
            activities.plan_activity,
            actor=self.officer,
            process=self.process,
            kind=kind,
            planned_on=on,
            purpose="To meet",
        )
        if kind in JOINT and planned is not None:
            assert complete, "a joint act without every consent"
            assert footing, "a joint act without a basis"
            JOINT_ACTS.append(planned.pk)

    @rule(days=st.integers(1, 300), kind=st.sampled_from(MandateType))
    def adopt_mandate(self, days: int, kind: MandateType) -> None:
        draft = self.do(
            mandates.draft_mandate,
            actor=self.officer,
            dispute=self.dispute,
            type=kind,
            holders=[self.holder],
            title_en="Mandate",
            end_kind="date",
            ends_on=self.day + timedelta(days=days),
            terms_waived_reason="Urgent",
        )
        if draft is not None:
            self.do(
                mandates.adopt_mandate,
                actor=self.officer,
                mandate=draft,
                organ=self.session.organ,
                session=self.session,
                resolution=ResolutionFactory(session=self.session),
                paragraph="1",
                adopted_on=self.day,
            )

    @rule()
    def activate_and_end_mandates(self) -> None:
        for mandate in Mandate.objects.filter(dispute=self.dispute):
            self.do(mandates.activate_mandate, actor=self.officer, mandate=mandate, on=self.day)

    @rule()
    def terminate_a_mandate(self) -> None:
        mandate = Mandate.objects.filter(dispute=self.dispute).first()
        if mandate is not None:
            self.do(
                mandates.terminate_mandate,
                actor=self.officer,
                mandate=mandate,
                resolution=ResolutionFactory(session=self.session),
                terminated_on=self.day,
                reason="Decided",
            )

    @rule(stage=st.sampled_from(Stage))
    def change_stage(self, stage: Stage) -> None:
        self.do(
            processes.change_stage,
            actor=self.officer,
            process=self.process,
            stage=stage,
            on=self.day,
            reason="As the talks went",
        )

    @rule(engagement=st.sampled_from(Engagement))
    def change_engagement(self, engagement: Engagement) -> None:
        role = "observer" if engagement == Engagement.NATIONAL_PROCESS else ""
        self.do(
            processes.change_engagement,
            actor=self.officer,
            process=self.process,
            engagement=engagement,
            national_role=role,
            reason="As the parties wish",
            on=self.day,
        )

    @rule(stage=st.sampled_from(AgreementStage), final=st.booleans())
    def sign(self, stage: AgreementStage, final: bool) -> None:
        signed = self.do(
            agreements.record_agreement,
            actor=self.officer,
            process=self.process,
            recorded_on=self.day,
            title_en="Agreement",
            stage=stage,
            status=AgreementStatus.SIGNED,
            is_final=final,
            signed_earliest=self.day,
            signed_latest=self.day,
        )
        self.dispute.refresh_from_db()
        if self.dispute.status != DisputeStatus.ENDED:
            assert signed is not None, "recording a fact was refused (D3)"

    @rule()
    def suspend_or_resume(self) -> None:
        self.dispute.refresh_from_db()
        act = (
            disputes.resume_dispute
            if self.dispute.status == DisputeStatus.SUSPENDED
            else disputes.suspend_dispute
        )
        self.do(act, actor=self.officer, dispute=self.dispute, reason="A pause", on=self.day)

    @rule(second=st.booleans())
    def end_in_error_and_reopen(self, second: bool) -> None:
        self.do(
            ends.propose_end,
            actor=self.head,
            dispute=self.dispute,
            outcome="opened_in_error",
            reason="Twice the same",
        )
        approver = self.asg if second else self.head
        ended = self.do(ends.approve_end, actor=approver, dispute=self.dispute, on=self.day)
        if ended is not None:
            assert second, "one person ended a file alone"
            self.do(
                ends.reopen_dispute,
                actor=self.head,
                dispute=self.dispute,
                reason="It was no error",
                on=self.day,
            )

    @invariant()
    def file_ends_by_two_persons_only(self) -> None:
        if not hasattr(self, "dispute"):
            return
        file = Dispute.objects.get(pk=self.dispute.pk)
        assert (file.status == DisputeStatus.ENDED) == (file.end_approved_by_id is not None)

    @invariant()
    def no_joint_act_stays_planned_after_a_withdrawal(self) -> None:
        if not hasattr(self, "process"):
            return
        process = Process.objects.get(pk=self.process.pk)
        role = ROLE_OF_ENGAGEMENT.get(process.engagement)
        gone = Consent.objects.filter(
            process=process, role=role, state=ConsentState.NO_LONGER_IN_FORCE
        )
        for consent in gone:
            assert not Activity.objects.filter(
                process=process,
                kind__in=JOINT,
                state=ActivityState.PLANNED,
                created_at__lt=consent.updated_at,
            ).exists()

    @invariant()
    def places_never_overlap(self) -> None:
        if not hasattr(self, "dispute"):
            return
        places = list(
            MandateAssignment.objects.filter(
                mandate__dispute=self.dispute, is_occupying=True
            ).order_by("type", "starts_on")
        )
        for earlier, later in pairwise(places):
            if earlier.type == later.type:
                assert earlier.ends_on is not None
                assert earlier.ends_on < later.starts_on

    @invariant()
    def record_has_no_gap(self) -> None:
        if hasattr(self, "dispute") and AuditEvent.objects.exists():
            head = ChainHead.objects.get()
            assert head.number == AuditEvent.objects.order_by("-number").first().number
            assert not connection.needs_rollback


@pytest.mark.django_db
def test_the_rules_hold_in_any_order_of_acts() -> None:
    run_state_machine_as_test(
        FileMachine,
        settings=settings(
            max_examples=20,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert JOINT_ACTS
