"""Who sees what: need-to-know, classification and audience, for every kind of reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from cases.models import Dispute, Document, Party
from cases.models.disputes import VIEW, DisputeQuerySet
from cases.services.access import admit_to_team, admit_to_view
from common.choices import Audience, Classification
from common.grants import group_of
from common.scoping import RootQuerySet, ScopedQuerySet, is_reader, may_see
from tests.factories.accounts import DelegationFactory, StateUserFactory, UserFactory
from tests.factories.cases import (
    BasisFactory,
    ConsentFactory,
    DisputeFactory,
    DocumentFactory,
    PartyFactory,
    ProcessFactory,
    RootCauseFactory,
    StateNotificationFactory,
)
from tests.factories.institutions import StateFactory

SINCE = date(2020, 1, 1)


@dataclass
class World:
    """An open file of two Governments, shared with both and with a neighbour."""

    dispute: Dispute
    orvana: Party
    naruba: Party
    readers: dict[str, User]


def of_state(dispute, state):
    StateNotificationFactory(dispute=dispute, state=state, shared=True)
    return StateUserFactory(delegation=DelegationFactory(state=state))


def admitted(dispute, *, is_of_team):
    person = UserFactory(special_envoy=True)
    days = {"valid_from": SINCE, "valid_to": None, "reason": "Asked to help"}
    if is_of_team:
        admit_to_team(dispute=dispute, user=person, by=dispute.desk_officer, **days)
    else:
        group = group_of("user", person.pk)
        admit_to_view(dispute=dispute, group=group, by=dispute.desk_officer, **days)
    return person


@pytest.fixture
def world(db):
    dispute = DisputeFactory(open_to_staff=True)
    orvana, naruba = PartyFactory(dispute=dispute), PartyFactory(dispute=dispute)
    readers = {
        "officer": dispute.desk_officer,
        "colleague": UserFactory(desk_officer=True),
        "head": UserFactory(head_of_unit=True),
        "cabinet": UserFactory(sg_cabinet=True),
        "mediator": admitted(dispute, is_of_team=True),
        "adviser": admitted(dispute, is_of_team=False),
        "orvana": of_state(dispute, orvana.actor.state),
        "naruba": of_state(dispute, naruba.actor.state),
        "neighbour": of_state(dispute, StateFactory()),
        "stranger state": StateUserFactory(),
        "unsent mediator": UserFactory(special_envoy=True),
        "auditor": UserFactory(auditor=True),
        "administrator": UserFactory(administrator=True),
        "newcomer": UserFactory(newcomer=True),
        "exercise": UserFactory(head_of_unit=True, is_exercise=True),
        "closed account": UserFactory(head_of_unit=True, deactivated=True),
        "nobody": AnonymousUser(),
    }
    return World(dispute, orvana, naruba, readers)


def who_sees(world, row):
    return {
        name
        for name, reader in world.readers.items()
        if type(row).objects.visible_to(reader).filter(pk=row.pk).exists()
    }


STAFF = {"officer", "colleague", "head", "cabinet"}
TEAM = {"officer", "head", "mediator"}
EVERYBODY = STAFF | {"mediator", "adviser", "orvana", "naruba", "neighbour"}


def test_file_is_seen_by_role_or_by_grant_and_by_nobody_else(world):
    assert who_sees(world, world.dispute) == EVERYBODY


@pytest.mark.parametrize("classification", Classification)
def test_file_is_cut_by_clearance_whatever_the_role_or_grant(world, classification):
    Dispute.objects.filter(pk=world.dispute.pk).update(classification=classification)
    cleared = {name for name in EVERYBODY if world.readers[name].clearance >= classification}

    assert who_sees(world, world.dispute) == cleared


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (Audience.TEAM, TEAM),
        (Audience.SECRETARIAT, STAFF),
        (Audience.PARTY, STAFF | {"mediator", "orvana"}),
        (Audience.PARTIES, STAFF | {"mediator", "orvana", "naruba"}),
        (Audience.SHARED, EVERYBODY),
    ],
)
def test_part_is_seen_by_its_audience(world, audience, expected):
    party = world.orvana if audience == Audience.PARTY else None
    document = DocumentFactory(
        dispute=world.dispute,
        audience=audience,
        audience_party=party,
        classification=Classification.OPEN,
    )

    assert who_sees(world, document) == expected


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda world: RootCauseFactory(dispute=world.dispute), TEAM),
        (lambda world: BasisFactory(process=ProcessFactory(dispute=world.dispute)), STAFF),
        (
            lambda world: ConsentFactory(
                process=ProcessFactory(dispute=world.dispute, parties=[world.orvana]),
                party=world.orvana,
            ),
            STAFF | {"mediator", "orvana"},
        ),
        (lambda world: world.orvana, EVERYBODY),
    ],
    ids=["team", "secretariat", "party", "shared"],
)
def test_part_without_an_audience_of_its_own_has_its_kinds(world, make, expected):
    assert who_sees(world, make(world)) == expected


@pytest.mark.parametrize("classification", Classification)
def test_part_is_cut_by_clearance(world, classification):
    document = DocumentFactory(
        dispute=world.dispute, audience=Audience.SHARED, classification=classification
    )
    cleared = {name for name in EVERYBODY if world.readers[name].clearance >= classification}

    assert who_sees(world, document) == cleared


def test_part_of_a_hidden_file_is_hidden_however_wide_its_audience(world):
    document = DocumentFactory(dispute=DisputeFactory(), audience=Audience.SHARED)

    assert who_sees(world, document) == {"head", "cabinet"}


def test_one_query_answers_for_a_list(world, django_assert_num_queries):
    for audience in (Audience.TEAM, Audience.SECRETARIAT, Audience.SHARED):
        DocumentFactory(
            dispute=world.dispute, audience=audience, classification=Classification.OPEN
        )
    seen = {"mediator": 2, "orvana": 1, "colleague": 2, "neighbour": 1, "auditor": 0}

    for name, count in seen.items():
        reader = User.objects.get(pk=world.readers[name].pk)
        with django_assert_num_queries(1 if count else 0):
            assert len(Document.objects.visible_to(reader)) == count


def test_root_keeps_the_two_worlds_apart_also_for_history(db):
    class Root(RootQuerySet):
        grant_label, view_codename = DisputeQuerySet.grant_label, VIEW

    DisputeFactory(history=True)
    exercise = UserFactory(head_of_unit=True, is_exercise=True)

    assert Dispute.objects.visible_to(exercise).exists()
    assert not Root(Dispute).visible_to(exercise).exists()


def test_model_that_names_no_scope_shows_nothing(officer):
    with pytest.raises(NotImplementedError, match="Dispute"):
        ScopedQuerySet(Dispute).visible_to(officer)
    with pytest.raises(NotImplementedError):
        RootQuerySet(Dispute).with_party(None)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"is_authenticated": False}, False),
        ({"is_active": False}, False),
        ({"may_see_files": False}, False),
    ],
)
def test_reader_is_logged_in_active_and_of_a_role_with_files(changes, expected):
    person = {"is_authenticated": True, "is_active": True, "may_see_files": True}

    assert is_reader(SimpleNamespace(**person | changes)) is expected


def test_object_is_seen_by_its_label_and_key(world):
    label, key = "cases.Dispute", world.dispute.pk

    assert may_see(label, key, world.readers["orvana"])
    assert not may_see(label, key, world.readers["stranger state"])
    assert not may_see(label, world.orvana.pk, world.readers["head"])
