"""People of invented States and of the General Secretariat; each is in the groups of the account.

Traits of :class:`UserFactory` are the roles by their code: ``UserFactory(desk_officer=True)``; State's
users take ``delegation=``.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import Absence, ApiToken, Delegation, RoleChange, Unit, User
from accounts.services.groups import sync_groups
from common.choices import Classification
from tests.factories.institutions import StateFactory

PASSWORD = "a calm and long phrase 47"


class UnitFactory(DjangoModelFactory[Unit]):
    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"U{n}")
    name_en = factory.Sequence(lambda n: f"Unit {n}")


class UserFactory(DjangoModelFactory[User]):
    """A desk officer cleared for confidential things."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        desk_officer = factory.Trait(role="desk_officer")
        head_of_unit = factory.Trait(role="head_of_unit", clearance=Classification.SECRET)
        asg = factory.Trait(role="asg", clearance=Classification.SECRET)
        secretary_general = factory.Trait(role="secretary_general", clearance=Classification.SECRET)
        sg_cabinet = factory.Trait(role="sg_cabinet")
        registry_clerk = factory.Trait(role="registry_clerk", clearance=Classification.RESTRICTED)
        special_envoy = factory.Trait(role="special_envoy")
        wise_person = factory.Trait(role="wise_person")
        expert = factory.Trait(role="expert", clearance=Classification.RESTRICTED)
        auditor = factory.Trait(role="auditor", clearance=Classification.OPEN)
        administrator = factory.Trait(role="administrator", clearance=Classification.SECRET)
        newcomer = factory.Trait(role="newcomer", clearance=Classification.OPEN)
        deactivated = factory.Trait(
            is_active=False,
            deactivated_at=factory.LazyFunction(timezone.now),
            deactivated_by=factory.SubFactory(
                "tests.factories.accounts.UserFactory", administrator=True
            ),
        )

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    full_name = factory.Sequence(lambda n: f"Person {n}")
    role = "desk_officer"
    clearance = Classification.CONFIDENTIAL
    password = factory.LazyFunction(lambda: make_password(PASSWORD))

    @factory.post_generation
    def standing_groups(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            sync_groups(user=self)


class DelegationFactory(DjangoModelFactory[Delegation]):
    """A State's delegation in force; traits: ``exercise``, ``not_accepted``, ``frozen``."""

    class Meta:
        model = Delegation

    class Params:
        exercise = factory.Trait(
            is_exercise=True,
            state=factory.SubFactory(StateFactory, exercise=True),
            accepted_by=factory.SubFactory(UserFactory, secretary_general=True, is_exercise=True),
        )
        not_accepted = factory.Trait(accepted_on=None, accepted_by=None)
        frozen = factory.Trait(
            frozen_at=factory.LazyFunction(timezone.now),
            frozen_by=factory.SubFactory(UserFactory, secretary_general=True),
            frozen_reason="Two notes name two delegations.",
        )

    state = factory.SubFactory(StateFactory)
    note_reference = factory.Sequence(lambda n: f"MFA/{n}/2026")
    note_date = date(2026, 1, 12)
    signatory = "The Minister of Foreign Affairs"
    accepted_on = date(2026, 1, 20)
    accepted_by = factory.SubFactory(UserFactory, secretary_general=True)


class StateUserFactory(UserFactory):
    """A focal point; traits: ``signatory``, ``portal_administrator``, ``rest_client``."""

    class Params:
        signatory = factory.Trait(is_authorised_signatory=True)
        portal_administrator = factory.Trait(is_portal_administrator=True)
        rest_client = factory.Trait(role="rest_client")

    role = "focal_point"
    delegation = factory.SubFactory(DelegationFactory)
    is_exercise = factory.SelfAttribute("delegation.is_exercise")


class RoleChangeFactory(DjangoModelFactory[RoleChange]):
    class Meta:
        model = RoleChange

    user = factory.SubFactory(UserFactory)
    old_role = factory.SelfAttribute("user.role")
    new_role = "head_of_unit"
    reason = "Appointed by decision of the Secretary General"
    proposed_by = factory.SubFactory(UserFactory, administrator=True)


def token_for(user: User, scope: str = "write") -> str:
    """Make an API token for a day and return its text."""
    return ApiToken.objects.create(user=user, expiry=timedelta(days=1), name="test", scope=scope)[1]


class AbsenceFactory(DjangoModelFactory[Absence]):
    """An absence from today for a week."""

    class Meta:
        model = Absence

    user = factory.SubFactory(UserFactory)
    stand_in = factory.SubFactory(UserFactory)
    first_day = factory.LazyFunction(timezone.localdate)
    last_day = factory.LazyAttribute(lambda absence: absence.first_day + timedelta(days=6))
    recorded_by = factory.SelfAttribute("user")
