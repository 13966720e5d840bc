"""The frame around every page of a dispute file: heading, tabs, classification, breadcrumbs."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.choices import DisputeStatus
from cases.models import Dispute
from cases.policies.rights import is_inside as is_inside
from cases.policies.rights import remember_team
from common.web.trace import note_reading

_STATUS_TONES: dict[str, str] = {
    DisputeStatus.ACTIVE: "green",
    DisputeStatus.SUSPENDED: "amber",
    DisputeStatus.ENDED: "neutral",
}


def open_file(request: HttpRequest, pk: Any) -> Dispute:
    """Return the visible file, knowing whether the person works on it, and note the reading.

    Raises:
        Http404: the person does not see it.
    """
    team = Dispute.objects.of_team(request.user)  # unscoped: whether the file found is among them
    rows = Dispute.objects.visible_to(request.user).select_related("desk_officer", "unit")
    rows = rows.annotate(is_of_team=Exists(team.filter(pk=OuterRef("pk"))))
    dispute: Any = get_object_or_404(rows, pk=pk)
    remember_team(request.user, dispute, dispute.is_of_team)
    note_reading(request, dispute)
    return dispute  # type: ignore[no-any-return]


def tabs_of(user: Any, dispute: Dispute, current: str, *, inside: bool) -> list[dict[str, Any]]:
    """Return the tabs of the file that the person has."""
    tabs: list[tuple[str, str, Any]] = [
        (
            "process",
            _("The file") if dispute.is_thematic else _("Process"),
            "cases:dispute_detail",
        ),
        ("parties", _("Parties"), "cases:party_list"),
        ("consents", _("Consents"), "cases:consent_list"),
        ("mandates", _("Mandates"), "cases:mandate_list"),
        ("agreements", _("Agreements"), "cases:agreement_list"),
        ("documents", _("Documents"), "cases:document_list"),
    ]
    if user.is_secretariat:
        tabs.append(("precedents", _("Precedents"), "cases:precedent_list"))
    if inside:
        tabs.append(("history", _("History"), "cases:dispute_history"))
    if dispute.is_thematic:
        tabs = [tab for tab in tabs if tab[0] not in ("parties", "consents", "agreements")]
    return [
        {"label": label, "url": reverse(name, args=[dispute.pk]), "is_current": key == current}
        for key, label, name in tabs
    ]


def file_context(request: HttpRequest, dispute: Dispute, tab: str, **extra: Any) -> dict[str, Any]:
    """Return the context of ``cases/file_base.html`` for one tab of the file."""
    inside = is_inside(request.user, dispute)
    return {
        "dispute": dispute,
        "inside": inside,
        "status_tone": _STATUS_TONES[dispute.status],
        "tabs": tabs_of(request.user, dispute, tab, inside=inside),
        "page_classification": dispute.classification,
        "page_is_exercise": dispute.is_exercise,
        "breadcrumbs": [
            (_("Files"), reverse("cases:dispute_list")),
            (dispute.reference, reverse("cases:dispute_detail", args=[dispute.pk])),
        ],
        **extra,
    }


def act_context(dispute: Dispute, heading: Any, submit_label: Any, **extra: Any) -> dict[str, Any]:
    """Return the context of ``act.html`` for one act on the file."""
    return {
        "title": heading,
        "heading": heading,
        "submit_label": submit_label,
        "page_classification": dispute.classification,
        "page_is_exercise": dispute.is_exercise,
        "cancel_url": reverse("cases:dispute_detail", args=[dispute.pk]),
        "breadcrumbs": [
            (_("Files"), reverse("cases:dispute_list")),
            (dispute.reference, reverse("cases:dispute_detail", args=[dispute.pk])),
        ],
        **extra,
    }
