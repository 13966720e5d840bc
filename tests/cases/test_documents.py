"""Documents: filed whole or not at all, read by their audience, widened only by right and reason."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from cases.choices import ConsentRole, DisputeStatus, Engagement, Stage
from cases.models import Document, DocumentVersion
from cases.services.documents import (
    add_document_version,
    change_audience,
    change_document,
    file_document,
    reclassify_document,
)
from common.choices import AUDIENCE_ORDER, Audience, Classification
from common.errors import NotPermitted, Refused, Stale
from common.policy import may
from tests.factories import uploads
from tests.factories.cases import (
    BasisFactory,
    ConsentFactory,
    DisputeFactory,
    PartyFactory,
    ProcessFactory,
)


@pytest.fixture
def dispute(officer):
    return DisputeFactory(desk_officer=officer)


@pytest.fixture
def orvana(dispute):
    return PartyFactory(dispute=dispute, state__name="Orvana")


@pytest.fixture
def naruba(dispute):
    return PartyFactory(dispute=dispute, state__name="Naruba")


def file(officer, dispute, **values):
    facts = {"file": uploads.pdf(), "title": "Map of the wells", "audience": Audience.SECRETARIAT}
    return file_document(actor=officer, dispute=dispute, **facts | values)


@pytest.fixture
def document(officer, dispute):
    return file(officer, dispute)


# Filing -----------------------------------------------------------------------------------------


def test_document_is_filed_with_its_first_version(officer, dispute, stored, events):
    document = file(officer, dispute, dated=date(2026, 5, 1), author="Survey", language="en")

    version = document.versions.get()
    assert (document.classification, document.filed_by) == (dispute.classification, officer)
    assert (version.number, version.language, version.media_type) == (1, "en", "application/pdf")
    assert version.classification == document.classification
    (path,) = stored()
    assert path.read_bytes() == uploads.pdf().read()
    (event,) = events("cases.document_filed")
    assert event.payload["sha256"] == version.sha256
    assert event.target_text == dispute.reference


def test_document_for_one_party_is_that_partys_paper(officer, dispute, orvana):
    document = file(officer, dispute, audience=Audience.PARTY, audience_party=orvana)

    assert document.paper_of == orvana
    assert document.audience_label == "Secretariat and Orvana"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"classification": Classification.RESTRICTED}, "below_file"),
        ({"classification": Classification.SECRET}, "above_clearance"),
        ({"file": uploads.upload("a.pdf", uploads.EXE)}, "file_refused"),
    ],
)
def test_filing_is_refused_and_leaves_nothing(officer, dispute, stored, values, code):
    with pytest.raises(Refused) as refusal:
        file(officer, dispute, **values)

    assert refusal.value.code == code
    assert not Document.objects.exists()
    assert stored() == []


def test_party_of_another_file_is_refused(officer, dispute):
    with pytest.raises(Refused) as refusal:
        file(officer, dispute, audience=Audience.PARTY, audience_party=PartyFactory())

    assert (refusal.value.code, refusal.value.field) == ("foreign_party", "audience_party")


@pytest.mark.parametrize(
    "audience", [{"audience": Audience.PARTY}, {"audience": Audience.SHARED, "audience_party": 1}]
)
def test_party_is_named_for_one_party_and_only_then(officer, dispute, orvana, stored, audience):
    if "audience_party" in audience:
        audience = audience | {"audience_party": orvana}

    with pytest.raises(ValidationError, match="Name the party"):
        file(officer, dispute, **audience)

    assert stored() == []


def test_nobody_outside_the_team_files(other_officer, registry, cabinet, focal_point, dispute):
    for user in (other_officer, registry, cabinet, focal_point):
        with pytest.raises(NotPermitted):
            file(user, dispute)


def test_published_history_takes_no_document(head):
    with pytest.raises(Refused) as refusal:
        file(head, DisputeFactory(history=True))

    assert refusal.value.code == "published_history"


def test_file_of_a_failed_act_is_taken_away(officer, dispute, stored, broken_record):
    with pytest.raises(DatabaseError):
        file(officer, dispute)

    assert not Document.objects.exists()
    assert stored() == []


# Versions ---------------------------------------------------------------------------------------


def test_version_is_added_and_the_former_stays(officer, document, stored, events):
    first = document.versions.get()

    second = add_document_version(
        actor=officer, document=document, file=uploads.pdf(text="two"), note="Two wells more"
    )

    document.refresh_from_db()
    assert [row.number for row in document.versions.all()] == [2, 1]
    assert second.sha256 != first.sha256
    assert len(stored()) == 2
    assert document.version == 2
    assert events("cases.document_version_added")[0].payload["sha256"] == second.sha256


def test_same_content_is_no_new_version(officer, document, stored):
    with pytest.raises(Refused) as refusal:
        add_document_version(actor=officer, document=document, file=uploads.pdf("other.pdf"))

    assert refusal.value.code == "same_content"
    assert len(stored()) == 1


def test_version_keeps_the_language_of_the_former(officer, dispute):
    document = file(officer, dispute, language="ar")

    version = add_document_version(actor=officer, document=document, file=uploads.pdf(text="two"))

    assert version.language == "ar"


def test_first_version_of_an_empty_document_is_number_one(officer, document):
    DocumentVersion.objects.all().delete()

    version = add_document_version(actor=officer, document=document, file=uploads.pdf())

    assert (version.number, version.language) == (1, "")


def test_version_of_a_failed_act_is_taken_away(officer, document, stored, broken_record):
    with pytest.raises(DatabaseError):
        add_document_version(actor=officer, document=document, file=uploads.pdf(text="two"))

    assert len(stored()) == 1
    assert document.versions.count() == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda user, document: add_document_version(
            actor=user, document=document, file=uploads.pdf(text="two")
        ),
        lambda user, document: change_document(actor=user, document=document, title="Other"),
        lambda user, document: change_audience(
            actor=user, document=document, audience=Audience.TEAM
        ),
        lambda user, document: reclassify_document(
            actor=user, document=document, classification=Classification.SECRET, reason="Grave"
        ),
    ],
    ids=["version", "change", "audience", "classification"],
)
def test_nobody_outside_the_team_changes(other_officer, registry, focal_point, act, document):
    for user in (other_officer, registry, focal_point):
        with pytest.raises(NotPermitted):
            act(user, document)


# Changing ---------------------------------------------------------------------------------------


def test_document_is_corrected(officer, document, events):
    changed = change_document(
        actor=officer, document=document, version=1, title="Map of nine wells", author="Survey"
    )

    assert (changed.title, changed.version) == ("Map of nine wells", 2)
    (event,) = events("cases.document_changed")
    assert event.payload["changes"]["author"] == ["", "Survey"]


def test_stale_correction_is_refused(officer, document):
    change_document(actor=officer, document=document, title="First")

    with pytest.raises(Stale):
        change_document(actor=officer, document=document, version=1, title="Second")


def test_correction_is_rolled_back_with_the_record(officer, document, broken_record):
    with pytest.raises(DatabaseError):
        change_document(actor=officer, document=document, title="Other")

    document.refresh_from_db()
    assert document.title == "Map of the wells"


# Audience ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("old", "new"), list(permutations(AUDIENCE_ORDER, 2)))
def test_widening_needs_a_reason_and_narrowing_none(officer, dispute, orvana, old, new):
    party = {True: orvana, False: None}
    document = file(officer, dispute, audience=old, audience_party=party[old == Audience.PARTY])
    Document.objects.update(paper_of=None)

    def move(**reason):
        return change_audience(
            actor=officer,
            document=document,
            audience=new,
            audience_party=party[new == Audience.PARTY],
            **reason,
        )

    if AUDIENCE_ORDER.index(new) < AUDIENCE_ORDER.index(old):
        assert move().audience == new
        return
    with pytest.raises(Refused) as refusal:
        move()
    assert (refusal.value.code, refusal.value.field) == ("reason_missing", "reason")
    assert move(reason="The parties asked for it").audience == new


def test_change_of_audience_is_on_record(officer, document, events):
    change_audience(
        actor=officer, document=document, audience=Audience.SHARED, reason="Public since May"
    )

    (event,) = events("cases.audience_changed")
    assert event.payload["changes"]["audience"] == ["secretariat", "shared"]
    assert event.payload["reason"] == "Public since May"


def test_change_of_audience_is_rolled_back_with_the_record(officer, document, broken_record):
    with pytest.raises(DatabaseError):
        change_audience(actor=officer, document=document, audience=Audience.TEAM)

    document.refresh_from_db()
    assert document.audience == Audience.SECRETARIAT


def test_stale_change_of_audience_is_refused(officer, document):
    change_document(actor=officer, document=document, title="First")

    with pytest.raises(Stale):
        change_audience(actor=officer, document=document, version=1, audience=Audience.TEAM)


# Rule C4: a party's confidential papers ---------------------------------------------------------


@pytest.fixture
def process(dispute, orvana, naruba):
    process = ProcessFactory(
        dispute=dispute, engagement=Engagement.MEDIATION, parties=[orvana, naruba]
    )
    BasisFactory(process=process)
    ConsentFactory(process=process, party=orvana, role=ConsentRole.MEDIATION, given=True)
    return process


@pytest.fixture
def paper(officer, dispute, orvana, process):
    return file(officer, dispute, audience=Audience.PARTY, audience_party=orvana)


def widen(officer, document, audience, party=None):
    return change_audience(
        actor=officer,
        document=document,
        audience=audience,
        audience_party=party,
        reason="To go on together",
    )


@pytest.mark.parametrize("audience", [Audience.PARTIES, Audience.SHARED])
def test_widening_a_partys_paper_is_refused_naming_the_missing_consent(officer, paper, audience):
    with pytest.raises(Refused) as refusal:
        widen(officer, paper, audience)

    assert refusal.value.code == "consent_missing"
    assert refusal.value.missing == ("Naruba",)
    assert "the consent of Naruba is missing" in str(refusal.value)


def test_paper_of_one_party_goes_to_another_only_with_consent(officer, paper, naruba):
    with pytest.raises(Refused) as refusal:
        widen(officer, paper, Audience.PARTY, naruba)

    assert refusal.value.missing == ("Naruba",)


def test_paper_is_widened_once_the_consent_stands(officer, paper, process, naruba):
    ConsentFactory(process=process, party=naruba, role=ConsentRole.MEDIATION, given=True)

    widened = widen(officer, paper, Audience.PARTIES)

    assert widened.audience == Audience.PARTIES
    assert widened.paper_of is not None


def test_narrowing_first_is_no_way_round(officer, paper):
    change_audience(actor=officer, document=paper, audience=Audience.SECRETARIAT)

    with pytest.raises(Refused) as refusal:
        widen(officer, paper, Audience.SHARED)

    assert refusal.value.code == "consent_missing"


def test_paper_may_go_back_to_its_party(officer, paper, orvana):
    change_audience(actor=officer, document=paper, audience=Audience.TEAM)

    assert widen(officer, paper, Audience.SECRETARIAT).audience == Audience.SECRETARIAT
    assert widen(officer, paper, Audience.PARTY, orvana).audience == Audience.PARTY


def test_our_own_document_given_to_one_party_becomes_its_paper(officer, document, orvana, process):
    widen(officer, document, Audience.PARTY, orvana)

    with pytest.raises(Refused) as refusal:
        widen(officer, document, Audience.SHARED)

    assert refusal.value.code == "consent_missing"


def test_shared_document_narrowed_to_one_party_stays_nobodys_paper(officer, dispute, orvana):
    document = file(officer, dispute, audience=Audience.SHARED)

    narrowed = change_audience(
        actor=officer, document=document, audience=Audience.PARTY, audience_party=orvana
    )

    assert narrowed.paper_of is None


def test_paper_of_a_party_that_talks_nowhere_stays_closed(officer, dispute, orvana):
    document = file(officer, dispute, audience=Audience.PARTY, audience_party=orvana)

    with pytest.raises(Refused) as refusal:
        widen(officer, document, Audience.SHARED)

    assert (refusal.value.code, refusal.value.missing) == ("party_in_no_process", ("Orvana",))


def test_every_process_of_the_party_must_bear_it(officer, dispute, paper, process, orvana, naruba):
    ConsentFactory(process=process, party=naruba, role=ConsentRole.MEDIATION, given=True)
    ProcessFactory(dispute=dispute, stage=Stage.PRE_NEGOTIATION, parties=[orvana])

    with pytest.raises(Refused) as refusal:
        widen(officer, paper, Audience.PARTIES)

    assert refusal.value.missing == ("Orvana",)


def test_right_to_widen_alone_is_the_teams(officer, other_officer, paper, dispute):
    assert may(officer, "cases.widen_audience", paper)
    assert not may(other_officer, "cases.widen_audience", paper)
    dispute.status = DisputeStatus.SUSPENDED
    dispute.save()
    paper.refresh_from_db()
    verdict = may(officer, "cases.widen_audience", paper, audience=Audience.SHARED)
    assert not verdict
    assert verdict.code == "file_suspended"


# Classification ---------------------------------------------------------------------------------


def test_classification_is_changed_with_that_of_every_version(head, document, events):
    changed = reclassify_document(
        actor=head, document=document, classification=Classification.SECRET, reason="Names a source"
    )

    assert changed.classification == Classification.SECRET
    assert changed.versions.get().classification == Classification.SECRET
    assert len(events("cases.document_reclassified")) == 1


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"classification": Classification.RESTRICTED, "reason": "x"}, "below_file"),
        ({"classification": Classification.SECRET, "reason": "x"}, "above_clearance"),
        ({"classification": Classification.CONFIDENTIAL, "reason": " "}, "reason_missing"),
    ],
)
def test_reclassifying_is_refused(officer, document, values, code):
    with pytest.raises(Refused) as refusal:
        reclassify_document(actor=officer, document=document, **values)

    assert refusal.value.code == code


def test_reclassifying_is_rolled_back_with_the_record(head, document, broken_record):
    with pytest.raises(DatabaseError):
        reclassify_document(
            actor=head, document=document, classification=Classification.SECRET, reason="x"
        )

    assert document.versions.get().classification == Classification.CONFIDENTIAL
