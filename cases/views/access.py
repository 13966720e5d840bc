"""The page "who may see this file, and why", with the team and the States notified."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.models import Dispute, StateNotification, TeamMember
from cases.selectors.audience import who_may_see
from cases.views.frame import file_context, open_file
from cases.views.shown import shown_acts
from common.policy import may


@login_required
@require_GET
def dispute_access(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the Secretariat who may see the file and why, its team, and which States were notified."""
    dispute = open_file(request, pk)
    user: Any = request.user
    if not user.is_secretariat:
        raise Http404
    context = file_context(request, dispute, "")
    team = TeamMember.objects.visible_to(user).filter(dispute=dispute)
    notified = StateNotification.objects.visible_to(user).filter(dispute=dispute)
    context["breadcrumbs"].append((_("Who may see this file"), ""))
    context |= {
        "seers": who_may_see(dispute),
        "team": team.select_related("user"),
        "notifications": notified.select_related("state__actor", "notified_by"),
        "today": timezone.localdate(),
        "change_team": may(user, "cases.change_team", dispute),
        "share": may(user, "cases.notify_state", dispute),
        "acts": _acts(user, dispute),
    }
    return render(request, "cases/dispute_access.html", context)


def _acts(user: Any, dispute: Dispute) -> list[dict[str, Any]]:
    acts = [
        (_("Add a member to the team"), "cases:team_add", "cases.change_team"),
        (_("Assign the desk officer"), "cases:dispute_assign", "cases.assign_officer"),
        (_("Change the classification"), "cases:dispute_reclassify", "cases.reclassify"),
        (_("Notify a State of the file"), "cases:state_notify", "cases.notify_state"),
    ]
    return shown_acts(user, dispute, acts)


def access_url(dispute: Dispute) -> str:
    """Return where the acts of team and sharing lead back to."""
    return reverse("cases:dispute_access", args=[dispute.pk])
