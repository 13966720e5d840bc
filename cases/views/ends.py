"""The guided ends of a file, by two persons, and its reopening (Rule D4b)."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cases.choices import Outcome
from cases.forms.base import DayForm, ReasonedDayForm, ReasonForm
from cases.forms.disputes import ProposeEndForm
from cases.models import Dispute
from cases.selectors.ends import goes_on
from cases.services import ends
from cases.views.acts import act_view, guarded_act
from cases.views.frame import open_file
from common.text import isolated
from common.web.acts import posted


@act_view
def end_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Propose an honourable way out."""
    dispute = open_file(request, pk)
    return guarded_act(
        request,
        dispute=dispute,
        action="cases.propose_end",
        subject=dispute,
        form=ProposeEndForm(posted(request), dispute=dispute, viewer=request.user),
        act=partial(ends.propose_end, dispute=dispute),
        heading=_("Propose to end the file"),
        submit=_("Propose the end"),
        said=_("The end is proposed. A second person decides."),
        consequences=[
            _("Nothing ends yet: the head of unit or the Assistant Secretary General decides."),
            _("The file is not called settled, and it can be reopened."),
        ],
    )


@act_view
def end_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Approve the proposed end as the second person."""
    dispute = open_file(request, pk)
    outcome = dispute.end_proposed_outcome
    return guarded_act(
        request,
        dispute=dispute,
        action="cases.approve_end",
        subject=dispute,
        form=DayForm(posted(request)),
        act=partial(ends.approve_end, dispute=dispute),
        heading=_("Approve the end of the file"),
        submit=_("End the file"),
        said=_("The file has ended. It can be reopened."),
        consequences=[
            _("Proposed: %(outcome)s. %(reason)s")
            % {
                "outcome": Outcome(outcome).label if outcome else "",
                "reason": dispute.end_proposed_reason,
            },
            *_after_merger(request.user, dispute),
            _("The file ends; nothing can be changed in it until it is reopened."),
            _("Everything on record stays readable."),
        ],
    )


def _after_merger(user: Any, dispute: Dispute) -> list[str]:
    target = goes_on(user, dispute)
    if target is None:
        return []
    words = _("%(reference)s, “%(title)s”, goes on in its place.")
    return [words % {"reference": isolated(target.reference), "title": isolated(target.title)}]


@act_view
def end_decline(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Decline the proposed end."""
    dispute = open_file(request, pk)
    return guarded_act(
        request,
        dispute=dispute,
        action="cases.approve_end",
        subject=dispute,
        form=ReasonForm(posted(request)),
        act=partial(ends.decline_end, dispute=dispute),
        heading=_("Decline to end the file"),
        submit=_("Decline"),
        said=_("The file goes on as before."),
    )


@act_view
def dispute_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Reopen an ended file."""
    dispute = open_file(request, pk)
    return guarded_act(
        request,
        dispute=dispute,
        action="cases.reopen_dispute",
        subject=dispute,
        form=ReasonedDayForm(posted(request)),
        act=partial(ends.reopen_dispute, dispute=dispute),
        heading=_("Reopen the file"),
        submit=_("Reopen the file"),
        said=_("The file is active again."),
        consequences=[
            _("The file becomes active again, as it stood."),
            _("How and why it had ended stays on record."),
        ],
    )
