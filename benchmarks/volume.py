"""A deterministic volume of dispute files, written by COPY.

    .venv/bin/python scripts/with_servers.py -- .venv/bin/python -m benchmarks.load_volume \
        --disputes 100000 --events 100000 --users 100

The same numbers give the same rows. Everything belongs to the exercise and to invented States.
"""

from __future__ import annotations

import io
import random
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction

from accounts.models import Delegation, User
from accounts.services.groups import sync_groups
from cases.models.disputes import TEAM, VIEW
from common.grants import group_of
from common.reference import ALPHABET
from common.text import join_search_text
from institutions.models import Actor, State

FIRST_DAY = date(2000, 1, 1)
STATES = 57
FEW = 20
TENTH = 10
# fmt: off
WORDS = (
    "grazing", "water", "valley", "crossing", "railway", "harbour", "market", "archive",
    "boundary", "river", "island", "road", "well", "orchard", "bridge", "customs",
    "pasture", "quarry", "lake", "canal", "village", "province", "minority",
)
# fmt: on


@dataclass
class Volume:
    """What was written, with the two readers every measure asks."""

    tenth: User
    few: User
    disputes: int
    ids: list[uuid.UUID] = field(default_factory=list)


def key(kind: str, number: int) -> uuid.UUID:
    """Return the same key for the same thing in every run."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"volume:{kind}:{number}")


def load(*, disputes: int, events: int, users: int) -> Volume:
    """Write the volume into an empty, migrated database.

    Args:
        disputes: how many files.
        events: how many rows of the record.
        users: how many case officers; the files are theirs in turn.

    Raises:
        RuntimeError: the database holds files already.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM cases_dispute)")
        if cursor.fetchone()[0]:
            raise RuntimeError("The database holds files already; take an empty one.")
        states = _write_states()
        officers = [_write_user("desk_officer", n) for n in range(users)]
        tenth, few = _write_user("desk_officer", 1_000_001), _write_focal_point(states[0])
        ids = [key("dispute", n) for n in range(disputes)]
        copy_rows(cursor, "cases_dispute", _disputes(ids, officers))
        copy_rows(cursor, "cases_party", _parties(ids, states))
        copy_rows(cursor, "cases_process", _processes(ids))
        copy_rows(cursor, "cases_processparty", _places(len(ids)))
        copy_rows(cursor, "cases_disputegroupgrant", _grants(ids, officers, tenth, few))
        copy_rows(cursor, "audit_auditevent", _events(ids, events, tenth))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Volume(tenth, few, disputes, ids)


def _write_states() -> list[State]:
    states = []
    for number in range(STATES):
        actor = Actor.objects.create(
            id=key("actor", number),
            kind="state",
            code=f"X{number:02d}",
            name_en=f"Invented State {number}",
            is_exercise=True,
            is_reference=True,
        )
        states.append(State.objects.create(actor=actor))
    return states


def _write_user(role: str, number: int, **values: Any) -> User:
    user = User.objects.create(
        id=key("user", number),
        email=f"{role}.{number}@example.org",
        full_name=f"Person {number}",
        role=role,
        clearance=2,
        is_exercise=True,
        password=make_password(None),
        **values,
    )
    user.groups.add(group_of("user", user.pk))
    return user


def _write_focal_point(state: State) -> User:
    general = _write_user("secretary_general", 1_000_002)
    delegation = Delegation.objects.create(
        state=state,
        note_reference="1/2026",
        note_date=FIRST_DAY,
        signatory="The Minister",
        accepted_on=FIRST_DAY,
        accepted_by=general,
        is_exercise=True,
    )
    user = _write_user("focal_point", 1_000_003, delegation=delegation)
    sync_groups(user=user)
    return user


Row = dict[str, Any]


def _disputes(ids: list[uuid.UUID], officers: list[User]) -> Iterator[Row]:
    dice = random.Random(7)
    for number, pk in enumerate(ids):
        opened = FIRST_DAY + timedelta(days=number % 9000)
        reference = f"MED-{opened.year}-" + "".join(dice.choice(ALPHABET) for _ in range(7))
        title = f"{dice.choice(WORDS).title()} and {dice.choice(WORDS)} of place {number}"
        officer = officers[number % len(officers)]
        yield {
            "id": pk,
            "reference": reference,
            "type": "inter_state_members",
            "status": "active",
            "title_en": title,
            "classification": number % 3,
            "desk_officer_id": officer.pk,
            "opened_on": opened,
            "opened_by_id": officer.pk,
            "is_exercise": True,
            "is_historical": False,
            "search_text": join_search_text(reference, title),
            "outward_search_text": join_search_text(reference, title),
            **versioned(),
        }


def _parties(ids: list[uuid.UUID], states: list[State]) -> Iterator[Row]:
    for number, pk in enumerate(ids):
        for side in range(2):
            yield {
                "id": key("party", 2 * number + side),
                "dispute_id": pk,
                "actor_id": states[(number + side * 7) % STATES].pk,
                "kind": "government",
                **versioned(),
            }


def _processes(ids: list[uuid.UUID]) -> Iterator[Row]:
    for number, pk in enumerate(ids):
        yield {
            "id": key("process", number),
            "dispute_id": pk,
            "title_en": "Government – Government",
            "stage": "pre_negotiation",
            "stage_since": FIRST_DAY,
            "engagement": "good_offices",
            "status": "active",
            "opened_on": FIRST_DAY,
            **versioned(),
        }


def _places(count: int) -> Iterator[Row]:
    for number in range(count):
        for side in range(2):
            yield {
                "process_id": key("process", number),
                "party_id": key("party", 2 * number + side),
            }


def _grants(ids: list[uuid.UUID], officers: list[User], tenth: User, few: User) -> Iterator[Row]:
    permissions = {
        codename: Permission.objects.get(codename=codename).pk for codename in (VIEW, TEAM)
    }
    groups = {user.pk: group_of("user", user.pk).pk for user in (*officers, tenth)}
    state_group = Group.objects.get(name=f"state:{few.state_actor_id}").pk
    step = max(len(ids) // FEW, 1)
    for number, pk in enumerate(ids):
        officer = officers[number % len(officers)]
        for codename in (VIEW, TEAM):
            yield _grant(pk, groups[officer.pk], permissions[codename])
        if number % TENTH == 0:
            yield _grant(pk, groups[tenth.pk], permissions[VIEW])
        if number % step == 0 and number // step < FEW:
            yield _grant(pk, state_group, permissions[VIEW])


def _grant(dispute: uuid.UUID, group: int, permission: int) -> Row:
    return {
        "content_object_id": dispute,
        "group_id": group,
        "permission_id": permission,
        "valid_from": FIRST_DAY,
        "reason": "volume",
        "granted_at": FIRST_DAY,
    }


def _events(ids: list[uuid.UUID], count: int, actor: User) -> Iterator[Row]:
    for number in range(count if ids else 0):
        pk = str(ids[number % len(ids)])
        yield {
            "kind": "act",
            "verb": "cases.dispute_changed",
            "actor_id": str(actor.pk),
            "actor_name": actor.full_name,
            "actor_role": actor.role,
            "target_label": "cases.Dispute",
            "target_id": pk,
            "target_text": "",
            "subject_label": "cases.Dispute",
            "subject_id": pk,
            "subject_text": "",
            "classification": 1,
            "payload": "{}",
        }


def versioned() -> Row:
    """Return the columns that every versioned row has."""
    return {"version": 1, "created_at": FIRST_DAY, "updated_at": FIRST_DAY}


def copy_rows(cursor: Any, table: str, rows: Iterable[Row]) -> None:
    """COPY rows into a table; text columns without a value are empty, all else is the default."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    texts = _empty_texts(cursor, table) - set(first)
    columns = [*first, *sorted(texts)]
    lines = io.StringIO()
    for row in (first, *rows):
        cells = [*row.values(), *[""] * len(texts)]
        lines.write("\t".join(_cell(value) for value in cells) + "\n")
    lines.seek(0)
    names = ", ".join(f'"{name}"' for name in columns)
    cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', lines)


def _empty_texts(cursor: Any, table: str) -> set[str]:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
        "AND is_nullable = 'NO' AND column_default IS NULL "
        "AND data_type IN ('text', 'character varying')",
        [table],
    )
    chained = {"previous_hash", "hash"} if table == "audit_auditevent" else set()
    return {name for (name,) in cursor.fetchall()} - chained


def _cell(value: Any) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value).replace("\\", "\\\\").replace("\t", " ").replace("\n", "\\n")
