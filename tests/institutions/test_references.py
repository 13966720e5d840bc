"""Every written form of a resolution's reference (domain.md § 4)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.references import Reference, clean_tag, parse, parse_within


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("44/44-POL", "44/44-POL"),
        ("POL-53/45", "53/45-POL"),
        ("53/45", "53/45"),
        ("45/10-P(IS)", "45/10-P(IS)"),
        ("44/44-س", "44/44-POL"),
        ("9/20-أت", "9/20-ORG"),
        ("18/7-س (ق.أ)", "18/7-P(IS)"),
        ("٤٤/٤٤-س", "44/44-POL"),
        ("١٨/٧-س (ق.أ)", "18/7-P(IS)"),
        ("53 / 45 – pol", "53/45-POL"),
        ("Res. 53/45-POL", "53/45-POL"),
        ("resolution No. 53/45-POL", "53/45-POL"),
        ("القرار رقم 44/44-س", "44/44-POL"),
        ("P(IS)-45/10", "45/10-P(IS)"),
        ("\u200f44/44-س\u200e", "44/44-POL"),
        ("53/45−POL", "53/45-POL"),
        ("2/47-MM", "2/47-MM"),
        ("3/19-ث", "3/19-ث"),
        ("18/7-س (ق.ا)", "18/7-P(IS)"),
        ("9/20-ات", "9/20-ORG"),
    ],
)
def test_reference_every_written_form(written: str, latin: str) -> None:
    found = parse(written)

    assert found is not None
    assert found.latin == latin


@pytest.mark.parametrize(
    "written", ["44/44-POL", "45/10-P(IS)", "53/45", "2/47-MM", "1/38-ORG", "14/19-C"]
)
def test_reference_latin_form_round_trips(written: str) -> None:
    found = parse(written)

    assert found is not None
    assert found.latin == written


@pytest.mark.parametrize("written", ["44/44-س", "9/20-أت", "18/7-س (ق.أ)", "53/45", "3/19-ث"])
def test_reference_arabic_form_round_trips(written: str) -> None:
    found = parse(written)

    assert found is not None
    assert found.arabic == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "POL",
        "53",
        "53/45/44",
        "0/45-POL",
        "53/0",
        "53/45-POL-ORG",
        "POL-53/45-ORG",
        "53/45-TOOLONGTAG",
        "12345/4",
        "the 53/45th",
        "50%/45",
    ],
)
def test_reference_what_is_none(text: str) -> None:
    assert parse(text) is None


tags = st.sampled_from(["", "POL", "ORG", "MM", "C", "EC", "P", "P(IS)", "POL(IS)", "CS", "ث"])


@given(st.integers(1, 9999), st.integers(1, 999), tags)
def test_reference_latin_form_is_read_back_whole(number: int, session: int, tag: str) -> None:
    reference = Reference(number, session, tag)

    assert parse(reference.latin) == reference


@given(st.integers(1, 9999), st.integers(1, 999), tags)
def test_reference_arabic_form_means_the_same(number: int, session: int, tag: str) -> None:
    reference = Reference(number, session, tag)
    read = parse(reference.arabic)

    assert read is not None
    assert read.means(reference)
    assert read.arabic == reference.arabic


_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@given(st.integers(1, 9999), st.integers(1, 999), tags, st.sampled_from(["-", " - ", "–", " "]))
def test_reference_digits_and_dashes_do_not_matter(
    number: int, session: int, tag: str, dash: str
) -> None:
    reference = Reference(number, session, tag)
    written = reference.latin.replace("-", dash, 1).translate(_EASTERN)

    assert parse(written) == reference


@given(st.text(max_size=40))
def test_reference_any_text_is_read_or_refused(text: str) -> None:
    found = parse(text)

    assert found is None or parse(found.latin) == found


def test_reference_untagged_fits_every_tag() -> None:
    assert Reference(53, 45).means(Reference(53, 45, "POL"))
    assert Reference(53, 45, "POL").means(Reference(53, 45))
    assert not Reference(53, 45).means(Reference(53, 46, "POL"))


def test_reference_old_tag_means_political() -> None:
    assert Reference(21, 25, "POL").means(Reference(21, 25, "P"))
    assert not Reference(21, 25, "POL").means(Reference(21, 25, "P(IS)"))
    assert str(Reference(21, 25, "P")) == "21/25-P"


@pytest.mark.parametrize(
    ("written", "session", "latin"),
    [
        ("53-POL", 45, "53/45-POL"),
        ("53", 45, "53/45"),
        ("53/45-POL", 45, "53/45-POL"),
        ("3-POL", None, "3-POL"),
        ("3", None, "3"),
        ("٥٣-س", 45, "53/45-POL"),
        ("45-P(IS)", 10, "45/10-P(IS)"),
    ],
)
def test_reference_within_a_known_session(written: str, session: int | None, latin: str) -> None:
    found = parse_within(written, session)

    assert found is not None
    assert found.latin == latin


def test_reference_within_a_session_refuses_what_is_none() -> None:
    assert parse_within("nothing", 45) is None
    assert parse_within("nothing", None) is None


@pytest.mark.parametrize(
    ("written", "tag"), [("س", "POL"), ("pol", "POL"), ("أت", "ORG"), ("p (is)", "P(IS)"), ("", "")]
)
def test_tag_as_the_register_keeps_it(written: str, tag: str) -> None:
    assert clean_tag(written) == tag
