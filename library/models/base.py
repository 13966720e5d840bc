"""Who sees the library: the staff of the General Secretariat, and nobody else."""

from __future__ import annotations

from typing import Any, Self

from common.scoping import ScopedQuerySet, is_reader


def reads_library(user: Any) -> bool:
    """Tell whether the person may open the library: active staff whose role sees files."""
    return is_reader(user) and bool(user.is_secretariat)


class LibraryQuerySet(ScopedQuerySet):
    """Rows of the library belong to no file and to both worlds; they are hidden from outsiders."""

    def visible_to(self, user: Any) -> Self:
        return self if reads_library(user) else self.none()
