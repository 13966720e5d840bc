"""A dispute between two invented Governments, with everybody whom its rules speak of."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from accounts.models import User
from cases.choices import ConsentRole, ConsentState, Engagement, Instrument
from cases.models import Consent, Dispute, Mandate, Party, Process
from cases.services.consents import open_consent, record_consent
from institutions.models import Organ, Resolution, Session
from tests.factories.accounts import UserFactory
from tests.factories.cases import (
    DisputeFactory,
    MandateFactory,
    PartyFactory,
    ProcessFactory,
)
from tests.factories.institutions import (
    ActorFactory,
    OrganFactory,
    ResolutionFactory,
    SessionFactory,
    StateFactory,
)

OPENED = date(2026, 3, 2)
TODAY = date(2026, 11, 2)


class World:
    """Made as a test asks for it: each attribute comes into being when it is read."""

    @cached_property
    def officer(self) -> User:
        return UserFactory(desk_officer=True)

    @cached_property
    def head(self) -> User:
        return UserFactory(head_of_unit=True)

    @cached_property
    def asg(self) -> User:
        return UserFactory(asg=True)

    @cached_property
    def secretary_general(self) -> User:
        return UserFactory(secretary_general=True)

    @cached_property
    def dispute(self) -> Dispute:
        return DisputeFactory(desk_officer=self.officer, opened_on=OPENED)

    @cached_property
    def orvana(self) -> Party:
        return self.government("Orvana")

    @cached_property
    def naruba(self) -> Party:
        return self.government("Naruba")

    @cached_property
    def movement(self) -> Party:
        return PartyFactory(dispute=self.dispute, movement=True, neutral_name_en="The movement")

    def government(self, name: str) -> Party:
        return PartyFactory(dispute=self.dispute, state=StateFactory(name=name))

    @cached_property
    def process(self) -> Process:
        """Pre-negotiation between the two Governments under good offices."""
        return ProcessFactory(dispute=self.dispute, parties=[self.orvana, self.naruba])

    @cached_property
    def mediation(self) -> Process:
        """Pre-negotiation between the two Governments in a mediation."""
        return ProcessFactory(
            dispute=self.dispute,
            parties=[self.orvana, self.naruba],
            engagement=Engagement.MEDIATION,
        )

    def consent(
        self,
        party: Party,
        *states: str,
        process: Process | None = None,
        role: str = ConsentRole.GOOD_OFFICES,
        on: date = OPENED,
        **particulars: Any,
    ) -> Consent:
        """A party's consent brought through the states, the last one with the particulars."""
        consent = open_consent(
            actor=self.officer, process=process or self.process, party=party, role=role
        )
        for state in states:
            last = particulars if state == states[-1] else {}
            record_consent(
                actor=self.officer,
                consent=consent,
                state=state,
                on=on,
                **{"instrument": Instrument.NOTE, **last},
            )
        return Consent.objects.get(pk=consent.pk)

    def agreed(self, *parties: Party, **options: Any) -> None:
        """Every named party consents by note."""
        for party in parties:
            self.consent(party, ConsentState.SOUGHT, ConsentState.GIVEN, **options)

    # Organs and their decisions -----------------------------------------------------------------

    @cached_property
    def summit(self) -> Organ:
        return OrganFactory(summit=True)

    @cached_property
    def council(self) -> Organ:
        return OrganFactory(council=True)

    @cached_property
    def committee(self) -> Organ:
        return OrganFactory(committee=True)

    def session(self, organ: Organ | None = None, **options: Any) -> Session:
        return SessionFactory(organ=organ or self.council, **options)

    def decision(self, organ: Organ | None = None, **options: Any) -> dict[str, Any]:
        """What adoption asks for: organ, session, resolution, paragraph, date."""
        session = self.session(organ, **options)
        return {
            "organ": session.organ,
            "session": session,
            "resolution": ResolutionFactory(session=session),
            "paragraph": "4",
            "adopted_on": session.starts_on,
        }

    def resolution(self, organ: Organ | None = None, **options: Any) -> Resolution:
        return ResolutionFactory(session=self.session(organ, **options))

    def mandate(self, **options: Any) -> Mandate:
        """A mandate of the file, its places written."""
        options.setdefault("covering", [self.process])
        return MandateFactory(dispute=self.dispute, **options)

    @cached_property
    def holder(self) -> Any:
        return ActorFactory()
