"""What can stand in the record: each app registers its verbs with the words a reader sees."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from common.errors import Text

READ = "audit.read"
REFUSED = "audit.refused"

OWN: dict[str, Text] = {
    READ: _("read"),
    REFUSED: _("was refused"),
}

_VERBS: dict[str, Text] = {}


def register(verbs: Mapping[str, Text]) -> None:
    """Add an app's verbs; called from ``AppConfig.ready()``."""
    _VERBS.update(verbs)


def words(verb: str) -> Text:
    """Return what a reader sees for a verb; an old verb that no app knows any more shows its name."""
    return _VERBS.get(verb, verb)


def is_known(verb: str) -> bool:
    """Tell whether an app has registered the verb."""
    return verb in _VERBS


def all_verbs() -> dict[str, Text]:
    """Return every registered verb with its words."""
    return dict(_VERBS)
