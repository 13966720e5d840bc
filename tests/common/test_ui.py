"""The tags of the design system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from common.choices import Classification
from common.templatetags import ui
from common.web.widgets import GroupedCheckboxes


def draw(source: str, **context: Any) -> str:
    return Template("{% load ui %}" + source).render(Context(context)).strip()


@dataclass
class Titled:
    title_en: str = ""
    title_fr: str = ""
    title_ar: str = ""


class Sample(forms.Form):
    title_en = forms.CharField()
    title_ar = forms.CharField(widget=forms.Textarea)
    person = forms.CharField()
    email = forms.EmailField()
    on = forms.DateField()
    at = forms.DateTimeField()
    is_checked = forms.BooleanField(help_text="Look first.")
    kind = forms.ChoiceField(choices=[("a", "A")], help_text="One of them.")
    one = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    grouped = forms.MultipleChoiceField(
        choices=[("North", [("a", "A"), ("b", "B")]), ("South", [("c", "C")]), ("None", [])],
        widget=GroupedCheckboxes,
    )
    many = forms.MultipleChoiceField(
        choices=[("a", "A")], widget=forms.CheckboxSelectMultiple, help_text="All that apply."
    )
    file = forms.FileField()
    parts = forms.SplitDateTimeField()
    secret = forms.CharField(widget=forms.HiddenInput)


def test_tri_in_the_readers_language_is_plain() -> None:
    assert draw("{% tri it 'title' %}", it=Titled(title_en="A < B")) == "A &lt; B"


def test_tri_marks_a_fallback_with_its_language_and_direction() -> None:
    found = draw("{% tri it 'title' %}", it=Titled(title_ar="المياه"))
    assert found == '<span lang="ar" dir="rtl">المياه</span>'


def test_ref_is_isolated() -> None:
    assert draw("{{ it|ref }}", it="9/52-POL") == '<bdi class="ref" dir="ltr">9/52-POL</bdi>'
    assert draw("{{ it|ref }}", it="") == ""


@pytest.mark.parametrize("tag", ["day", "dual_date", "moment"])
def test_absent_date_prints_nothing(tag: str) -> None:
    assert draw("{% " + tag + " it %}", it=None) == ""


def test_day_is_written_day_first() -> None:
    found = draw("{% day it %}", it=date(2026, 3, 3))
    assert found == '<time datetime="2026-03-03">3 March 2026</time>'


def test_dual_date_has_both_calendars() -> None:
    found = draw("{% dual_date it %}", it=date(2026, 3, 3))
    assert found == '<time datetime="2026-03-03">3 March 2026 · 14 Ramadan 1447</time>'


def test_dual_date_of_a_moment_is_the_readers_day() -> None:
    found = draw("{% dual_date it %}", it=datetime(2026, 3, 2, 22, 30, tzinfo=UTC))
    assert 'datetime="2026-03-03"' in found


def test_day_of_a_naive_moment_is_its_own() -> None:
    assert "2 March 2026" in draw("{% day it %}", it=datetime(2026, 3, 2, 22, 30))  # noqa: DTZ001


def test_moment_has_the_time_of_day() -> None:
    found = draw("{% moment it %}", it=datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    assert found == '<time datetime="2026-03-02T12:30:00+03:00">2 March 2026, 12:30</time>'


@pytest.mark.parametrize("level", list(Classification))
def test_classification_has_a_style_and_words(level: Classification) -> None:
    assert ui.classification_key(level) == level.name.lower()
    assert ui.classification_label(int(level)) == str(level.label)


def test_panel_frames_its_content_with_one_act() -> None:
    found = draw(
        "{% panel 'Basis' id='basis' act_label='Add' act_url='/add/' %}<p>x</p>{% endpanel %}"
    )
    assert '<section class="panel" id="basis">' in found
    assert "<h2>Basis</h2>" in found
    assert '<a href="/add/">Add</a>' in found
    assert "<p>x</p>" in found


def test_panel_escapes_its_title() -> None:
    assert "&lt;b&gt;" in draw("{% panel it %}{% endpanel %}", it="<b>")


def test_inset_carries_its_tone_and_title() -> None:
    found = draw("{% inset 'warning' title='Mind' %}x{% endinset %}")
    assert "inset-warning" in found
    assert "Mind" in found


def test_table_frame_can_be_reached_by_keyboard() -> None:
    found = draw(
        "{% table_frame label='Files' is_dense=True is_stacked=True %}{% endtable_frame %}"
    )
    assert 'aria-label="Files"' in found
    assert 'tabindex="0"' in found
    assert "is-dense is-stacked" in found


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("person", "text"),
        ("title_ar", "textarea"),
        ("on", "date"),
        ("at", "datetime"),
        ("is_checked", "checkbox"),
        ("kind", "select"),
        ("one", "choices"),
        ("many", "choices"),
        ("grouped", "grouped"),
        ("file", "file"),
        ("parts", "group"),
        ("secret", "hidden"),
    ],
)
def test_field_kind_follows_the_widget(name: str, kind: str) -> None:
    assert ui.field_kind(Sample()[name]) == kind


def test_boxes_in_groups_stand_open_where_something_is_ticked() -> None:
    field = Sample(initial={"grouped": ["c"]})["grouped"]

    groups = ui.option_groups(field)

    assert [(group.label, len(group.options), group.ticked) for group in groups] == [
        ("North", 2, 0),
        ("South", 1, 1),
    ]
    assert all(group.is_open for group in groups)
    found = draw("{% include 'components/field.html' %}", field=field)
    assert found.count("<details") == 2
    assert "chosen: 1" in found


def test_long_list_of_boxes_opens_only_the_groups_with_a_tick(monkeypatch) -> None:
    monkeypatch.setattr(ui, "SHORT_LIST", 2)

    groups = ui.option_groups(Sample(initial={"grouped": ["c"]})["grouped"])

    assert [group.is_open for group in groups] == [False, True]


def test_control_of_a_column_has_its_language() -> None:
    form = Sample()
    assert 'lang="ar" dir="rtl"' in ui.control(form["title_ar"])
    assert 'lang="en" dir="ltr"' in ui.control(form["title_en"])


def test_control_of_free_text_follows_what_is_typed() -> None:
    form = Sample()
    assert 'dir="auto"' in ui.control(form["person"])
    assert 'dir="ltr"' in ui.control(form["email"])


def test_control_of_a_date_is_native_in_every_language() -> None:
    with translation.override("fr"):
        form = Sample(initial={"on": date(2026, 3, 14), "at": datetime(2026, 3, 14, 9, 30)})  # noqa: DTZ001
        assert 'type="date"' in ui.control(form["on"])
        assert 'value="2026-03-14"' in ui.control(form["on"])
        assert 'type="datetime-local"' in ui.control(form["at"])
        assert 'value="2026-03-14T09:30"' in ui.control(form["at"])


def test_form_says_what_is_wrong_on_top_and_beside_the_field() -> None:
    found = draw("{% include 'components/form.html' with submit_label='Save' %}", form=Sample({}))
    assert found.count('href="#id_person"') == 1
    assert 'id="id_person_error"' in found
    assert 'aria-describedby="id_person_error"' in found
    assert 'enctype="multipart/form-data"' in found


def test_every_description_of_a_field_is_on_the_page() -> None:
    found = draw("{% include 'components/fields.html' %}", form=Sample({}))
    described = {
        name
        for part in found.split('aria-describedby="')[1:]
        for name in part.split('"', 1)[0].split()
    }
    assert described
    assert [name for name in described if f'id="{name}"' not in found] == []


def test_links_of_the_error_summary_lead_to_something() -> None:
    found = draw("{% include 'components/form.html' with submit_label='Save' %}", form=Sample({}))
    targets = [part.split('"', 1)[0] for part in found.split('href="#')[1:]]
    assert targets
    assert [name for name in targets if f'id="{name}"' not in found] == []


class Grouped(forms.Form):
    states = forms.MultipleChoiceField(widget=GroupedCheckboxes, required=False)

    def __init__(self, choices: list[Any], data: Any = None) -> None:
        super().__init__(data)
        self.fields["states"].choices = choices


def test_boxes_stand_in_groups_and_a_group_with_a_tick_is_open() -> None:
    many = [(str(number), f"State {number}") for number in range(ui.SHORT_LIST)]
    choices = [("Africa", [("a", "A"), ("b", "B")]), ("Asia", many), ("Elsewhere", [])]

    groups = ui.option_groups(Grouped(choices, {"states": ["b"]})["states"])

    assert [(group.label, len(group.options), group.ticked) for group in groups] == [
        ("Africa", 2, 1),
        ("Asia", ui.SHORT_LIST, 0),
    ]
    assert [group.is_open for group in groups] == [True, False]


def test_groups_of_a_short_list_stand_open() -> None:
    [group] = ui.option_groups(Grouped([("Africa", [("a", "A")])])["states"])
    assert (group.ticked, group.is_open) == (0, True)
