"""What the search box finds in the register: actors, and resolutions in every written form."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from common.extensions import SearchHit
from common.i18n import worded
from common.search import Similarity, matching
from institutions.choices import ActorKind
from institutions.models import Actor, Resolution
from institutions.references import parse


def url_of_actor(actor: Actor) -> str:
    """Return the page of an actor; States and organs have pages of their own."""
    name = {ActorKind.STATE: "state_detail", ActorKind.ORGAN: "organ_detail"}.get(
        ActorKind(actor.kind), "actor_detail"
    )
    return reverse(f"institutions:{name}", args=[actor.pk])


def search_actors(user: Any, words: str, limit: int) -> list[SearchHit]:
    """Return the actors whose names or code hold every word."""
    rows = matching(Actor.objects.visible_to(user), words)
    rows = rows.annotate(rank=Similarity(words)).order_by("-rank", "sort_en")[:limit]
    hits = []
    for actor in rows:
        name = worded(actor, "name")
        hits.append(
            SearchHit(
                kind=actor.get_kind_display(),
                title=name.text,
                language=name.language,
                url=url_of_actor(actor),
                reference=actor.code,
                rank=actor.rank,
            )
        )
    return hits


def search_resolutions(user: Any, words: str, limit: int) -> list[SearchHit]:
    """Return the resolutions that a written reference may mean, or whose titles hold the words."""
    visible = Resolution.objects.visible_to(user)
    reference = parse(words)
    rows: Any = visible.referred_to(reference) if reference else matching(visible, words)
    rows = rows.annotate(rank=Similarity(words)).order_by("-rank", "-session__starts_on")
    hits = []
    for resolution in rows.with_session()[:limit]:
        title = worded(resolution, "title")
        hits.append(
            SearchHit(
                kind=_("Resolution"),
                title=title.text,
                language=title.language,
                url=reverse("institutions:resolution_detail", args=[resolution.pk]),
                reference=resolution.reference,
                detail=resolution.session.label,
                rank=resolution.rank,
            )
        )
    return hits
