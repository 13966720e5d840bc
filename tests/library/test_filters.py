"""Narrowing the library: every condition, alone and together, on processes and on agreements."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from library.filters import AgreementFilter, ProcessFilter
from library.models import Agreement, Process
from tests.factories.library import AgreementFactory, ProcessFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> None:
    coast = ProcessFactory(name="Coast talks", source_key="1", regions=["Inner Sea"])
    hills = ProcessFactory(name="Hill talks", source_key="2", regions=["Outer Sea"])
    AgreementFactory(
        process=coast,
        title="Ceasefire of Selm",
        stage="Cea",
        countries=["ORV", "NRB"],
        provisions={"CeProv": 2},
        dated_earliest=date(1994, 5, 1),
    )
    AgreementFactory(
        process=coast,
        title="Déclaration de principe",
        stage="Pre",
        countries=["ORV"],
        provisions={"GeWom": 1, "CeProv": 1},
        dated_earliest=date(1999, 1, 1),
        dated_latest=date(2001, 12, 31),
    )
    AgreementFactory(
        process=hills, title="Protocol", kind="Inter", stage="Imp", dated_earliest=None
    )


def titles(officer, **query: str) -> set[str]:
    rows = AgreementFilter(query, Agreement.objects.visible_to(officer)).qs
    return {row.title.split()[0] for row in rows}


def processes(officer, **query: str) -> list[tuple[str, int]]:
    request = SimpleNamespace(user=officer)
    rows = ProcessFilter(query, Process.objects.visible_to(officer), request=request).qs
    return [(row.name, row.agreement_count) for row in rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"Ceasefire", "Déclaration", "Protocol"}),
        ({"q": "declaration PRINCIPE"}, {"Déclaration"}),
        ({"q": "coast"}, {"Ceasefire", "Déclaration"}),
        ({"q": " "}, {"Ceasefire", "Déclaration", "Protocol"}),
        ({"state": "nrb"}, {"Ceasefire"}),
        ({"region": "Outer Sea"}, {"Protocol"}),
        ({"region": "Outer"}, set()),
        ({"stage": "Cea"}, {"Ceasefire"}),
        ({"kind": "Inter"}, {"Protocol"}),
        ({"provision": "CeProv"}, {"Ceasefire", "Déclaration"}),
        ({"provision": "CeProv", "stage": "Pre"}, {"Déclaration"}),
        ({"year_from": "2000"}, {"Déclaration"}),
        ({"year_to": "1999"}, {"Ceasefire", "Déclaration"}),
        ({"year_from": "1995", "year_to": "1998"}, set()),
    ],
)
def test_agreements_are_narrowed_by(query, found, world, officer):
    assert titles(officer, **query) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [("Coast talks", 2), ("Hill talks", 1)]),
        ({"stage": "Cea"}, [("Coast talks", 1)]),
        ({"stage": "Cea", "provision": "GeWom"}, []),
        ({"provision": "GeWom"}, [("Coast talks", 1)]),
        ({"region": "Outer Sea"}, [("Hill talks", 1)]),
    ],
)
def test_processes_are_narrowed_to_those_with_one_agreement_that_meets_all(
    query, found, world, officer
):
    assert processes(officer, **query) == found


def test_process_says_the_years_of_what_was_found(world, officer):
    request = SimpleNamespace(user=officer)
    rows = ProcessFilter({"stage": "Pre"}, Process.objects.visible_to(officer), request=request).qs

    assert [(row.first_on, row.last_on) for row in rows] == [(date(1999, 1, 1), date(2001, 12, 31))]
