from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from common.choices import Classification
from tests.cases.rules.world import OPENED, World
from tests.factories.accounts import DelegationFactory, StateUserFactory, UserFactory
from tests.factories.cases import StateNotificationFactory, TeamMemberFactory

ROOT = "/api/v1"


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def api(world: World, api_for: Callable[..., APIClient]) -> APIClient:
    """The API as the file's desk officer uses it."""
    return api_for(world.officer)


@pytest.fixture
def orvana_user(world: World) -> User:
    """A focal point of Orvana, with which the file is shared."""
    state = world.orvana.actor.state
    StateNotificationFactory(dispute=world.dispute, state=state, shared=True)
    return StateUserFactory(
        delegation=DelegationFactory(state=state), clearance=Classification.CONFIDENTIAL
    )


@pytest.fixture
def outsider(world: World, orvana_user: User, api_for: Callable[..., APIClient]) -> APIClient:
    """The API as that focal point uses it."""
    return api_for(orvana_user)


@pytest.fixture
def envoy_user(world: World) -> User:
    """An envoy in the file's team."""
    user = UserFactory(special_envoy=True)
    TeamMemberFactory(dispute=world.dispute, user=user, valid_from=OPENED)
    return user


@pytest.fixture
def envoy_api(envoy_user: User, api_for: Callable[..., APIClient]) -> APIClient:
    """The API as that envoy uses it."""
    return api_for(envoy_user)
