"""The acts by which a concerned State comes to see a file, and ceases to (Rule D7)."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from cases.forms.base import DayForm
from cases.forms.parties import NotifyStateForm
from cases.models import StateNotification
from cases.services.sharing import end_sharing, notify_state, share_with_state
from cases.views.access import access_url
from cases.views.acts import act_view, guarded_act
from cases.views.frame import open_file
from common.web.acts import posted


@act_view
def state_notify(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record that a concerned State was notified of the file."""
    dispute = open_file(request, pk)
    return guarded_act(
        request,
        dispute=dispute,
        action="cases.notify_state",
        subject=dispute,
        form=NotifyStateForm(posted(request), dispute=dispute, viewer=request.user),
        act=partial(notify_state, dispute=dispute),
        heading=_("Notify a State of the file"),
        submit=_("Record the notification"),
        said=_("The State is notified. It sees nothing until the file is shared with it."),
        done=access_url(dispute),
        lead=_("A notified State still sees nothing: sharing the file is an act of its own."),
    )


def _notification(request: HttpRequest, pk: UUID) -> StateNotification:
    rows = StateNotification.objects.visible_to(request.user)
    rows = rows.select_related("dispute", "state__actor")
    notification: StateNotification = get_object_or_404(rows, pk=pk)
    return notification


@act_view
def state_share(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Share the file's outward parts with a notified State."""
    notification = _notification(request, pk)
    state = {"state": notification.state}
    return guarded_act(
        request,
        dispute=notification.dispute,
        action="cases.share_with_state",
        subject=notification,
        form=DayForm(posted(request)),
        act=partial(share_with_state, notification=notification),
        heading=_("Share this file with %(state)s") % state,
        submit=_("Share the file"),
        said=_("The file is shared with %(state)s.") % state,
        done=access_url(notification.dispute),
        consequences=[
            _("Its delegation sees the title, the parties' neutral names and outward stages."),
            _(
                "It sees adopted mandates, agreements, its own consents, and documents meant for it."
            ),
            _("It sees no summary, no team, no real stage, and nothing of the other side."),
        ],
        tone="main",
    )


@act_view
def sharing_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End the sharing with a State."""
    notification = _notification(request, pk)
    state = {"state": notification.state}
    return guarded_act(
        request,
        dispute=notification.dispute,
        action="cases.share_with_state",
        subject=notification,
        form=DayForm(posted(request)),
        act=partial(end_sharing, notification=notification),
        heading=_("End the sharing with %(state)s") % state,
        submit=_("End the sharing"),
        said=_("The file is no longer shared with %(state)s.") % state,
        done=access_url(notification.dispute),
        consequences=[
            _("Its delegation no longer finds the file, from this moment."),
            _("What it has read stays on record."),
        ],
    )
