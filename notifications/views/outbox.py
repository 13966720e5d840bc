"""The outbox for its keeper: what did not arrive, the server's words, and sending it again.

Of a mail's content nothing is shown: no reference, no title, no link.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common.api.pagination import page_of
from common.policy import may
from common.web.acts import act_page, get_visible, posted
from notifications.choices import MailState
from notifications.forms import ConfirmForm, OutboxForm
from notifications.models import Mail
from notifications.policies import MANAGE, REPLAY
from notifications.selectors import outbox_counts
from notifications.services.outbox import replay_all, replay_mail

Page = Callable[..., HttpResponse]


def keepers_page(view: Page) -> Page:
    """Show the page to who keeps the outbox; for anybody else it does not exist."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: UUID) -> HttpResponse:
        if not may(request.user, MANAGE):
            raise Http404
        return view(request, **kwargs)

    return guarded


@keepers_page
@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """List what is in trouble, or what stands in a chosen state."""
    form = OutboxForm(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    rows = Mail.objects.visible_to(request.user)
    rows = rows.filter(state=state) if state else rows.in_trouble()
    page = page_of(rows.select_related("user"), request.GET.get("page"))
    counts = outbox_counts(request.user)
    context = {
        "title": _("Outgoing mail"),
        "breadcrumbs": [(_("Outgoing mail"), "")],
        "form": form,
        "state": state,
        "page": page,
        "rows": [(mail, may(request.user, REPLAY, mail)) for mail in page],
        "figures": [
            {"value": counts[each.value], "label": each.label}
            for each in (MailState.WAITING, MailState.REFUSED, MailState.BOUNCED, MailState.DEAD)
        ],
        "can_replay_all": Mail.objects.visible_to(request.user).replayable().exists(),
    }
    return render(request, "notifications/outbox.html", context)


@keepers_page
@require_http_methods(["GET", "POST"])
def replay(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send one mail again."""
    mail: Mail = get_visible(Mail, request.user, pk=pk)
    return act_page(
        request,
        form=ConfirmForm(posted(request)),
        act=partial(replay_mail, actor=request.user, mail=mail),
        done=reverse("notifications:outbox"),
        said=_("The mail is on its way again."),
        context={
            "title": _("Send the mail again"),
            "lead": mail.to,
            "submit_label": _("Send it again"),
            "cancel_url": reverse("notifications:outbox"),
            "consequences": [
                _(
                    "It goes to the address that the account has now, if the person may still see it."
                ),
                _("It keeps its Message-ID: who has it already does not get a second."),
            ],
            "breadcrumbs": _trail(),
            "tone": "main",
        },
        subject=mail,
    )


@keepers_page
@require_http_methods(["GET", "POST"])
def replay_everything(request: HttpRequest) -> HttpResponse:
    """Send everything in trouble again."""
    return act_page(
        request,
        form=ConfirmForm(posted(request)),
        act=partial(replay_all, actor=request.user),
        done=reverse("notifications:outbox"),
        said=_("Everything that could be sent again is on its way."),
        context={
            "title": _("Send everything again"),
            "submit_label": _("Send everything again"),
            "cancel_url": reverse("notifications:outbox"),
            "consequences": [
                _("Every mail that was refused, came back or was given up is tried anew."),
                _("Invitations and links to a new password are not: their text is not kept."),
            ],
            "breadcrumbs": _trail(),
            "tone": "main",
        },
    )


def _trail() -> list[tuple[str, str]]:
    return [(_("Outgoing mail"), reverse("notifications:outbox"))]
