"""Pages of the parties to a dispute, and of what sets them at odds."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.forms.parties import (
    ChangePartyForm,
    ChangeRootCauseForm,
    PartyForm,
    RootCauseForm,
)
from cases.models import Dispute, Party, RootCause
from cases.services import parties as services
from cases.views.acts import act_view, guarded_act
from cases.views.frame import file_context, open_file
from common.policy import may
from common.web.acts import posted


@login_required
@require_GET
def party_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the parties with their wordings, the States concerned and the root causes."""
    dispute = open_file(request, pk)
    if dispute.is_thematic:
        raise Http404
    parties = Party.objects.visible_to(request.user).filter(dispute=dispute)
    causes = RootCause.objects.visible_to(request.user).filter(dispute=dispute)
    context = file_context(request, dispute, "parties")
    context["parties"] = parties.select_related("actor").prefetch_related("processes")
    if context["inside"]:
        context |= {
            "causes": causes,
            "change": may(request.user, "cases.change_dispute", dispute),
            "states": dispute.states_concerned.select_related("actor"),
        }
    return render(request, "cases/party_list.html", context)


def _list_url(dispute: Dispute) -> str:
    return reverse("cases:party_list", args=[dispute.pk])


@act_view
def party_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a party of any kind."""
    dispute = open_file(request, pk)
    return guarded_act(
        request,
        dispute=dispute,
        action="cases.change_dispute",
        subject=dispute,
        form=PartyForm(posted(request), dispute=dispute, viewer=request.user),
        act=partial(services.add_party, dispute=dispute),
        heading=_("Add a party"),
        submit=_("Add the party"),
        said=_("The party is on the file."),
        done=_list_url(dispute),
        template="cases/party_add.html",
        add_actor=may(request.user, "institutions.add_actor"),
    )


@act_view
def party_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a party's wordings or the days it is one."""
    rows = Party.objects.visible_to(request.user).select_related("dispute", "actor")
    party = get_object_or_404(rows, pk=pk)
    form = ChangePartyForm(posted(request), instance=party, initial={"version": party.version})
    return guarded_act(
        request,
        dispute=party.dispute,
        action="cases.change_dispute",
        subject=party.dispute,
        form=form,
        act=partial(services.change_party, party=party),
        heading=_("Change the party: %(party)s") % {"party": party.name},
        submit=_("Save"),
        said=_("The party has been changed."),
        done=_list_url(party.dispute),
    )


@act_view
def cause_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record a root cause."""
    dispute = open_file(request, pk)
    form = RootCauseForm(posted(request), initial={"identified_on": timezone.localdate()})
    return guarded_act(
        request,
        dispute=dispute,
        action="cases.change_dispute",
        subject=dispute,
        form=form,
        act=partial(services.add_root_cause, dispute=dispute),
        heading=_("Record a root cause"),
        submit=_("Record"),
        said=_("The cause is on record."),
        done=_list_url(dispute),
        lead=_("Each cause is an entry of its own, seen by the team of the file only."),
    )


@act_view
def cause_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct a root cause."""
    rows = RootCause.objects.visible_to(request.user).select_related("dispute")
    cause = get_object_or_404(rows, pk=pk)
    form = ChangeRootCauseForm(posted(request), instance=cause, initial={"version": cause.version})
    return guarded_act(
        request,
        dispute=cause.dispute,
        action="cases.change_dispute",
        subject=cause.dispute,
        form=form,
        act=partial(services.change_root_cause, cause=cause),
        heading=_("Correct the root cause"),
        submit=_("Save"),
        said=_("The cause has been corrected."),
        done=_list_url(cause.dispute),
    )
