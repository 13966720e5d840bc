"""The exercise's part of the register: invented States, sessions of the organs, resolutions.

The names of the States are no place, family or word in English, French or Arabic.
"""

from __future__ import annotations

from datetime import date

from institutions.choices import Membership, SessionKind
from institutions.models import Organ, RegionalGroup, State
from institutions.services import (
    add_state,
    change_regional_group,
    change_standing,
    create_session,
    record_session_held,
    register_resolution,
)
from oicmediation.demonstration.exercise import Exercise, in_three
from oicmediation.demonstration.people import KELVARA, NARUBA, ORVANA, OSTAVAL, RUVELDA

#: A State that is neither member nor observer.
LODRANIA = "XLO"

SOURCE = "Invented for the exercise"

#: Code: names, official names, regional group, year of joining.
_MEMBERS = {
    ORVANA: (
        ("Orvana", "Orvana", "أورفانا"),
        ("Republic of Orvana", "République d’Orvana", "جمهورية أورفانا"),
        "ASIAN",
        1972,
    ),
    NARUBA: (
        ("Naruba", "Naruba", "ناروبا"),
        ("Republic of Naruba", "République de Naruba", "جمهورية ناروبا"),
        "AFRICAN",
        1974,
    ),
    KELVARA: (
        ("Kelvara", "Kelvara", "كيلفارا"),
        ("State of Kelvara", "État de Kelvara", "دولة كيلفارا"),
        "ARAB",
        1970,
    ),
    OSTAVAL: (
        ("Ostaval", "Ostaval", "أوستافال"),
        ("Republic of Ostaval", "République d’Ostaval", "جمهورية أوستافال"),
        "AFRICAN",
        1976,
    ),
    RUVELDA: (
        ("Ruvelda", "Ruvelda", "روفيلدا"),
        ("Republic of Ruvelda", "République de Ruvelda", "جمهورية روفيلدا"),
        "ASIAN",
        1981,
    ),
}

#: Key: organ, number, day of the opening counted from the exercise's own, host, city, theme.
_SESSIONS = {
    "51st Council": (
        "CFM",
        51,
        -620,
        KELVARA,
        ("Sivelta", "Sivelta", "سيفيلتا"),
        ("Listening before speaking", "Écouter avant de parler", "الإصغاء قبل الكلام"),
    ),
    "Summit": (
        "IS",
        14,
        -480,
        RUVELDA,
        ("Ruvenda", "Ruvenda", "روفيندا"),
        ("Neighbours in peace", "Voisins en paix", "جيران في سلام"),
    ),
    "52nd Council": (
        "CFM",
        52,
        -255,
        OSTAVAL,
        ("Maredon", "Maredon", "ماريدون"),
        ("Patience and good faith", "Patience et bonne foi", "الصبر وحسن النية"),
    ),
    "53rd Council": (
        "CFM",
        53,
        106,
        RUVELDA,
        ("Ruvenda", "Ruvenda", "روفيندا"),
        ("The word that is kept", "La parole tenue", "الوفاء بالعهد"),
    ),
}

#: Reference: session, titles.
_RESOLUTIONS = {
    "12/51-POL": (
        "51st Council",
        "On the peace process in the Mira Hills",
        "Sur le processus de paix dans les collines de Mira",
        "بشأن عملية السلام في تلال ميرا",
    ),
    "14/51-POL": (
        "51st Council",
        "On fishing seasons on Lake Terun",
        "Sur les saisons de pêche sur le lac Térun",
        "بشأن مواسم الصيد في بحيرة تيرون",
    ),
    "17/51-POL": (
        "51st Council",
        "On the crossing points of the Dorwen road",
        "Sur les points de passage de la route de Dorwen",
        "بشأن نقاط العبور على طريق دوروين",
    ),
    "6/14-P(IS)": (
        "Summit",
        "On the situation of the Muslim community in Lodrania",
        "Sur la situation de la communauté musulmane en Lodranie",
        "بشأن أوضاع الجماعة المسلمة في لودرانيا",
    ),
    "9/52-POL": (
        "52nd Council",
        "On grazing and water in the Upper Sahn valley",
        "Sur les pâturages et l’eau dans la haute vallée de Sahn",
        "بشأن المراعي والمياه في وادي سهن الأعلى",
    ),
    "12/52-POL": (
        "52nd Council",
        "On the implementation of the agreements on the Mira Hills",
        "Sur la mise en œuvre des accords relatifs aux collines de Mira",
        "بشأن تنفيذ الاتفاقات المتعلقة بتلال ميرا",
    ),
    "16/52-POL": (
        "52nd Council",
        "On the joint management of the port of Selvan",
        "Sur la gestion commune du port de Selvan",
        "بشأن الإدارة المشتركة لميناء سلفان",
    ),
    "21/52-POL": (
        "52nd Council",
        "On women and young people in mediation",
        "Sur les femmes et les jeunes dans la médiation",
        "بشأن دور المرأة والشباب في الوساطة",
    ),
}


def add_states(exercise: Exercise) -> None:
    """Add the invented States: members of the three regional groups, and one outside."""
    administrator = exercise.people["administrator"]
    groups = {group.code: group for group in RegionalGroup.objects.all()}
    for code, (names, official_names, group, joined_year) in _MEMBERS.items():
        joined_on = date(joined_year, 1, 1)
        state = add_state(
            actor=administrator,
            code=code,
            source=SOURCE,
            joined_year=joined_year,
            **in_three("name", *names),
            **in_three("official_name", *official_names),
        )
        change_standing(
            actor=administrator,
            member=state.actor,
            status=Membership.MEMBER,
            on=joined_on,
            source=SOURCE,
        )
        change_regional_group(
            actor=administrator, state=state, group=groups[group], valid_from=joined_on
        )
        exercise.states[code] = state
    exercise.states[LODRANIA] = _add_non_member(exercise)


def _add_non_member(exercise: Exercise) -> State:
    return add_state(
        actor=exercise.people["administrator"],
        code=LODRANIA,
        source=SOURCE,
        **in_three("name", "Lodrania", "Lodranie", "لودرانيا"),
        **in_three(
            "official_name", "Republic of Lodrania", "République de Lodranie", "جمهورية لودرانيا"
        ),
    )


def add_sessions(exercise: Exercise) -> None:
    """Add the sessions held and the one ahead, to whose close mandates run."""
    registry = exercise.people["registry"]
    for key, (organ, number, offset, host, cities, themes) in _SESSIONS.items():
        opening, closing = exercise.day(offset), exercise.day(offset + 1)
        session = create_session(
            actor=registry,
            organ=Organ.objects.get(actor__code=organ),
            kind=SessionKind.ORDINARY,
            number=number,
            country=exercise.states[host],
            starts_on=opening,
            ends_on=closing,
            source=SOURCE,
            **in_three("city", *cities),
            **in_three("theme", *themes),
        )
        if offset < 0:
            session = record_session_held(
                actor=registry, session=session, starts_on=opening, ends_on=closing
            )
        exercise.sessions[key] = session


def add_resolutions(exercise: Exercise) -> None:
    """Register what the sessions adopted, on their last day."""
    for reference, (key, *titles) in _RESOLUTIONS.items():
        session = exercise.sessions[key]
        exercise.resolutions[reference] = register_resolution(
            actor=exercise.people["registry"],
            session=session,
            reference=reference,
            adopted_on=session.ends_on,
            source=SOURCE,
            **in_three("title", *titles),
        )
