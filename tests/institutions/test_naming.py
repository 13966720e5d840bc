"""Sessions named in three languages; names in the order a reader expects."""

from __future__ import annotations

from datetime import date

import pytest

from institutions.choices import ActorKind, SessionKind
from institutions.models import Actor, Organ, Session
from institutions.naming import ordinal_ar, ordinal_en, ordinal_fr, session_label
from institutions.sorting import sort_key


@pytest.mark.parametrize(
    ("number", "en", "fr", "ar"),
    [
        (1, "1st", "1re", "الأولى"),
        (2, "2nd", "2e", "الثانية"),
        (3, "3rd", "3e", "الثالثة"),
        (10, "10th", "10e", "العاشرة"),
        (11, "11th", "11e", "الحادية عشرة"),
        (12, "12th", "12e", "الثانية عشرة"),
        (20, "20th", "20e", "العشرون"),
        (21, "21st", "21e", "الحادية والعشرون"),
        (52, "52nd", "52e", "الثانية والخمسون"),
        (99, "99th", "99e", "التاسعة والتسعون"),
        (111, "111th", "111e", "111"),
    ],
)
def test_ordinal_in_three_languages(number: int, en: str, fr: str, ar: str) -> None:
    assert (ordinal_en(number), ordinal_fr(number), ordinal_ar(number)) == (en, fr, ar)


def _council() -> Organ:
    return Organ(
        actor=Actor(
            kind=ActorKind.ORGAN,
            name_en="Council of Foreign Ministers",
            name_fr="Conseil des ministres des Affaires étrangères",
            name_ar="مجلس وزراء الخارجية",
        )
    )


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "Council of Foreign Ministers, 52nd session"),
        ("fr", "Conseil des ministres des Affaires étrangères, 52e session"),
        ("ar", "مجلس وزراء الخارجية، الدورة الثانية والخمسون"),
        ("de", "Council of Foreign Ministers, 52nd session"),
    ],
)
def test_session_label_ordinary(language: str, label: str) -> None:
    session = Session(organ=_council(), kind=SessionKind.ORDINARY, number=52)

    assert session_label(session, language) == label


def test_session_label_extraordinary_in_arabic() -> None:
    session = Session(organ=_council(), kind=SessionKind.EXTRAORDINARY, number=20)

    assert session_label(session, "ar") == "مجلس وزراء الخارجية، الدورة الاستثنائية العشرون"


def test_session_label_joint_without_number_bears_its_year() -> None:
    other = Actor(kind=ActorKind.ORGANISATION, name_en="Union of Ports")
    session = Session(
        organ=_council(), kind=SessionKind.JOINT, joint_with=other, starts_on=date(2031, 5, 1)
    )

    assert (
        session_label(session, "en")
        == "Council of Foreign Ministers, joint session, with Union of Ports, 2031"
    )


def test_session_says_its_ordinal_and_label_itself() -> None:
    session = Session(organ=_council(), kind=SessionKind.ORDINARY, number=2)

    assert session.ordinal == "2nd session"
    assert str(session) == session.label


def test_sort_key_leaves_the_article_out() -> None:
    assert sort_key("الجزائر") == sort_key("جزائر")
    assert sort_key("The Gambia") == "gambia"
    assert sort_key("L’Orvanie") == "orvanie"
    assert sort_key("The") == "the"
    assert sort_key("الم") == "الم"


def test_sort_key_puts_accents_and_case_aside() -> None:
    names = ["Égypte", "Zélande", "Émirats", "Autriche"]

    assert sorted(names, key=sort_key) == ["Autriche", "Égypte", "Émirats", "Zélande"]
