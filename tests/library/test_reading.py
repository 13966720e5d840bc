"""A file as published: every kind of dirt is read, what is broken is named by line and column."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.errors import Refused
from library.importing.formats import FORMATS
from library.importing.publication import Publication, read_publication

DATA = Path(__file__).parent / "data"
PAX = FORMATS["pax"]


def read(name: str) -> Publication:
    return read_publication(PAX, (DATA / name).read_bytes())


def entries(publication: Publication) -> dict:
    return {row.source_id: row.entry for process in publication.processes for row in process.rows}


def reasons(publication: Publication) -> dict[int, str]:
    return {
        row.line: row.reason
        for process in publication.processes
        for row in process.rows
        if row.reason
    }


def test_every_kind_of_dirt_is_read_without_a_refusal():
    publication = read("dirt.csv")

    assert reasons(publication) == {}
    assert len(entries(publication)) == 7
    assert publication.unread_columns == []


def test_rows_without_a_process_are_filed_by_their_conflict():
    processes = {process.key: process for process in read("dirt.csv").processes}

    assert list(processes) == ["901", "902", "con:Naruba", "con:Tesmal/Upper Tesmal"]
    assert processes["con:Naruba"].entry.name == "Naruba"
    assert len(processes["con:Naruba"].rows) == 2


def test_process_with_several_conflicts_names_them_all():
    process = read("dirt.csv").processes[0].entry

    assert process.name == "Tesmal coast talks"
    assert process.conflict_names == ("Orvana/Tesmal coast", "Orvana")
    assert process.regions == ("Inner Sea",)


def test_line_named_is_the_physical_one_on_which_the_record_starts():
    lines = [row.line for process in read("dirt.csv").processes for row in process.rows]

    assert lines[:4] == [2, 4, 9, 11]


def test_texts_lose_stray_spaces_and_keep_their_lines():
    read_entries = entries(read("dirt.csv"))

    assert read_entries["1"].title == "Agreement on talks about talks"
    assert read_entries["2"].title == "Ceasefire of Port Selm"
    assert read_entries["2"].parties_text == "Government of Orvana\n\nMovement of the Coast"
    assert len(read_entries["3"].title) > 400


def test_marks_of_missing_values_are_nothing():
    read_entries = entries(read("dirt.csv"))

    assert read_entries["1"].provisions == {"GCh": 1}
    assert read_entries["3"].provisions == {"CeProv": 3, "SsrDdr": 1}
    assert "UcdpCon" not in read_entries["3"].other_codes
    assert (read_entries["4"].status, read_entries["4"].parties_text) == ("", "")


def test_numbers_that_a_spreadsheet_made_decimal_are_whole_again():
    publication = read("dirt.csv")

    assert "3" in entries(publication)
    assert publication.processes[1].key == "902"
    assert entries(publication)["5"].provisions == {"GeWom": 1}


def test_country_codes_are_read_whatever_their_case_and_may_be_blank():
    read_entries = entries(read("dirt.csv"))

    assert read_entries["3"].countries == ("ORV", "NRB")
    assert read_entries["4"].countries == ()


def test_other_coded_columns_are_kept_and_the_source_of_the_text_is_no_provision():
    entry = entries(read("dirt.csv"))["2"]

    assert entry.other_codes == {
        "Contp": "Government/territory",
        "Lgt": "2",
        "UcdpCon": "7001",
        "ImSrc": "1",
    }
    assert "ImSrc" not in entry.provisions


def test_windows_file_with_semicolons_is_read():
    titles = [entry.title for entry in entries(read("latin1-semicolon.csv")).values()]

    assert titles == ["Accord de la Côte; protocole", "Mémoire d’Élan"]


def test_latin1_utf16_and_nul_are_read():
    text = (DATA / "dirt.csv").read_text("utf-8-sig").replace("–", "-")
    latin = text.encode("latin-1") + b"\x81"

    for content in (latin, text.encode("utf-16"), text.replace("Orvana", "Or\x00vana").encode()):
        assert entries(read_publication(PAX, content))["4"].title == "Déclaration de Selm"


def test_each_broken_row_says_why():
    assert reasons(read("broken.csv")) == {
        4: "GeWom: “7” is not a level from 0 to 3",
        9: "agreement 3 stands already on line 7",
        11: "AgtId is empty",
        13: "the row has 12 cells where the header has 27",
        14: "it names neither a process nor a conflict",
        16: "Agt is empty",
        18: "Loc1ISO: “Orvana” is not a code of three letters",
    }


def test_code_or_process_longer_than_any_is_refused():
    content = (DATA / "broken.csv").read_text().replace("Pre,Proc", f"Pre,{'x' * 41}", 1)
    broken = reasons(read_publication(PAX, content.encode()))
    assert broken[2] == f"StageSub: “{'x' * 20}…” is longer than 40 characters"

    nameless = (DATA / "dirt.csv").read_text("utf-8-sig").replace("\nNaruba,", f"\n{'n' * 200},", 1)
    broken = reasons(read_publication(PAX, nameless.encode()))
    assert list(broken.values()) == ["the name of its process is longer than 200 characters"]


def test_identifier_longer_than_any_is_named_as_far_as_it_goes():
    content = (DATA / "broken.csv").read_text().replace(",3,First", f",{'7' * 50},First")
    rows = [
        row for process in read_publication(PAX, content.encode()).processes for row in process.rows
    ]

    assert rows[2].source_id == "7" * 40
    assert "AgtId" in rows[2].reason


def test_columns_that_nobody_reads_are_named():
    content = (DATA / "missing-column.csv").read_text().replace("Contp", "Stage,Mystery", 1)

    publication = read_publication(PAX, content.encode())

    assert publication.unread_columns == ["Mystery"]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "table_empty", "empty"),
        (b"\n\n ,\n", "table_empty", "empty"),
        ((DATA / "missing-column.csv").read_bytes(), "column_missing", "column Stage."),
        (b"Con,PP,Con\n", "column_twice", "Con"),
        (b"Con;PP\n", "column_missing", "columns PPName, Reg"),
        ((DATA / "dirt.csv").read_bytes() + b'"never closed', "table_broken", "line 18"),
    ],
)
def test_file_that_cannot_be_trusted_is_refused_whole(content, code, words):
    with pytest.raises(Refused) as refusal:
        read_publication(PAX, content)

    assert refusal.value.code == code
    assert words in str(refusal.value.message)


def test_blank_rows_are_skipped():
    content = (DATA / "dirt.csv").read_bytes() + b"\n" + b"," * 26 + b"\n"

    assert len(entries(read_publication(PAX, content))) == 7


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(content):
    header = ",".join(PAX.required).encode() + b"\n"

    with contextlib.suppress(Refused):
        read_publication(PAX, header + content)
