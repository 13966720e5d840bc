"""Stages, states and the moves between them, as tables that a lawyer can read."""

from __future__ import annotations

from dataclasses import dataclass

from cases.choices import (
    BasisKind,
    BasisState,
    ConsentState,
    DisputeStatus,
    Engagement,
    MandateState,
    OutwardStage,
    ReviewState,
    ReviewStepKind,
    Stage,
    StageChangeKind,
    TaskState,
)

# Stages of a process (Rule D2) -------------------------------------------------------------------

STAGES: tuple[Stage, ...] = tuple(Stage)

#: What others than the Secretariat and the team see of a stage (Rule D7); absent: nothing.
OUTWARD_STAGE: dict[Stage, OutwardStage] = {
    Stage.PRE_NEGOTIATION: OutwardStage.CONSULTATIONS,
    Stage.NEGOTIATION: OutwardStage.CONSULTATIONS,
    Stage.FRAMEWORK: OutwardStage.CONSULTATIONS,
    Stage.COMPREHENSIVE: OutwardStage.CONSULTATIONS,
    Stage.IMPLEMENTATION: OutwardStage.FOLLOW_UP,
    Stage.MONITORING: OutwardStage.FOLLOW_UP,
}


def outward_stage(stage: str, *, is_suspended: bool) -> OutwardStage | None:
    """Return what is seen of a stage from outside; None where nothing is shown (Rule D7).

    A suspension is not shown: consultations continue.
    """
    outward = OUTWARD_STAGE.get(Stage(stage)) if stage else None
    return OutwardStage.CONSULTATIONS if outward and is_suspended else outward


#: At these stages our own act as mediator has begun (Rule C4).
MEDIATION_STAGES = frozenset({Stage.NEGOTIATION, Stage.FRAMEWORK, Stage.COMPREHENSIVE})


def kind_of_move(old: str, new: str) -> StageChangeKind | None:
    """Say what a move from stage to stage is: one step, a skip, a return, or none at all."""
    distance = STAGES.index(Stage(new)) - STAGES.index(Stage(old))
    if distance == 0:
        return None
    if distance == 1:
        return StageChangeKind.STEP
    return StageChangeKind.SKIP if distance > 1 else StageChangeKind.BACK


# Consent (Rule C1) -------------------------------------------------------------------------------

CONSENT_MOVES: dict[ConsentState, frozenset[ConsentState]] = {
    ConsentState.NOT_SOUGHT: frozenset({ConsentState.SOUGHT}),
    ConsentState.SOUGHT: frozenset(
        {ConsentState.GIVEN, ConsentState.CONDITIONAL, ConsentState.NOT_GIVEN}
    ),
    ConsentState.GIVEN: frozenset({ConsentState.NO_LONGER_IN_FORCE}),
    ConsentState.CONDITIONAL: frozenset({ConsentState.GIVEN, ConsentState.NO_LONGER_IN_FORCE}),
    ConsentState.NOT_GIVEN: frozenset({ConsentState.SOUGHT}),
    ConsentState.NO_LONGER_IN_FORCE: frozenset({ConsentState.SOUGHT}),
}

#: The states in which a party stands by the role, conditions apart (Rule C3).
STANDING = frozenset({ConsentState.GIVEN, ConsentState.CONDITIONAL})

# Mandates (Rule M1) ------------------------------------------------------------------------------

MANDATE_MOVES: dict[MandateState, frozenset[MandateState]] = {
    MandateState.DRAFT: frozenset({MandateState.ADOPTED}),
    MandateState.ADOPTED: frozenset(
        {MandateState.ACTIVE, MandateState.EXPIRED, MandateState.TERMINATED}
    ),
    MandateState.ACTIVE: frozenset(
        {
            MandateState.UNDER_REVIEW,
            MandateState.SUSPENDED,
            MandateState.RENEWED,
            MandateState.EXPIRED,
            MandateState.TERMINATED,
        }
    ),
    # "Under review" follows the review: it leaves the mandate active where that runs on unrenewed.
    MandateState.UNDER_REVIEW: frozenset(
        {
            MandateState.ACTIVE,
            MandateState.SUSPENDED,
            MandateState.RENEWED,
            MandateState.EXPIRED,
            MandateState.TERMINATED,
        }
    ),
    MandateState.SUSPENDED: frozenset(
        {MandateState.ACTIVE, MandateState.EXPIRED, MandateState.TERMINATED}
    ),
    MandateState.RENEWED: frozenset({MandateState.ACTIVE}),
    MandateState.EXPIRED: frozenset(),
    MandateState.TERMINATED: frozenset(),
}

#: States in which a mandate's dates decide whether it is in force (Rule M5).
IN_FORCE_STATES = frozenset({MandateState.ACTIVE, MandateState.UNDER_REVIEW, MandateState.RENEWED})
#: States in which a mandate occupies its holder's place in a process (Rule M9).
OCCUPYING_STATES = frozenset(
    {
        MandateState.ADOPTED,
        MandateState.ACTIVE,
        MandateState.UNDER_REVIEW,
        MandateState.SUSPENDED,
    }
)

# Engagement (Rule C6) ----------------------------------------------------------------------------

ENGAGEMENT_MOVES: dict[Engagement, frozenset[Engagement]] = {
    Engagement.GOOD_OFFICES: frozenset(
        {Engagement.MEDIATION, Engagement.POLITICAL_FOLLOW_UP, Engagement.NATIONAL_PROCESS}
    ),
    Engagement.MEDIATION: frozenset(
        {Engagement.GOOD_OFFICES, Engagement.POLITICAL_FOLLOW_UP, Engagement.NATIONAL_PROCESS}
    ),
    Engagement.POLITICAL_FOLLOW_UP: frozenset({Engagement.GOOD_OFFICES, Engagement.MEDIATION}),
    Engagement.NATIONAL_PROCESS: frozenset({Engagement.GOOD_OFFICES, Engagement.MEDIATION}),
}

# Good offices and other bases (Rule M0) ----------------------------------------------------------

BASIS_MOVES: dict[BasisState, frozenset[BasisState]] = {
    BasisState.OFFERED: frozenset(
        {BasisState.ACCEPTED, BasisState.NO_REPLY, BasisState.NOT_TAKEN_UP, BasisState.ENDED}
    ),
    BasisState.NO_REPLY: frozenset(
        {BasisState.ACCEPTED, BasisState.NOT_TAKEN_UP, BasisState.ENDED}
    ),
    BasisState.ACCEPTED: frozenset({BasisState.ENDED}),
    BasisState.IN_FORCE: frozenset({BasisState.ENDED}),
    BasisState.NOT_TAKEN_UP: frozenset({BasisState.OFFERED}),
    BasisState.ENDED: frozenset(),
}
FIRST_BASIS_STATE: dict[BasisKind, BasisState] = {
    BasisKind.GOOD_OFFICES: BasisState.OFFERED,
    BasisKind.AGREEMENT: BasisState.IN_FORCE,
    BasisKind.INVITATION: BasisState.IN_FORCE,
}
LIVE_BASIS_STATES = frozenset({BasisState.ACCEPTED, BasisState.IN_FORCE})

# Files (Rules D1, D4b) ---------------------------------------------------------------------------

STATUS_MOVES: dict[DisputeStatus, frozenset[DisputeStatus]] = {
    DisputeStatus.ACTIVE: frozenset({DisputeStatus.SUSPENDED, DisputeStatus.ENDED}),
    DisputeStatus.SUSPENDED: frozenset({DisputeStatus.ACTIVE, DisputeStatus.ENDED}),
    DisputeStatus.ENDED: frozenset({DisputeStatus.ACTIVE}),
}

# Reviews of mandates (Rules M5, M6) ---------------------------------------------------------------


@dataclass(frozen=True)
class StepRule:
    """One step of a review; when it is due is a setting, ``MANDATE_REVIEW_STEPS``.

    Args:
        done_from: the state in which the step is next.
        leads_to: the state after it.
        power: what the doer's role must cover.
    """

    done_from: ReviewState
    leads_to: ReviewState
    power: str


REVIEW_STEPS: dict[ReviewStepKind, StepRule] = {
    ReviewStepKind.ASSESSMENT: StepRule(
        ReviewState.OPEN, ReviewState.ASSESSED, "cases.work_on_dispute"
    ),
    ReviewStepKind.COUNTERSIGNATURE: StepRule(
        ReviewState.ASSESSED, ReviewState.COUNTERSIGNED, "cases.countersign_review"
    ),
    ReviewStepKind.PROPOSAL: StepRule(
        ReviewState.COUNTERSIGNED, ReviewState.PROPOSED, "cases.propose_review"
    ),
    ReviewStepKind.SUBMISSION: StepRule(
        ReviewState.PROPOSED, ReviewState.SUBMITTED, "cases.work_on_dispute"
    ),
    ReviewStepKind.DECISION: StepRule(
        ReviewState.SUBMITTED, ReviewState.DECIDED, "cases.work_on_dispute"
    ),
}

FINAL_REVIEW_STATES = frozenset({ReviewState.DECIDED, ReviewState.LAPSED, ReviewState.OVERTAKEN})
#: The states of a mandate whose end is reviewed: it runs, and nothing has decided on it yet.
REVIEWED_STATES = OCCUPYING_STATES

#: A step leads on, an unsatisfied reader sends back to the assessment, a submission to a session
#: that will not decide is taken back, and an organ may decide at any time: a fact is never refused.
#: A lapse is taken back when the register corrects the days on which it rested.
REVIEW_MOVES: dict[ReviewState, frozenset[ReviewState]] = {
    ReviewState.OPEN: frozenset({ReviewState.ASSESSED}) | FINAL_REVIEW_STATES,
    ReviewState.ASSESSED: frozenset({ReviewState.COUNTERSIGNED, ReviewState.OPEN})
    | FINAL_REVIEW_STATES,
    ReviewState.COUNTERSIGNED: frozenset({ReviewState.PROPOSED, ReviewState.OPEN})
    | FINAL_REVIEW_STATES,
    ReviewState.PROPOSED: frozenset({ReviewState.SUBMITTED, ReviewState.OPEN})
    | FINAL_REVIEW_STATES,
    ReviewState.SUBMITTED: frozenset({ReviewState.PROPOSED}) | FINAL_REVIEW_STATES,
    ReviewState.DECIDED: frozenset(),
    ReviewState.LAPSED: frozenset(ReviewState) - {ReviewState.LAPSED, ReviewState.OVERTAKEN},
    ReviewState.OVERTAKEN: frozenset(),
}

# Tasks -------------------------------------------------------------------------------------------

TASK_MOVES: dict[TaskState, frozenset[TaskState]] = {
    TaskState.OPEN: frozenset({TaskState.ON_HOLD, TaskState.DONE, TaskState.CANCELLED}),
    TaskState.ON_HOLD: frozenset({TaskState.OPEN, TaskState.DONE, TaskState.CANCELLED}),
    TaskState.DONE: frozenset({TaskState.OPEN}),
    TaskState.CANCELLED: frozenset({TaskState.OPEN}),
}
