"""The tags of the design system: content in languages, dates, references, frames, form controls.

Every component that takes only values is an include (``templates/components/``); those that wrap a
piece of a page are block tags here and render their own component template.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, widgets
from django.forms.boundfield import BoundWidget
from django.template import Context
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common import dates
from common.choices import Classification
from common.i18n import LANGUAGE_CODES, RIGHT_TO_LEFT, worded
from common.web.widgets import GroupedCheckboxes

register = template.Library()

_KINDS: tuple[tuple[type[widgets.Widget], str], ...] = (
    (GroupedCheckboxes, "grouped"),
    (widgets.RadioSelect, "choices"),
    (widgets.CheckboxSelectMultiple, "choices"),
    (widgets.CheckboxInput, "checkbox"),
    (widgets.ClearableFileInput, "file"),
    (widgets.FileInput, "file"),
    (widgets.MultiWidget, "group"),
    (widgets.Select, "select"),
    (widgets.Textarea, "textarea"),
    (widgets.DateTimeInput, "datetime"),
    (widgets.DateInput, "date"),
)
#: Up to so many boxes every group stands open.
SHORT_LIST = 12
_ISO_INPUTS = {"date": ("date", "%Y-%m-%d"), "datetime": ("datetime-local", "%Y-%m-%dT%H:%M")}


# Content ----------------------------------------------------------------------------------------


@register.simple_tag
def tri(obj: Any, stem: str) -> SafeString | str:
    """Print ``obj.<stem>_<language>``; a fallback carries its own ``lang`` and ``dir``.

    Example: ``{% tri dispute "title" %}``.
    """
    text = worded(obj, stem)
    if not text.is_fallback:
        return text.text
    return format_html(
        '<span lang="{}" dir="{}">{}</span>', text.language, text.direction, text.text
    )


@register.filter
def ref(value: Any) -> SafeString | str:
    """Isolate a reference or a number from the direction of the text around it."""
    return format_html('<bdi class="ref" dir="ltr">{}</bdi>', value) if value else ""


@register.filter
def side_by_side(names: list[str]) -> SafeString:
    """Print the names of those who stand beside each other, each in its own direction."""
    if not names:
        return format_html('<span class="soft">{}</span>', "—")
    return format_html_join(" – ", "<bdi>{}</bdi>", ((name,) for name in names))


@register.simple_tag
def day(value: date | datetime | None) -> SafeString | str:
    """Print a date in the reader's words: 3 March 2026."""
    if value is None:
        return ""
    on = _local_day(value)
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), dates.gregorian(on))


@register.simple_tag
def dual_date(value: date | datetime | None) -> SafeString | str:
    """Print a date in both calendars: 3 March 2026 · 14 Ramadan 1447 (Hijri first in Arabic)."""
    if value is None:
        return ""
    on = _local_day(value)
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), dates.both(on))


@register.simple_tag
def moment(value: datetime | None) -> SafeString | str:
    """Print a date with its time of day, in the reader's time zone."""
    if value is None:
        return ""
    at = timezone.localtime(value)
    text = formats.date_format(at, "DATETIME_FORMAT")
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="seconds"), text)


def _local_day(value: date | datetime) -> date:
    if not isinstance(value, datetime):
        return value
    return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()


# Classification ---------------------------------------------------------------------------------


@register.filter
def classification_key(value: int) -> str:
    """Return the style name of a classification: open, restricted, confidential, secret."""
    return Classification(value).name.lower()


@register.filter
def classification_label(value: int) -> str:
    """Return the classification in the reader's words."""
    return str(Classification(value).label)


@register.simple_tag(takes_context=True)
def classification_badge(context: Context, level: int) -> SafeString:
    """Draw the badge of a classification; a long list draws each but once."""
    kept: Any = context.render_context
    drawn: dict[int, SafeString] = kept.setdefault("classification_badges", {})
    if level not in drawn:
        drawn[level] = render_to_string(
            "components/classification_badge.html", {"classification": level}
        )
    return drawn[level]


# Frames -----------------------------------------------------------------------------------------


@register.simple_block_tag
def panel(content: str, title: str = "", **options: Any) -> str:
    """Frame a piece of the page: ``{% panel _("Basis") id="basis" %}…{% endpanel %}``.

    Args:
        content: what stands between the two tags.
        title: the panel's heading; none when empty.
        options: ``id``, ``level`` (2 by default), ``act_label`` and ``act_url`` for one act at the
            end of the heading, ``is_plain`` for a section without a frame.
    """
    context = {"content": content, "title": title, "level": 2, **options}
    return render_to_string("components/panel.html", context)


@register.simple_block_tag
def inset(content: str, tone: str = "info", title: str = "") -> str:
    """Set a remark apart; ``tone`` is info, success, warning or error."""
    context = {"content": content, "tone": tone, "title": title}
    return render_to_string("components/inset.html", context)


@register.simple_block_tag
def table_frame(content: str, label: str, is_dense: bool = False, is_stacked: bool = False) -> str:
    """Frame a table so that it never widens the page.

    Args:
        content: the table.
        label: what it holds, read aloud when the frame takes the focus.
        is_dense: small type, for tables where people compare.
        is_stacked: rows become cards on a narrow screen; each ``td`` then names its column in
            ``data-label``. Otherwise the table scrolls by itself, by keyboard too.
    """
    context = {
        "content": content,
        "label": label,
        "is_dense": is_dense,
        "is_stacked": is_stacked,
    }
    return render_to_string("components/table_frame.html", context)


# Forms ------------------------------------------------------------------------------------------


@register.filter
def field_kind(field: BoundField) -> str:
    """Name the kind of control a field is drawn with."""
    if field.is_hidden:
        return "hidden"
    widget = field.field.widget
    return next((kind for family, kind in _KINDS if isinstance(widget, family)), "text")


@dataclass(frozen=True)
class OptionGroup:
    """Some of the boxes of a field, under their common name."""

    label: str
    options: list[BoundWidget]
    ticked: int
    is_open: bool


@register.filter
def option_groups(field: BoundField) -> list[OptionGroup]:
    """Return the boxes of a field with :class:`GroupedCheckboxes` by group, empty groups left out."""
    boxes = {str(box.data["value"]): box for box in field}
    groups = []
    for label, choices in field.field.widget.choices:
        options = [boxes[str(value)] for value, _label in choices]
        ticked = sum(box.data["selected"] for box in options)
        is_open = bool(ticked) or len(boxes) <= SHORT_LIST
        if options:
            groups.append(OptionGroup(str(label), options, ticked, is_open))
    return groups


@register.filter
def control(field: BoundField) -> SafeString:
    """Draw a field's control: its style, its native date input, the direction of its language."""
    kind = field_kind(field)
    widget = field.field.widget
    if kind in _ISO_INPUTS and isinstance(widget, widgets.DateTimeBaseInput):
        widget.input_type, widget.format = _ISO_INPUTS[kind]
    return field.as_widget(attrs={"class": f"control control-{kind}", **_direction(field, kind)})


def _direction(field: BoundField, kind: str) -> dict[str, str]:
    """Return ``lang`` and ``dir`` of a control: a column ``title_ar`` is written in Arabic."""
    if kind not in ("text", "textarea"):
        return {}
    code = field.name.rpartition("_")[2]
    if code in LANGUAGE_CODES and "_" in field.name:
        return {"lang": code, "dir": "rtl" if code in RIGHT_TO_LEFT else "ltr"}
    input_type = getattr(field.field.widget, "input_type", "text")
    return {"dir": "auto" if input_type in ("text", "search") else "ltr"}
