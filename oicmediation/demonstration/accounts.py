"""Sets up the exercise's accounts, units and delegations, and finds out where they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from accounts.models import Delegation, Unit, User
from accounts.services.delegations import accept_accreditation, record_accreditation
from accounts.services.house import set_up_account
from accounts.services.units import add_unit, change_unit
from oicmediation.demonstration.exercise import Exercise, in_three
from oicmediation.demonstration.people import (
    CABINET,
    KELVARA,
    NARUBA,
    ORVANA,
    PASSWORD,
    PSCU,
    REGISTRY,
    Person,
)

UNITS = {
    PSCU: in_three(
        "name",
        "Peace, Security and Conflict Resolution Unit",
        "Unité de la paix, de la sécurité et du règlement des conflits",
        "وحدة السلم والأمن وحل النزاعات",
    ),
    CABINET: in_three(
        "name",
        "Cabinet of the Secretary General",
        "Cabinet du Secrétaire général",
        "مكتب الأمين العام",
    ),
    REGISTRY: in_three("name", "Registry", "Bureau d’ordre", "قلم التسجيل"),
}
ACCREDITATIONS = {
    ORVANA: ("MFA/OIC/1207", "Minister of Foreign Affairs of Orvana"),
    NARUBA: ("MAE/DOI/0342", "Minister of Foreign Affairs of Naruba"),
    KELVARA: ("و.خ/م/118", "Minister of Foreign Affairs of Kelvara"),
}


def set_up(exercise: Exercise, persons: Iterable[Person], *, counts: Counter[str]) -> None:
    """Make each person's account, or bring it back to what the list of accounts says of it.

    Args:
        counts: how many were ``created``, ``restored`` and ``unchanged``, counted on.
    """
    for person in persons:
        user = User.objects.filter(email=person.email).first()
        if user is None:
            counts["created"] += 1
        elif _opens_as_listed(user, person):
            counts["unchanged"] += 1
            exercise.people[person.name] = user
            continue
        else:
            counts["restored"] += 1
        exercise.people[person.name] = _write(person)


def _opens_as_listed(user: User, person: Person) -> bool:
    """Tell whether the account opens with the listed password, in the listed role."""
    state = user.delegation.state.code if user.delegation else ""
    return (
        user.is_active
        and (user.role, state) == (person.role, person.state)
        and user.check_password(PASSWORD)
    )


def _write(person: Person) -> User:
    return set_up_account(
        email=person.email,
        password=PASSWORD,
        full_name=person.full_name,
        full_name_ar=person.full_name_ar,
        job_title=person.job_title,
        role=person.role,
        clearance=person.clearance,
        language=person.language,
        unit=Unit.objects.filter(code=person.unit).first(),
        delegation=Delegation.objects.filter(
            state__actor__code=person.state, is_exercise=True
        ).first(),
        is_authorised_signatory=person.signs,
        is_portal_administrator=person.administers,
        is_exercise=True,
        is_active=True,
        deactivated_at=None,
        deactivated_by=None,
    )


def add_units(exercise: Exercise) -> None:
    """Add the units in which the exercise's staff work; those that the house has already stay."""
    present = set(Unit.objects.values_list("code", flat=True))
    for code, names in UNITS.items():
        if code not in present:
            add_unit(actor=exercise.people["administrator"], code=code, **names)


def appoint_head(exercise: Exercise) -> None:
    """Let the unit have the exercise's head, where it has none."""
    unit = Unit.objects.get(code=PSCU)
    if unit.head is None:
        change_unit(
            actor=exercise.people["administrator"], unit=unit, head=exercise.people["head.of.unit"]
        )


def accredit_delegations(exercise: Exercise) -> None:
    """Record and accept the accreditations on which the States' users stand (Rule A1)."""
    for code, (reference, signatory) in ACCREDITATIONS.items():
        delegation = record_accreditation(
            actor=exercise.people["registry"],
            state=exercise.states[code],
            note_reference=reference,
            note_date=exercise.day(-700),
            signatory=signatory,
        )
        accept_accreditation(
            actor=exercise.people["secretary.general"],
            delegation=delegation,
            on=exercise.day(-690),
        )
