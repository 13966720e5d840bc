"""What is due is dealt with once, in time, after any outage, whatever breaks beside it.

The sweep under test is a small one over idempotency keys: one is due on the day written in its
fingerprint, and is dealt with when it has a status.
"""

from __future__ import annotations

import logging
import threading
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError, connection, connections, transaction
from django.db.models import Q
from django.test import Client
from django.utils import timezone

from common import sweeps
from common.errors import Refused
from common.models import IdempotencyKey, SweepRun
from common.sweeps import Errand, Outcome, Sweep
from common.tasks import run_sweep
from common.watch import standings
from tests.factories.accounts import UserFactory

DAY = date(2026, 3, 1)
DONE = 200
NAME = "tests.keys"


class Keys:
    """The sweep of the tests, with everything that can go wrong beside it."""

    def __init__(self) -> None:
        self.broken: set[str] = set()
        self.error: Exception = ValueError("the talks of Orvana and Naruba")
        self.batches: list[int] = []
        self.meanwhile: Any = None

    def find(self, on: date) -> Any:
        return IdempotencyKey.objects.filter(fingerprint__lte=on.isoformat(), status__isnull=True)

    def handle(self, rows: list[Any], on: date) -> int:
        self.batches.append(len(rows))
        if self.meanwhile:
            self.meanwhile()
        if any(row.key in self.broken for row in rows):
            raise self.error
        keys = [row.pk for row in rows]
        return IdempotencyKey.objects.filter(pk__in=keys).update(status=DONE)

    def sweep(self, batch: int = 500, **options: Any) -> Sweep:
        find, handle = options.pop("find", self.find), options.pop("handle", self.handle)
        return Sweep(NAME, "Keys", find=find, handle=handle, batch=batch, **options)


@pytest.fixture
def keys() -> Keys:
    return Keys()


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch, keys: Keys) -> dict[str, Any]:
    """Return a registry that holds nothing but the sweep of the tests."""
    only = {NAME: keys.sweep(batch=2)}
    monkeypatch.setattr(sweeps, "_REGISTRY", only)
    return only


def make(count: int, on: date = DAY) -> list[IdempotencyKey]:
    user = UserFactory(desk_officer=True)
    return IdempotencyKey.objects.bulk_create(
        IdempotencyKey(user=user, key=f"{on}:{number}", fingerprint=on.isoformat())
        for number in range(count)
    )


def waiting() -> list[str]:
    return list(
        IdempotencyKey.objects.filter(status=None).order_by("pk").values_list("key", flat=True)
    )


# Dates ------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "found"), [(DAY - timedelta(days=1), 0), (DAY, 3), (DAY + timedelta(days=900), 3)]
)
def test_due_is_what_stored_facts_say_on_the_day_however_late_one_looks(keys, on, found):
    make(3)

    outcome = keys.sweep().run(on)

    assert outcome == Outcome(found=found, written=found)
    assert len(waiting()) == 3 - found


@pytest.mark.django_db
def test_a_second_run_finds_nothing(keys):
    make(3)
    keys.sweep().run(DAY)

    assert keys.sweep().run(DAY) == Outcome()


@pytest.mark.django_db
def test_today_is_the_database_s_day_in_jeddah():
    assert sweeps.today() == timezone.localdate()


# Batches ----------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "batches"), [(0, []), (1, [1]), (2, [2]), (5, [2, 2, 1])])
def test_rows_are_taken_in_batches(keys, count, batches):
    make(count)

    assert keys.sweep(batch=2).run(DAY).written == count
    assert keys.batches == batches


@pytest.mark.django_db
def test_a_row_that_stays_due_is_met_once_in_a_run(keys):
    make(5)

    outcome = keys.sweep(batch=2, handle=lambda rows, on: len(rows)).run(DAY)

    assert outcome == Outcome(found=5, written=5)
    assert len(waiting()) == 5


@pytest.mark.django_db
def test_what_another_has_dealt_with_meanwhile_is_not_handled(keys):
    quick, _slow = make(2)
    asked: list[date] = []

    def find(on):
        asked.append(on)
        due = keys.find(on)
        return due if len(asked) == 1 else due.exclude(pk=quick.pk)

    outcome = keys.sweep(find=find).run(DAY)

    assert outcome == Outcome(found=1, written=1)
    assert waiting() == [quick.key]


@pytest.mark.django_db
def test_find_may_join_and_name_fields_for_the_handler(keys, django_assert_num_queries):
    make(2)
    seen = []

    def handle(rows, on):
        with django_assert_num_queries(0):
            seen.extend(row.user.email for row in rows)
        return keys.handle(rows, on)

    find = lambda on: keys.find(on).select_related("user")  # noqa: E731
    outcome = keys.sweep(find=find, handle=handle).run(DAY)

    assert (outcome.found, len(seen)) == (2, 2)


# One broken thing -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_one_broken_thing_is_left_and_stops_no_other(keys, caplog):
    made = make(5)
    keys.broken = {made[1].key}

    with caplog.at_level(logging.ERROR):
        outcome = keys.sweep(batch=3).run(DAY)

    assert (outcome.found, outcome.written, outcome.left) == (5, 4, 1)
    assert waiting() == [made[1].key]
    assert f"sweep {NAME}: {made[1].pk} is left" in caplog.text


@pytest.mark.django_db
def test_a_thing_put_right_is_dealt_with_by_the_next_run(keys):
    made = make(3)
    keys.broken = {made[0].key}
    keys.sweep().run(DAY)
    keys.broken = set()

    assert keys.sweep().run(DAY) == Outcome(found=1, written=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("the talks of Orvana"), "ValueError: test_sweeps.py, line "),
        (Refused("consent_missing", "Orvana's"), "Refused (consent_missing): test_sweeps.py"),
        (IntegrityError("Key (title)=(Orvana)"), "IntegrityError: test_sweeps.py"),
    ],
)
def test_the_reason_kept_tells_no_content(keys, error, words):
    keys.error, keys.broken = error, {make(1)[0].key}

    outcome = keys.sweep().run(DAY)

    assert outcome.error.startswith(words)
    assert "Orvana" not in outcome.error


@pytest.mark.django_db
def test_the_reason_names_the_constraint_that_was_broken(keys):
    first, second = make(2)

    def handle(rows, on):
        return IdempotencyKey.objects.filter(pk=second.pk).update(key=first.key)

    outcome = keys.sweep(handle=handle).run(DAY)

    assert outcome.left == 2
    assert outcome.error.startswith("IntegrityError (idempotency_key_once_per_user): ")


@pytest.mark.django_db
def test_a_sweep_that_cannot_even_look_breaks_off(keys):
    def find(on):
        return IdempotencyKey.objects.filter(Q(pk="none"))

    with pytest.raises(ValueError, match="none"):
        keys.sweep(find=find).run(DAY)


# Really committed -------------------------------------------------------------------------------


def in_thread(function: Any) -> threading.Thread:
    def run() -> None:
        try:
            function()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
def test_two_engines_at_once_deal_with_each_thing_once(keys):
    make(60)
    handled: list[Any] = []
    outcomes: list[Outcome] = []

    def handle(rows, on):
        handled.extend(row.pk for row in rows)
        return keys.handle(rows, on)

    sweep = keys.sweep(batch=7, handle=handle)
    threads = [in_thread(lambda: outcomes.append(sweep.run(DAY))) for _ in range(2)]
    for thread in threads:
        thread.join()

    assert len(handled) == len(set(handled)) == 60
    assert sum(outcome.written for outcome in outcomes) == 60
    assert waiting() == []


@pytest.mark.django_db(transaction=True)
def test_what_somebody_holds_waits_for_the_next_run_and_blocks_nobody(keys):
    held = make(3)[1]
    is_held, may_go = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            IdempotencyKey.objects.select_for_update().get(pk=held.pk)
            is_held.set()
            may_go.wait(10)

    thread = in_thread(hold)
    is_held.wait(10)
    first = keys.sweep().run(DAY)
    may_go.set()
    thread.join()

    assert (first.found, first.left) == (2, 0)
    assert keys.sweep().run(DAY).found == 1


@pytest.mark.django_db(transaction=True)
def test_a_killed_run_keeps_whole_batches_and_the_next_goes_on(keys):
    make(6)

    def die() -> None:
        if len(keys.batches) == 2:
            raise SystemExit

    keys.meanwhile = die
    with pytest.raises(SystemExit):
        keys.sweep(batch=2).run(DAY)
    assert len(waiting()) == 4

    assert keys.sweep(batch=2).run(DAY).written == 4


@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_is_no_thing_s_fault(keys, registry):
    make(4)

    def cut() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    keys.meanwhile = cut
    with pytest.raises(OperationalError):
        sweeps.run(keys.sweep())
    connection.close()
    assert len(waiting()) == 4
    assert SweepRun.objects.get().last_committed_at is None

    keys.meanwhile = None
    assert sweeps.run(keys.sweep()) == Outcome(found=4, written=4)


@pytest.mark.django_db(transaction=True)
def test_a_connection_lost_among_single_things_ends_the_run(keys):
    make(2)
    keys.broken = {"none"}

    def cut() -> None:
        if len(keys.batches) == 1:
            raise ValueError
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    keys.meanwhile = cut
    with pytest.raises(OperationalError):
        keys.sweep().run(DAY)
    connection.close()


# Books ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_run_keeps_its_books(keys, registry):
    made = make(3)
    keys.broken = {made[0].key}

    sweeps.run(registry[NAME])

    books = SweepRun.objects.get(name=NAME)
    assert (books.found, books.written, books.left) == (3, 2, 1)
    assert books.last_error.startswith("ValueError")
    assert books.last_begun_at <= books.last_committed_at
    assert timedelta() < books.lasting < timedelta(minutes=1)


@pytest.mark.django_db
def test_a_clean_run_clears_the_error_of_the_one_before(keys, registry):
    keys.broken = {make(1)[0].key}
    sweeps.run(registry[NAME])
    keys.broken = set()
    sweeps.run(registry[NAME])

    books = SweepRun.objects.get(name=NAME)
    assert (books.left, books.last_error) == (0, "")


@pytest.mark.django_db
def test_a_run_that_broke_off_has_not_committed(registry, keys):
    def find(on):
        return IdempotencyKey.objects.filter(pk="none")

    with pytest.raises(ValueError, match="none"):
        sweeps.run(keys.sweep(find=find))

    books = SweepRun.objects.get(name=NAME)
    assert books.last_begun_at is not None
    assert books.last_committed_at is None
    assert books.last_error.startswith("ValueError")


@pytest.mark.django_db
def test_the_job_of_the_clock_runs_the_sweep_it_names(registry):
    make(1)

    run_sweep(NAME)

    assert waiting() == []
    assert SweepRun.objects.get(name=NAME).written == 1


@pytest.mark.django_db
def test_an_errand_runs_in_its_own_way(monkeypatch):
    errand = Errand(NAME, "Errand", run=lambda on: Outcome(found=7, written=6), count=lambda on: 7)
    monkeypatch.setattr(sweeps, "_REGISTRY", {NAME: errand})

    run_sweep(NAME)

    books = SweepRun.objects.get(name=NAME)
    assert (books.found, books.written, books.left) == (7, 6, 0)


def test_a_name_is_registered_once(keys, registry):
    sweeps.register(registry[NAME])

    with pytest.raises(ValueError, match=NAME):
        sweeps.register(keys.sweep())


# By hand ----------------------------------------------------------------------------------------


def by_hand(*arguments: str) -> str:
    out = StringIO()
    call_command("sweep", *arguments, stdout=out)
    return out.getvalue().strip()


def test_command_names_the_sweeps(registry):
    assert by_hand("--list") == f"{NAME} (every 5 min): Keys"


@pytest.mark.django_db
@pytest.mark.parametrize("what", [NAME, "--all"])
def test_command_says_what_it_found_and_wrote(registry, what):
    make(3)

    assert by_hand(what, "--on", "2026-03-01") == f"{NAME}: found 3, wrote 3, left 0"
    assert not SweepRun.objects.exists(), "another day is no sign of life"


@pytest.mark.django_db
def test_command_runs_for_today_as_the_clock_does(registry):
    make(1)

    assert by_hand(NAME) == f"{NAME}: found 1, wrote 1, left 0"
    assert SweepRun.objects.get().last_committed_at is not None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "found"), [((), 1), (("--on", "2026-03-01"), 1), (("--on", "2026-02-28"), 0)]
)
def test_command_writes_nothing_in_a_dry_run(registry, arguments, found):
    make(1)

    said = by_hand(NAME, "--dry-run", *arguments)

    assert said == f"{NAME}: found {found}, wrote nothing (dry run)"
    assert len(waiting()) == 1
    assert not SweepRun.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["tests.nothing"], "There is no sweep “tests.nothing”"),
        ([NAME, "--on", "yesterday"], "“yesterday” is no day"),
        ([NAME, "--on", "2026-02-30"], "“2026-02-30” is no day"),
    ],
)
def test_command_refuses_a_wrong_name_or_day(registry, arguments, words):
    with pytest.raises(CommandError, match=words) as refusal:
        by_hand(*arguments)

    assert refusal.value.returncode == 2


@pytest.mark.parametrize("arguments", [[], [NAME, "--all"], ["--list", "--all"]])
def test_command_wants_one_thing_to_do(registry, arguments):
    with pytest.raises(CommandError):
        by_hand(*arguments)


@pytest.mark.django_db
def test_command_goes_on_after_a_sweep_that_broke_off_and_fails_in_the_end(
    registry, keys, monkeypatch, capsys
):
    def find(on):
        return IdempotencyKey.objects.filter(pk="none")

    registry["tests.a"] = Sweep("tests.a", "Broken", find=find, handle=keys.handle)
    keys.broken = {make(2)[0].key}

    with pytest.raises(CommandError, match=r"tests\.a, tests\.keys") as failure:
        call_command("sweep", "--all")

    said = capsys.readouterr().out
    assert "tests.a: broke off (ValueError: " in said
    assert f"{NAME}: found 2, wrote 1, left 1" in said
    assert failure.value.returncode == 1


# The watch --------------------------------------------------------------------------------------


def heard(minutes: int, **values: Any) -> SweepRun:
    at = timezone.now() - timedelta(minutes=minutes)
    return SweepRun.objects.create(name=NAME, last_committed_at=at, **values)


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "is_late"), [(0, False), (14, False), (16, True)])
def test_a_sweep_is_late_when_it_missed_two_wakes_and_five_minutes(registry, minutes, is_late):
    books = heard(minutes)

    (standing,) = standings()

    assert standing.is_late is is_late
    assert standing.is_well is not is_late
    due = books.last_committed_at + timedelta(minutes=5)
    assert standing.late_since == (due if is_late else None)


@pytest.mark.django_db
def test_a_new_sweep_is_late_from_when_it_was_known(registry):
    row = SweepRun.objects.create(name=NAME)
    assert standings()[0].is_well

    SweepRun.objects.update(known_since=row.known_since - timedelta(hours=1))
    assert standings()[0].is_late


@pytest.mark.django_db
def test_a_sweep_that_left_something_is_in_time_but_not_well(registry):
    heard(1, left=1)

    (standing,) = standings()

    assert not standing.is_late
    assert not standing.is_well


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "status"), [(1, 200), (60, 503)])
def test_health_names_sweeps_and_nothing_else(registry, minutes, status):
    heard(minutes, left=3, last_error="ValueError: x.py, line 3")

    answer = Client().get("/healthz/sweeps")

    assert answer.status_code == status
    assert answer.json() == {NAME: status == 200}


@pytest.mark.django_db
def test_health_is_bad_before_the_first_run(registry):
    assert Client().get("/healthz/sweeps").status_code == 503


@pytest.mark.django_db
def test_health_is_bad_without_a_database(registry, monkeypatch):
    def away() -> None:
        raise OperationalError("host 10.0.0.7")

    monkeypatch.setattr("oicmediation.runtime.health.standings", away)

    answer = Client().get("/healthz/sweeps")

    assert (answer.status_code, answer.json()) == (503, {"database": False})


@pytest.mark.parametrize(
    ("minutes", "values", "words"),
    [
        (1, {}, ["in time"]),
        (60, {"last_error": "ValueError: x.py, line 3"}, ["late", "since", "x.py, line 3"]),
        (1, {"found": 812, "written": 790, "left": 22}, ["left something", "812", "790", "22"]),
    ],
)
def test_page_shows_how_each_stands(registry, administrator, client_for, minutes, values, words):
    heard(minutes, **values)

    page = client_for(administrator).get("/system/sweeps/").content.decode()

    assert all(word in page for word in [NAME, *words])


def test_page_says_what_has_never_run(registry, administrator, client_for):
    page = client_for(administrator).get("/system/sweeps/").content.decode()

    assert "never" in page


@pytest.mark.parametrize(
    ("persona", "status"),
    [("administrator", 200), ("head", 200), ("asg", 200), ("officer", 404), ("auditor", 404)],
)
def test_page_is_for_those_who_keep_the_clock(persona, status, client_for, request):
    client = client_for(request.getfixturevalue(persona))

    assert client.get("/system/sweeps/").status_code == status
