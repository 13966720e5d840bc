"""Every act of the services of case work that a person does, ready to be done, by its verb.

``ACTS[verb](world)`` makes what the act needs and returns who may do it and the act itself, which
takes the actor.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from accounts.models import User
from cases.choices import (
    ActivityKind,
    ActivityState,
    BasisState,
    CauseKind,
    ConsentRole,
    ConsentState,
    DisputeStatus,
    DisputeType,
    Engagement,
    Instrument,
    Level,
    MandateEnd,
    MandateState,
    MandateType,
    Outcome,
    PartyKind,
    Recommendation,
    Stage,
)
from cases.models import MandateReview
from cases.services import (
    activities,
    bases,
    consents,
    disputes,
    ends,
    mandates,
    parties,
    processes,
    review_decisions,
    reviews,
    sharing,
    team,
)
from common.choices import Classification
from institutions.choices import SessionStatus
from institutions.models import Session
from tests.cases.rules.world import OPENED, TODAY, World
from tests.factories.accounts import UserFactory
from tests.factories.cases import (
    ActivityFactory,
    BasisFactory,
    ConsentFactory,
    ConsentStepFactory,
    RootCauseFactory,
    StateNotificationFactory,
    TeamMemberFactory,
)
from tests.factories.institutions import StateFactory
from tests.factories.reviews import ReviewFactory

Ready = tuple[User, Callable[..., Any]]
ACTS: dict[str, Callable[[World], Ready]] = {}


def act(verb: str) -> Callable[[Callable[[World], Ready]], Callable[[World], Ready]]:
    def register(make: Callable[[World], Ready]) -> Callable[[World], Ready]:
        ACTS[f"cases.{verb}"] = make
        return make

    return register


# The file ---------------------------------------------------------------------------------------


@act("dispute_opened")
def _(world: World) -> Ready:
    opening = partial(
        disputes.open_dispute,
        type=DisputeType.INTER_STATE_MEMBERS,
        opened_on=OPENED,
        title_en="Grazing in the upper valley",
    )
    return world.officer, opening


@act("dispute_changed")
def _(world: World) -> Ready:
    return world.officer, partial(
        disputes.change_dispute, dispute=world.dispute, summary_en="Two summers without rain"
    )


@act("dispute_reclassified")
def _(world: World) -> Ready:
    return world.head, partial(
        disputes.reclassify_dispute,
        dispute=world.dispute,
        classification=Classification.RESTRICTED,
        reason="Known to the press",
        on=TODAY,
    )


@act("officer_assigned")
def _(world: World) -> Ready:
    return world.head, partial(
        disputes.assign_desk_officer,
        dispute=world.dispute,
        desk_officer=UserFactory(desk_officer=True),
        on=TODAY,
    )


@act("dispute_suspended")
def _(world: World) -> Ready:
    return world.officer, partial(
        disputes.suspend_dispute, dispute=world.dispute, reason="Elections", on=TODAY
    )


@act("dispute_resumed")
def _(world: World) -> Ready:
    world.dispute.status = DisputeStatus.SUSPENDED
    world.dispute.save()
    return world.officer, partial(
        disputes.resume_dispute, dispute=world.dispute, reason="Elections held", on=TODAY
    )


@act("party_added")
def _(world: World) -> Ready:
    return world.officer, partial(
        parties.add_party,
        dispute=world.dispute,
        party_actor=StateFactory(name="Tesmal").actor,
        kind=PartyKind.GOVERNMENT,
    )


@act("party_changed")
def _(world: World) -> Ready:
    return world.officer, partial(
        parties.change_party, party=world.orvana, neutral_name_en="The upstream State"
    )


@act("root_cause_added")
def _(world: World) -> Ready:
    return world.officer, partial(
        parties.add_root_cause,
        dispute=world.dispute,
        kind=CauseKind.STRUCTURAL,
        identified_on=OPENED,
        text_en="One river, two calendars",
    )


@act("root_cause_changed")
def _(world: World) -> Ready:
    return world.officer, partial(
        parties.change_root_cause,
        cause=RootCauseFactory(dispute=world.dispute),
        kind=CauseKind.TRIGGER,
    )


@act("team_member_added")
def _(world: World) -> Ready:
    return world.officer, partial(
        team.add_team_member,
        dispute=world.dispute,
        user=UserFactory(special_envoy=True),
        function="Special Envoy",
        valid_from=OPENED,
    )


@act("team_member_ended")
def _(world: World) -> Ready:
    member = TeamMemberFactory(dispute=world.dispute)
    return world.officer, partial(team.end_team_member, member=member, on=TODAY)


@act("state_notified")
def _(world: World) -> Ready:
    return world.asg, partial(
        sharing.notify_state,
        dispute=world.dispute,
        state=world.orvana.actor.state,
        notified_on=TODAY,
        instrument="Note of 2 November 2026",
    )


@act("file_shared")
def _(world: World) -> Ready:
    notification = StateNotificationFactory(dispute=world.dispute)
    return world.asg, partial(sharing.share_with_state, notification=notification, on=TODAY)


@act("sharing_ended")
def _(world: World) -> Ready:
    notification = StateNotificationFactory(dispute=world.dispute, shared=True)
    return world.asg, partial(sharing.end_sharing, notification=notification, on=TODAY)


@act("end_proposed")
def _(world: World) -> Ready:
    return world.officer, partial(
        ends.propose_end,
        dispute=world.dispute,
        outcome=Outcome.OPENED_IN_ERROR,
        reason="Opened twice",
    )


def _with_proposed_end(world: World) -> None:
    ends.propose_end(
        actor=world.officer,
        dispute=world.dispute,
        outcome=Outcome.OPENED_IN_ERROR,
        reason="Opened twice",
    )


@act("dispute_ended")
def _(world: World) -> Ready:
    _with_proposed_end(world)
    return world.head, partial(ends.approve_end, dispute=world.dispute, on=TODAY)


@act("end_declined")
def _(world: World) -> Ready:
    _with_proposed_end(world)
    return world.head, partial(ends.decline_end, dispute=world.dispute, reason="It is another one")


@act("dispute_reopened")
def _(world: World) -> Ready:
    _with_proposed_end(world)
    ends.approve_end(actor=world.head, dispute=world.dispute, on=TODAY)
    return world.head, partial(
        ends.reopen_dispute, dispute=world.dispute, reason="It was another one", on=TODAY
    )


# Processes and bases ----------------------------------------------------------------------------


@act("process_opened")
def _(world: World) -> Ready:
    return world.officer, partial(
        processes.open_process,
        dispute=world.dispute,
        parties=[world.orvana, world.naruba],
        opened_on=OPENED,
        reason="Both capitals answered",
        title_en="Talks on the crossings",
    )


@act("process_changed")
def _(world: World) -> Ready:
    return world.officer, partial(
        processes.change_process, process=world.process, title_en="Talks on the wells"
    )


@act("stage_changed")
def _(world: World) -> Ready:
    return world.officer, partial(
        processes.change_stage,
        process=world.process,
        stage=Stage.PREPARATION,
        on=TODAY,
        reason="One side asked for time",
    )


@act("engagement_changed")
def _(world: World) -> Ready:
    return world.officer, partial(
        processes.change_engagement,
        process=world.process,
        engagement=Engagement.POLITICAL_FOLLOW_UP,
        reason="The resolution foresees it",
        on=TODAY,
    )


@act("process_suspended")
def _(world: World) -> Ready:
    return world.officer, partial(
        processes.suspend_process, process=world.process, reason="Mourning", on=TODAY
    )


@act("process_resumed")
def _(world: World) -> Ready:
    world.process.status = DisputeStatus.SUSPENDED
    world.process.save()
    return world.officer, partial(
        processes.resume_process, process=world.process, reason="Forty days passed", on=TODAY
    )


@act("good_offices_offered")
def _(world: World) -> Ready:
    return world.officer, partial(bases.offer_good_offices, process=world.process, offered_on=TODAY)


@act("basis_recorded")
def _(world: World) -> Ready:
    return world.officer, partial(
        bases.record_invitation,
        process=world.process,
        inviting=world.orvana.actor,
        invited_on=TODAY,
        level=Level.MINISTER,
        scope="To hear both sides",
        form="Letter",
    )


@act("basis_changed")
def _(world: World) -> Ready:
    basis = BasisFactory(process=world.process)
    return world.officer, partial(
        bases.change_basis_state, basis=basis, state=BasisState.ENDED, on=TODAY
    )


# Consent ----------------------------------------------------------------------------------------


@act("consent_sought")
def _(world: World) -> Ready:
    return world.officer, partial(
        consents.open_consent,
        process=world.process,
        party=world.orvana,
        role=ConsentRole.GOOD_OFFICES,
    )


@act("consent_recorded")
def _(world: World) -> Ready:
    return world.officer, partial(
        consents.record_consent,
        consent=ConsentFactory(process=world.process, party=world.orvana, sought=True),
        state=ConsentState.GIVEN,
        on=TODAY,
        instrument=Instrument.NOTE,
    )


@act("consent_countersigned")
def _(world: World) -> Ready:
    consent = ConsentFactory(process=world.process, party=world.orvana, sought=True)
    step = ConsentStepFactory(consent=consent, oral=True)
    return world.asg, partial(consents.countersign_step, step=step, on=TODAY)


@act("consent_confirmed")
def _(world: World) -> Ready:
    consent = ConsentFactory(process=world.process, party=world.orvana, sought=True)
    step = ConsentStepFactory(consent=consent, confirmation_pending=True)
    return world.officer, partial(consents.confirm_in_writing, step=step, on=TODAY)


@act("condition_met")
def _(world: World) -> Ready:
    consent = world.consent(
        world.orvana, ConsentState.SOUGHT, ConsentState.CONDITIONAL, conditions=["A venue agreed"]
    )
    return world.officer, partial(
        consents.meet_condition, condition=consent.conditions.get(), on=TODAY
    )


@act("outward_text_released")
def _(world: World) -> Ready:
    consent = world.consent(
        world.orvana, ConsentState.SOUGHT, ConsentState.GIVEN, ConsentState.NO_LONGER_IN_FORCE
    )
    return world.asg, partial(
        consents.release_outward_text,
        step=consent.steps.last(),
        outward_text_en="Consultations are under way.",
    )


# Mandates ---------------------------------------------------------------------------------------


@act("mandate_drafted")
def _(world: World) -> Ready:
    return world.officer, partial(
        mandates.draft_mandate,
        dispute=world.dispute,
        type=MandateType.GOOD_OFFICES,
        holders=[world.holder],
        end_kind=MandateEnd.DATE,
        ends_on=date(2030, 12, 31),
    )


@act("mandate_changed")
def _(world: World) -> Ready:
    return world.officer, partial(
        mandates.change_draft_mandate, mandate=world.mandate(), title_en="Good offices"
    )


@act("mandate_adopted")
def _(world: World) -> Ready:
    return world.officer, partial(
        mandates.adopt_mandate, mandate=world.mandate(), **world.decision()
    )


@act("mandate_activated")
def _(world: World) -> Ready:
    mandate = world.mandate(
        adopted=True, type=MandateType.GOOD_OFFICES, terms_waived_reason="The text says it all"
    )
    return world.officer, partial(mandates.activate_mandate, mandate=mandate, on=TODAY)


@act("mandate_suspended")
def _(world: World) -> Ready:
    return world.officer, partial(
        mandates.suspend_mandate, mandate=world.mandate(active=True), reason="At their request"
    )


@act("mandate_resumed")
def _(world: World) -> Ready:
    mandate = world.mandate(
        adopted=True,
        state=MandateState.SUSPENDED,
        type=MandateType.GOOD_OFFICES,
        terms_waived_reason="The text says it all",
    )
    return world.officer, partial(mandates.activate_mandate, mandate=mandate, on=TODAY)


@act("mandate_extended")
def _(world: World) -> Ready:
    return world.officer, partial(
        mandates.extend_mandate,
        mandate=world.mandate(active=True, until_session=True),
        session=world.session(planned=True),
        told_on=TODAY,
        reason="The session was postponed",
    )


@act("mandate_terminated")
def _(world: World) -> Ready:
    return world.officer, partial(
        mandates.terminate_mandate,
        mandate=world.mandate(active=True),
        resolution=world.resolution(),
        terminated_on=TODAY,
        reason="The question is settled between them",
    )


@act("terms_added")
def _(world: World) -> Ready:
    return world.officer, partial(
        mandates.add_terms_of_reference,
        mandate=world.mandate(adopted=True),
        adopted_on=TODAY,
        text_en="To bring the two Governments to one table",
    )


# Reviews of mandates ----------------------------------------------------------------------------


def _review(world: World, **traits: Any) -> MandateReview:
    mandate = world.mandate(adopted=True, state=MandateState.UNDER_REVIEW)
    return ReviewFactory(mandate=mandate, **traits)


def _ahead(world: World) -> Session:
    day = TODAY + timedelta(days=60)
    return world.session(status=SessionStatus.PLANNED, starts_on=day, ends_on=day)


@act("review_opened")
def _(world: World) -> Ready:
    return world.officer, partial(reviews.open_review, mandate=world.mandate(active=True), on=TODAY)


@act("review_assessed")
def _(world: World) -> Ready:
    return world.officer, partial(
        reviews.assess_mandate,
        review=_review(world),
        progress="Two rounds were held",
        consent="Both Governments stand by it",
        recommendation=Recommendation.RENEW,
        on=TODAY,
    )


@act("review_countersigned")
def _(world: World) -> Ready:
    return world.head, partial(
        reviews.countersign_assessment, review=_review(world, assessed=True), on=TODAY
    )


@act("review_returned")
def _(world: World) -> Ready:
    return world.head, partial(
        reviews.return_assessment,
        review=_review(world, assessed=True),
        reason="The obstacles are missing",
        on=TODAY,
    )


@act("review_drafted")
def _(world: World) -> Ready:
    return world.officer, partial(
        reviews.draft_decision, review=_review(world), draft_en="Decides to renew the mandate"
    )


@act("review_proposed")
def _(world: World) -> Ready:
    return world.asg, partial(
        reviews.propose_to_organ,
        review=_review(world, countersigned=True),
        proposal="To renew it for a year",
        on=TODAY,
    )


@act("review_submitted")
def _(world: World) -> Ready:
    return world.officer, partial(
        reviews.submit_to_session,
        review=_review(world, proposed=True),
        session=_ahead(world),
        on=TODAY,
    )


@act("review_taken_back")
def _(world: World) -> Ready:
    return world.officer, partial(
        reviews.take_submission_back,
        review=_review(world, submitted=True),
        reason="The session has another agenda",
        on=TODAY,
    )


@act("review_decided")
def _(world: World) -> Ready:
    resolution = world.resolution()
    return world.officer, partial(
        review_decisions.record_renewal,
        review=_review(world, submitted=True),
        session=resolution.session,
        reference=resolution.reference,
        paragraph="4",
        adopted_on=resolution.session.starts_on,
        end_kind=MandateEnd.DATE,
        ends_on=date(2031, 12, 31),
        on=TODAY,
    )


@act("mandate_amended")
def _(world: World) -> Ready:
    resolution = world.resolution()
    return world.officer, partial(
        review_decisions.record_amendment,
        review=_review(world, submitted=True),
        session=resolution.session,
        reference=resolution.reference,
        adopted_on=resolution.session.starts_on,
        reason="They sat down",
        text_en="And to keep them there",
    )


# Activities -------------------------------------------------------------------------------------


@act("activity_planned")
def _(world: World) -> Ready:
    return world.officer, partial(
        activities.plan_activity,
        process=world.process,
        kind=ActivityKind.SOUNDING,
        planned_on=TODAY,
        purpose="To hear both sides",
    )


@act("activity_held")
def _(world: World) -> Ready:
    activity = ActivityFactory(process=world.process)
    return world.officer, partial(activities.mark_activity_held, activity=activity, on=TODAY)


@act("activity_resumed")
def _(world: World) -> Ready:
    activity = ActivityFactory(process=world.process, state=ActivityState.ON_HOLD)
    return world.officer, partial(activities.resume_activity, activity=activity, planned_on=TODAY)


@act("activity_cancelled")
def _(world: World) -> Ready:
    activity = ActivityFactory(process=world.process)
    return world.officer, partial(
        activities.cancel_activity, activity=activity, reason="The host asked for another day"
    )
