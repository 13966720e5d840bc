"""Filling the library: by process, all or nothing, twice without harm, each process on record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError

from common.actor import SYSTEM
from common.errors import NotPermitted, Refused
from library.importing.formats import FORMATS
from library.importing.publication import read_publication
from library.models import Agreement, Location, Process, Provision
from library.selectors import member_states
from library.services.importing import ImportReport, import_agreements, import_process
from tests.factories.institutions import MembershipStatusFactory, StateFactory

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parent / "data"


def publication(name: str = "dirt.csv", **replacements: str):
    content = (DATA / name).read_bytes()
    for old, new in replacements.items():
        content = content.replace(old.encode(), new.encode(), 1)
    return read_publication(FORMATS["pax"], content)


def run(name: str = "dirt.csv", **options) -> ImportReport:
    replacements = options.pop("replacements", {})
    return import_agreements(actor=SYSTEM, publication=publication(name, **replacements), **options)


def counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    return (
        report.created,
        report.updated,
        report.unchanged,
        len(report.refusals),
        report.total,
    )


def test_import_fills_the_library():
    report = run()

    assert counts(report) == (7, 0, 0, 0, 7)
    assert Process.objects.count() == 4
    agreement = Agreement.objects.get(source="pax", source_id="2")
    assert agreement.process.name == "Tesmal coast talks"
    assert agreement.dated_earliest == agreement.dated_latest == date(1999, 4, 21)
    assert agreement.dated_as_written == "4/21/99"
    assert dict(agreement.provisions.values_list("code", "level")) == {"CeProv": 2, "SsrDdr": 1}
    assert agreement.provision_count == 2
    assert "movement of the coast" in agreement.search_text


def test_import_of_the_same_file_again_changes_nothing(events):
    run()
    before = list(Agreement.objects.order_by("pk").values())
    recorded = len(events("library.process_imported"))

    report = run()

    assert counts(report) == (0, 0, 7, 0, 7)
    assert report.is_idle
    assert list(Agreement.objects.order_by("pk").values()) == before
    assert len(events("library.process_imported")) == recorded


def test_import_of_a_changed_row_updates_it_in_place():
    run()
    before = Agreement.objects.get(source_id="2")

    report = run(replacements={"4/21/99": "1999-04-22", ",2,1,0,1": ",0,3,0,1"})

    after = Agreement.objects.get(source_id="2")
    assert counts(report) == (0, 1, 6, 0, 7)
    assert after.pk == before.pk
    assert after.dated_latest == date(1999, 4, 22)
    assert dict(after.provisions.values_list("code", "level")) == {"SsrDdr": 3}


def test_import_with_a_new_name_of_the_process_renames_it(events):
    run()

    report = run(replacements={"Tesmal coast talks": "Talks of the coast"})

    assert counts(report) == (0, 3, 4, 0, 7)
    assert Process.objects.get(source_key="901").name == "Talks of the coast"
    assert events("library.process_imported")[-1].payload["changes"]["name"] == [
        "Tesmal coast talks",
        "Talks of the coast",
    ]


def test_agreement_that_moves_to_another_process_is_moved():
    run()
    coast = Process.objects.get(source_key="901")

    run(replacements={",902.0,": ",901,"})

    assert Agreement.objects.get(source_id="4").process == coast


def test_import_records_one_event_for_each_process(events):
    run()

    recorded = events("library.process_imported")
    assert [event.target_text for event in recorded] == [
        "Tesmal coast talks",
        "Orvana–Naruba dialogue",
        "Naruba",
        "Tesmal/Upper Tesmal",
    ]
    assert recorded[0].payload["created"] == 3
    assert recorded[0].actor_id == ""


def test_broken_row_refuses_its_process_and_the_others_land():
    report = run("broken.csv")

    assert counts(report) == (2, 0, 0, 8, 10)
    assert list(Agreement.objects.values_list("source_id", flat=True).order_by("source_id")) == [
        "10",
        "3",
    ]
    assert [(refusal.line, refusal.source_id, refusal.reason) for refusal in report.refusals][
        :2
    ] == [
        (2, "1", "its process is refused because of line 4"),
        (4, "2", "GeWom: “7” is not a level from 0 to 3"),
    ]
    assert not Process.objects.filter(source_key__in=["901", "903", "904"]).exists()


def test_process_is_rolled_back_when_the_record_cannot_be_written(broken_record):
    with pytest.raises(DatabaseError):
        run()

    assert not Process.objects.exists()
    assert not Agreement.objects.exists()
    assert not Provision.objects.exists()


def test_dry_run_tells_the_same_and_writes_nothing(events):
    report = run(is_dry_run=True)

    assert counts(report) == (7, 0, 0, 0, 7)
    assert not Process.objects.exists()
    assert not Agreement.objects.exists()
    assert events("library.process_imported") == []


def test_progress_tells_every_row_that_is_done_with():
    told: list[int] = []

    run(on_progress=told.append)

    assert told == [3, 1, 2, 1]


@pytest.mark.parametrize("service", [import_agreements, import_process])
def test_nobody_in_the_product_imports(service, administrator):
    read = publication()
    arguments = (
        {"publication": read}
        if service is import_agreements
        else {
            "source": "pax",
            "process": read.processes[0],
            "rows": read.processes[0].rows,
            "states": {},
        }
    )

    with pytest.raises(NotPermitted):
        service(actor=administrator, **arguments)

    assert not Process.objects.exists()


# Member States ----------------------------------------------------------------------------------


@pytest.fixture
def orvana():
    return StateFactory(member=True, name="Orvana", iso_alpha3="ORV")


def test_member_states_are_present_members_of_the_real_world(orvana):
    StateFactory(name="Observer", iso_alpha3="OBS")
    left = StateFactory(name="Left", iso_alpha3="LFT")
    MembershipStatusFactory(actor=left.actor, to_earliest=date(1990, 1, 1))
    suspended = StateFactory(name="Suspended", iso_alpha3="SUS")
    MembershipStatusFactory(actor=suspended.actor, status="suspended")
    StateFactory(member=True, exercise=True, iso_alpha3="EXE")

    assert member_states() == {"ORV": orvana.pk, "SUS": suspended.pk}


def test_country_of_a_member_state_is_linked_and_others_stay_codes(orvana):
    run()

    linked = Location.objects.filter(agreement__source_id="3").order_by("position")
    assert list(linked.values_list("iso3", "state")) == [("ORV", orvana.pk), ("NRB", None)]


def test_import_after_a_state_became_known_links_it():
    run()
    state = StateFactory(member=True, iso_alpha3="TSM")

    report = run()

    assert counts(report) == (0, 1, 6, 0, 7)
    assert Location.objects.get(iso3="TSM").state == state


def test_member_states_only_leaves_the_other_rows_out(orvana):
    report = run(member_states_only=True)

    assert counts(report) == (3, 0, 0, 0, 3)
    assert report.left_out == 4
    assert list(Process.objects.values_list("source_key", flat=True)) == ["901"]


def test_broken_row_outside_the_member_states_refuses_nothing_when_left_out(orvana):
    broken = {",ORV,,7001,0,7,": ",NRB,,7001,0,7,"}

    report = run("broken.csv", member_states_only=True, replacements=broken)

    assert Agreement.objects.filter(source_id="1").exists()
    assert 4 not in [refusal.line for refusal in report.refusals]


def test_member_states_only_needs_the_reference_data():
    with pytest.raises(Refused) as refusal:
        run(member_states_only=True)

    assert refusal.value.code == "no_member_states"
