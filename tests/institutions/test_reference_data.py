"""Loading the reference data: what it brings, again, broken, and beside the registry's own work."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from common.extensions import on_session_moved
from institutions import services
from institutions.choices import ActorKind, Membership, SessionKind, SessionStatus
from institutions.models import (
    Actor,
    ConferenceRecommendation,
    GlossaryTerm,
    Holiday,
    MembershipStatus,
    Office,
    Organ,
    RegionalGroup,
    Resolution,
    Session,
    State,
)
from institutions.references import parse
from institutions.selectors import (
    group_on,
    holder_on,
    members_on,
    name_on,
    resolve_reference,
    status_on,
)
from institutions.services.data_files import BrokenFile, read_files
from institutions.services.reference_data import DATA_FOLDER, load_reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded() -> None:
    load_reference()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data files, to be broken."""
    return Path(shutil.copytree(DATA_FOLDER, tmp_path / "data"))


@pytest.fixture
def edit(folder: Path) -> Callable[[str, str, str], None]:
    """Return a function that replaces a piece of text in a data file once."""

    def replace(name: str, old: str, new: str) -> None:
        path = folder / name
        content = path.read_text(encoding="utf-8")
        assert old in content
        path.write_text(content.replace(old, new, 1), encoding="utf-8")

    return replace


def _lines() -> int:
    """Return how many rows the data files hold."""
    return sum(len(rows) for rows in read_files(DATA_FOLDER).values())


def test_data_bring_every_state_and_observer(loaded: None) -> None:
    on = date(2026, 1, 1)

    assert len(members_on(on, is_exercise=False)) == 57
    observers = MembershipStatus.objects.filter(status=Membership.OBSERVER)
    assert observers.count() == 13
    assert not Actor.objects.filter(is_exercise=True).exists()
    assert {group.code for group in RegionalGroup.objects.all()} == {"ARAB", "ASIAN", "AFRICAN"}
    for state in State.objects.filter(actor__statuses__status=Membership.MEMBER).distinct():
        assert group_on(state, on) is not None
        assert state.actor.name_en
        assert state.actor.name_fr
        assert state.actor.name_ar


@pytest.mark.parametrize(
    ("code", "en", "fr", "ar"),
    [
        ("PSE", "Palestine", "Palestine", "فلسطين"),
        ("BRN", "Brunei Darussalam", "Brunéi Darussalam", "بروناي دار السلام"),
        ("KGZ", "Kyrgyz Republic", "République kirghize", "الجمهورية القيرغيزية"),
        ("TUR", "Türkiye", "Türkiye", "تركيا"),
        ("GMB", "The Gambia", "Gambie", "غامبيا"),
        ("CIV", "Côte d’Ivoire", "Côte d’Ivoire", "كوت ديفوار"),
    ],
)
def test_data_use_the_organisations_own_names(
    loaded: None, code: str, en: str, fr: str, ar: str
) -> None:
    actor = Actor.objects.get(kind=ActorKind.STATE, code=code)

    assert (actor.name_en, actor.name_fr, actor.name_ar) == (en, fr, ar)


def test_data_call_palestine_a_state_that_is_no_member_of_the_un(loaded: None) -> None:
    state = State.objects.get(actor__code="PSE")

    assert state.official_name_en == "State of Palestine"
    assert state.official_name_ar == "دولة فلسطين"
    assert state.is_un_member is False


def test_data_give_a_private_code_where_iso_has_none(loaded: None) -> None:
    state = State.objects.get(actor__code="XCY")

    assert (state.iso_alpha2, state.iso_alpha3, state.iso_numeric) == (None, None, None)


@pytest.mark.parametrize(
    ("code", "on", "status", "is_certain"),
    [
        ("SYR", date(2012, 8, 14), Membership.MEMBER, True),
        ("SYR", date(2012, 8, 15), Membership.SUSPENDED, True),
        ("SYR", date(2025, 3, 7), Membership.SUSPENDED, True),
        ("SYR", date(2025, 3, 8), Membership.MEMBER, True),
        ("AFG", date(1985, 1, 1), Membership.SUSPENDED, True),
        ("AFG", date(1980, 1, 15), Membership.NONE, False),
        ("EGY", date(1980, 1, 1), Membership.SUSPENDED, True),
        ("EGY", date(1984, 4, 10), Membership.NONE, False),
        ("EGY", date(1984, 5, 1), Membership.MEMBER, True),
    ],
)
def test_data_know_the_suspensions(
    loaded: None, code: str, on: date, status: str, is_certain: bool
) -> None:
    standing = status_on(Actor.objects.get(kind=ActorKind.STATE, code=code), on)

    assert (standing.status, standing.is_certain) == (status, is_certain)


def test_data_name_the_sessions_that_decided(loaded: None) -> None:
    back = MembershipStatus.objects.get(
        actor__code="SYR", status=Membership.MEMBER, to_earliest__isnull=True
    )

    assert back.decided_at is not None
    assert back.decided_at.label == "Council of Foreign Ministers, 20th extraordinary session"


@pytest.mark.parametrize(
    ("kind", "code", "on", "name"),
    [
        (ActorKind.STATE, "TUR", date(2018, 2, 19), "Turkey"),
        (ActorKind.STATE, "TUR", date(2022, 7, 1), "Türkiye"),
        (
            ActorKind.ORGANISATION,
            "OIC",
            date(2011, 6, 27),
            "Organisation of the Islamic Conference",
        ),
        (ActorKind.ORGANISATION, "OIC", date(2011, 6, 28), "Organisation of Islamic Cooperation"),
    ],
)
def test_data_date_the_names(loaded: None, kind: str, code: str, on: date, name: str) -> None:
    assert name_on(Actor.objects.get(kind=kind, code=code), on, "en").text == name


def test_data_leave_offices_blank_after_the_last_verified_day(loaded: None) -> None:
    chair = Office.objects.get(actor__code="IS_CHAIR")
    deputy = Office.objects.get(actor__code="ASG_POL")

    held = holder_on(chair, date(2017, 11, 21))
    assert held is not None
    assert held.holder is not None
    assert held.holder.code == "TUR"
    assert holder_on(chair, date(2026, 1, 1)) is None
    assert holder_on(deputy, date(2018, 6, 1)) is None


def test_data_rank_the_organs(loaded: None) -> None:
    ranks = dict(Organ.objects.filter(rank__gt=0).values_list("actor__code", "rank"))

    assert ranks == {"IS": 30, "CFM": 20, "EXCO": 10}
    assert {organ.code for organ in Organ.objects.deciding()} == {"IS", "CFM", "EXCO"}
    assert Organ.objects.count() == 31


def test_data_bring_sessions_with_their_precision(loaded: None) -> None:
    def session(organ: str, number: int, kind: str = SessionKind.ORDINARY) -> Session:
        return Session.objects.get(organ__actor__code=organ, number=number, kind=kind)

    assert Session.objects.count() == 65
    assert session("CFM", 44).closes_on == date(2017, 7, 11)
    assert session("CFM", 8).dates_in_words == "1977"
    assert session("CFM", 27).dates_in_words == "June 2000"
    assert not session("IS", 9).has_exact_dates
    assert session("IS", 16).status == SessionStatus.PLANNED
    joint = Session.objects.filter(kind=SessionKind.JOINT)
    assert {row.joint_with.code for row in joint if row.joint_with} == {"LAS"}


def test_data_bring_the_resolutions_under_every_form(loaded: None) -> None:
    rows = Resolution.objects.all()

    assert rows.count() == 34
    for written, reference in (
        ("POL-53/45", "53/45-POL"),
        ("53/45", "53/45-POL"),
        ("٤٤/٤٤-س", "44/44-POL"),
        ("18/7-س (ق.أ)", "18/7-P(IS)"),
        ("21/25-س", "21/25-P"),
        ("9/20-أت", "9/20-ORG"),
        ("45/10-P(IS)", "45/10-P(IS)"),
    ):
        assert resolve_reference(rows, written).reference == reference
    for row in rows.with_session():
        assert parse(row.reference) == row.parsed


def test_data_bring_recommendations_glossary_and_holidays(loaded: None) -> None:
    assert [row.number for row in ConferenceRecommendation.objects.all()][:4] == [
        "i",
        "ii",
        "iii",
        "iv",
    ]
    assert ConferenceRecommendation.objects.count() == 15
    assert GlossaryTerm.objects.count() == 237
    assert GlossaryTerm.objects.get(key="good_offices").term_ar == "المساعي الحميدة"
    assert Holiday.objects.exists()


def test_loading_again_changes_nothing(loaded: None, events: Callable[[str], list[Any]]) -> None:
    reports = load_reference()

    assert sum(report.created + report.changed + report.kept for report in reports) == 0
    assert sum(report.unchanged for report in reports) == _lines()
    assert len(events("institutions.reference_loaded")) == 1


def test_loading_brings_what_the_files_have_changed(
    loaded: None, folder: Path, edit: Callable[[str, str, str], None]
) -> None:
    edit("sessions.csv", "Partnering for Unity, Justice and Development", "Partnering")
    edit("states.csv", "AFG,AF,AFG,004,Afghanistan", "AFG,AF,AFG,004,Afghanistan (new)")

    reports = {report.label: report for report in load_reference(folder=folder)}

    assert sum(report.changed for report in reports.values()) == 2
    assert Session.objects.filter(theme_en="Partnering").exists()
    assert Actor.objects.get(code="AFG").search_text.startswith("afghanistan (new)")


def test_loading_leaves_alone_what_a_person_has_changed(loaded: None, registry: User) -> None:
    session = Session.objects.get(number=16, organ__actor__code="IS")
    services.move_session(
        actor=registry, session=session, starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 2)
    )
    holiday = Holiday.objects.earliest("starts_on")
    services.remove_holiday(actor=registry, holiday=holiday)

    reports = load_reference()

    assert sum(report.kept for report in reports) == 2
    session.refresh_from_db()
    assert session.closes_on == date(2027, 2, 2)
    assert not Holiday.objects.in_force().filter(pk=holiday.pk).exists()


def test_command_prints_a_line_a_table() -> None:
    output = StringIO()

    call_command("load_reference", stdout=output)

    assert "Offices: created 5, changed 0, unchanged 0, kept by the registry 0" in output.getvalue()
    assert len(output.getvalue().splitlines()) == 14


def test_command_on_trial_keeps_nothing() -> None:
    output = StringIO()

    call_command("load_reference", "--dry-run", stdout=output)

    assert "nothing was kept" in output.getvalue()
    assert not Actor.objects.exists()


def test_command_refuses_a_broken_file(folder: Path, edit: Callable[[str, str, str], None]) -> None:
    edit("states.csv", ",1992,", ",in 1992,")

    with pytest.raises(CommandError) as caught:
        call_command("load_reference", "--folder", str(folder))

    assert "states.csv, line 3, column joined_year: Write a whole number in figures." in str(
        caught.value
    )
    assert not Actor.objects.exists()


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("states.csv", "code,iso_alpha2", "kode,iso_alpha2", "line 1, column code: The first line"),
        ("sessions.csv", "1969-09-22", "22.9.1969", "line 2, column starts_on: Write the day"),
        ("sessions.csv", "IS,ordinary,1,", "IS,usual,1,", "line 2, column kind: Write one of"),
        ("sessions.csv", "IS,ordinary,1,", "ZZ,ordinary,1,", "line 2, column organ: ZZ is not in"),
        ("sessions.csv", "Rabat,Rabat,", "Rabat,Ra,bat,", "line 2, column –: The line has 18"),
        ("organs.csv", ",yes,yes,yes,yes,", ",yes,ja,yes,yes,", "may_adopt_urgent: Write yes"),
        ("organs.csv", "IS,1,decision", "IS,,decision", "line 2, column position: Fill this"),
        (
            "membership_statuses.csv",
            "1980-01,,1989-03",
            "1980-13,,1989-03",
            "line 3, column from: Write a year",
        ),
        (
            "membership_statuses.csv",
            "CFM/extraordinary/20",
            "CFM-20",
            "column decided_at: Write organ/kind/number",
        ),
        (
            "membership_statuses.csv",
            "CFM/extraordinary/20",
            "CFM/extraordinary/99",
            "column decided_at: CFM/extraordinary/99 is not in the register",
        ),
        (
            "membership_statuses.csv",
            "1980-01,,1989-03",
            "1975-01,,1989-03",
            "line 3, column –: Another membership status covers",
        ),
        (
            "membership_statuses.csv",
            "1980-01,,1989-03",
            "1989-01,,1975-03",
            "line 3, column –: The end lies before the beginning",
        ),
        ("resolutions.csv", "1/44-POL", "first", "line 2, column reference: Write the reference"),
        ("resolutions.csv", "3/44-POL", "1/44-POL", "line 3, column session: Line 2 says the"),
        ("glossary.csv", "dispute,core,dispute", "dispute,core,", "column term_en"),
        ("holidays.csv", "2025-04-01", "2025-03-01", "line 2, column –: The last day lies before"),
        ("offices.csv", "SG,1,GS", "SG,1,XX", "line 2, column organ: XX is not in the register"),
    ],
)
def test_broken_file_is_refused_naming_where_and_what_to_do(
    folder: Path,
    edit: Callable[[str, str, str], None],
    name: str,
    old: str,
    new: str,
    said: str,
) -> None:
    edit(name, old, new)

    with pytest.raises(BrokenFile) as caught:
        load_reference(folder=folder)

    assert name in str(caught.value)
    assert said in str(caught.value)
    assert not Actor.objects.exists()


def test_missing_undecodable_and_unquoted_files_are_named_at_once(folder: Path) -> None:
    (folder / "glossary.csv").unlink()
    (folder / "holidays.csv").write_bytes(b"starts_on\n\xe9t\xe9")
    (folder / "actors.csv").write_text('kind,"code\n', encoding="utf-8")

    with pytest.raises(BrokenFile) as caught:
        load_reference(folder=folder)

    said = str(caught.value)
    assert "glossary.csv is missing" in said
    assert "holidays.csv, line 2" in said
    assert "actors.csv is no CSV file" in said


def test_file_with_a_byte_order_mark_is_read(folder: Path) -> None:
    path = folder / "offices.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    load_reference(folder=folder)

    assert Office.objects.count() == 5


def test_constraint_without_words_is_named(
    folder: Path, edit: Callable[[str, str, str], None]
) -> None:
    edit("states.csv", "ALB,AL,ALB,008", "ALB,AF,ALB,008")

    with pytest.raises(BrokenFile, match=r"states\.csv, line 3, column –: The database refuses"):
        load_reference(folder=folder)


def test_loading_tells_the_apps_above_whose_days_the_files_have_changed(
    loaded: None,
    folder: Path,
    edit: Callable[[str, str, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[Any] = []
    follow = {"test": lambda actor, session: heard.append((actor, session.ends_on))}
    monkeypatch.setattr(on_session_moved, "_providers", follow)
    edit("sessions.csv", "2022-03-22,2022-03-23", "2022-03-22,2022-03-24")
    edit("sessions.csv", "Partnering for Unity, Justice and Development", "Partnering")

    load_reference(folder=folder, is_dry_run=True)
    assert heard == []

    load_reference(folder=folder)
    assert heard == [(None, date(2022, 3, 24))]
