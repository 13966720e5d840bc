"""Pages of the precedents of a file: published agreements kept beside it, for the Secretariat."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.web import PersonRequest
from cases.forms.base import ConfirmForm
from cases.forms.filing import PrecedentForm
from cases.models import Dispute, Precedent
from cases.services.notes import link_precedent, unlink_precedent
from cases.views.frame import act_context, file_context, open_file
from common.policy import may, require
from common.search import matching
from common.text import normalise
from common.web.acts import act_page, get_visible, posted
from library.models import Agreement

FOUND_SHOWN = 20


def _open_inside(request: PersonRequest, pk: UUID) -> Dispute:
    """Return the file to the Secretariat; for anybody else the page does not exist."""
    dispute = open_file(request, pk)
    if not request.user.is_secretariat:
        raise Http404
    return dispute


@login_required
@require_GET
def precedent_list(request: PersonRequest, pk: UUID) -> HttpResponse:
    """List the precedents of a file, and find others in the library."""
    dispute = _open_inside(request, pk)
    rows = Precedent.objects.visible_to(request.user).filter(dispute=dispute)
    precedents = list(rows.select_related("agreement__process", "linked_by"))
    words = request.GET.get("words", "").strip()
    context = file_context(request, dispute, "precedents")
    context |= {
        "precedents": precedents,
        "words": words,
        "found": _found(request.user, words, {row.agreement_id for row in precedents}),
        "link": may(request.user, "cases.link_precedent", dispute),
    }
    return render(request, "cases/precedent_list.html", context)


def _found(user: Any, words: str, linked: set[UUID]) -> list[Agreement]:
    """Return published agreements that hold every word and are no precedents yet."""
    if not words:
        return []
    rows = matching(Agreement.objects.visible_to(user).listed(), normalise(words))
    return list(rows.exclude(pk__in=linked)[:FOUND_SHOWN])


def _list_url(dispute_pk: UUID) -> str:
    return reverse("cases:precedent_list", args=[dispute_pk])


def _act_context(dispute: Dispute, heading: str, submit: str, **extra: Any) -> dict[str, Any]:
    url = _list_url(dispute.pk)
    context = act_context(dispute, heading, submit, cancel_url=url, **extra)
    context["breadcrumbs"].append((_("Precedents"), url))
    return context


@login_required
@require_http_methods(["GET", "POST"])
def precedent_link(request: PersonRequest, pk: UUID, agreement_pk: UUID) -> HttpResponse:
    """Keep a published agreement beside the file."""
    dispute = _open_inside(request, pk)
    require(request.user, "cases.link_precedent", dispute)
    agreement = get_visible(Agreement, request.user, pk=agreement_pk)
    return act_page(
        request,
        form=PrecedentForm(posted(request)),
        act=partial(link_precedent, actor=request.user, dispute=dispute, agreement=agreement),
        done=_list_url(dispute.pk),
        said=_("The agreement is a precedent of the file now."),
        context=_act_context(dispute, _("Link a precedent"), _("Link"), lead=agreement.title),
        subject=dispute,
    )


@login_required
@require_http_methods(["GET", "POST"])
def precedent_unlink(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Take a precedent away from the file."""
    rows = Precedent.objects.select_related(  # unscoped: get_visible scopes it
        "dispute", "agreement"
    )
    precedent = get_visible(rows, request.user, pk=pk)
    dispute = precedent.dispute
    require(request.user, "cases.link_precedent", dispute)
    return act_page(
        request,
        form=ConfirmForm(posted(request)),
        act=partial(unlink_precedent, actor=request.user, precedent=precedent),
        done=_list_url(dispute.pk),
        said=_("The precedent has been taken away from the file."),
        context=_act_context(
            dispute,
            _("Take the precedent away"),
            _("Take away"),
            lead=precedent.agreement.title,
            consequences=[
                _("The file no longer shows this precedent."),
                _("The published agreement stays in the library."),
            ],
        ),
        subject=precedent,
    )
