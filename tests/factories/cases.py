"""Smallest valid parts of dispute files between invented States.

The real world of a test is as invented as its exercise: nothing here names a real State.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from cases.choices import (
    ActivityKind,
    AgreementStage,
    AgreementStatus,
    BasisKind,
    BasisState,
    CauseKind,
    ConsentRole,
    ConsentState,
    DisputeType,
    Engagement,
    GrantReason,
    Instrument,
    MandateEnd,
    MandateState,
    MandateType,
    PartyKind,
    ReviewStepKind,
    Stage,
    StageChangeKind,
    TaskState,
)
from cases.models import (
    Activity,
    Agreement,
    Basis,
    Consent,
    ConsentStep,
    Dispute,
    Document,
    Mandate,
    MandateReview,
    Party,
    Process,
    ProcessParty,
    ReviewStep,
    RootCause,
    StageChange,
    StateNotification,
    Task,
    TeamMember,
    TermsOfReference,
    WatchNote,
)
from cases.services import access
from cases.services.disputes import refresh_search_text
from cases.services.places import refresh_places
from common.choices import Classification
from common.grants import group_of
from common.reference import new_reference
from tests.factories.accounts import UserFactory
from tests.factories.institutions import (
    ActorFactory,
    OrganFactory,
    ResolutionFactory,
    SessionFactory,
    StateFactory,
)

OPENED = date(2026, 3, 3)


class DisputeFactory(DjangoModelFactory[Dispute]):
    """A confidential file of one desk officer.

    Traits: ``open_to_staff``, ``secret``, ``thematic``, ``exercise``, ``history``.
    """

    class Meta:
        model = Dispute
        skip_postgeneration_save = True

    class Params:
        open_to_staff = factory.Trait(classification=Classification.OPEN)
        secret = factory.Trait(
            classification=Classification.SECRET,
            desk_officer=factory.SubFactory(UserFactory, clearance=Classification.SECRET),
        )
        thematic = factory.Trait(type=DisputeType.THEMATIC)
        exercise = factory.Trait(
            is_exercise=True, desk_officer=factory.SubFactory(UserFactory, is_exercise=True)
        )
        history = factory.Trait(
            is_historical=True, desk_officer=None, classification=Classification.OPEN
        )

    reference = factory.LazyFunction(lambda: new_reference("MED", 2026))
    type = DisputeType.INTER_STATE_MEMBERS
    title_en = factory.Sequence(lambda n: f"Grazing in valley {n}")
    desk_officer = factory.SubFactory(UserFactory, desk_officer=True)
    opened_on = OPENED
    opened_by = factory.SelfAttribute("desk_officer")

    @factory.post_generation
    def admitted(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if not create:
            return
        if self.desk_officer is not None:
            access.admit_to_team(
                dispute=self,
                user=self.desk_officer,
                valid_from=self.opened_on,
                valid_to=None,
                reason=GrantReason.DESK_OFFICER,
                by=self.desk_officer,
            )
        access.sync_open_files(dispute=self, on=self.opened_on, by=self.desk_officer)
        refresh_search_text(self)


class PartyFactory(DjangoModelFactory[Party]):
    """A government; trait ``movement``. ``state=`` names the State."""

    class Meta:
        model = Party

    class Params:
        state = factory.SubFactory(
            StateFactory, exercise=factory.SelfAttribute("..dispute.is_exercise")
        )
        movement = factory.Trait(
            kind=PartyKind.MOVEMENT,
            actor=factory.SubFactory(
                ActorFactory,
                of_a_file=True,
                is_exercise=factory.SelfAttribute("..dispute.is_exercise"),
            ),
        )

    dispute = factory.SubFactory(DisputeFactory)
    actor = factory.LazyAttribute(lambda party: party.state.actor)
    kind = PartyKind.GOVERNMENT


class RootCauseFactory(DjangoModelFactory[RootCause]):
    class Meta:
        model = RootCause

    dispute = factory.SubFactory(DisputeFactory)
    kind = CauseKind.STRUCTURAL
    text_en = "Two seasons of the same water"
    identified_on = OPENED


class TeamMemberFactory(DjangoModelFactory[TeamMember]):
    """A member with the grants of the place."""

    class Meta:
        model = TeamMember
        skip_postgeneration_save = True

    dispute = factory.SubFactory(DisputeFactory)
    user = factory.SubFactory(UserFactory, desk_officer=True)
    function = "Legal adviser"
    valid_from = OPENED

    @factory.post_generation
    def admitted(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            access.admit_to_team(
                dispute=self.dispute,
                user=self.user,
                valid_from=self.valid_from,
                valid_to=self.valid_to,
                reason=self.function,
                by=self.dispute.desk_officer,
            )


class StateNotificationFactory(DjangoModelFactory[StateNotification]):
    """A State was notified; ``shared=True`` shares the file with its delegation."""

    class Meta:
        model = StateNotification
        skip_postgeneration_save = True

    dispute = factory.SubFactory(DisputeFactory)
    state = factory.SubFactory(
        StateFactory, exercise=factory.SelfAttribute("..dispute.is_exercise")
    )
    notified_on = OPENED
    notified_by = factory.SubFactory(UserFactory, asg=True)
    instrument = "Note of 3 March 2026"

    @factory.post_generation
    def shared(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            self.shared_on, self.shared_by = OPENED, self.notified_by
            self.save()
            access.admit_to_view(
                dispute=self.dispute,
                group=group_of("state", self.state_id),
                valid_from=OPENED,
                valid_to=None,
                reason=GrantReason.SHARED_WITH_STATE,
                by=self.notified_by,
            )


class ProcessFactory(DjangoModelFactory[Process]):
    """A process at pre-negotiation under good offices; ``parties=[...]`` names who talks."""

    class Meta:
        model = Process
        skip_postgeneration_save = True

    class Params:
        mediation = factory.Trait(engagement=Engagement.MEDIATION)
        follow_up = factory.Trait(engagement=Engagement.POLITICAL_FOLLOW_UP)
        monitored = factory.Trait(stage=Stage.MONITORING)

    dispute = factory.SubFactory(DisputeFactory)
    title_en = factory.Sequence(lambda n: f"Talks {n}")
    stage = Stage.PRE_NEGOTIATION
    stage_since = OPENED
    engagement = Engagement.GOOD_OFFICES
    opened_on = OPENED

    @factory.post_generation
    def parties(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            for party in extracted or ():
                ProcessParty.objects.create(process=self, party=party)


class StageChangeFactory(DjangoModelFactory[StageChange]):
    class Meta:
        model = StageChange

    process = factory.SubFactory(ProcessFactory)
    new_stage = factory.SelfAttribute("process.stage")
    kind = StageChangeKind.OPENED
    on = OPENED
    reason = "Both sides talk already"


class BasisFactory(DjangoModelFactory[Basis]):
    """Good offices that were accepted."""

    class Meta:
        model = Basis

    process = factory.SubFactory(ProcessFactory)
    kind = BasisKind.GOOD_OFFICES
    state = BasisState.ACCEPTED
    starts_on = OPENED
    state_since = factory.SelfAttribute("starts_on")


class ConsentFactory(DjangoModelFactory[Consent]):
    """A party of the process was asked nothing yet; traits ``sought`` and ``given`` (by note)."""

    class Meta:
        model = Consent
        skip_postgeneration_save = True

    class Params:
        sought = factory.Trait(state=ConsentState.SOUGHT, outward_state=ConsentState.SOUGHT)
        given = factory.Trait(state=ConsentState.GIVEN, outward_state=ConsentState.GIVEN)

    process = factory.SubFactory(ProcessFactory)
    party = factory.LazyAttribute(lambda consent: _party_of(consent.process))
    role = ConsentRole.GOOD_OFFICES
    state_since = factory.LazyAttribute(
        lambda consent: OPENED if consent.state != ConsentState.NOT_SOUGHT else None
    )
    state = ConsentState.NOT_SOUGHT
    outward_state = factory.SelfAttribute("state")

    @factory.post_generation
    def steps_so_far(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and self.state == ConsentState.GIVEN:
            ConsentStepFactory(consent=self)


def _party_of(process: Process) -> Party:
    party = PartyFactory(dispute=process.dispute)
    ProcessParty.objects.create(process=process, party=party)
    return party


class ConsentStepFactory(DjangoModelFactory[ConsentStep]):
    """Given by note; trait ``oral`` (not countersigned)."""

    class Meta:
        model = ConsentStep

    class Params:
        oral = factory.Trait(
            instrument=Instrument.ORAL, spoken_by="The Minister", spoken_to="The Secretary General"
        )

    consent = factory.SubFactory(ConsentFactory, sought=True)
    old_state = ConsentState.SOUGHT
    new_state = ConsentState.GIVEN
    on = OPENED
    instrument = Instrument.NOTE
    by = factory.SelfAttribute("consent.process.dispute.desk_officer")


class MandateFactory(DjangoModelFactory[Mandate]):
    """A draft; traits ``adopted``, ``active``, ``until_session``. ``holders=[...]``, ``covering=[...]``."""

    class Meta:
        model = Mandate
        skip_postgeneration_save = True

    class Params:
        adopted = factory.Trait(
            state=MandateState.ADOPTED,
            organ=factory.SubFactory(OrganFactory, council=True),
            session=factory.SubFactory(
                SessionFactory, is_exercise=factory.SelfAttribute("..dispute.is_exercise")
            ),
            resolution=factory.LazyAttribute(
                lambda mandate: ResolutionFactory(session=mandate.session)
            ),
            paragraph="4",
            adopted_on=date(2026, 3, 10),
            starts_on=date(2026, 3, 10),
        )
        active = factory.Trait(adopted=True, state=MandateState.ACTIVE)
        until_session = factory.Trait(
            end_kind=MandateEnd.SESSION,
            ends_on=None,
            end_session=factory.SubFactory(
                SessionFactory,
                planned=True,
                is_exercise=factory.SelfAttribute("..dispute.is_exercise"),
            ),
        )

    dispute = factory.SubFactory(DisputeFactory)
    type = MandateType.MEDIATION
    title_en = "Mediation between the two Governments"
    end_kind = MandateEnd.DATE
    ends_on = date(2030, 12, 31)

    @factory.post_generation
    def holders(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            self.holders.set(extracted or [ActorFactory(is_exercise=self.dispute.is_exercise)])

    @factory.post_generation
    def covering(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            self.processes.set(extracted or ())
            refresh_places(self)


class TermsOfReferenceFactory(DjangoModelFactory[TermsOfReference]):
    class Meta:
        model = TermsOfReference

    mandate = factory.SubFactory(MandateFactory, adopted=True)
    number = 1
    text_en = "To bring the two Governments to one table"
    adopted_on = OPENED


class MandateReviewFactory(DjangoModelFactory[MandateReview]):
    """A review that was opened ninety days before the mandate's end."""

    class Meta:
        model = MandateReview

    mandate = factory.SubFactory(MandateFactory, active=True)
    occurrence = 1
    opened_on = OPENED
    ends_on = factory.SelfAttribute("mandate.review_day")
    decide_by = factory.SelfAttribute("ends_on")


class ReviewStepFactory(DjangoModelFactory[ReviewStep]):
    """The assessment, owed by the desk officer."""

    class Meta:
        model = ReviewStep

    review = factory.SubFactory(MandateReviewFactory)
    kind = ReviewStepKind.ASSESSMENT
    owner = factory.SelfAttribute("review.mandate.dispute.desk_officer")
    due_on = date(2030, 11, 1)


class AgreementFactory(DjangoModelFactory[Agreement]):
    """A partial agreement, signed; trait ``comprehensive``."""

    class Meta:
        model = Agreement

    class Params:
        comprehensive = factory.Trait(stage=AgreementStage.COMPREHENSIVE)

    process = factory.SubFactory(ProcessFactory)
    title_en = factory.Sequence(lambda n: f"Agreement {n} on the crossings")
    stage = AgreementStage.PARTIAL
    status = AgreementStatus.SIGNED
    signed_earliest = date(2026, 6, 1)
    signed_latest = factory.SelfAttribute("signed_earliest")


class ActivityFactory(DjangoModelFactory[Activity]):
    """A planned sounding."""

    class Meta:
        model = Activity

    process = factory.SubFactory(ProcessFactory)
    kind = ActivityKind.SOUNDING
    planned_on = date(2026, 12, 1)
    purpose = "To hear both sides"
    classification = Classification.CONFIDENTIAL


class DocumentFactory(DjangoModelFactory[Document]):
    """A confidential document for the Secretariat only."""

    class Meta:
        model = Document

    dispute = factory.SubFactory(DisputeFactory)
    title = factory.Sequence(lambda n: f"Paper {n}")
    classification = Classification.CONFIDENTIAL


class TaskFactory(DjangoModelFactory[Task]):
    """A task due in a week, apart from any file; traits ``held`` and ``done``; give ``dispute=``."""

    class Meta:
        model = Task

    class Params:
        held = factory.Trait(
            state=TaskState.ON_HOLD,
            held_until=factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=3)),
            hold_reason="The mission is postponed",
        )
        done = factory.Trait(
            state=TaskState.DONE,
            closed_at=factory.LazyFunction(timezone.now),
            closed_by=factory.SelfAttribute("owner"),
        )

    title = factory.Sequence(lambda n: f"Draft paper {n} on the crossings")
    owner = factory.SubFactory(UserFactory, desk_officer=True)
    unit = factory.SelfAttribute("owner.unit")
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))
    created_by = factory.SelfAttribute("owner")
    url = "/tasks/"
    is_exercise = factory.SelfAttribute("owner.is_exercise")


class WatchNoteFactory(DjangoModelFactory[WatchNote]):
    class Meta:
        model = WatchNote

    title = factory.Sequence(lambda n: f"Situation in the northern markets {n}")
    text = "Prices rose twice in a month"
    author = factory.SubFactory(UserFactory, desk_officer=True)
    written_on = OPENED
    is_exercise = factory.SelfAttribute("author.is_exercise")
