"""Rules M6 to M8: which organ renews or ends what another adopted; terms grow by versions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cases.choices import MandateEnd, MandateState
from cases.models import Mandate
from cases.services.mandates import (
    add_terms_of_reference,
    adopt_mandate,
    draft_mandate,
    terminate_mandate,
)
from common.errors import Refused
from institutions.models import Organ
from tests.cases.rules.world import TODAY, World
from tests.factories.institutions import ResolutionFactory, SessionFactory

ORGANS = ("summit", "council", "committee")


def adopted_by(world: World, organ: Organ, **options: Any) -> Mandate:
    return world.mandate(active=True, organ=organ, holders=[world.holder], **options)


def renew(world: World, old: Mandate, organ: Organ, **options: Any) -> Mandate:
    values = {"end_kind": MandateEnd.DATE, "ends_on": date(2031, 1, 1), **options}
    successor = draft_mandate(
        actor=world.officer,
        dispute=world.dispute,
        type=old.type,
        holders=[world.holder],
        processes=[world.process],
        succeeds=old,
        is_urgent=organ == world.committee,
        **values,
    )
    return adopt_mandate(actor=world.officer, mandate=successor, **world.decision(organ))


def terminate(world: World, mandate: Mandate, organ: Organ, **options: Any) -> Mandate:
    values = {"reason": "Settled between them", "resolution": world.resolution(organ), **options}
    return terminate_mandate(actor=world.officer, mandate=mandate, terminated_on=TODAY, **values)


# M6 ---------------------------------------------------------------------------------------------


def test_m6_the_council_renews_what_a_summit_adopted(world: World) -> None:
    successor = renew(world, adopted_by(world, world.summit), world.council)

    assert successor.state == MandateState.ADOPTED


def test_m6_unless_the_summits_text_reserves_it(world: World) -> None:
    reserved = adopted_by(world, world.summit, is_reserved_to_adopter=True)

    with pytest.raises(Refused) as refusal:
        renew(world, reserved, world.council)

    assert (refusal.value.code, refusal.value.field) == ("renewal_reserved", "organ")
    reserved.refresh_from_db()
    assert reserved.state == MandateState.ACTIVE


def test_m6_what_the_committee_adopts_ends_with_the_next_council(world: World) -> None:
    old = adopted_by(world, world.council)

    with pytest.raises(Refused) as by_date:
        renew(world, old, world.committee)
    council = world.session(planned=True)
    Mandate.objects.filter(succeeds=old).delete()
    to_council = renew(
        world,
        old,
        world.committee,
        end_kind=MandateEnd.SESSION,
        ends_on=None,
        end_session=council,
    )

    assert (by_date.value.code, by_date.value.field) == ("ends_with_next_council", "end_session")
    assert to_council.end_session == council


def test_m6_a_session_of_the_committee_itself_is_no_such_end(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        renew(
            world,
            adopted_by(world, world.council),
            world.committee,
            end_kind=MandateEnd.SESSION,
            ends_on=None,
            end_session=world.session(world.committee, planned=True),
        )

    assert refusal.value.code == "ends_with_next_council"


# M7 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("adopter", ORGANS)
@pytest.mark.parametrize("ender", ORGANS)
def test_m7_the_same_or_a_higher_organ_ends_a_mandate(
    world: World, adopter: str, ender: str
) -> None:
    mandate = adopted_by(world, getattr(world, adopter))
    organ = getattr(world, ender)

    if ORGANS.index(ender) <= ORGANS.index(adopter):
        assert terminate(world, mandate, organ).state == MandateState.TERMINATED
        return
    with pytest.raises(Refused) as refusal:
        terminate(world, mandate, organ)
    assert (refusal.value.code, refusal.value.field) == ("organ_too_low_to_end", "resolution")


def test_m7_a_termination_keeps_organ_reason_and_last_day(world: World) -> None:
    mandate = terminate(world, adopted_by(world, world.council), world.council)

    assert (mandate.last_day, mandate.termination_reason) == (TODAY, "Settled between them")
    assert mandate.terminated_by_resolution.session.organ == world.council
    assert not mandate.assignments.filter(is_occupying=True).exists()


def test_m7_a_termination_lacks_nothing(world: World) -> None:
    mandate = adopted_by(world, world.council)

    with pytest.raises(Refused) as unreasoned:
        terminate(world, mandate, world.council, reason=" ")
    with pytest.raises(Refused) as stranger:
        terminate(world, mandate, world.council, resolution=world.resolution(is_exercise=True))
    with pytest.raises(Refused) as draft:
        terminate(world, world.mandate(), world.council)

    codes = [error.value.code for error in (unreasoned, stranger, draft)]
    assert codes == ["reason_missing", "other_world", "no_such_move"]


def test_m7_no_session_ends_what_a_later_one_adopted(world: World) -> None:
    mandate = adopted_by(world, world.council)
    adopting = mandate.session
    before = adopting.starts_on - timedelta(days=30)
    earlier = SessionFactory(organ=world.council, starts_on=before, ends_on=before)

    with pytest.raises(Refused) as refusal:
        terminate(world, mandate, world.council, resolution=ResolutionFactory(session=earlier))

    assert (refusal.value.code, refusal.value.field) == ("decided_before", "session")


def test_m7_a_session_whose_dates_are_not_written_yet_is_not_too_early(world: World) -> None:
    mandate = adopted_by(world, world.council)
    undated = SessionFactory(organ=world.council, planned=True)

    ended = terminate(world, mandate, world.council, resolution=ResolutionFactory(session=undated))

    assert ended.state == MandateState.TERMINATED


# M8 ---------------------------------------------------------------------------------------------


def add_terms(world: World, mandate: Mandate, text: str, **options: Any) -> Any:
    return add_terms_of_reference(
        actor=world.officer, mandate=mandate, adopted_on=TODAY, text_en=text, **options
    )


def test_m8_terms_grow_by_versions_and_the_old_ones_stay(world: World) -> None:
    mandate = world.mandate(adopted=True)
    add_terms(world, mandate, "To bring them to one table")

    second = add_terms(world, mandate, "And to keep them there", reason="They sat down")

    assert second.number == 2
    assert [terms.text_en for terms in mandate.terms.all()] == [
        "To bring them to one table",
        "And to keep them there",
    ]


def test_m8_a_new_version_has_a_reason_and_a_text(world: World) -> None:
    mandate = world.mandate(adopted=True)

    with pytest.raises(ValidationError):
        add_terms(world, mandate, "")
    add_terms(world, mandate, "To bring them to one table")
    with pytest.raises(Refused) as refusal:
        add_terms(world, mandate, "And to keep them there")

    assert refusal.value.code == "reason_missing"
    assert mandate.terms.count() == 1


def test_m8_a_mandate_that_is_over_takes_no_new_terms(world: World) -> None:
    mandate = terminate(world, adopted_by(world, world.council), world.council)

    with pytest.raises(Refused) as refusal:
        add_terms(world, mandate, "To go on")

    assert refusal.value.code == "mandate_over"
