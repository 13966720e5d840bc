"""Content in three languages: columns ``_en``, ``_fr``, ``_ar`` with a marked fallback."""

from __future__ import annotations

from collections.abc import Sequence
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
    return worded_of([getattr(obj, f"{stem}_{code}", "") for code in LANGUAGE_CODES], language)


def worded_of(texts: Sequence[str], language: str | None = None) -> Worded:
    """Return the same of three texts that are no object's: in English, French and Arabic."""
    wanted = (language or get_language() or "en")[:2]
    found = dict(zip(LANGUAGE_CODES, texts, strict=True))
    for code in (wanted, *LANGUAGE_CODES):
        if found.get(code):
            return Worded(found[code], code, is_fallback=code != wanted)
    return Worded("", wanted, is_fallback=False)


def in_language(obj: Any, stem: str, language: str | None = None) -> str:
    """Return only the text of :func:`worded`."""
    return worded(obj, stem, language).text
