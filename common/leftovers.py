"""Files without a row: taken away when their transaction failed, swept when a process was killed.

A file is written before the row that names it is committed, so that no row ever lacks its file.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.apps import apps
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.files import STORED_NAMES, StoredFile, private_storage
from common.sweeps import Errand, Outcome

logger = logging.getLogger(__name__)
_NO_LONGER_RUNNING = timedelta(days=1)


@contextmanager
def removing_leftovers() -> Iterator[None]:
    """Take away the files that were stored within the block and have no row after it.

    Stands outside of every transaction. A database that cannot be asked leaves them to
    :func:`sweep_leftovers`.
    """
    names: list[str] = []
    token = STORED_NAMES.set(names)
    try:
        yield
    finally:
        STORED_NAMES.reset(token)
        try:
            for name in _lost(names):
                private_storage().delete(name)
        except DatabaseError as error:
            logger.warning("files without a row are left to the sweep: %s", error)


def leftovers(*, before: datetime) -> Iterator[str]:
    """Yield every file that has no row and was written before a moment.

    Args:
        before: early enough that no transaction of that time still runs; a day ago, for instance.
    """
    storage = private_storage()
    for names in _names_by_folder(""):
        yield from _lost([name for name in names if storage.get_modified_time(name) < before])


def sweep_leftovers(*, before: datetime) -> int:
    """Remove every file that has no row and was written before a moment; return how many."""
    names = list(leftovers(before=before))
    for name in names:
        private_storage().delete(name)
    return len(names)


def _run(on: date) -> Outcome:
    count = sweep_leftovers(before=timezone.now() - _NO_LONGER_RUNNING)
    return Outcome(found=count, written=count)


LEFTOVERS = Errand(
    name="common.leftovers",
    label=_("Remove stored files that no row names"),
    run=_run,
    count=lambda on: sum(1 for _name in leftovers(before=timezone.now() - _NO_LONGER_RUNNING)),
    every=60,
)


def _names_by_folder(folder: str) -> Iterator[list[str]]:
    storage = private_storage()
    if not storage.exists(folder):
        return
    folders, files = storage.listdir(folder)
    yield [f"{folder}{name}" for name in files]
    for inner in folders:
        yield from _names_by_folder(f"{folder}{inner}/")


def _lost(names: Iterable[str]) -> set[str]:
    """Return those of the named files that have no row."""
    lost = set(names)
    for model in apps.get_models():
        if lost and issubclass(model, StoredFile):
            lost -= set(
                model._base_manager.filter(content__in=lost).values_list("content", flat=True)
            )
    return lost
