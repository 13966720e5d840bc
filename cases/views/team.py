"""Acts on the team of a file."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from cases.forms.base import DayForm
from cases.forms.parties import TeamMemberForm
from cases.models import TeamMember
from cases.services.team import add_team_member, end_team_member
from cases.views.access import access_url
from cases.views.acts import act_view, guarded_act
from cases.views.frame import open_file
from common.web.acts import posted


@act_view
def team_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a person into the team."""
    dispute = open_file(request, pk)
    return guarded_act(
        request,
        dispute=dispute,
        action="cases.change_team",
        subject=dispute,
        form=TeamMemberForm(posted(request), dispute=dispute, viewer=request.user),
        act=partial(add_team_member, dispute=dispute),
        heading=_("Add a member to the team"),
        submit=_("Add to the team"),
        said=_("The person is of the team."),
        done=access_url(dispute),
        lead=_("A member sees the whole file, its team's parts too, for the days you give."),
    )


@act_view
def team_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a place in the team."""
    rows = TeamMember.objects.visible_to(request.user).select_related("dispute", "user")
    member = get_object_or_404(rows, pk=pk)
    return guarded_act(
        request,
        dispute=member.dispute,
        action="cases.change_team",
        subject=member.dispute,
        form=DayForm(posted(request)),
        act=partial(end_team_member, member=member),
        heading=_("End the place of %(person)s in the team") % {"person": member.user},
        submit=_("End the place"),
        said=_("The place in the team has its last day."),
        done=access_url(member.dispute),
        consequences=[_("The day is the last one; the right to see the file ends with it.")],
    )
