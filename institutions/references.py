"""References of resolutions in every written form (domain.md § 4): read, compare, write.

Pure Python: ``44/44-POL``, ``POL-53/45``, ``53/45``, ``45/10-P(IS)``, ``44/44-س``, ``9/20-أت``,
``18/7-س (ق.أ)``, with digits of either script, spaces and any kind of dash.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from common.text import latin_digits

MAX_NUMBER = 9999
MAX_SESSION = 999

SUMMIT = "(IS)"
SUMMIT_AR = "(ق.أ)"
POLITICAL, POLITICAL_OF_OLD = "POL", "P"
_ARABIC_OF = {POLITICAL: "س", POLITICAL_OF_OLD: "س", "ORG": "أت"}
_LATIN_OF = {"س": POLITICAL, "أت": "ORG", "ات": "ORG"}

_INVISIBLE = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0640]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_SUMMIT_WRITTEN = re.compile(r"\(\s*(?:IS|ق\s*\.?\s*[أا]\s*\.?)\s*\)")
_LEADING_WORDS = re.compile(
    r"^(?:(?:OIC\s+)?RES(?:OLUTION)?\.?|R[ÉE]SOLUTION|القرار|قرار)?\s*"
    r"(?:NO\.?|N°|Nº|رقم)?\s*:?\s*",
    re.IGNORECASE,
)
_TAG = r"(?P<{0}>[A-Z]{{1,8}}|[\u0621-\u064a]{{1,4}})"
_FORM = re.compile(
    rf"^(?:{_TAG.format('before')}\s*-?\s*)?"
    r"(?P<number>[0-9]{1,4})\s*/\s*(?P<session>[0-9]{1,3})"
    rf"(?:\s*-?\s*{_TAG.format('after')})?\s*$"
)


@dataclass(frozen=True)
class Reference:
    """A reference in its parts; ``tag`` is written as in Latin script: ``POL``, ``P(IS)``, ``""``.

    Args:
        number: the resolution's number within its session and tag.
        session: the session's number; 0 where the session has none.
        tag: the subject's tag, with ``(IS)`` behind it for an Islamic Summit.
    """

    number: int
    session: int
    tag: str = ""

    @property
    def latin(self) -> str:
        """As printed in Latin script: ``53/45-POL``, ``45/10-P(IS)``, ``53/45``."""
        return self._written(self.tag)

    @property
    def arabic(self) -> str:
        """As printed in Arabic script: ``53/45-س``, ``18/7-س (ق.أ)``; unknown tags as they are."""
        stem, is_summit = split_tag(self.tag)
        written = _ARABIC_OF.get(stem, stem)
        return self._written(f"{written} {SUMMIT_AR}".lstrip() if is_summit else written)

    @property
    def equivalent_tags(self) -> tuple[str, ...]:
        """Every tag that may mean the same: P is how POL was written of old."""
        stem, is_summit = split_tag(self.tag)
        political = (POLITICAL, POLITICAL_OF_OLD)
        stems = political if stem in political else (stem,)
        return tuple(stem + (SUMMIT if is_summit else "") for stem in stems)

    def means(self, other: Reference) -> bool:
        """Tell whether both may mean the same resolution; an untagged one fits every tag."""
        if (self.number, self.session) != (other.number, other.session):
            return False
        return not self.tag or not other.tag or other.tag in self.equivalent_tags

    def _written(self, tag: str) -> str:
        stem = f"{self.number}/{self.session}" if self.session else str(self.number)
        return f"{stem}-{tag}" if tag else stem

    def __str__(self) -> str:
        return self.latin


def split_tag(tag: str) -> tuple[str, bool]:
    """Return a tag's stem and whether it is a Summit's."""
    return tag.removesuffix(SUMMIT), tag.endswith(SUMMIT)


def clean_tag(written: str) -> str:
    """Return a tag as the register keeps it: Latin capitals, ``(IS)`` closed up, س as POL."""
    text, is_summit = _without_summit_mark(_plain(written))
    text = text.strip(" -")
    stem = _LATIN_OF.get(text, text)
    if is_summit and stem == POLITICAL and text != POLITICAL:
        stem = POLITICAL_OF_OLD  # what Summits wrote in Latin beside س (ق.أ)
    return stem + SUMMIT if is_summit else stem


def parse(text: str) -> Reference | None:
    """Return the reference that a text is, or None when it is none.

    Args:
        text: one reference as somebody wrote it, perhaps after "Res." or «القرار رقم».
    """
    plain = _LEADING_WORDS.sub("", _plain(text), count=1)
    plain, is_summit = _without_summit_mark(plain)
    found = _FORM.match(plain.strip())
    if found is None or (found["before"] and found["after"]):
        return None
    number, session = int(found["number"]), int(found["session"])
    if not (1 <= number <= MAX_NUMBER and 1 <= session <= MAX_SESSION):
        return None
    tag = found["before"] or found["after"] or ""
    return Reference(number, session, clean_tag(tag + (SUMMIT if is_summit else "")))


def parse_within(text: str, session: int | None) -> Reference | None:
    """Return the reference that a text is within a known session: ``53-POL`` or ``53`` will do.

    Args:
        text: as written.
        session: the session's number; None where it has none, and the reference then has none.
    """
    if session is not None and (reference := parse(text)) is not None:
        return reference
    number, dash, tag = _plain(text).partition("-")
    reference = parse(f"{number}/{session or MAX_SESSION}{dash}{tag}")
    if reference is None or session is not None:
        return reference
    return Reference(reference.number, 0, reference.tag)


def _plain(text: str) -> str:
    """Return the text with Latin digits, plain dashes, no invisible marks, in capitals."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return _DASHES.sub("-", latin_digits(text)).upper().strip()


def _without_summit_mark(text: str) -> tuple[str, bool]:
    shortened, count = _SUMMIT_WRITTEN.subn("", text)
    return shortened.strip(), bool(count)
