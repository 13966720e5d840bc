"""Published agreements beside a file: linked with a reason, seen by the Secretariat alone."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from cases.models import Precedent
from cases.services.notes import link_precedent, unlink_precedent
from common.errors import NotPermitted, Refused
from tests.factories.cases import (
    DisputeFactory,
    StateNotificationFactory,
    TeamMemberFactory,
)
from tests.factories.library import AgreementFactory


@pytest.fixture
def dispute(officer):
    return DisputeFactory(desk_officer=officer)


@pytest.fixture
def published(db):
    return AgreementFactory()


@pytest.fixture
def precedent(officer, dispute, published):
    return Precedent.objects.create(
        dispute=dispute, agreement=published, why="Shared wells", linked_by=officer
    )


def link(user, dispute, published, why="It shares the water by season"):
    return link_precedent(actor=user, dispute=dispute, agreement=published, why=why)


def test_published_agreement_is_linked(officer, dispute, published, events):
    precedent = link(officer, dispute, published)

    assert (precedent.agreement, precedent.linked_by) == (published, officer)
    (event,) = events("cases.precedent_linked")
    assert event.payload["agreement"] == str(published.pk)
    assert event.subject_id == str(dispute.pk)


@pytest.mark.parametrize("why", ["", "x" * 301])
def test_reason_is_given_and_short(officer, dispute, published, why):
    with pytest.raises(ValidationError):
        link(officer, dispute, published, why=why)


def test_agreement_is_a_precedent_once(officer, dispute, published, precedent):
    with pytest.raises(ValidationError, match="precedent of the file already"):
        link(officer, dispute, published)


def test_precedent_is_taken_away_and_the_library_keeps_its_agreement(
    officer, precedent, published, events
):
    unlink_precedent(actor=officer, precedent=precedent)

    assert not Precedent.objects.exists()
    published.refresh_from_db()
    assert events("cases.precedent_unlinked")[0].target_id == str(precedent.pk)


def test_nobody_outside_the_team_links(
    other_officer, registry, cabinet, envoy, focal_point, dispute, published, precedent
):
    for user in (other_officer, registry, cabinet, envoy, focal_point):
        with pytest.raises(NotPermitted):
            link(user, dispute, AgreementFactory())
        with pytest.raises(NotPermitted):
            unlink_precedent(actor=user, precedent=precedent)


def test_published_history_takes_no_precedent(head, published):
    with pytest.raises(Refused) as refusal:
        link(head, DisputeFactory(history=True), published)

    assert refusal.value.code == "published_history"


def test_act_is_rolled_back_with_the_record(officer, dispute, precedent, broken_record):
    with pytest.raises(DatabaseError):
        link(officer, dispute, AgreementFactory())
    with pytest.raises(DatabaseError):
        unlink_precedent(actor=officer, precedent=precedent)

    assert list(Precedent.objects.all()) == [precedent]


def test_precedents_are_seen_by_the_secretariat_alone(
    officer, head, cabinet, other_officer, precedent, delegation, focal_point
):
    dispute = precedent.dispute
    StateNotificationFactory(dispute=dispute, state=delegation.state, shared=True)
    mediator = TeamMemberFactory(dispute=dispute, user__role="special_envoy").user

    def sees(user):
        return Precedent.objects.visible_to(user).exists()

    assert all(sees(user) for user in (officer, head, cabinet))
    assert not any(sees(user) for user in (other_officer, mediator, focal_point))
