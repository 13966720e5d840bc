"""``manage.py import_agreements``: what it says, last line to the letter, and its bar."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from library.models import Agreement
from tests.factories.institutions import StateFactory

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parent / "data"


def lines(name: str, *options: str) -> list[str]:
    out = io.StringIO()
    call_command("import_agreements", "--format", "pax", str(DATA / name), *options, stdout=out)
    return out.getvalue().splitlines()


def test_last_line_counts_the_rows():
    assert lines("dirt.csv") == ["created 7, updated 0, unchanged 0, refused 0 of 7 rows"]
    assert lines("dirt.csv") == ["created 0, updated 0, unchanged 7, refused 0 of 7 rows"]


def test_report_names_line_agreement_and_reason():
    told = lines("broken.csv")

    assert told[0] == "line 2, agreement 1: its process is refused because of line 4"
    assert told[1] == "line 4, agreement 2: GeWom: “7” is not a level from 0 to 3"
    assert "line 11, agreement ?: AgtId is empty" in told
    assert told[-1] == "created 2, updated 0, unchanged 0, refused 8 of 10 rows"


def test_dry_run_says_that_nothing_was_written():
    told = lines("dirt.csv", "--dry-run")

    assert told == [
        "This was a trial run; nothing was written.",
        "created 7, updated 0, unchanged 0, refused 0 of 7 rows",
    ]
    assert not Agreement.objects.exists()


def test_member_states_says_how_many_rows_were_left_out():
    StateFactory(member=True, iso_alpha3="ORV")

    told = lines("dirt.csv", "--member-states")

    assert told == [
        "4 rows without a Member State were left out.",
        "created 3, updated 0, unchanged 0, refused 0 of 3 rows",
    ]


def test_columns_that_nobody_reads_are_named(tmp_path):
    path = tmp_path / "more.csv"
    path.write_bytes((DATA / "dirt.csv").read_bytes().replace(b"Contp", b"Mystery", 1))

    assert lines(str(path))[0] == "Columns that were not read: Mystery."


def test_missing_column_is_named_and_nothing_is_written():
    with pytest.raises(CommandError, match=r"The file lacks the column Stage\."):
        lines("missing-column.csv")

    assert not Agreement.objects.exists()


def test_missing_file_is_named():
    with pytest.raises(CommandError, match=r"nowhere\.csv cannot be read: No such file"):
        lines("nowhere.csv")


def test_unknown_format_names_those_that_exist():
    with pytest.raises(CommandError, match="pax"):
        call_command("import_agreements", "--format", "other", str(DATA / "dirt.csv"))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_bar_is_drawn_on_a_terminal_only(monkeypatch):
    pipe, terminal = io.StringIO(), Terminal()

    monkeypatch.setattr(sys, "stderr", pipe)
    lines("dirt.csv")
    monkeypatch.setattr(sys, "stderr", terminal)
    lines("dirt.csv")

    assert pipe.getvalue() == ""
    assert terminal.getvalue().endswith(f"\r[{'#' * 40}] 7/7\n")
