"""The design system in a real browser: every component, each language, both schemes, two widths."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OpenPage = Callable[..., Page]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_style_guide_passes_axe(
    open_page: OpenPage, language: str, width: int, scheme: str
) -> None:
    page = open_page(reverse("styleguide"), language=language, width=width, scheme=scheme)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]] == []


@pytest.mark.parametrize("width", [1440, 1024, 768, 390, 320])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_style_guide_never_scrolls_sideways(open_page: OpenPage, language: str, width: int) -> None:
    page = open_page(reverse("styleguide"), language=language, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_style_guide_runs_from_right_to_left_in_arabic(open_page: OpenPage) -> None:
    page = open_page(reverse("styleguide"), language="ar")
    assert page.get_attribute("html", "dir") == "rtl"
    stages = page.locator(".track > li")
    first, last = stages.first.bounding_box(), stages.last.bounding_box()
    assert first is not None
    assert last is not None
    assert first["x"] > last["x"]


def test_latin_page_loads_no_arabic_face(open_page: OpenPage) -> None:
    page = open_page(reverse("account_login"))
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family)"
    )
    assert any("Plex" in family for family in loaded)
    assert not any("Arabic" in family for family in loaded)


def test_first_tab_reaches_the_skip_link(open_page: OpenPage) -> None:
    page = open_page(reverse("styleguide"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_marking_repeats_on_every_printed_sheet(open_page: OpenPage) -> None:
    page = open_page(reverse("styleguide"))
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.bands')).display") == (
        "table-header-group"
    )
