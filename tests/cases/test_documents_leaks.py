"""Who reads a document of which audience: by page, by API, by download; hidden and absent alike."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from cases.models import Document
from cases.services.access import admit_to_view
from cases.services.documents import file_document
from common.choices import Audience
from common.grants import group_of
from tests.factories import uploads
from tests.factories.accounts import DelegationFactory, StateUserFactory, UserFactory
from tests.factories.cases import (
    OPENED,
    DisputeFactory,
    PartyFactory,
    StateNotificationFactory,
    TeamMemberFactory,
)

T, S, P, B, A = (audience.value for audience in Audience)  # team … all who see the file
EVERYTHING = {T, S, P, B, A}

#: What each persona reads of a file whose papers for one party are for Orvana.
READS = {
    "desk officer": EVERYTHING,
    "member of the team": EVERYTHING,
    "head of unit": EVERYTHING,
    "ASG": EVERYTHING,
    "Secretary General": EVERYTHING,
    "cabinet": {S, P, B, A},
    "officer with sight of the file": {S, P, B, A},
    "envoy of the team": {T, P, B, A},
    "expert with sight of the file": {A},
    "Orvana": {P, B, A},
    "Orvana's system": {P, B, A},
    "Naruba": {B, A},
    "Tesmal, concerned but no party": {A},
    "Orvana of a file not shared": set(),
    "unrelated State": set(),
    "another officer": set(),
    "registry": set(),
    "auditor": set(),
    "administrator": set(),
    "deactivated officer": set(),
    "officer of the exercise": set(),
    "officer without clearance": set(),
}


@pytest.fixture
def dispute(officer):
    return DisputeFactory(desk_officer=officer)


@pytest.fixture
def papers(officer, dispute):
    orvana = PartyFactory(dispute=dispute, state__name="Orvana")
    PartyFactory(dispute=dispute, state__name="Naruba")
    return {
        audience.value: file_document(
            actor=officer,
            dispute=dispute,
            file=uploads.pdf(text=audience.value),
            title=f"Paper for {audience.value}",
            audience=audience,
            audience_party=orvana if audience == Audience.PARTY else None,
        )
        for audience in Audience
    }


def with_sight(dispute, user):
    admit_to_view(
        dispute=dispute,
        group=group_of("user", user.pk),
        valid_from=OPENED,
        valid_to=None,
        reason="advice",
        by=dispute.desk_officer,
    )
    return user


def of_state(dispute, name, **traits):
    actor = dispute.parties.get(actor__name_en=name).actor
    StateNotificationFactory(dispute=dispute, state=actor.state, shared=True)
    return StateUserFactory(delegation=DelegationFactory(state=actor.state), **traits)


def concerned(dispute):
    notification = StateNotificationFactory(dispute=dispute, shared=True)
    return StateUserFactory(delegation=DelegationFactory(state=notification.state))


def not_told(dispute):
    actor = dispute.parties.get(actor__name_en="Orvana").actor
    return StateUserFactory(delegation=DelegationFactory(state=actor.state))


PERSONAS = {
    "desk officer": lambda dispute: dispute.desk_officer,
    "member of the team": lambda dispute: TeamMemberFactory(dispute=dispute).user,
    "head of unit": lambda dispute: UserFactory(head_of_unit=True),
    "ASG": lambda dispute: UserFactory(asg=True),
    "Secretary General": lambda dispute: UserFactory(secretary_general=True),
    "cabinet": lambda dispute: UserFactory(sg_cabinet=True),
    "officer with sight of the file": lambda dispute: with_sight(dispute, UserFactory()),
    "envoy of the team": lambda dispute: (
        TeamMemberFactory(dispute=dispute, user=UserFactory(special_envoy=True)).user
    ),
    "expert with sight of the file": lambda dispute: with_sight(
        dispute, UserFactory(role="expert")
    ),
    "Orvana": lambda dispute: of_state(dispute, "Orvana"),
    "Orvana's system": lambda dispute: of_state(dispute, "Orvana", rest_client=True),
    "Naruba": lambda dispute: of_state(dispute, "Naruba"),
    "Tesmal, concerned but no party": concerned,
    "Orvana of a file not shared": not_told,
    "unrelated State": lambda dispute: StateUserFactory(),
    "another officer": lambda dispute: UserFactory(),
    "registry": lambda dispute: UserFactory(registry_clerk=True),
    "auditor": lambda dispute: UserFactory(auditor=True),
    "administrator": lambda dispute: UserFactory(administrator=True),
    "deactivated officer": lambda dispute: with_sight(dispute, UserFactory(deactivated=True)),
    "officer of the exercise": lambda dispute: with_sight(dispute, UserFactory(is_exercise=True)),
    "officer without clearance": lambda dispute: with_sight(dispute, UserFactory(clearance=1)),
}


def test_every_persona_has_a_row():
    assert PERSONAS.keys() == READS.keys()


@pytest.fixture(params=PERSONAS)
def persona(request, dispute, papers):
    return PERSONAS[request.param](dispute), READS[request.param]


def test_scope_gives_each_persona_its_papers(persona, papers):
    user, reads = persona

    seen = set(Document.objects.visible_to(user).values_list("audience", flat=True))

    assert seen == reads


def test_pages_and_downloads_show_these_and_no_others(persona, papers, dispute, client_for):
    user, reads = persona
    client = client_for(user)

    listed = client.get(reverse("cases:document_list", args=[dispute.pk]))
    if not user.is_active:
        assert listed.status_code == 302  # to the log-in
        return
    page = listed.content.decode()

    assert listed.status_code == (200 if reads else 404)
    for audience, paper in papers.items():
        version = paper.versions.get()
        is_read = audience in reads
        assert (paper.title in page) == is_read
        assert (str(paper.pk) in page) == is_read
        detail = client.get(reverse("cases:document_detail", args=[paper.pk]))
        download = client.get(reverse("cases:document_download", args=[paper.pk, version.pk]))
        expected = 200 if is_read else 404
        assert (detail.status_code, download.status_code) == (expected, expected)
        if is_read:
            assert audience.encode() in b"".join(download.streaming_content)


def test_api_shows_these_and_no_others(persona, papers, dispute, api_for):
    user, reads = persona
    api = api_for(user)

    answer = api.get("/api/v1/documents/", {"dispute": str(dispute.pk)})
    if not user.is_active:
        assert answer.status_code == 401
        return
    listed = answer.json()

    assert {row["audience"] for row in listed["results"]} == reads
    assert listed["count"] == len(reads)
    for audience, paper in papers.items():
        version = paper.versions.get()
        url = f"/api/v1/documents/{paper.pk}/"
        answers = [
            api.get(url),
            api.get(f"{url}versions/"),
            api.get(f"{url}versions/{version.pk}/"),
            api.get(f"{url}versions/{version.pk}/content/"),
        ]
        expected = 200 if audience in reads else 404
        assert [answer.status_code for answer in answers] == [expected] * 4


def test_hidden_and_absent_read_alike(papers, dispute, client_for, api_for):
    user = of_state(dispute, "Naruba")
    hidden, version = papers[T], papers[T].versions.get()
    absent = uuid.uuid4()

    client, api = client_for(user), api_for(user)
    for name, arguments in (
        ("cases:document_detail", ()),
        ("cases:document_change", ()),
        ("cases:document_audience", ()),
        ("cases:document_download", (version.pk,)),
    ):
        first = client.get(reverse(name, args=[hidden.pk, *arguments]))
        second = client.get(reverse(name, args=[absent, *arguments]))
        assert (first.status_code, second.status_code) == (404, 404)
    assert (
        api.get(f"/api/v1/documents/{hidden.pk}/").content
        == api.get(f"/api/v1/documents/{absent}/").content
    )


def test_version_is_not_handed_out_under_another_document(papers, dispute, client_for):
    user = of_state(dispute, "Naruba")
    version = papers[T].versions.get()

    answer = client_for(user).get(
        reverse("cases:document_download", args=[papers[A].pk, version.pk])
    )

    assert answer.status_code == 404


def test_states_read_no_officers_name_and_no_act(papers, dispute, officer, client_for, api_for):
    user = of_state(dispute, "Orvana")

    page = client_for(user).get(reverse("cases:document_detail", args=[papers[P].pk]))
    body = api_for(user).get(f"/api/v1/documents/{papers[P].pk}/").json()
    versions = api_for(user).get(f"/api/v1/documents/{papers[P].pk}/versions/").json()

    assert officer.display_name not in page.content.decode()
    assert reverse("cases:document_change", args=[papers[P].pk]) not in page.content.decode()
    assert body["seen_from"] == "outside"
    assert not {"filed_by", "paper_of", "version"} & body.keys()
    assert not {"uploaded_by", "note"} & versions["results"][0].keys()


def test_states_change_nothing(papers, dispute, client_for, api_for):
    user = of_state(dispute, "Orvana")
    client, api = client_for(user), api_for(user)
    paper = papers[P]

    for name in ("document_change", "document_version_add", "document_audience"):
        assert client.post(reverse(f"cases:{name}", args=[paper.pk])).status_code == 403
    assert client.get(reverse("cases:document_file", args=[dispute.pk])).status_code == 403
    answer = api.post(
        f"/api/v1/documents/{paper.pk}/audience/", {"audience": "shared", "reason": "x"}
    )
    assert answer.status_code == 403


def test_reading_of_a_version_is_on_record(papers, dispute, client_for, api_for, events):
    user = of_state(dispute, "Orvana")
    version = papers[P].versions.get()

    client_for(user).get(reverse("cases:document_download", args=[papers[P].pk, version.pk]))
    api_for(user).get(f"/api/v1/documents/{papers[P].pk}/versions/{version.pk}/content/")

    read = [row for row in events("audit.read") if row.target_label == "cases.DocumentVersion"]
    assert [(row.target_id, row.actor_id) for row in read] == [(str(version.pk), str(user.pk))] * 2
    assert {row.subject_id for row in read} == {str(dispute.pk)}
