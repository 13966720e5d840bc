"""One search box: each app registers a scoped source, each source costs one query."""

from __future__ import annotations

from typing import Any

from django.db.models import F, FloatField, Func, Q, QuerySet, TextField, Value

from common.extensions import SearchHit
from common.extensions import search as sources
from common.text import normalise

LIMIT_PER_SOURCE = 10
MIN_LENGTH = 2


def run(user: Any, query: str, limit: int = LIMIT_PER_SOURCE) -> list[tuple[str, list[SearchHit]]]:
    """Return the hits of every source that has some, best first within each.

    Args:
        query: as typed, in any of the three languages, references in any written form.
        limit: at most so many hits of one source.
    """
    words = normalise(query)
    if len(words) < MIN_LENGTH:
        return []
    found = [(key, list(provider(user, words, limit))) for key, provider in sources]
    return [(key, hits) for key, hits in found if hits]


def matching(rows: QuerySet[Any], words: str, column: str = "search_text") -> QuerySet[Any]:
    """Return the rows whose normalised text holds every word of a normalised query.

    Each word is a LIKE that the trigram index of the column serves.
    """
    condition = Q()
    for word in words.split()[:8]:
        condition &= Q(**{f"{column}__contains": word})
    return rows.filter(condition)


class Similarity(Func):
    """Trigram similarity of a column to a query, for ordering what was found."""

    function = "word_similarity"
    output_field = FloatField()

    def __init__(self, words: str, column: str = "search_text") -> None:
        super().__init__(Value(words, output_field=TextField()), F(column))
