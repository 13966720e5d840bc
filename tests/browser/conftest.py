"""A real browser for tests that look at pages as a person does."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

# Playwright's loop runs in the test's own thread; Django would take that for an asynchronous view.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's chromium once."""
    if CHROMIUM is None:
        not_run = "NOT RUN: no chromium on this machine (apt-get install chromium)"
        warnings.warn(not_run, stacklevel=1)
        pytest.skip(not_run)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of the live server in a given language and window."""
    contexts: list[BrowserContext] = []

    def open_at(
        path: str, *, language: str = "en", width: int = 1440, scheme: Any = "light"
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        context.add_cookies(
            [{"name": "django_language", "value": language, "url": live_server.url}]
        )
        page = context.new_page()
        page.goto(f"{live_server.url}{path}")
        return page

    yield open_at
    for context in contexts:
        context.close()


@pytest.fixture
def open_as(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a window in which a person is logged in.

    What the window's console complains of is kept in ``page.complaints``.
    """
    contexts: list[BrowserContext] = []

    def open_window(user: Any, *, language: str = "en", width: int = 1280) -> Page:
        client = Client()
        client.force_login(user)
        cookies = {
            settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value,
            settings.LANGUAGE_COOKIE_NAME: language,
        }
        context = browser.new_context(viewport={"width": width, "height": 900})
        contexts.append(context)
        context.add_cookies(
            [
                {"name": name, "value": value, "url": live_server.url}
                for name, value in cookies.items()
            ]
        )
        page = context.new_page()
        page.complaints = []  # type: ignore[attr-defined]
        page.on("console", lambda said: _keep(page, said.type, said.text))
        page.on("pageerror", lambda error: _keep(page, "error", str(error)))
        return page

    yield open_window
    for context in contexts:
        context.close()


def _keep(page: Any, kind: str, text: str) -> None:
    if kind in ("error", "warning"):
        page.complaints.append(text)
