"""Rule M9: one mandate of one type for one holder in one process at a time; parallel ones need a lead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from cases.choices import MandateEnd, MandateState, MandateType
from cases.models import Mandate, MandateAssignment
from cases.services.mandates import adopt_mandate, draft_mandate, terminate_mandate
from cases.services.processes import open_process
from common.errors import Refused
from tests.cases.rules.world import TODAY, World
from tests.factories.institutions import ActorFactory


def draft(world: World, **options: Any) -> Mandate:
    values = {
        "type": MandateType.MEDIATION,
        "holders": [world.holder],
        "processes": [world.process],
        "starts_on": date(2026, 1, 1),
        "end_kind": MandateEnd.DATE,
        "ends_on": date(2026, 12, 31),
        **options,
    }
    return draft_mandate(actor=world.officer, dispute=world.dispute, **values)


def adopt(world: World, mandate: Mandate) -> Mandate:
    return adopt_mandate(actor=world.officer, mandate=mandate, **world.decision())


def adopted(world: World, **options: Any) -> Mandate:
    return adopt(world, draft(world, **options))


def test_an_overlap_is_refused_in_words(world: World) -> None:
    adopted(world)
    second = draft(world, starts_on=date(2026, 12, 31), ends_on=date(2027, 6, 30))

    with pytest.raises(ValidationError, match="already has a mandate of this type"):
        adopt(world, second)

    second.refresh_from_db()
    assert second.state == MandateState.DRAFT


def test_an_open_end_overlaps_whatever_begins_later(world: World) -> None:
    adopted(world, end_kind=MandateEnd.DECISION, ends_on=None, review_on=TODAY)

    with pytest.raises(ValidationError):
        adopted(world, starts_on=date(2040, 1, 1), ends_on=date(2040, 12, 31))


def test_the_database_itself_refuses_an_overlap(world: World) -> None:
    place = adopted(world).assignments.get()

    with pytest.raises(IntegrityError, match="mandate_one_per_holder_type_process"):
        MandateAssignment.objects.create(
            mandate=draft(world),
            process=place.process,
            holder=place.holder,
            type=place.type,
            starts_on=place.ends_on,
        )


@pytest.mark.parametrize(
    "differs",
    [
        {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31)},
        {"type": MandateType.MONITORING},
    ],
)
def test_other_days_and_other_types_stand_beside(world: World, differs: dict[str, Any]) -> None:
    adopted(world)

    assert adopted(world, **differs).state == MandateState.ADOPTED


def test_another_process_stands_beside(world: World) -> None:
    adopted(world)

    assert adopted(world, processes=[world.mediation])


def test_a_terminated_mandate_frees_its_place(world: World) -> None:
    first = adopted(world)
    terminate_mandate(
        actor=world.officer,
        mandate=first,
        resolution=world.resolution(),
        terminated_on=TODAY,
        reason="Another text",
    )

    assert adopted(world)


def test_a_mandate_of_the_whole_file_takes_its_place_in_later_processes_too(world: World) -> None:
    adopted(world, processes=[])
    later = open_process(
        actor=world.officer,
        dispute=world.dispute,
        parties=[world.orvana],
        opened_on=TODAY,
        reason="They asked",
        title_en="Talks on the wells",
    )

    with pytest.raises(ValidationError):
        adopted(world, processes=[later])


def test_a_session_that_got_its_dates_frees_the_days_after_its_close(world: World) -> None:
    """Rule M4: the end moves with the session, and so does the place."""
    session = world.session(planned=True)
    adopted(world, end_kind=MandateEnd.SESSION, ends_on=None, end_session=session)
    later = {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 9, 30)}

    with pytest.raises(ValidationError):
        adopted(world, **later)
    session.starts_on = session.ends_on = date(2026, 6, 30)
    session.save()

    assert adopted(world, **later)


# Parallel mandates ------------------------------------------------------------------------------


def test_parallel_mandates_of_different_holders_need_a_lead(world: World) -> None:
    adopted(world)
    other = {"holders": [ActorFactory()]}

    with pytest.raises(Refused) as refusal:
        adopted(world, **other)
    lead = adopted(world, is_lead=True, **other)
    third = adopted(world, holders=[ActorFactory()])

    assert (refusal.value.code, refusal.value.field) == ("lead_missing", "is_lead")
    assert (lead.is_lead, third.state) == (True, MandateState.ADOPTED)


@pytest.mark.parametrize(
    "apart",
    [
        {"type": MandateType.ENQUIRY},
        {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 2, 1)},
        {"starts_on": date(2025, 1, 1), "ends_on": date(2025, 2, 1)},
    ],
)
def test_mandates_of_other_kinds_or_times_need_no_lead(world: World, apart: dict[str, Any]) -> None:
    adopted(world)

    assert adopted(world, holders=[ActorFactory()], **apart)


# At the same moment -----------------------------------------------------------------------------


def at_once(*acts: Callable[[], Any]) -> list[BaseException | None]:
    """Do the acts at the same moment, each on a connection of its own; return what each raised."""
    barrier = Barrier(len(acts))
    raised: list[BaseException | None] = [None] * len(acts)

    def run(position: int, act: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            act()
        except Exception as error:
            raised[position] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.django_db(transaction=True)
def test_of_two_adoptions_at_once_one_is_refused() -> None:
    world = World()
    drafts = [draft(world), draft(world)]
    decisions = [world.decision(), world.decision()]

    raised = at_once(
        *(
            lambda mandate=mandate, decision=decision: adopt_mandate(
                actor=world.officer, mandate=mandate, **decision
            )
            for mandate, decision in zip(drafts, decisions, strict=True)
        )
    )

    assert sorted(type(error).__name__ for error in raised) == ["NoneType", "ValidationError"]
    assert MandateAssignment.objects.filter(is_occupying=True).count() == 1
    assert Mandate.objects.filter(state=MandateState.ADOPTED).count() == 1
