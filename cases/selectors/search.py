"""What the search box finds in the files a person sees: the files, and their agreements."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.choices import AgreementStage
from cases.models import Agreement, Dispute
from common.extensions import SearchHit
from common.i18n import LANGUAGE_CODES, worded_of
from common.search import Similarity, matching

_TITLES = tuple(f"title_{code}" for code in LANGUAGE_CODES)


def search_files(user: Any, words: str, limit: int) -> list[SearchHit]:
    """Return the files whose reference, titles or parties' names hold every word."""
    column = "search_text" if user.is_secretariat else "outward_search_text"
    rows = matching(Dispute.objects.visible_to(user), words, column)
    ranked = rows.annotate(rank=Similarity(words, column)).order_by("-rank", "-opened_on")
    found = ranked.values_list("rank", "pk", "reference", "classification", *_TITLES)
    return [
        SearchHit(
            kind=_("File"),
            title=title.text,
            language=title.language,
            url=reverse("cases:dispute_detail", args=[key]),
            reference=reference,
            classification=classification,
            rank=rank,
        )
        for rank, key, reference, classification, *titles in found[:limit]
        for title in (worded_of(titles),)
    ]


def search_agreements(user: Any, words: str, limit: int) -> list[SearchHit]:
    """Return the agreements of files whose title holds every word."""
    rows = matching(Agreement.objects.visible_to(user), words)
    found = (
        rows.annotate(rank=Similarity(words))
        .order_by("-rank")
        .values_list(
            "rank",
            "pk",
            "stage",
            "classification",
            "process__dispute__classification",
            "process__dispute__reference",
            *_TITLES,
        )
    )
    return [
        SearchHit(
            kind=_("Agreement"),
            title=title.text,
            language=title.language,
            url=reverse("cases:agreement_detail", args=[key]),
            reference=reference,
            detail=AgreementStage(stage).label,
            classification=max(own, of_file),
            rank=rank,
        )
        for rank, key, stage, own, of_file, reference, *titles in found[:limit]
        for title in (worded_of(titles),)
    ]
