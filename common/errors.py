"""The errors that services raise and doors translate: a form error, problem+json, an exit code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    #: A sentence for a person: plain, or translated when it is shown.
    Text: TypeAlias = str | _StrPromise
else:
    Text = str


class HouseError(Exception):
    """Something a person asked for was not done; `message` says why in the reader's language."""

    status = 400

    def __init__(
        self, code: str, message: Text, *, field: str = "", missing: Sequence[str] = ()
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field
        self.missing = tuple(missing)

    def __str__(self) -> str:
        return str(self.message)


class Refused(HouseError):
    """A rule of the house forbids the act now; nothing was changed (HTTP 409).

    Args:
        code: stable machine name of the rule, for instance ``consent_missing``.
        message: a whole translated sentence that names what is missing.
        field: the form field the refusal belongs to, if there is one.
        missing: what is missing, item by item, each in words.
    """

    status = 409


class NotPermitted(HouseError):
    """The actor sees the object but may not do this to it (HTTP 403)."""

    status = 403


class Stale(HouseError):
    """Somebody else changed the object since it was read (HTTP 412)."""

    status = 412
