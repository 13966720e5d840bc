"""Names in the order in which a reader expects them, whatever the database's collation."""

from __future__ import annotations

from common.text import normalise

_ARABIC_ARTICLE = "ال"


def sort_key(name: str) -> str:
    """Return the key by which a name is put in order: normalised, without article or punctuation.

    The Arabic article does not count: «الجزائر» stands under ج. Neither does the English or the
    French one.
    """
    words = "".join(letter if letter.isalnum() else " " for letter in normalise(name)).split()
    if words and words[0] in {"the", "la", "le", "les", "l"} and len(words) > 1:
        words = words[1:]
    if words and words[0].startswith(_ARABIC_ARTICLE) and len(words[0]) > len(_ARABIC_ARTICLE) + 1:
        words[0] = words[0].removeprefix(_ARABIC_ARTICLE)
    return " ".join(words)
