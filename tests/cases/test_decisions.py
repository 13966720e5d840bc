"""Decisions named as people write them: found in the register, or entered there in the same act."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError

from cases.choices import MandateState
from cases.models import Mandate
from cases.services.decisions import (
    adopt_mandate_by_reference,
    terminate_mandate_by_reference,
)
from common.errors import NotPermitted, Refused
from institutions.models import Resolution
from tests.factories.cases import MandateFactory
from tests.factories.institutions import ResolutionFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Mandate:
    return MandateFactory()


def adopt(mandate: Mandate, session: Any, reference: str, **options: Any) -> Mandate:
    return adopt_mandate_by_reference(
        actor=options.pop("actor", mandate.dispute.desk_officer),
        mandate=mandate,
        session=session,
        reference=reference,
        paragraph="4",
        adopted_on=session.starts_on,
        **options,
    )


def test_adoption_finds_the_resolution_of_the_session(draft):
    resolution = ResolutionFactory(number=9, tag="POL")
    ResolutionFactory(number=9, tag="POL")

    adopt(draft, resolution.session, "٩-POL")

    draft.refresh_from_db()
    assert draft.resolution == resolution
    assert draft.organ == resolution.session.organ


def test_adoption_enters_a_resolution_that_the_register_lacks(draft, events):
    session = SessionFactory()

    adopt(draft, session, "9-POL", title_en="On the valley", title_fr="", title_ar="")

    entered = Resolution.objects.get(session=session)
    assert (entered.number, entered.tag, entered.title_en) == (9, "POL", "On the valley")
    assert len(events("institutions.resolution_registered")) == 1
    assert len(events("cases.mandate_adopted")) == 1


@pytest.mark.parametrize(
    ("reference", "code"),
    [("the ninth", "no_reference"), ("9-POL", "resolution_unknown"), ("7", "resolution_ambiguous")],
)
def test_adoption_is_refused_without_one_resolution(draft, reference, code):
    session = SessionFactory()
    ResolutionFactory(session=session, number=7, tag="POL")
    ResolutionFactory(session=session, number=7, tag="ORG")

    with pytest.raises(Refused) as refusal:
        adopt(draft, session, reference)

    assert refusal.value.code == code
    assert refusal.value.field == "reference"
    draft.refresh_from_db()
    assert draft.state == MandateState.DRAFT


def test_refused_adoption_enters_no_resolution(draft):
    draft.holders.clear()

    with pytest.raises(Refused):
        adopt(draft, SessionFactory(), "9-POL", title_en="On the valley")

    assert not Resolution.objects.exists()


def test_adoption_is_not_for_readers(draft, cabinet):
    with pytest.raises(NotPermitted):
        adopt(draft, SessionFactory(), "9-POL", actor=cabinet, title_en="On the valley")


def test_nothing_stands_when_the_record_cannot_be_written(draft, broken_record):
    with pytest.raises(DatabaseError):
        adopt(draft, SessionFactory(), "9-POL", title_en="On the valley")

    draft.refresh_from_db()
    assert draft.state == MandateState.DRAFT
    assert not Resolution.objects.exists()


def test_termination_names_the_decision_that_ended_the_mandate():
    mandate = MandateFactory(active=True)
    session = SessionFactory()

    terminate_mandate_by_reference(
        actor=mandate.dispute.desk_officer,
        mandate=mandate,
        session=session,
        reference="10-POL",
        title_en="On ending it",
        terminated_on=session.ends_on,
        reason="The aim is reached",
    )

    mandate.refresh_from_db()
    assert mandate.state == MandateState.TERMINATED
    assert mandate.terminated_by_resolution.number == 10
