"""Translation catalogues: what is found in code and templates, kept, checked, merged and compiled."""

from __future__ import annotations

import gettext
import io
import json
from textwrap import dedent

import polib
import pytest
from django.core.management import CommandError, call_command

from common import catalogues
from common.catalogues import Message

# Finding ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('_("One file")', [Message("One file")]),
        ('gettext_lazy("One " "file")', [Message("One file")]),
        ('ngettext("%(n)s file", "%(n)s files", n)', [Message("%(n)s file", "%(n)s files")]),
        ('pgettext("month", "May")', [Message("May", context="month")]),
        (
            'translation.npgettext("desk", "%(n)s file", "%(n)s files", n)',
            [Message("%(n)s file", "%(n)s files", "desk")],
        ),
        ("_(variable)", []),
        ('_("")', []),
        ("_()", []),
        ("_(3)", []),
        ('other("Not for people")', []),
        ('registry["x"]("Not for people")', []),
    ],
)
def test_strings_of_python(source, expected):
    assert list(catalogues.in_python(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% translate "One file" %}', [Message("One file")]),
        ("{% translate 'The “file”' as x %}", [Message("The “file”")]),
        ('{% translate "Not yet 100 %" %}', [Message("Not yet 100 %%")]),
        ('{% translate "May" context "month" %}', [Message("May", context="month")]),
        ('{{ _("One file")|upper }}', [Message("One file")]),
        ('{% include "x.html" with label=_("A (closed) file") %}', [Message("A (closed) file")]),
        (
            "{% blocktranslate trimmed %}\n  One\n  file of {{ state }}\n{% endblocktranslate %}",
            [Message("One file of %(state)s")],
        ),
        ("{% blocktranslate %}One\nfile{% endblocktranslate %}", [Message("One\nfile")]),
        (
            "{% blocktranslate trimmed count n=rows|length %}{{ n }} file{% plural %}{{ n }} files"
            "{% endblocktranslate %}",
            [Message("%(n)s file", "%(n)s files")],
        ),
        (
            '{% blocktranslate context "desk" %}One file{% endblocktranslate %}',
            [Message("One file", context="desk")],
        ),
        ("{# translate nothing #}<p>Not for people</p>", []),
    ],
)
def test_strings_of_a_template(source, expected):
    assert list(catalogues.in_template("{% load i18n %}" + source, "x.html")) == expected


def test_call_that_never_closes_is_passed_over():
    source = '{# Translators: like _("File" elsewhere #}\n{% translate "One file" %}'

    found = catalogues.in_template("{% load i18n %}" + source, "x.html")

    assert list(found) == [Message("One file")]


@pytest.fixture
def house(tmp_path, settings):
    """A house of one app with a template, and room for its catalogues."""
    files = {
        "desk/apps.py": '_("Desk")',
        "desk/views.py": '_("One file")\n_("Desk")\nngettext("%(n)s file", "%(n)s files", n)',
        "desk/migrations/0001_desk.py": '_("Long gone")',
        "other/views.py": '_("Not an app")',
        "templates/desk/list.html": (
            "{% load i18n %}{% blocktranslate %}Files of {{ x }}{% endblocktranslate %}"
        ),
        "templates/desk/mail.txt": '{% load i18n %}{% translate "A letter" %}',
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    settings.BASE_DIR, settings.LOCALE_PATHS = tmp_path, [tmp_path / "locale"]
    return tmp_path


def test_strings_of_the_house_stand_with_their_first_place(house):
    assert catalogues.house_messages(house) == {
        Message("Desk"): "desk/apps.py",
        Message("One file"): "desk/views.py",
        Message("%(n)s file", "%(n)s files"): "desk/views.py",
        Message("Files of %(x)s"): "templates/desk/list.html",
        Message("A letter"): "templates/desk/mail.txt",
    }


# Keeping ----------------------------------------------------------------------------------------


def write(language, *entries):
    """Write a catalogue that holds these entries and no other."""
    catalogue = catalogues.load(language)
    catalogue.clear()
    catalogue.extend(polib.POEntry(**entry) for entry in entries)
    path = catalogues.catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))


def test_first_catalogue_has_every_string_empty_and_the_plurals_of_its_language(house):
    messages = catalogues.house_messages(house)

    kept = {language: catalogues.update(language, messages) for language in ("fr", "ar")}

    for language, forms in (("fr", 2), ("ar", 6)):
        read = catalogues.load(language)
        assert {catalogues.key_of(entry) for entry in read} == set(messages)
        assert len(kept[language]) == len(messages)
        counted = next(entry for entry in read if entry.msgid_plural)
        assert list(counted.msgstr_plural.values()) == [""] * forms
        assert read.metadata["Language"] == language
        assert read.metadata["Plural-Forms"].startswith(f"nplurals={forms};")


def test_update_keeps_translations_tells_contexts_apart_and_drops_what_is_gone(house):
    write(
        "fr",
        {"msgid": "May", "msgstr": "Mai", "msgctxt": "month"},
        {"msgid": "May", "msgstr": "Pouvoir"},
        {"msgid": "Gone", "msgstr": "Parti"},
    )

    catalogues.update("fr", {Message("May", context="month"): "a.py", Message("New"): "b.py"})

    kept = [(e.msgid, e.msgctxt, e.msgstr, e.occurrences) for e in catalogues.load("fr")]
    assert kept == [("May", "month", "Mai", [("a.py", "")]), ("New", None, "", [("b.py", "")])]


# Checking ---------------------------------------------------------------------------------------

ONE, MANY = Message("%(n)s of %(all)s"), Message("%(n)s file", "%(n)s files")


@pytest.mark.parametrize(
    ("message", "entry", "fault"),
    [
        (ONE, {"msgstr": "%(n)s sur %(all)s"}, None),
        (ONE, {"msgstr": "%(all)s : %(n)s"}, None),
        (ONE, None, "not translated"),
        (ONE, {"msgstr": ""}, "not translated"),
        (ONE, {"msgstr": "%(n)s sur %(all)s", "flags": ["fuzzy"]}, "not translated"),
        (ONE, {"msgstr": "%(n)s sur %(tout)s"}, "unknown placeholder ['tout']"),
        (ONE, {"msgstr": "%(n)s"}, "placeholder missing ['all']"),
        (MANY, {"msgstr_plural": {0: "Un dossier", 1: "%(n)s dossiers"}}, None),
        (MANY, {"msgstr_plural": {0: "Un dossier", 1: ""}}, "not translated"),
        (MANY, {"msgstr_plural": {0: "%(m)s dossier", 1: "x"}}, "unknown placeholder ['m']"),
    ],
)
def test_fault_of_a_translation_is_named(house, message, entry, fault):
    if entry is not None:
        write("fr", {"msgid": message.text, "msgid_plural": message.plural} | entry)

    lines = catalogues.faults("fr", {message: "a.py"})

    assert len(lines) == (fault is not None)
    if fault:
        assert lines[0].startswith(f"fr: a.py: {fault}: ")


def test_translation_of_what_is_gone_is_a_fault(house):
    write("fr", {"msgid": "Gone", "msgstr": "Parti"})

    assert catalogues.faults("fr", {}) == ["fr: no longer in the house: 'Gone'"]


# The command ------------------------------------------------------------------------------------


def catalogues_command(*arguments):
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("catalogues", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return f"{err.getvalue()}{error}"
    return out.getvalue()


@pytest.fixture
def translated(house, tmp_path):
    """The house with both catalogues updated and all of French merged."""
    catalogues_command("--update")
    sent = [
        {"msgid": "Desk", "translation": "Bureau"},
        {"msgid": "One file", "translation": "Un dossier"},
        {"msgid": "%(n)s file", "translation": ["%(n)s dossier", "%(n)s dossiers"]},
        {"msgid": "Files of %(x)s", "context": "", "translation": "Dossiers : %(x)s"},
        {"msgid": "A letter", "translation": "Une lettre"},
        {"msgid": "Never asked", "translation": "Jamais demandé"},
        {"msgid": "Desk", "context": "other", "translation": ""},
    ]
    path = tmp_path / "fr.json"
    path.write_text(json.dumps(sent), encoding="utf-8")
    return catalogues_command("--merge", "fr", str(path))


def test_update_says_how_many_strings_each_language_has(house):
    assert catalogues_command("--update") == "fr: 5 strings\nar: 5 strings\n"


def test_merge_takes_what_is_asked_for_and_counts(translated):
    assert translated == "fr: 5 of 7 translations taken\n"
    assert catalogues.faults("fr", catalogues.house_messages(catalogues.settings.BASE_DIR)) == []


def test_merge_leaves_what_was_not_sent(translated, house):
    path = house / "more.json"
    path.write_text(json.dumps([{"msgid": "Desk", "translation": "Pupitre"}]), encoding="utf-8")

    catalogues_command("--merge", "fr", str(path))

    texts = {entry.msgid: entry.msgstr for entry in catalogues.load("fr")}
    assert (texts["Desk"], texts["One file"]) == ("Pupitre", "Un dossier")


def test_what_waits_is_printed_for_a_translator(translated):
    waiting = json.loads(catalogues_command("--missing", "ar"))

    assert json.loads(catalogues_command("--missing", "fr")) == []
    assert len(waiting) == 5
    assert {
        "msgid": "%(n)s file",
        "plural": "%(n)s files",
        "context": "",
        "place": "desk/views.py",
        "translation": [""] * 6,
    } in waiting


def test_what_waits_without_a_place_is_printed_too(house):
    write("ar", {"msgid": "May", "msgctxt": "month"})

    assert json.loads(catalogues_command("--missing", "ar")) == [
        {"msgid": "May", "plural": "", "context": "month", "place": "", "translation": ""}
    ]


def test_check_names_every_fault_and_fails(translated):
    said = catalogues_command("--check")

    assert said.count("ar: ") == 5
    assert "fr: " not in said
    assert said.endswith("5 faults; run catalogues --update and translate.")


def test_check_passes_when_every_string_is_there(translated, house):
    for entry in (arabic := catalogues.load("ar")):
        if entry.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(range(6), entry.msgid_plural)
        else:
            entry.msgstr = entry.msgid
    arabic.save(str(catalogues.catalogue_path("ar")))

    assert catalogues_command("--check") == "5 strings, complete in fr, ar\n"


def test_compiled_catalogue_is_read_by_gettext(translated, house):
    assert catalogues_command("--compile") == "2 catalogues compiled\n"

    with (house / "locale/fr/LC_MESSAGES/django.mo").open("rb") as compiled:
        french = gettext.GNUTranslations(compiled)
    assert french.gettext("Desk") == "Bureau"
    assert french.ngettext("%(n)s file", "%(n)s files", 2) == "%(n)s dossiers"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("desk/views.py", '_("One file"'),
        ("desk/views.py", "x = '\0'"),
        ("templates/desk/list.html", "{% load i18n %}{% blocktranslate %}Files of {{ x }}"),
        ("templates/desk/mail.txt", '{% load i18n %}{% translate "A letter %}'),
    ],
)
@pytest.mark.parametrize("act", ["--update", "--check"])
def test_source_that_cannot_be_read_is_named_and_costs_no_translation(
    house, translated, name, text, act
):
    before = {one: catalogues.catalogue_path(one).read_bytes() for one in catalogues.LANGUAGES}
    (house / name).write_text(text, encoding="utf-8")

    said = catalogues_command(act)

    assert said.startswith("Nothing was changed; this file cannot be read:")
    assert str(house / name) in said
    assert before == {
        one: catalogues.catalogue_path(one).read_bytes() for one in catalogues.LANGUAGES
    }


def test_command_wants_one_act():
    with pytest.raises(CommandError, match="required"):
        call_command("catalogues")


def test_template_of_several_lines_is_read_whole():
    source = dedent(
        """
        {% load i18n %}
        {% blocktranslate trimmed with name=state %}
          The consent of {{ name }} is missing
          (sought in writing).
        {% endblocktranslate %}
        {% translate "It's late" %}
        """
    )

    assert [message.text for message in catalogues.in_template(source, "x.html")] == [
        "The consent of %(name)s is missing (sought in writing).",
        "It's late",
    ]
