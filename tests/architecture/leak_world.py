"""The house on one day: every kind of thing once, and one person of every persona.

``LeakWorld`` is read by the leak matrix; ``full_file`` alone fills the worlds in which side channels
are looked for. A file made with a word carries that word in every text it has.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import ApiToken, FeedToken, Unit, User
from cases.choices import (
    ActivityKind,
    AgreementStatus,
    BasisState,
    ConsentRole,
    ConsentState,
    Instrument,
    MandateType,
)
from cases.models import (
    AgreementProvision,
    Consent,
    ConsentCondition,
    ConsentStep,
    Dispute,
    Document,
    Precedent,
    Signatory,
)
from cases.services import access
from cases.services.consents import open_consent, record_consent
from cases.services.documents import file_document
from common.choices import Audience, Classification
from notifications.choices import MailState
from tests.factories import library, uploads
from tests.factories.accounts import (
    AbsenceFactory,
    DelegationFactory,
    RoleChangeFactory,
    StateUserFactory,
    UnitFactory,
    UserFactory,
)
from tests.factories.cases import (
    OPENED,
    ActivityFactory,
    AgreementFactory,
    BasisFactory,
    DisputeFactory,
    MandateFactory,
    PartyFactory,
    ProcessFactory,
    ReviewStepFactory,
    RootCauseFactory,
    StageChangeFactory,
    StateNotificationFactory,
    TaskFactory,
    TeamMemberFactory,
    TermsOfReferenceFactory,
    WatchNoteFactory,
)
from tests.factories.institutions import (
    ActorFactory,
    ConferenceRecommendationFactory,
    GlossaryTermFactory,
    HolidayFactory,
    OfficeFactory,
    OfficeHoldingFactory,
    OrganFactory,
    RegionalGroupFactory,
    ReservationFactory,
    ResolutionFactory,
    ResolutionParagraphFactory,
    SessionFactory,
    StateFactory,
)
from tests.factories.notifications import MailFactory, NoticeFactory
from tests.factories.reviews import ReviewFactory

Things = dict[str, Any]

#: How the documents of a file are called, by the audience each was filed for.
DOCUMENTS = {
    "document_team": (Audience.TEAM, None),
    "document_secretariat": (Audience.SECRETARIAT, None),
    "document_a": (Audience.PARTY, "party_a"),
    "document_b": (Audience.PARTY, "party_b"),
    "document_parties": (Audience.PARTIES, None),
    "document_shared": (Audience.SHARED, None),
}


def full_file(officer: User, states: tuple[Any, Any], word: str = "", **traits: Any) -> Things:
    """Make a file between two States with one of everything that hangs on it.

    Args:
        officer: its desk officer, who also writes every part.
        states: the States of party A and party B.
        word: stands in every text of the file.
        traits: of ``DisputeFactory``.

    Returns:
        the things by name: ``file``, ``party_a``, ``consent_b``, ``document_team``, …
    """
    dispute = DisputeFactory(
        desk_officer=officer,
        title_en=f"Grazing {word}",
        title_fr=f"Pâturages {word}",
        title_ar=f"مراعي {word}",
        summary_en=f"Summary {word}",
        territory_en=f"Valley {word}",
        nature_described=f"Nature {word}",
        nature_source=f"Source {word}",
        **traits,
    )
    things: Things = {"file": dispute}
    _who_is_in_it(things, states, word)
    _what_is_going_on(things, word)
    _what_they_consented_to(things, officer, word)
    _what_organs_decided(things, word)
    _what_was_agreed(things, word)
    _what_is_to_be_done(things, officer, word)
    things |= {name: _paper(things, officer, name, word) for name in DOCUMENTS}
    return things | versions_of(things)


def _who_is_in_it(things: Things, states: tuple[Any, Any], word: str) -> None:
    dispute = things["file"]
    for name, state in zip(("party_a", "party_b"), states, strict=True):
        things[name] = PartyFactory(
            dispute=dispute,
            state=state,
            neutral_name_en=f"Side {word} {name[-1]}",
            official_wording=f"Wording {word}",
            own_wording=f"Own wording {word}",
        )
    things["actor_of_file"] = ActorFactory(
        of_a_file=True, name_en=f"Front {word[::-1]}", is_exercise=dispute.is_exercise
    )
    things["movement"] = PartyFactory(
        dispute=dispute, movement=True, actor=things["actor_of_file"], neutral_name_en=f"Mov {word}"
    )
    things["cause"] = RootCauseFactory(dispute=dispute, text_en=f"Cause {word}", source=word)


def _what_is_going_on(things: Things, word: str) -> None:
    dispute = things["file"]
    things["process"] = ProcessFactory(
        dispute=dispute,
        title_en=f"Talks {word}",
        parties=[things["party_a"], things["party_b"]],
    )
    things["second_process"] = ProcessFactory(dispute=dispute, title_en=f"Second talks {word}")
    things["stage_change"] = StageChangeFactory(process=things["process"], reason=f"Why {word}")
    things["basis"] = BasisFactory(process=things["process"], note=f"Basis {word}")
    things["offer"] = BasisFactory(
        process=things["process"],
        note=f"Offer {word}",
        state=BasisState.NOT_TAKEN_UP,
        classification=Classification.SECRET,
    )
    things["activity"] = ActivityFactory(process=things["process"], purpose=f"Sounding {word}")
    things["activity_a"] = ActivityFactory(
        process=things["process"],
        purpose=f"Contact {word}",
        kind=ActivityKind.SEPARATE_CONTACT,
        audience=Audience.PARTY,
        audience_party=things["party_a"],
    )


def _what_they_consented_to(things: Things, officer: User, word: str) -> None:
    """A agreed, partly by word of mouth and on a condition; B agreed and took it back, untold."""
    said = {"on": OPENED, "instrument": Instrument.NOTE}
    oral = {
        "on": OPENED,
        "instrument": Instrument.ORAL,
        "spoken_by": f"Minister {word}",
        "spoken_to": f"Envoy {word}",
    }
    asked, given = (ConsentState.SOUGHT, said), ConsentState.GIVEN
    a, b, process = things["party_a"], things["party_b"], things["process"]
    consent_a = open_consent(actor=officer, process=process, party=a, role=ConsentRole.GOOD_OFFICES)
    consent_b = open_consent(actor=officer, process=process, party=b, role=ConsentRole.GOOD_OFFICES)
    spoken = open_consent(actor=officer, process=process, party=a, role=ConsentRole.MEDIATION)
    bound = open_consent(actor=officer, process=process, party=a, role=ConsentRole.MONITORING)
    taken_back = ConsentState.NO_LONGER_IN_FORCE, {**said, "note": f"Taken back {word}"}
    on_condition = ConsentState.CONDITIONAL, {**said, "conditions": [f"Condition {word}"]}
    things |= {
        "consent_a": consent_a,
        "consent_b": consent_b,
        "oral_consent_a": spoken,
        "conditional_consent_a": bound,
        "step_a": _told(officer, consent_a, asked, (given, {**said, "note": f"Note {word}"})),
        "withdrawal_b": _told(officer, consent_b, asked, (given, said), taken_back),
        "oral_step_a": _told(officer, spoken, asked, (given, oral)),
    }
    _told(officer, bound, asked, on_condition)
    things["condition_a"] = ConsentCondition.objects.get(consent=bound)


def _told(officer: User, consent: Consent, *steps: tuple[str, dict[str, Any]]) -> ConsentStep:
    """Record the steps of a consent and return the last one."""
    for state, particulars in steps:
        step = record_consent(actor=officer, consent=consent, state=state, **particulars)
    return step


def _what_organs_decided(things: Things, word: str) -> None:
    dispute, process = things["file"], things["process"]
    things["mandate"] = MandateFactory(
        dispute=dispute, active=True, covering=[process], title_en=f"Mandate {word}"
    )
    things["terms"] = TermsOfReferenceFactory(mandate=things["mandate"], text_en=f"Terms {word}")
    things["mandate_draft"] = MandateFactory(dispute=dispute, title_en=f"Draft mandate {word}")
    things["review"] = ReviewFactory(
        mandate=things["mandate"],
        consent=f"Consent {word}",
        obstacles=f"Obstacles {word}",
        progress=f"Progress {word}",
        proposal=f"Proposal {word}",
        returned_because=f"Returned {word}",
        draft_en=f"Draft decision {word}",
        draft_fr=f"Projet de décision {word}",
        draft_ar=f"مشروع قرار {word}",
    )
    today = timezone.localdate()
    things["mandate_ending"] = MandateFactory(
        dispute=dispute,
        active=True,
        type=MandateType.ENQUIRY,
        ends_on=today + timedelta(days=30),
        title_en=f"Ending mandate {word}",
    )
    ReviewStepFactory(
        review__mandate=things["mandate_ending"],
        review__progress=f"Progress {word}",
        due_on=today,
    )


def _what_is_to_be_done(things: Things, officer: User, word: str) -> None:
    things["task"] = TaskFactory(
        dispute=things["file"], owner=officer, title=f"Task {word}", note=f"Note {word}"
    )


def _what_was_agreed(things: Things, word: str) -> None:
    process = things["process"]
    agreement = AgreementFactory(process=process, title_en=f"Accord {word}")
    things["agreement"] = agreement
    things["agreement_draft"] = AgreementFactory(
        process=process,
        title_en=f"Draft accord {word}",
        status=AgreementStatus.DRAFT,
        signed_earliest=None,
    )
    things["signatory"] = Signatory.objects.create(
        agreement=agreement, role="signatory", name=f"Signer {word}"
    )
    things["provision"] = AgreementProvision.objects.create(
        agreement=agreement, code="CeProv", level=2, text=f"Provision {word}"
    )
    things["precedent"] = Precedent.objects.create(
        dispute=things["file"],
        agreement=library.AgreementFactory(),
        why=f"Precedent {word}",
        linked_by=things["file"].desk_officer,
    )


def _paper(things: Things, officer: User, name: str, word: str) -> Document:
    audience, party = DOCUMENTS[name]
    return file_document(
        actor=officer,
        dispute=things["file"],
        file=uploads.pdf(name=f"paper-{word or 'one'}.pdf", text=f"{name} {word}"),
        title=f"Paper {name} {word}",
        author=f"Author {word}",
        audience=audience,
        audience_party=things[party] if party else None,
    )


def versions_of(things: Things) -> Things:
    """Return the version of each document, called after it."""
    return {
        f"version_of_{name}": thing.versions.get()
        for name, thing in things.items()
        if isinstance(thing, Document)
    }


class LeakWorld:
    """Everybody (``people``) and everything (``things``) that the leak matrix speaks of."""

    def __init__(self) -> None:
        self.orvana = StateFactory(name="Orvana", member=True)
        self.naruba = StateFactory(name="Naruba", member=True)
        self.tesmal = StateFactory(name="Tesmal", member=True)
        self.people = self._people()
        self.things: Things = {}
        self._files()
        self._register()
        self._accounts()
        self.things["library_agreement"] = library.AgreementFactory()
        self.things["library_process"] = self.things["library_agreement"].process
        deactivated = self.people["deactivated"]
        User.objects.filter(pk=deactivated.pk).update(
            is_active=False,
            deactivated_at=timezone.now(),
            deactivated_by=self.people["administrator"],
            session_epoch=deactivated.session_epoch + 1,
        )

    def _people(self) -> dict[str, User]:
        confidential = Classification.CONFIDENTIAL
        staff = {
            "officer": UserFactory(desk_officer=True),
            "other_officer": UserFactory(desk_officer=True),
            "team_member": UserFactory(desk_officer=True),
            "head": UserFactory(head_of_unit=True),
            "asg": UserFactory(asg=True),
            "secretary_general": UserFactory(secretary_general=True),
            "cabinet": UserFactory(sg_cabinet=True),
            "registry": UserFactory(registry_clerk=True),
            "auditor": UserFactory(auditor=True),
            "administrator": UserFactory(administrator=True),
            "newcomer": UserFactory(newcomer=True),
            "deactivated": UserFactory(desk_officer=True),
            "exercise_officer": UserFactory(desk_officer=True, is_exercise=True),
        }
        field = {
            "envoy": UserFactory(special_envoy=True),
            "other_envoy": UserFactory(special_envoy=True),
            "wise_person": UserFactory(wise_person=True, clearance=Classification.RESTRICTED),
            "expert": UserFactory(expert=True, clearance=confidential),
        }
        a, b, c = (
            DelegationFactory(state=state, accepted_by=staff["secretary_general"])
            for state in (self.orvana, self.naruba, self.tesmal)
        )
        states = {
            "focal_a": StateUserFactory(delegation=a, clearance=confidential),
            "signatory_a": StateUserFactory(delegation=a, clearance=confidential, signatory=True),
            "portal_administrator_a": StateUserFactory(
                delegation=a, clearance=confidential, portal_administrator=True
            ),
            "client_a": StateUserFactory(delegation=a, clearance=confidential, rest_client=True),
            "focal_b": StateUserFactory(delegation=b, clearance=confidential),
            "focal_c": StateUserFactory(delegation=c, clearance=confidential),
        }
        return staff | field | states

    def _files(self) -> None:
        people = self.people
        officer, head = people["officer"], people["head"]
        self.things |= full_file(officer, (self.orvana, self.naruba))
        dispute: Dispute = self.things["file"]
        dispute.states_concerned.add(self.tesmal)
        self.things["team_place"] = TeamMemberFactory(dispute=dispute, user=people["team_member"])
        for mediator in ("envoy", "expert", "wise_person", "deactivated"):
            TeamMemberFactory(dispute=dispute, user=people[mediator], function="Mediator")
        self.things["shared_with_a"] = StateNotificationFactory(
            dispute=dispute, state=self.orvana, shared=True, notified_by=people["asg"]
        )
        self.things["notified_c"] = StateNotificationFactory(
            dispute=dispute, state=self.tesmal, notified_by=people["asg"]
        )
        self.things["document_secret"] = file_document(
            actor=head,
            dispute=dispute,
            file=uploads.pdf(),
            title="Paper for few",
            audience=Audience.SHARED,
            classification=Classification.SECRET,
        )
        self.things |= versions_of(self.things)
        self.things["watch_note"] = WatchNoteFactory(author=officer)
        self.things["secret_file"] = DisputeFactory(secret=True)
        access.admit_to_team(
            dispute=self.things["secret_file"],
            user=officer,
            valid_from=OPENED,
            valid_to=None,
            reason="Clearance is missing",
            by=head,
        )
        self.things["open_file"] = DisputeFactory(
            open_to_staff=True, desk_officer=people["other_officer"]
        )
        self.things["exercise_file"] = DisputeFactory(
            exercise=True, desk_officer=people["exercise_officer"]
        )
        self.things["history_file"] = DisputeFactory(history=True)

    def _register(self) -> None:
        group = RegionalGroupFactory()
        self.things |= {
            "state": self.tesmal,
            "actor": ActorFactory(),
            "organ": OrganFactory(council=True),
            "office": OfficeFactory(),
            "session": SessionFactory(planned=True),
            "resolution": ResolutionFactory(),
            "recommendation": ConferenceRecommendationFactory(),
            "term": GlossaryTermFactory(),
            "holiday": HolidayFactory(starts_on=date(2031, 5, 4)),
            "group": group,
            "exercise_state": StateFactory(exercise=True),
            "exercise_session": SessionFactory(exercise=True, planned=True),
        }
        resolution = self.things["resolution"]
        self.things |= {
            "holding": OfficeHoldingFactory(office=self.things["office"]),
            "paragraph": ResolutionParagraphFactory(resolution=resolution),
            "reservation": ReservationFactory(resolution=resolution),
            "exercise_paragraph": ResolutionParagraphFactory(
                resolution=ResolutionFactory(exercise=True)
            ),
        }

    def _accounts(self) -> None:
        people = self.people
        unit: Unit = UnitFactory()
        second = UserFactory(administrator=True)
        invited = UserFactory(desk_officer=True, password="!")
        self.things |= {
            "unit": unit,
            # To come: an absence of today would lend rights.
            "absence": AbsenceFactory(
                user=people["officer"],
                stand_in=people["other_officer"],
                first_day=date(2031, 5, 4),
            ),
            "staff_account": invited,
            "exercise_account": people["exercise_officer"],
            "account_a": people["focal_a"],
            "account_b": people["focal_b"],
            "delegation_a": people["focal_a"].delegation,
            "delegation_b": people["focal_b"].delegation,
            "role_change": RoleChangeFactory(user=people["newcomer"], proposed_by=second),
            "notice": NoticeFactory(recipient=people["officer"], kind="x"),
            "notice_of_secret_file": NoticeFactory(
                recipient=people["officer"],
                subject_label="cases.Dispute",
                subject_id=self.things["secret_file"].pk,
            ),
            "mail": MailFactory(
                notice__recipient=people["officer"], state=MailState.DEAD, attempts=25
            ),
            "feed": FeedToken.objects.create(user=people["officer"], name="spare", digest="spare"),
            "token": token_of(people["officer"]),
            "token_a": token_of(people["client_a"]),
        }


def token_of(user: User) -> ApiToken:
    """Make a token of the person that nobody uses."""
    token: ApiToken = ApiToken.objects.create(user=user, expiry=timedelta(days=1), name="spare")[0]
    return token
