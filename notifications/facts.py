"""Facts of a notice: kept as JSON, put into words in the reader's language.

A date becomes ``{"on": "2026-03-01"}``; a text that depends on the language becomes
``{"en": …, "fr": …, "ar": …}``. All else is a string or a whole number.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.functional import Promise

from common.dates import gregorian
from common.i18n import LANGUAGE_CODES, worded

_DATE = "on"


def in_languages(obj: Any, stem: str) -> dict[str, str]:
    """Return ``obj.<stem>_<language>`` as a fact; a language that is missing falls back."""
    return {code: worded(obj, stem, code).text for code in LANGUAGE_CODES}


def stored(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts as the database keeps them.

    Args:
        facts: values are dates, lazy texts, results of :func:`in_languages`, strings or numbers.
    """
    return {name: _stored(value) for name, value in facts.items()}


def in_words(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return stored facts as the present reader's language writes them."""
    return {name: _in_words(value) for name, value in facts.items()}


def _stored(value: Any) -> Any:
    if isinstance(value, date):
        return {_DATE: value.isoformat()[:10]}
    if isinstance(value, Promise):
        return {code: _spoken(value, code) for code in LANGUAGE_CODES}
    if isinstance(value, (int, dict)):
        return value
    return str(value)


def _spoken(text: Promise, language: str) -> str:
    with translation.override(language):
        return str(text)


def _in_words(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if _DATE in value:
        return gregorian(date.fromisoformat(value[_DATE]))
    language = (translation.get_language() or "en")[:2]
    return value.get(language) or next(filter(None, value.values()), "")
