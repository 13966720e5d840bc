"""The page on which all that somebody holds is given to others."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.web import PersonRequest
from cases.forms.tasks import HandOverForm
from cases.selectors.handover import Held
from cases.services.handover import Portion, hand_over
from cases.views.acts import act_view
from common.policy import require
from common.web.acts import act_page, get_visible, posted
from common.web.trace import note_readings


@act_view
def hand_over_work(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show what a person holds, with their numbers, and give what is ticked to another."""
    person: User = get_visible(User, request.user, pk=pk)
    require(request.user, "cases.hand_over", person)
    held = Held(request.user, person, timezone.localdate())
    note_readings(request, list(held.files))

    def give(to: User, **chosen: Any) -> int:
        return hand_over(
            actor=request.user, person=person, portions=[Portion(to, **chosen)], on=held.on
        )

    return act_page(
        request,
        form=HandOverForm(posted(request), held=held),
        act=give,
        done=reverse("cases:hand_over", args=[person.pk]),
        said=_("It was handed over. What is left stands below."),
        template="cases/hand_over.html",
        context={
            "title": _("Hand over what %(person)s holds") % {"person": person},
            "lead": _("All that you tick goes over together, or nothing does."),
            "submit_label": _("Hand over"),
            "cancel_url": reverse("cases:task_list"),
            "held": held,
            "is_empty": not (held.files or held.steps or held.tasks or held.places),
            "breadcrumbs": [(_("Tasks"), reverse("cases:task_list"))],
        },
        subject=person,
    )
