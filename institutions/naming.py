"""How sessions are named in three languages: "Council of Foreign Ministers, 52nd session".

The organ stands first, so that no language has to decline it. The forms are content, needed in all
three languages at once (search, documents), and therefore kept here and not in the catalogues.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language

from common.i18n import in_language

if TYPE_CHECKING:
    from institutions.models.sessions import Session

_AR_UNITS = (
    "", "الأولى", "الثانية", "الثالثة", "الرابعة", "الخامسة",
    "السادسة", "السابعة", "الثامنة", "التاسعة", "العاشرة",
)  # fmt: skip
_AR_TENS = (
    "", "", "العشرون", "الثلاثون", "الأربعون",
    "الخمسون", "الستون", "السبعون", "الثمانون", "التسعون",
)  # fmt: skip

_NUMBERED = {
    "en": {
        "ordinary": "{n} session",
        "extraordinary": "{n} extraordinary session",
        "joint": "{n} joint session",
    },
    "fr": {
        "ordinary": "{n} session",
        "extraordinary": "{n} session extraordinaire",
        "joint": "{n} session conjointe",
    },
    "ar": {
        "ordinary": "الدورة {n}",
        "extraordinary": "الدورة الاستثنائية {n}",
        "joint": "الدورة المشتركة {n}",
    },
}
_WITH = {"en": "{label}, with {other}", "fr": "{label}, avec {other}", "ar": "{label}، مع {other}"}
_COMMA = {"en": ", ", "fr": ", ", "ar": "، "}


def ordinal_en(number: int) -> str:
    """Return 1st, 2nd, 3rd, 11th, 52nd."""
    suffix = (
        "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{suffix}"


def ordinal_fr(number: int) -> str:
    """Return 1re, 52e (feminine, as « session » is)."""
    return "1re" if number == 1 else f"{number}e"


def ordinal_ar(number: int) -> str:
    """Return the feminine ordinal in words to 99 («الثانية والخمسون»), the figure above."""
    if number > 99:
        return str(number)
    tens, unit = divmod(number, 10)
    if number <= 10:
        return _AR_UNITS[number]
    first = "الحادية" if unit == 1 else _AR_UNITS[unit]
    if tens == 1:
        return f"{first} عشرة"
    return f"{first} و{_AR_TENS[tens]}" if unit else _AR_TENS[tens]


_ORDINALS = {"en": ordinal_en, "fr": ordinal_fr, "ar": ordinal_ar}


def session_ordinal(kind: str, number: int | None, language: str | None = None) -> str:
    """Return "52nd session", « 52e session », «الدورة الثانية والخمسون».

    Args:
        kind: a value of ``SessionKind``.
        number: None for a joint session, which has none.
        language: two-letter code; the reader's language when omitted.
    """
    code = _language(language)
    if number is None:
        return _NUMBERED[code][kind].format(n="").strip()
    return _NUMBERED[code][kind].format(n=_ORDINALS[code](number))


def session_label(session: Session, language: str | None = None) -> str:
    """Return the whole name of a session, its organ first; a joint one names the other body.

    A joint session without a number also bears its year, which is all that tells it from others.
    """
    code = _language(language)
    organ = in_language(session.organ.actor, "name", code)
    label = f"{organ}{_COMMA[code]}{session_ordinal(session.kind, session.number, code)}"
    if session.joint_with is not None:
        other = in_language(session.joint_with, "name", code)
        label = _WITH[code].format(label=label, other=other)
    if session.number is None and session.starts_on is not None:
        label = f"{label}{_COMMA[code]}{session.starts_on.year}"
    return label


def _language(language: str | None) -> str:
    code = (language or get_language() or "en")[:2]
    return code if code in _NUMBERED else "en"
