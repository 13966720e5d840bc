"""What the search box finds in the files a person sees: the files, and their agreements."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Agreement, Dispute
from common.extensions import SearchHit
from common.i18n import worded
from common.search import Similarity, matching


def search_files(user: Any, words: str, limit: int) -> list[SearchHit]:
    """Return the files whose reference, titles or parties' names hold every word."""
    column = "search_text" if user.is_secretariat else "outward_search_text"
    rows = matching(Dispute.objects.visible_to(user), words, column)
    rows = rows.annotate(rank=Similarity(words, column))
    hits = []
    for dispute in rows.order_by("-rank", "-opened_on")[:limit]:
        title = worded(dispute, "title")
        hits.append(
            SearchHit(
                kind=_("File"),
                title=title.text,
                language=title.language,
                url=reverse("cases:dispute_detail", args=[dispute.pk]),
                reference=dispute.reference,
                classification=dispute.classification,
                rank=dispute.rank,
            )
        )
    return hits


def search_agreements(user: Any, words: str, limit: int) -> list[SearchHit]:
    """Return the agreements of files whose title holds every word."""
    rows = matching(Agreement.objects.visible_to(user), words).annotate(rank=Similarity(words))
    hits = []
    for agreement in rows.select_related("process__dispute").order_by("-rank")[:limit]:
        title = worded(agreement, "title")
        hits.append(
            SearchHit(
                kind=_("Agreement"),
                title=title.text,
                language=title.language,
                url=reverse("cases:agreement_detail", args=[agreement.pk]),
                reference=agreement.process.dispute.reference,
                detail=agreement.get_stage_display(),
                classification=agreement.effective_classification,
                rank=agreement.rank,
            )
        )
    return hits
