"""The kinds of notice: each app registers its own, with the words a reader sees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.errors import Text
from notifications.choices import MailChoice
from notifications.facts import in_words


def is_of_the_house(user: Any) -> bool:
    """Tell whether the person speaks for no State: staff, mediators, auditors, administrators."""
    return user.state_actor_id is None


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice.

    Args:
        key: ``app.what_happened``.
        label: names it in lists and preferences.
        sentence: a whole sentence; its named placeholders are filled from the notice's facts when it
            is read, in the reader's language.
        group: under which heading it stands; the daily digest counts by it.
        subjects: labels of the models of which it speaks (``cases.Task``).
        why: a sentence that says why one gets it; the label stands in its place when empty.
        is_required: it cannot be hidden, nor its e-mail turned off; only when it comes is chosen.
        default_mail: until the person chooses otherwise.
        is_for: to whom the preferences offer it.
    """

    key: str
    label: Text
    sentence: Text
    group: Text
    subjects: tuple[str, ...] = ()
    why: Text = ""
    is_required: bool = False
    default_mail: str = MailChoice.DIGEST
    is_for: Callable[[Any], bool] = is_of_the_house

    def __post_init__(self) -> None:
        MailChoice(self.default_mail)

    def in_words(self, facts: Mapping[str, Any]) -> str:
        """Return the sentence with stored facts filled in.

        Raises:
            KeyError: a placeholder has no fact.
        """
        return str(self.sentence) % in_words(facts)


_UNKNOWN = NoticeKind(
    key="", label=_("Notice"), sentence=_("Something waits for you."), group=_("Other things")
)
_KINDS: dict[str, NoticeKind] = {}


def register(kinds: Iterable[NoticeKind]) -> None:
    """Add an app's kinds; called from ``AppConfig.ready()``."""
    _KINDS.update({kind.key: kind for kind in kinds})


def known(key: str) -> NoticeKind:
    """Return a kind that may be told of.

    Raises:
        ValueError: no app has registered it.
    """
    if key not in _KINDS:
        raise ValueError(f"{key} is not a registered kind of notice")
    return _KINDS[key]


def of_key(key: str) -> NoticeKind:
    """Return the kind of a notice that was written; one that no app knows any more says little."""
    return _KINDS.get(key, _UNKNOWN)


def offered_to(user: Any) -> list[NoticeKind]:
    """Return the kinds among which the person chooses, by group."""
    offered = [kind for kind in _KINDS.values() if kind.is_for(user)]
    return sorted(offered, key=lambda kind: (str(kind.group), str(kind.label)))


def subject_labels() -> list[str]:
    """Return the labels of all models of which any notice speaks."""
    return sorted({label for kind in _KINDS.values() for label in kind.subjects})
