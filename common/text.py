"""Text made comparable: one normalisation for what is stored and for what is searched."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _

_ARABIC = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        "ى": "ي",
        "ة": "ه",
        "ؤ": "و",
        "ئ": "ي",
        "ک": "ك",
        "ی": "ي",
        "ـ": None,
        **{chr(mark): None for mark in range(0x064B, 0x0660)},
        "\u0670": None,
    }
)
_DIGITS = {ord(zero) + offset: str(offset) for zero in "٠۰" for offset in range(10)}
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_SPACE = re.compile(r"\s+")


def latin_digits(text: str) -> str:
    """Return the text with Arabic-Indic and Persian digits as 0 to 9."""
    return text.translate(_DIGITS)


def normalise(text: str) -> str:
    """Return the form in which texts are compared: no case, accents, harakat or letter variants.

    Neither PostgreSQL's Arabic stemmer nor unaccent finds «الوساطة الاسلامية» in «وساطة إسلامية»;
    the same function over both sides does.
    """
    text = latin_digits(unicodedata.normalize("NFKC", text)).translate(_ARABIC).casefold()
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _SPACE.sub(" ", plain.translate(_ARABIC)).strip()


def isolated(value: object) -> str:
    """Return a reference that keeps its own direction inside a sentence, as ``<bdi>`` does."""
    return f"\u2068{value}\u2069" if get_language_bidi() else str(value)


def join_search_text(*parts: str | None) -> str:
    """Return one normalised text of all the parts that have something to say."""
    return normalise(" ".join(part for part in parts if part))


def validate_plain_name(value: str) -> None:
    """Refuse invisible direction marks in names and identifiers.

    Raises:
        ValidationError: the value holds a bidirectional control character or NUL.
    """
    if _BIDI_CONTROLS.search(value) or "\x00" in value:
        raise ValidationError(
            _("Remove the invisible direction marks from this name."), code="bidi_control"
        )
