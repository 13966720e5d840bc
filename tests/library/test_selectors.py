"""What is read of the library, and by whom."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from common.text import normalise
from library import selectors
from library.models import Agreement, Process, Provision
from tests.factories.library import AgreementFactory, ProcessFactory

pytestmark = pytest.mark.django_db

STAFF = ["officer", "head", "asg", "secretary_general", "cabinet", "registry"]
OUTSIDERS = [
    "envoy",
    "wise_person",
    "expert",
    "focal_point",
    "signatory",
    "portal_administrator",
    "rest_client",
    "auditor",
    "administrator",
]


@pytest.mark.parametrize("persona", STAFF)
def test_library_is_seen_by_staff(persona, request):
    AgreementFactory(provisions={"CeProv": 1}, countries=["ORV"])

    user = request.getfixturevalue(persona)

    assert Process.objects.visible_to(user).exists()
    assert Agreement.objects.visible_to(user).exists()
    assert Provision.objects.visible_to(user).exists()
    assert selectors.countries(user) == ["ORV"]


@pytest.mark.parametrize("persona", OUTSIDERS)
def test_library_is_absent_for_everybody_else(persona, request):
    agreement = AgreementFactory(provisions={"CeProv": 1}, countries=["ORV"])

    user = request.getfixturevalue(persona)

    assert not Process.objects.visible_to(user).exists()
    assert not Agreement.objects.visible_to(user).exists()
    assert not Provision.objects.visible_to(user).exists()
    assert selectors.countries(user) == selectors.regions(user) == []
    assert selectors.search_hits(user, "lagoon", 10) == []
    assert selectors.similar(user, agreement) == []


def test_library_is_absent_for_a_deactivated_officer(officer):
    AgreementFactory()
    officer.is_active = False

    assert not Agreement.objects.visible_to(officer).exists()


def test_similar_agreements_come_by_their_share_of_common_provisions(
    officer, django_assert_num_queries
):
    one = AgreementFactory(provisions={"CeProv": 3, "SsrDdr": 2, "ImUN": 1})
    same = AgreementFactory(provisions={"CeProv": 1, "SsrDdr": 1, "ImUN": 1})
    wider = AgreementFactory(
        provisions={"CeProv": 1, "SsrDdr": 1, "ImUN": 1, "GeWom": 1, "Cons": 1, "Ele": 1}
    )
    narrower = AgreementFactory(provisions={"CeProv": 1})
    AgreementFactory(provisions={"TjAm": 1})
    AgreementFactory()

    with django_assert_num_queries(1):
        found = selectors.similar(officer, one)

    assert [
        (row.pk, row.shared_count, row.either_count, round(row.likeness, 2)) for row in found
    ] == [
        (same.pk, 3, 3, 1.0),
        (wider.pk, 3, 6, 0.5),
        (narrower.pk, 1, 3, 0.33),
    ]


def test_agreement_without_provisions_is_like_none(officer):
    AgreementFactory(provisions={"CeProv": 1})

    assert selectors.similar(officer, AgreementFactory()) == []


def test_search_finds_titles_first_and_parties_too(officer, django_assert_num_queries):
    by_party = AgreementFactory(title="Protocol of Selm", parties_text="Movement of the Estuary")
    by_title = AgreementFactory(title="Déclaration of the Estuary")
    AgreementFactory()

    with django_assert_num_queries(1):
        hits = selectors.search_hits(officer, normalise("ESTUARY"), 10)

    assert [hit.title for hit in hits] == [by_title.title, by_party.title]
    assert hits[0].url == f"/library/agreements/{by_title.pk}/"
    assert hits[0].language == "en"
    assert selectors.search_hits(officer, "declaration estuary", 1)[0].title == by_title.title


def test_regions_and_countries_are_offered_once(officer):
    for region in ("Outer Sea", "Inner Sea"):
        process = ProcessFactory(regions=[region])
        AgreementFactory.create_batch(2, process=process, countries=["ORV", "NRB"])

    assert selectors.regions(officer) == ["Inner Sea", "Outer Sea"]
    assert selectors.countries(officer) == ["NRB", "ORV"]


def test_provisions_are_grouped_in_the_order_of_the_catalogue():
    agreement = AgreementFactory(provisions={"ImUN": 1, "Zeta": 2, "GeWom": 1, "GeMe": 3, "GCh": 1})

    with translation.override("en"):
        groups = [
            (str(group.label), [(row.code.code, row.level) for row in group.provisions])
            for group in selectors.grouped(agreement.provisions.all())
        ]

    assert groups == [
        ("Groups of persons", [("GCh", 1)]),
        ("Women, men and family", [("GeWom", 1), ("GeMe", 3)]),
        ("Implementation", [("ImUN", 1)]),
        ("Other codes", [("Zeta", 2)]),
    ]


def test_inexact_date_is_told_in_words():
    build = AgreementFactory.build
    nothing = {"dated_earliest": None, "dated_latest": None}

    assert selectors.dated_words(build(process=None, search_text="")) == ""
    assert (
        selectors.dated_words(build(process=None, search_text="", dated_as_written="", **nothing))
        == "The data set gives no date."
    )
    assert (
        selectors.dated_words(
            build(process=None, search_text="", dated_as_written="in spring", **nothing)
        )
        == "Dated “in spring” in the data set."
    )
    assert (
        selectors.dated_words(
            build(
                process=None,
                search_text="",
                dated_earliest=date(1975, 1, 1),
                dated_latest=date(1975, 1, 31),
                dated_as_written="1//75",
            )
        )
        == "Dated “1//75” in the data set: between 1 January 1975 and 31 January 1975."
    )


def test_unknown_codes_are_shown_as_written():
    agreement = AgreementFactory.build(
        process=None, search_text="", kind="Odd", stage="Xyz", sub_stage=""
    )

    assert (agreement.kind_label, agreement.stage_label, agreement.sub_stage_label) == (
        "Odd",
        "Xyz",
        "",
    )
    assert str(AgreementFactory.build(process=None, search_text="").stage_label) == (
        "Pre-negotiation"
    )


def test_rows_name_themselves():
    agreement = AgreementFactory(
        title="Accord of Selm", countries=["ORV"], provisions={"CeProv": 2}
    )

    assert str(agreement) == "Accord of Selm"
    assert str(agreement.process) == agreement.process.name
    assert str(agreement.locations.get()) == "ORV"
    assert str(agreement.provisions.get()) == "CeProv 2"
