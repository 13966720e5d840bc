"""The pages of the library: for staff, with their notice, within their budgets."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories.institutions import StateFactory
from tests.factories.library import AgreementFactory, ProcessFactory
from tests.library.test_selectors import OUTSIDERS

pytestmark = pytest.mark.django_db

NOTICE = "imply no position of the Organisation of Islamic Cooperation"


@pytest.fixture
def agreement():
    return AgreementFactory(
        title="Accord of Selm",
        process=ProcessFactory(name="Coast talks", conflict_names=["Orvana", "Orvana/Tesmal"]),
        countries=["ORV", "NRB"],
        provisions={"CeProv": 2, "GeWom": 1},
        parties_text="Government of Orvana\nMovement of the Coast",
        third_parties_text="The Chair of the Lagoon Conference",
        related_text="Names the accord of the hills.",
        sub_stage="Proc",
        status="Signed",
        other_codes={"Zeta": "z9", "UcdpCon": "7001"},
    )


@pytest.fixture
def urls(agreement) -> list[str]:
    return [
        reverse("library:home"),
        reverse("library:agreements"),
        reverse("library:process", args=[agreement.process_id]),
        reverse("library:agreement", args=[agreement.pk]),
    ]


def test_every_page_carries_the_notice_and_the_citation(urls, officer, client_for):
    client = client_for(officer)

    for url in urls:
        html = client.get(url).content.decode()
        assert NOTICE in html
        assert "no file of the General Secretariat" in html
        assert "Badanjak (2019)" in html


@pytest.mark.parametrize("persona", OUTSIDERS)
def test_pages_do_not_exist_for_outsiders(persona, urls, client_for, request):
    client = client_for(request.getfixturevalue(persona))

    assert [client.get(url).status_code for url in urls] == [404] * 4


def test_pages_ask_a_stranger_to_log_in(urls, client):
    assert [client.get(url).status_code for url in urls] == [302] * 4


def test_unknown_agreement_and_process_are_not_found(officer, client_for):
    client = client_for(officer)

    for name in ("library:agreement", "library:process"):
        assert client.get(reverse(name, args=[uuid4()])).status_code == 404


def test_agreement_shows_texts_provisions_countries_and_codes(agreement, officer, client_for):
    state = StateFactory(member=True, name="Republic of Orvana", iso_alpha3="ORV")
    agreement.locations.filter(iso3="ORV").update(state=state)
    alike = AgreementFactory(title="Accord of the hills", provisions={"CeProv": 1})

    html = client_for(officer).get(urls_of(agreement)).content.decode()

    for words in (
        "Movement of the Coast",
        "The Chair of the Lagoon Conference",
        "Names the accord of the hills.",
        "Ceasefire provisions",
        "Women, girls and gender",
        "Republic of Orvana",
        "NRB",
        "Conflict in the Uppsala Conflict Data Program",
        "7001",
        "z9",
        "Process of the talks",
        "1 provision in common, of 2 in either",
        alike.title,
    ):
        assert words in html


def test_agreement_without_provisions_or_date_says_so(officer, client_for):
    bare = AgreementFactory(dated_earliest=None, dated_as_written="", stage="", kind="")

    html = client_for(officer).get(urls_of(bare)).content.decode()

    assert "The data set codes no provision of this agreement." in html
    assert "No other agreement in the library shares a provision with this one." in html
    assert "The data set gives no date." in html


def test_process_shows_its_agreements_newest_first(officer, client_for):
    process = ProcessFactory()
    AgreementFactory(process=process, title="The older", dated_earliest=date(1990, 1, 1))
    AgreementFactory(process=process, title="The newer", dated_earliest=date(2001, 1, 1))
    AgreementFactory(
        process=process,
        title="The vague",
        dated_earliest=date(1975, 1, 1),
        dated_latest=date(1975, 1, 31),
        dated_as_written="1//75",
    )
    AgreementFactory(title="Of another process")

    html = client_for(officer).get(reverse("library:process", args=[process.pk])).content.decode()

    assert html.index("The newer") < html.index("The older") < html.index("The vague")
    assert "between 1 January 1975 and 31 January 1975" in html
    assert "Of another process" not in html


@pytest.mark.parametrize("name", ["library:home", "library:agreements"])
def test_empty_library_says_who_fills_it(name, officer, client_for):
    client = client_for(officer)

    assert "The library is still empty" in client.get(reverse(name)).content.decode()
    AgreementFactory()
    html = client.get(reverse(name), {"q": "nowhere"}).content.decode()
    assert "Nothing in the library meets these conditions" in html


@pytest.mark.parametrize("name", ["library:home", "library:agreements"])
@pytest.mark.parametrize(
    "query",
    [{"year_from": "soon"}, {"year_to": "99999"}, {"stage": "Nope"}, {"q": "a\x00b"}],
)
def test_wrong_condition_is_named_beside_its_field(name, query, officer, client_for):
    AgreementFactory(title="Accord of Selm")

    response = client_for(officer).get(reverse(name), query)

    assert response.status_code == 200
    assert response.context["filter_form"].errors
    assert "Accord of Selm" not in response.content.decode()


def test_lists_offer_regions_countries_and_provisions(agreement, officer, client_for):
    html = client_for(officer).get(reverse("library:home")).content.decode()

    for option in ("Inner Sea", "ORV", "CeProv"):
        assert f'<option value="{option}">' in html


def test_lists_show_fifty_rows_a_page(officer, client_for):
    AgreementFactory.create_batch(51, process=ProcessFactory())

    html = client_for(officer).get(reverse("library:agreements")).content.decode()

    assert html.count('<th scope="row">') == 50
    assert "Page 1, 51 in all" in html


def test_pages_keep_their_query_budgets(
    agreement, urls, officer, client_for, django_assert_max_num_queries
):
    for _ in range(20):
        AgreementFactory(
            process=agreement.process, provisions={"CeProv": 1}, countries=["ORV", "NRB"]
        )
    client = client_for(officer)
    client.get(urls[0])  # the first request of a session writes when it began

    for url in urls:
        with django_assert_max_num_queries(7):  # the seventh counts the notices
            client.get(url, {"q": "lagoon", "provision": "CeProv"})


def urls_of(agreement) -> str:
    return reverse("library:agreement", args=[agreement.pk])
