"""Content in three languages: columns ``_en``, ``_fr``, ``_ar`` with a marked fallback."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

LANGUAGE_CODES = ("en", "fr", "ar")
RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True)
class Worded:
    """A text with the language it is really in, so that a page can mark a fallback."""

    text: str
    language: str
    is_fallback: bool

    @property
    def direction(self) -> str:
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    def __str__(self) -> str:
        return self.text


def worded(obj: Any, stem: str, language: str | None = None) -> Worded:
    """Return ``obj.<stem>_<language>``; where empty, the first of en, fr, ar that is not.

    Args:
        obj: anything with the three columns.
        stem: the columns' common name, for instance ``title``.
        language: two-letter code; the reader's language when omitted.
    """
    wanted = (language or get_language() or "en")[:2]
    for code in (wanted, *LANGUAGE_CODES):
        text = getattr(obj, f"{stem}_{code}", "")
        if text:
            return Worded(text, code, is_fallback=code != wanted)
    return Worded("", wanted, is_fallback=False)


def in_language(obj: Any, stem: str, language: str | None = None) -> str:
    """Return only the text of :func:`worded`."""
    return worded(obj, stem, language).text
