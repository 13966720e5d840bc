"""The small pure pieces: words, texts, dates, references, verdicts, changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from common import dates, extensions, policy
from common.changes import apply_changes, lock, plain, set_links
from common.choices import AUDIENCE_ORDER, Audience, is_wider
from common.errors import NotPermitted, Refused, Stale
from common.i18n import in_language, worded
from common.reference import ALPHABET, new_reference
from common.text import isolated, join_search_text, latin_digits, normalise, validate_plain_name
from tests.factories.accounts import UnitFactory, UserFactory

# Text -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("الْوَسَاطَةُ الإسلامية", "الوساطة الاسلامية"),
        ("Médiation", "mediation"),
        ("٤٤/٤٤", "44/44"),
        ("  Orvana \n Naruba ", "orvana naruba"),
        ("TÜRKİYE", "turkiye"),
    ],
)
def test_ways_of_writing_one_thing_compare_alike(written, sought):
    assert normalise(written) == normalise(sought)


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


def test_search_text_leaves_out_what_is_empty():
    assert join_search_text("A", None, "", "B") == "a b"


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "9/52-POL"), ("fr", "9/52-POL"), ("ar", "\u20689/52-POL\u2069")]
)
def test_reference_keeps_its_direction_in_an_arabic_sentence(language, shown):
    with translation.override(language):
        assert isolated("9/52-POL") == shown


def test_persian_digits_are_digits():
    assert latin_digits("۴۴") == "44"


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f", "\u061c", "\x00"])
def test_invisible_marks_in_names_are_refused(mark):
    with pytest.raises(ValidationError):
        validate_plain_name(f"Or{mark}vana")


# Languages, dates, references -------------------------------------------------------------------


def test_missing_language_falls_back_and_is_marked():
    thing = SimpleNamespace(title_en="", title_fr="Dossier", title_ar="ملف")

    with translation.override("en"):
        text = worded(thing, "title")

    assert (text.text, text.language, text.is_fallback, text.direction) == (
        *("Dossier", "fr", True),
        "ltr",
    )
    assert str(worded(thing, "title", "ar")) == "ملف"
    assert worded(thing, "title", "ar").direction == "rtl"
    assert in_language(SimpleNamespace(), "title", "en") == ""


def test_both_calendars_stand_side_by_side():
    with translation.override("en"):
        assert dates.both(date(2017, 7, 10)).endswith("16 Shawwal 1438")
    with translation.override("ar"):
        assert "1438" in dates.both(date(2017, 7, 10)).split(" · ")[0]


@pytest.mark.parametrize(
    ("language", "day", "words"),
    [
        ("en", date(2026, 3, 1), "1 March 2026"),
        ("fr", date(2026, 3, 1), "1er mars 2026"),
        ("fr-ca", date(2026, 3, 1), "1er mars 2026"),
        ("fr", date(2026, 3, 11), "11 mars 2026"),
        ("fr", date(2026, 3, 2), "2 mars 2026"),
    ],
)
def test_first_day_of_a_month_is_1er_in_french(language, day, words):
    with translation.override(language):
        assert dates.gregorian(day) == words


def test_language_of_no_request_is_english():
    with translation.override(None):
        assert worded(SimpleNamespace(title_en="File", title_fr="Dossier"), "title").text == "File"
        assert dates.both(date(2017, 7, 10)).endswith("16 Shawwal 1438")


def test_hijri_speaks_from_the_first_to_the_last_day_of_its_calendar():
    with translation.override("en"):
        assert dates.hijri(dates.FIRST_HIJRI_DAY) == "1 Muharram 1343"
        assert dates.hijri(dates.LAST_HIJRI_DAY) == "30 Dhu al-Hijjah 1500"


@pytest.mark.parametrize(
    "day", [dates.FIRST_HIJRI_DAY - timedelta(days=1), dates.LAST_HIJRI_DAY + timedelta(days=1)]
)
def test_hijri_is_silent_outside_its_calendar(day):
    assert dates.hijri(day) == ""
    with translation.override("en"):
        assert " · " not in dates.both(day)


def test_reference_counts_nothing():
    references = {new_reference("MED", 2026) for _ in range(200)}

    assert len(references) > 190
    prefix, year, letters = references.pop().split("-")
    assert (prefix, year, len(letters)) == ("MED", "2026", 5)
    assert set(letters) <= set(ALPHABET)


def test_audience_is_wider_in_one_direction():
    assert is_wider(Audience.SHARED, Audience.TEAM)
    assert not is_wider(Audience.TEAM, Audience.TEAM)
    assert len(AUDIENCE_ORDER) == len(Audience)


# Verdicts ---------------------------------------------------------------------------------------


@pytest.fixture
def one_policy(monkeypatch):
    monkeypatch.setattr(policy, "REGISTRY", {})

    def give(verdict):
        policy.policy("test.act")(lambda user, subject, **circumstances: verdict)

    return give


def test_permission_is_returned_with_its_note(one_policy):
    one_policy(policy.Allowed(note="agreed by Orvana"))

    assert policy.require(None, "test.act").note == "agreed by Orvana"
    assert policy.may(None, "test.act").is_allowed


@pytest.mark.parametrize(("is_rule", "error"), [(True, Refused), (False, NotPermitted)])
def test_denial_becomes_the_error_of_its_kind(one_policy, is_rule, error):
    one_policy(policy.Denied("code", "Because.", is_rule=is_rule, missing=("consent",)))

    with pytest.raises(error) as raised:
        policy.require(None, "test.act")

    assert raised.value.code == "code"
    assert raised.value.missing == ("consent",)
    assert str(raised.value) == "Because."
    assert not policy.may(None, "test.act")


def test_policy_is_registered_once(one_policy):
    one_policy(policy.Allowed())

    with pytest.raises(ValueError, match="twice"):
        one_policy(policy.Allowed())


def test_rule_refuses_beside_its_field():
    policy.refuse_unless(policy.Allowed())

    with pytest.raises(Refused) as refusal:
        policy.refuse_unless(policy.Denied("code", "Because."), field="on")
    assert refusal.value.field == "on"


def test_first_refusal_among_several_answers():
    no, yes, last = policy.Denied("a", "A."), policy.Allowed(), policy.Allowed(note="last")

    assert policy.first_denied(yes, no, policy.Denied("b", "B.")) is no
    assert policy.first_denied(yes, last) is last


def test_provider_is_registered_once():
    registry = extensions.Registry("test", "for a test")
    registry.register("a", len)
    registry.register("a", len)

    with pytest.raises(ValueError, match="twice"):
        registry.register("a", str)
    assert [key for key, _provider in registry] == ["a"]


# Changes ----------------------------------------------------------------------------------------


def test_changes_name_before_and_after_and_raise_the_version():
    row = SimpleNamespace(title="A", on=date(2026, 1, 1), version=3)

    changed = apply_changes(row, {"title": "A", "on": date(2026, 2, 1)})

    assert changed == {"on": ["2026-01-01", "2026-02-01"]}
    assert row.version == 4


def test_row_without_versions_changes_all_the_same():
    row = SimpleNamespace(title="A")

    assert apply_changes(row, {"title": "B"}) == {"title": ["A", "B"]}
    assert vars(row) == {"title": "B"}


def test_no_change_leaves_the_version():
    row = SimpleNamespace(title="A", version=3)

    assert apply_changes(row, {"title": "A"}) == {}
    assert row.version == 3


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (datetime(2026, 1, 1, tzinfo=UTC), "2026-01-01T00:00:00+00:00"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        ((1, date(2026, 1, 1)), [1, "2026-01-01"]),
        (None, None),
        (True, True),
        (1.5, 1.5),
        (b"x", "b'x'"),
    ],
)
def test_plain_values_are_json(value, kept):
    assert plain(value) == kept


def test_plain_object_is_its_key(db):
    unit = UnitFactory()

    assert plain(unit) == str(unit.pk)


def test_links_that_change_are_named_and_raise_the_version(db):
    officer, group = UserFactory(), Group.objects.create(name="team:x")
    before = sorted(officer.groups.values_list("pk", flat=True))

    assert set_links(officer, "groups", [group]) == {"groups": [before, [group.pk]]}
    assert officer.version == 2
    assert set_links(officer, "groups", [group]) == {}


def test_links_of_a_row_without_versions_change_all_the_same(db):
    group, officer = Group.objects.create(name="team:x"), UserFactory()

    assert set_links(group, "user_set", [officer]) == {"user_set": [[], [str(officer.pk)]]}
    assert not hasattr(group, "version")
    assert list(group.user_set.all()) == [officer]


def test_lock_reads_afresh_and_refuses_a_stale_version(db):
    unit = UnitFactory()
    type(unit).objects.filter(pk=unit.pk).update(code="FRESH")

    assert lock(unit).code == "FRESH"
    assert lock(unit, version=1).code == "FRESH"
    with pytest.raises(Stale):
        lock(unit, version=2)
