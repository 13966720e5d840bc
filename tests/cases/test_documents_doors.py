"""Documents by page and by API: uploads, refusals in the reader's language, nothing half kept."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.choices import ConsentRole, Engagement
from cases.models import Document, DocumentVersion
from cases.services.documents import file_document
from common import files
from common.choices import Audience, Classification
from tests.factories import uploads
from tests.factories.cases import (
    BasisFactory,
    ConsentFactory,
    DisputeFactory,
    PartyFactory,
    ProcessFactory,
)

API = "/api/v1/documents/"


@pytest.fixture
def dispute(officer):
    return DisputeFactory(desk_officer=officer)


@pytest.fixture
def document(officer, dispute):
    return file_document(
        actor=officer,
        dispute=dispute,
        file=uploads.pdf(),
        title="Map of the wells",
        audience=Audience.SECRETARIAT,
    )


@pytest.fixture
def paper(officer, dispute):
    """A paper of Orvana's, in a process in which Naruba has not yet consented."""
    orvana = PartyFactory(dispute=dispute, state__name="Orvana")
    naruba = PartyFactory(dispute=dispute, state__name="Naruba")
    process = ProcessFactory(
        dispute=dispute, engagement=Engagement.MEDIATION, parties=[orvana, naruba]
    )
    BasisFactory(process=process)
    ConsentFactory(process=process, party=orvana, role=ConsentRole.MEDIATION, given=True)
    return file_document(
        actor=officer,
        dispute=dispute,
        file=uploads.pdf(),
        title="Orvana's red lines",
        audience=Audience.PARTY,
        audience_party=orvana,
    )


def url(name, *keys):
    return reverse(f"cases:{name}", args=keys)


def form(**values):
    facts = {"title": "Survey", "audience": "secretariat", "classification": "2"}
    return facts | {"file": uploads.pdf()} | values


HOSTILE = {
    "a program renamed": lambda: uploads.upload("report.pdf", uploads.EXE),
    "a drawing": lambda: uploads.upload("map.svg", uploads.SVG),
    "a page": lambda: uploads.upload("page.html", uploads.HTML),
    "a name from right to left": lambda: uploads.upload("report\u202efdp.exe", uploads.EXE),
    "nothing": lambda: uploads.upload("empty.pdf", b""),
    "a bomb": uploads.bomb,
    "macros": lambda: uploads.upload(
        "a.docx", uploads.package(uploads.office_parts() | {"word/vbaProject.bin": b"x"})
    ),
    "too large": lambda: uploads.upload("large.pdf", b"%PDF-1.7" + b"x" * 4000),
}


# Pages ------------------------------------------------------------------------------------------


def test_document_is_filed_by_page(officer, dispute, client_for):
    client = client_for(officer)
    shown = client.get(url("document_file", dispute.pk)).content.decode()
    assert 'enctype="multipart/form-data"' in shown

    answer = client.post(url("document_file", dispute.pk), form())

    document = Document.objects.get()
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    assert document.versions.get().sha256 in page
    assert "Secretariat only" in page


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_file_is_refused_by_page_and_api(
    officer, dispute, client_for, api_for, monkeypatch, hostile
):
    monkeypatch.setattr(files, "MAX_BYTES", 1024 * 1024 if "bomb" in hostile().name else 3000)

    page = client_for(officer).post(url("document_file", dispute.pk), form(file=hostile()))
    answer = api_for(officer).post(
        API, form(file=hostile(), dispute=str(dispute.pk)), format="multipart"
    )

    assert page.status_code == 409
    assert "file" in page.context["form"].errors
    assert (answer.status_code, answer.json()["code"]) == (409, "file_refused")
    assert answer.json()["errors"][0]["field"] == "file"
    assert not Document.objects.exists()


def test_form_without_a_file_is_shown_again(officer, dispute, client_for):
    answer = client_for(officer).post(url("document_file", dispute.pk), form(file=""))

    assert answer.status_code == 422


def test_thematic_file_offers_no_audience_of_parties(officer, client_for):
    thematic = DisputeFactory(desk_officer=officer, thematic=True)
    client = client_for(officer)

    page = client.get(url("document_file", thematic.pk))
    assert "audience_party" not in page.context["form"].fields
    assert client.post(url("document_file", thematic.pk), form()).status_code == 302
    assert client.post(url("document_file", thematic.pk), form(audience="party")).status_code == 422


def test_version_is_added_by_page(officer, document, client_for):
    client = client_for(officer)
    one = url("document_version_add", document.pk)

    assert client.get(one).status_code == 200
    assert client.post(one, {"file": uploads.pdf(), "note": ""}).status_code == 409
    answer = client.post(one, {"file": uploads.pdf(text="two"), "note": "Two wells more"})

    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    assert "Two wells more" in page
    assert page.index("Version 2") < page.index("Version 1")


def test_document_is_corrected_by_page(officer, document, client_for):
    client = client_for(officer)
    one = url("document_change", document.pk)

    assert client.get(one).status_code == 200
    answer = client.post(one, {"version": "1", "title": "Map of nine wells", "author": ""})

    document.refresh_from_db()
    assert (answer.status_code, document.title) == (302, "Map of nine wells")


def test_audience_is_narrowed_and_widened_by_page(officer, document, client_for):
    client = client_for(officer)
    one = url("document_audience", document.pk)

    assert "Today: Secretariat only." in client.get(one).content.decode()
    assert client.post(one, {"version": "1", "audience": "team"}).status_code == 302
    refused = client.post(one, {"version": "2", "audience": "shared"})
    assert refused.status_code == 409
    assert "reason" in refused.context["form"].errors
    answer = client.post(one, {"version": "2", "audience": "shared", "reason": "Public"})
    assert answer.status_code == 302


def test_widening_a_partys_paper_by_page_names_who_is_missing(officer, paper, client_for):
    client = client_for(officer)

    page = client.get(url("document_detail", paper.pk)).content.decode()
    answer = client.post(
        url("document_audience", paper.pk),
        {"version": "1", "audience": "parties", "reason": "To go on"},
    )

    assert "the consent of Naruba is missing" in page
    assert answer.status_code == 409
    assert "the consent of Naruba is missing" in answer.content.decode()


def test_classification_is_changed_by_page(head, document, client_for):
    client = client_for(head)
    one = url("document_classification", document.pk)

    offered = client.get(one).context["form"].fields["classification"].choices
    assert [value for value, _label in offered] == [2, 3]
    answer = client.post(one, {"version": "1", "classification": "3", "reason": "Names a source"})

    document.refresh_from_db()
    assert (answer.status_code, document.classification) == (302, Classification.SECRET)


def test_list_shows_audience_classification_and_latest_version(
    officer, document, paper, dispute, client_for
):
    page = client_for(officer).get(url("document_list", dispute.pk)).content.decode()

    for words in ("Map of the wells", "Secretariat only", "Secretariat and Orvana", "Confidential"):
        assert words in page
    version = document.versions.get()
    assert url("document_download", document.pk, version.pk) in page


def test_empty_list_says_what_to_do(officer, dispute, client_for):
    page = client_for(officer).get(url("document_list", dispute.pk)).content.decode()

    assert "No document is filed" in page


def test_version_above_the_clearance_is_not_offered(officer, document, dispute, client_for):
    DocumentVersion.objects.update(classification=Classification.SECRET)
    client = client_for(officer)
    version = document.versions.get()

    page = client.get(url("document_detail", document.pk)).content.decode()

    assert "No version is open to your clearance" in page
    assert str(version.pk) not in client.get(url("document_list", dispute.pk)).content.decode()
    download = client.get(url("document_download", document.pk, version.pk))
    assert download.status_code == 404


def test_who_is_not_of_the_team_is_told_why(cabinet, dispute, document, client_for):
    client = client_for(cabinet)

    for name, key in (("document_file", dispute.pk), ("document_audience", document.pk)):
        answer = client.get(url(name, key))
        assert answer.status_code == 403
        assert "Your role does not cover this act" in answer.content.decode()


@pytest.mark.parametrize("number", [1, 12])
def test_list_costs_the_same_for_many(
    officer, dispute, client_for, django_assert_max_num_queries, number
):
    for position in range(number):
        file_document(
            actor=officer,
            dispute=dispute,
            file=uploads.pdf(text=str(position)),
            title=f"Paper {position}",
            audience=Audience.SECRETARIAT,
        )
    client = client_for(officer)

    client.get(url("document_list", dispute.pk))  # what is asked once a process is asked now
    with django_assert_max_num_queries(16):
        client.get(url("document_list", dispute.pk))


# API --------------------------------------------------------------------------------------------


def post(api, dispute, **values):
    return api.post(API, form(dispute=str(dispute.pk), **values), format="multipart")


def test_document_is_filed_by_api(officer, dispute, api_for):
    answer = post(api_for(officer), dispute, dated="2026-05-01", language="en")

    assert answer.status_code == 201
    assert answer.json()["audience"] == "secretariat"
    assert answer["ETag"] == '"1"'
    assert DocumentVersion.objects.get().language == "en"


def test_one_key_files_one_document(officer, dispute, api_for):
    api = api_for(officer)

    answers = [
        api.post(
            API, form(dispute=str(dispute.pk)), format="multipart", HTTP_IDEMPOTENCY_KEY="once"
        )
        for _number in range(2)
    ]

    assert answers[0].json() == answers[1].json()
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"audience": "everybody"}, 400),
        ({"title": "nul \x00 inside"}, 400),
        ({"title": ""}, 400),
        ({"audience": "party"}, 400),
        ({"classification": "1"}, 409),
        ({"dispute": "00000000-0000-0000-0000-000000000000"}, 400),
    ],
)
def test_refusal_by_api(officer, dispute, api_for, values, status):
    answer = api_for(officer).post(API, form(dispute=str(dispute.pk)) | values, format="multipart")

    assert answer.status_code == status
    assert not Document.objects.exists()


def test_json_without_a_file_says_what_is_missing(officer, dispute, api_for):
    answer = api_for(officer).post(
        API, {"dispute": str(dispute.pk), "title": "Survey", "audience": "team"}
    )

    assert answer.status_code == 400
    assert [row["field"] for row in answer.json()["errors"]] == ["file"]


def test_hidden_file_takes_no_document(other_officer, dispute, api_for):
    answer = post(api_for(other_officer), dispute)

    assert answer.status_code == 400
    assert answer.json()["errors"] == [{"field": "dispute", "detail": "There is no such object."}]


def test_version_and_content_by_api(officer, document, api_for):
    api = api_for(officer)
    versions = f"{API}{document.pk}/versions/"

    answer = api.post(versions, {"file": uploads.pdf(text="two")}, format="multipart")

    assert answer.status_code == 201
    assert answer.json()["number"] == 2
    assert [row["number"] for row in api.get(versions).json()["results"]] == [2, 1]
    content = api.get(answer.json()["content_url"])
    assert b"two" in b"".join(content.streaming_content)
    assert content["Content-Disposition"].startswith("attachment")
    assert content["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_correction_by_api_needs_the_state_that_was_read(officer, document, api_for):
    api, one = api_for(officer), f"{API}{document.pk}/"

    assert api.patch(one, {"author": "Survey"}).status_code == 428
    answer = api.patch(one, {"author": "Survey"}, HTTP_IF_MATCH='"1"')
    assert (answer.status_code, answer.json()["author"]) == (200, "Survey")
    assert api.patch(one, {"author": "x"}, HTTP_IF_MATCH='"1"').status_code == 412


def test_audience_and_classification_by_api(head, officer, document, paper, api_for):
    api = api_for(officer)

    answer = api.post(f"{API}{document.pk}/audience/", {"audience": "shared", "reason": "Public"})
    refused = api.post(f"{API}{paper.pk}/audience/", {"audience": "shared", "reason": "To go on"})
    secret = api_for(head).post(
        f"{API}{document.pk}/classification/", {"classification": 3, "reason": "Grave"}
    )

    assert answer.json()["audience"] == "shared"
    assert (refused.status_code, refused.json()["code"]) == (409, "consent_missing")
    assert refused.json()["missing"] == ["Naruba"]
    assert secret.json()["classification"] == 3


def test_list_is_narrowed(officer, document, paper, dispute, api_for):
    api = api_for(officer)

    rows = api.get(API, {"audience": "party", "dispute": str(dispute.pk)}).json()["results"]

    assert [row["title"] for row in rows] == ["Orvana's red lines"]
    assert api.get(API, {"audience": "everybody"}).status_code == 400
