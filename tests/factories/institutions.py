"""Smallest valid rows of the institutions; ``exercise=True`` makes them of the exercise."""

from __future__ import annotations

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from institutions.choices import (
    ActorKind,
    HolidayKind,
    Membership,
    OrganTier,
    ReservationKind,
    SessionKind,
    SessionStatus,
)
from institutions.models import (
    Actor,
    ConferenceRecommendation,
    DatedName,
    GlossaryTerm,
    Holiday,
    MembershipStatus,
    Office,
    OfficeHolding,
    Organ,
    RegionalGroup,
    RegionalGroupMembership,
    Reservation,
    Resolution,
    ResolutionParagraph,
    Session,
    State,
)


class ActorFactory(DjangoModelFactory[Actor]):
    """A movement of the register; traits: ``exercise``, ``of_a_file``."""

    class Meta:
        model = Actor

    class Params:
        exercise = factory.Trait(is_exercise=True)
        of_a_file = factory.Trait(is_reference=False)

    kind = ActorKind.MOVEMENT
    code = factory.Sequence(lambda n: f"A{n}")
    name_en = factory.Sequence(lambda n: f"Movement {n}")
    is_reference = True


class OrganisationFactory(ActorFactory):
    """An international organisation."""

    kind = ActorKind.ORGANISATION
    name_en = factory.Sequence(lambda n: f"Organisation {n}")


class StateFactory(DjangoModelFactory[State]):
    """A fictitious State with its actor; ``name`` and ``code`` reach the actor.

    ``member=True`` makes it a member since 1970, so that rules on membership hold.
    """

    class Meta:
        model = State
        exclude = ("name", "code", "exercise")
        skip_postgeneration_save = True

    exercise = False
    name = factory.Sequence(lambda n: f"State {n}")
    code = factory.Sequence(lambda n: f"S{n:04d}")
    actor = factory.SubFactory(
        ActorFactory,
        kind=ActorKind.STATE,
        name_en=factory.SelfAttribute("..name"),
        code=factory.SelfAttribute("..code"),
        is_exercise=factory.SelfAttribute("..exercise"),
    )

    @factory.post_generation
    def member(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            MembershipStatusFactory(actor=self.actor)


class MembershipStatusFactory(DjangoModelFactory[MembershipStatus]):
    """Member since 1 January 1970, unless told otherwise."""

    class Meta:
        model = MembershipStatus

    actor = factory.SelfAttribute("state.actor")
    status = Membership.MEMBER
    from_earliest = date(1970, 1, 1)
    from_latest = factory.SelfAttribute("from_earliest")
    to_latest = factory.SelfAttribute("to_earliest")
    to_earliest = None

    class Params:
        state = factory.SubFactory(StateFactory)


class DatedNameFactory(DjangoModelFactory[DatedName]):
    """A former name until 1 June 2000."""

    class Meta:
        model = DatedName

    actor = factory.SubFactory(ActorFactory)
    name_en = factory.Sequence(lambda n: f"Former name {n}")
    to_earliest = date(2000, 6, 1)
    to_latest = factory.SelfAttribute("to_earliest")


class RegionalGroupFactory(DjangoModelFactory[RegionalGroup]):
    class Meta:
        model = RegionalGroup

    code = factory.Sequence(lambda n: f"group-{n}")
    name_en = factory.Sequence(lambda n: f"Group {n}")


class RegionalGroupMembershipFactory(DjangoModelFactory[RegionalGroupMembership]):
    class Meta:
        model = RegionalGroupMembership

    state = factory.SubFactory(StateFactory)
    group = factory.SubFactory(RegionalGroupFactory)


class _OrganActorFactory(ActorFactory):
    """An organ's actor; a Summit exists once."""

    class Meta:
        model = Actor
        django_get_or_create = ("kind", "code", "is_exercise")

    kind = ActorKind.ORGAN
    is_exercise = False


class OrganFactory(DjangoModelFactory[Organ]):
    """An organ that decides nothing; traits: ``summit``, ``council``, ``committee``."""

    class Meta:
        model = Organ
        exclude = ("name", "code")
        django_get_or_create = ("actor",)

    class Params:
        summit = factory.Trait(
            name="Islamic Summit",
            code="IS",
            rank=30,
            tier=OrganTier.DECISION,
            may_adopt_mandate=True,
            may_adopt_urgent=True,
            may_task=True,
            may_appoint=True,
        )
        council = factory.Trait(
            name="Council of Foreign Ministers",
            code="CFM",
            rank=20,
            tier=OrganTier.DECISION,
            may_adopt_mandate=True,
            may_adopt_urgent=True,
            may_task=True,
            may_appoint=True,
        )
        committee = factory.Trait(
            name="Executive Committee",
            code="EXCO",
            rank=10,
            tier=OrganTier.DECISION,
            may_adopt_urgent=True,
            may_task=True,
        )

    name = factory.Sequence(lambda n: f"Organ {n}")
    code = factory.Sequence(lambda n: f"O{n}")
    actor = factory.SubFactory(
        _OrganActorFactory,
        name_en=factory.SelfAttribute("..name"),
        code=factory.SelfAttribute("..code"),
    )
    tier = OrganTier.SUPPORT


class OfficeFactory(DjangoModelFactory[Office]):
    class Meta:
        model = Office
        exclude = ("name", "code")

    name = factory.Sequence(lambda n: f"Office {n}")
    code = factory.Sequence(lambda n: f"F{n}")
    actor = factory.SubFactory(
        ActorFactory,
        kind=ActorKind.OFFICE,
        name_en=factory.SelfAttribute("..name"),
        code=factory.SelfAttribute("..code"),
    )


class OfficeHoldingFactory(DjangoModelFactory[OfficeHolding]):
    """A person in words holds the office since 2020."""

    class Meta:
        model = OfficeHolding

    office = factory.SubFactory(OfficeFactory)
    holder_name = "A. Holder"
    from_earliest = date(2020, 1, 1)
    from_latest = factory.SelfAttribute("from_earliest")


class SessionFactory(DjangoModelFactory[Session]):
    """An ordinary session of the Council, held; traits: ``exercise``, ``planned``."""

    class Meta:
        model = Session

    class Params:
        exercise = factory.Trait(is_exercise=True)
        planned = factory.Trait(status=SessionStatus.PLANNED, starts_on=None, ends_on=None)

    organ = factory.SubFactory(OrganFactory, council=True)
    kind = SessionKind.ORDINARY
    number = factory.Sequence(lambda n: n % 900 + 60)
    status = SessionStatus.HELD
    starts_on = date(2024, 3, 5)
    ends_on = date(2024, 3, 6)


class ResolutionFactory(DjangoModelFactory[Resolution]):
    """A resolution of a session, of the session's world."""

    class Meta:
        model = Resolution

    class Params:
        exercise = factory.Trait(session=factory.SubFactory(SessionFactory, exercise=True))

    session = factory.SubFactory(SessionFactory)
    number = factory.Sequence(lambda n: n % 9000 + 1)
    tag = "POL"
    title_en = factory.Sequence(lambda n: f"Question {n}")
    is_exercise = factory.SelfAttribute("session.is_exercise")


class ResolutionParagraphFactory(DjangoModelFactory[ResolutionParagraph]):
    class Meta:
        model = ResolutionParagraph

    resolution = factory.SubFactory(ResolutionFactory)
    number = factory.Sequence(lambda n: str(n + 1))
    text_en = factory.Sequence(lambda n: f"Requests the Secretary General to follow question {n}")


class ReservationFactory(DjangoModelFactory[Reservation]):
    """A State of the resolution's world put a reservation on record."""

    class Meta:
        model = Reservation

    resolution = factory.SubFactory(ResolutionFactory)
    state = factory.SubFactory(
        StateFactory, exercise=factory.SelfAttribute("..resolution.is_exercise")
    )
    kind = ReservationKind.RESERVATION
    source = "Report of the session"


class HolidayFactory(DjangoModelFactory[Holiday]):
    class Meta:
        model = Holiday

    name_en = factory.Sequence(lambda n: f"Holiday {n}")
    starts_on = date(2030, 1, 1)
    ends_on = factory.SelfAttribute("starts_on")
    kind = HolidayKind.HOLIDAY


class GlossaryTermFactory(DjangoModelFactory[GlossaryTerm]):
    class Meta:
        model = GlossaryTerm

    key = factory.Sequence(lambda n: f"term_{n}")
    domain = "core"
    term_en = factory.Sequence(lambda n: f"term {n}")
    term_fr = factory.Sequence(lambda n: f"terme {n}")
    term_ar = factory.Sequence(lambda n: f"مصطلح {n}")


class ConferenceRecommendationFactory(DjangoModelFactory[ConferenceRecommendation]):
    class Meta:
        model = ConferenceRecommendation

    number = factory.Sequence(lambda n: f"r{n}")
    position = factory.Sequence(lambda n: n + 1)
    text_en = "Invest more in mediation"
