"""JSON that cannot hurt: bounded depth, no numbers that no column holds, no NUL, no lone surrogate."""

from __future__ import annotations

import json
import math
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

MAX_DEPTH = 20
MAX_BYTES = 2 * 1024 * 1024
_LARGEST = 2**63 - 1
_MOST_DIGITS = len(str(_LARGEST)) + 1


class StrictJSONParser(JSONParser):
    """DRF's own parser answers 500 to 50,000 opening brackets and to ``1e400``; this one 400."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        raw = stream.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise ParseError(
                _("The request is larger than %(megabytes)d MB.")
                % {"megabytes": MAX_BYTES // 1024 // 1024}
            )
        try:
            value = json.loads(
                raw.decode("utf-8"),
                parse_constant=_refuse_constant,
                parse_float=_finite,
                parse_int=_bounded,
            )
            _check(value, MAX_DEPTH)
        except RecursionError as error:
            raise _too_deep() from error
        except UnicodeError as error:
            raise ParseError(_("The request holds text that is not valid UTF-8.")) from error
        except json.JSONDecodeError as error:
            raise ParseError(
                _("The request is not valid JSON: see line %(line)d, column %(column)d.")
                % {"line": error.lineno, "column": error.colno}
            ) from error
        return value


def _refuse_constant(name: str) -> Any:
    raise ParseError(_("The request is not valid JSON: %(name)s is no value.") % {"name": name})


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise _out_of_range()
    return value


def _bounded(text: str) -> int:
    if len(text) > _MOST_DIGITS or abs(value := int(text)) > _LARGEST:
        raise _out_of_range()
    return value


def _out_of_range() -> ParseError:
    return ParseError(_("A number in the request is out of range."))


def _too_deep() -> ParseError:
    return ParseError(
        _("The request is nested deeper than %(levels)d levels.") % {"levels": MAX_DEPTH}
    )


def _check(value: Any, depth: int) -> None:
    if depth < 0:
        raise _too_deep()
    if isinstance(value, dict):
        for key, inner in value.items():
            _check(key, depth)
            _check(inner, depth - 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth - 1)
    elif isinstance(value, str):
        if "\x00" in value:
            raise ParseError(_("A text in the request holds the character NUL."))
        value.encode("utf-8")
