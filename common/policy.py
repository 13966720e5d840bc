"""One answer to "may I": the same verdict guards the act, labels the button and fills the API's refusal.

A policy is a function ``(user, subject) -> Allowed | Denied`` registered under an action's name.
Services call :func:`require`; pages and serializers call :func:`may`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from common.errors import NotPermitted, Refused, Text


@dataclass(frozen=True)
class Allowed:
    """The act is open; `note` may say on what footing ("agreed by Orvana, note of 12 October")."""

    note: Text = ""
    is_allowed: bool = field(default=True, init=False)

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Denied:
    """The act is closed, with the reason in words.

    Args:
        code: stable machine name of the reason.
        reason: a whole translated sentence naming what is missing.
        is_rule: true when a rule of the matter stands in the way (409), false when the person lacks
            the right (403).
        missing: what is missing, item by item.
    """

    code: str
    reason: Text
    is_rule: bool = False
    missing: tuple[str, ...] = ()
    is_allowed: bool = field(default=False, init=False)

    def __bool__(self) -> bool:
        return False


Verdict = Allowed | Denied
Policy = Callable[..., Verdict]

REGISTRY: dict[str, Policy] = {}


def policy(action: str) -> Callable[[Policy], Policy]:
    """Register a policy under its action's name (``app.verb_object``)."""

    def register(function: Policy) -> Policy:
        if action in REGISTRY:
            raise ValueError(f"policy {action} is registered twice")
        REGISTRY[action] = function
        return function

    return register


def may(user: Any, action: str, subject: Any = None, **circumstances: Any) -> Verdict:
    """Say whether `user` may do `action` to `subject`, and why not.

    Raises:
        KeyError: no policy is registered under that name.
    """
    return REGISTRY[action](user, subject, **circumstances)


def require(user: Any, action: str, subject: Any = None, **circumstances: Any) -> Allowed:
    """Return the permission or raise the refusal that the doors know how to show.

    Raises:
        NotPermitted: the person lacks the right.
        Refused: a rule of the matter stands in the way.
    """
    verdict = may(user, action, subject, **circumstances)
    if isinstance(verdict, Allowed):
        return verdict
    error = Refused if verdict.is_rule else NotPermitted
    raise error(verdict.code, verdict.reason, missing=verdict.missing)


def refuse_unless(verdict: Verdict, *, field: str = "") -> None:
    """Raise the refusal of a rule's verdict, beside the form's field it belongs to.

    Raises:
        Refused: the verdict denies.
    """
    if isinstance(verdict, Denied):
        raise Refused(verdict.code, verdict.reason, field=field, missing=verdict.missing)


def first_denied(*verdicts: Verdict) -> Verdict:
    """Return the first refusal among several answers, or the last answer when none refuses."""
    for verdict in verdicts:
        if not verdict:
            return verdict
    return verdicts[-1]
