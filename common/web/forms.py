"""How forms are drawn where the framework's own way is too slow for a list."""

from __future__ import annotations

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.forms.widgets import Select
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class HouseRenderer(DjangoTemplates):
    """The framework's renderer, but for selects: it fills two templates for each option."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        if template_name == Select.template_name:
            return _select(context["widget"])
        return super().render(template_name, context, request)


def _select(widget: dict[str, Any]) -> SafeString:
    groups = [
        _group(
            name,
            [(option["value"], flatatt(option["attrs"]), option["label"]) for option in options],
        )
        for name, options, _index in widget["optgroups"]
    ]
    return format_html(
        '<select name="{}"{}>{}</select>',
        widget["name"],
        flatatt(widget["attrs"]),
        format_html_join("", "{}", ((group,) for group in groups)),
    )


def _group(name: str | None, options: list[tuple[Any, str, Any]]) -> SafeString:
    drawn = format_html_join("", '<option value="{}"{}>{}</option>', options)
    return format_html('<optgroup label="{}">{}</optgroup>', name, drawn) if name else drawn
