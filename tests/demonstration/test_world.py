"""The exercise shows every feature at every stage, through the rules of the house."""

from __future__ import annotations

import zipfile
from datetime import timedelta

import pytest

from accounts.models import User
from audit.verification import verify_chain
from cases.choices import ActivityState, ConsentState, DisputeStatus, Engagement, Outcome, Stage
from cases.models import (
    Activity,
    Agreement,
    Consent,
    Dispute,
    Document,
    Mandate,
    Process,
    Signatory,
    StageChange,
    WatchNote,
)
from common.choices import Audience, Classification
from common.policy import Denied, may
from institutions.models import Session, State
from institutions.selectors import groups_on
from oicmediation.demonstration.people import KELVARA, NARUBA, ORVANA, Person
from oicmediation.demonstration.world import Told
from tests.demonstration.conftest import ON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


def person(name: str) -> User:
    return User.objects.get(email=Person(name, "", "", "", "").email)


def file(title: str) -> Dispute:
    return Dispute.objects.get(title_en=title)


def process_of(title: str) -> Process:
    return Process.objects.get(dispute=file(title))


def test_the_run_says_that_the_world_is_new_and_how_many_files_it_holds(told: Told) -> None:
    assert told.is_new
    assert told.files == Dispute.objects.count() == 14


def test_every_stage_and_every_engagement_has_a_process() -> None:
    processes = Process.objects.filter(dispute__is_exercise=True)

    assert set(processes.values_list("stage", flat=True)) == set(Stage.values)
    assert set(processes.values_list("engagement", flat=True)) == set(Engagement.values)


def test_every_status_classification_and_audience_has_something_to_show() -> None:
    files = Dispute.objects.filter(is_exercise=True)

    assert set(files.values_list("status", flat=True)) == set(DisputeStatus.values)
    assert set(files.values_list("classification", flat=True)) == set(Classification.values)
    assert set(Document.objects.values_list("audience", flat=True)) == set(Audience.values)
    assert set(files.exclude(outcome="").values_list("outcome", flat=True)) == {
        Outcome.MERGED,
        Outcome.OPENED_IN_ERROR,
    }


def test_every_state_of_consent_but_the_refused_one_is_there() -> None:
    assert set(Consent.objects.values_list("state", flat=True)) == {
        ConsentState.SOUGHT,
        ConsentState.GIVEN,
        ConsentState.CONDITIONAL,
        ConsentState.NO_LONGER_IN_FORCE,
    }


def test_every_title_of_the_exercise_stands_in_three_languages() -> None:
    for model in (Dispute, Process, Mandate, Agreement):
        path = "is_exercise" if model is Dispute else "__".join((*model.file_path, "is_exercise"))
        for row in model.objects.filter(**{path: True}):
            assert all((row.title_en, row.title_fr, row.title_ar)), row


def test_the_states_at_odds_and_the_unrelated_one_are_of_three_groups() -> None:
    groups = groups_on(ON)
    states = State.objects.filter(actor__code__in=(ORVANA, NARUBA, KELVARA))

    assert len({groups[state.pk].code for state in states}) == 3


def test_a_joint_round_in_the_valley_is_refused_naming_naruba_alone() -> None:
    process = process_of("Grazing and water in the Upper Sahn valley")

    verdict = may(person("desk.officer"), "cases.convene_joint_round", process, on=ON)

    assert isinstance(verdict, Denied)
    assert verdict.missing == ("Naruba",)
    assert may(person("desk.officer"), "cases.make_contact", process, on=ON)


def test_a_round_on_the_lake_is_refused_naming_the_lapsed_resolution_and_the_day() -> None:
    process = process_of("Fishing seasons on Lake Terun")

    verdict = may(person("second.desk.officer"), "cases.convene_joint_round", process, on=ON)

    assert isinstance(verdict, Denied)
    assert verdict.missing == ("14/51-POL",)
    assert may(
        person("second.desk.officer"),
        "cases.convene_joint_round",
        process,
        on=ON - timedelta(days=1),
    )


def test_a_withdrawal_put_the_round_on_hold_and_is_not_seen_outside() -> None:
    process = process_of("Crossing points on the Dorwen road")
    consent = process.consents.get(state=ConsentState.NO_LONGER_IN_FORCE)

    assert consent.outward_state == ConsentState.GIVEN
    assert Activity.objects.filter(process=process, state=ActivityState.ON_HOLD).count() == 1
    assert not consent.steps.filter(released_at__isnull=False).exists()


def test_the_final_agreement_moved_its_process_and_left_the_file_open() -> None:
    change = StageChange.objects.get(agreement__title_en="Final Agreement on the Mira Hills")

    assert change.new_stage == Stage.IMPLEMENTATION
    assert file("Peace process in the Mira Hills").status == DisputeStatus.ACTIVE
    assert set(Signatory.objects.values_list("sex", flat=True)) == {"female", "male", "unknown"}


def test_a_renewed_mandate_stays_readable_beside_its_successor() -> None:
    renewed = Mandate.objects.get(state="renewed")

    assert renewed.successor.resolution.reference == "12/52-POL"


def test_the_envoys_mandate_runs_to_the_close_of_the_session_ahead() -> None:
    mandate = Mandate.objects.get(resolution__number=9)
    ahead = Session.objects.get(is_exercise=True, number=53)

    assert mandate.last_day == ahead.ends_on == ON + timedelta(days=107)
    assert [terms.number for terms in mandate.terms.all()] == [1, 2]


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("desk.officer", 10),
        ("head.of.unit", 14),
        ("cabinet", 14),
        ("registry", 2),
        ("envoy", 1),
        ("wise.person", 1),
        ("expert", 1),
        ("focal.orvana", 4),
        ("focal.naruba", 1),
        ("focal.kelvara", 2),
        ("auditor", 0),
        ("administrator", 0),
    ],
)
def test_each_persona_sees_its_files(name: str, files: int) -> None:
    assert Dispute.objects.visible_to(person(name)).count() == files


def test_the_parties_read_their_own_consents_and_nobody_elses() -> None:
    seen = Consent.objects.visible_to(person("focal.orvana"))

    assert seen.exists()
    assert {str(consent.party.actor) for consent in seen} == {"Orvana"}


def test_naruba_knows_nothing_of_the_file_that_was_shared_with_orvana_only() -> None:
    valley = file("Grazing and water in the Upper Sahn valley")

    assert valley in Dispute.objects.visible_to(person("focal.orvana"))
    assert valley not in Dispute.objects.visible_to(person("focal.naruba"))


def test_watch_notes_name_no_state() -> None:
    names = [state.actor.name_en for state in State.objects.select_related("actor")]
    for note in WatchNote.objects.all():
        assert not [name for name in names if name in f"{note.title} {note.text}"]


def test_the_papers_open() -> None:
    for document in Document.objects.all():
        version = document.versions.latest("number")
        with version.content.open("rb") as stored:
            if version.file_name.endswith(".docx"):
                assert zipfile.ZipFile(stored).testzip() is None
            elif version.file_name.endswith(".pdf"):
                assert stored.read().rstrip().endswith(b"%%EOF")


def test_the_record_of_the_world_is_whole() -> None:
    assert verify_chain().is_whole
