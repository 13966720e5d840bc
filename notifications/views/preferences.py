"""What one wants to be told, how and when."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.web.acts import act_page, posted
from notifications.forms import PreferencesForm
from notifications.selectors import choices_of, hours_of
from notifications.services.preferences import choose_preferences


@login_required
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Choose, by kind and channel, what comes; the quiet hours; the hour of the digest."""
    form = PreferencesForm(
        posted(request), choices=choices_of(request.user), hours=hours_of(request.user)
    )
    return act_page(
        request,
        form=form,
        act=partial(choose_preferences, actor=request.user),
        done=reverse("notifications:preferences"),
        said=_("Your choices are kept."),
        template="notifications/preferences.html",
        context={
            "title": _("Notices and e-mail"),
            "breadcrumbs": [
                (_("Notices"), reverse("notifications:notices")),
                (_("Notices and e-mail"), ""),
            ],
        },
    )
