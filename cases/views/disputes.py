"""Pages of the file: the lists, the file itself, opening and changing it."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.filters import DisputeListFilter, DisputeOutwardFilter, own_files
from cases.forms.base import ReasonedDayForm
from cases.forms.disputes import (
    AssignOfficerForm,
    ChangeDisputeForm,
    OpenDisputeForm,
    ReclassifyForm,
)
from cases.models import Dispute
from cases.selectors.rows import COLUMNS, bring_parties, file_rows
from cases.selectors.sides import Sight
from cases.services import disputes as services
from cases.views.acts import act_view, guarded_act
from cases.views.file_page import show_file
from cases.views.frame import open_file
from common.api.pagination import page_of
from common.grants import learn_groups
from common.policy import may, require
from common.web.acts import act_page, posted

# Lists ------------------------------------------------------------------------------------------


@login_required
@require_GET
def my_files(request: HttpRequest) -> HttpResponse:
    """Show the person's own files: of the desk and the team, or shared with the State."""
    user: Any = request.user
    learn_groups(user)
    rows = Dispute.objects.visible_to(user)
    if user.state_actor_id is None:
        rows = rows.filter(pk__in=own_files(user))
    context = _listed(rows, request)
    if context["is_inside"] and not context["rows"]:
        context |= _listed(Dispute.objects.visible_to(user), request) | {"is_of_others": True}
    context |= {
        "title": _("My files") if context["is_inside"] else _("Files shared with your State"),
        "today": timezone.localdate(),
    }
    return render(request, "cases/my_files.html", context)


@login_required
@require_GET
def dispute_list(request: HttpRequest) -> HttpResponse:
    """List the files that the person sees, narrowed and 50 a page."""
    user: Any = request.user
    learn_groups(user)
    shape = DisputeListFilter if user.is_secretariat else DisputeOutwardFilter
    narrowed = shape(request.GET, Dispute.objects.visible_to(user), request=request)
    rows = narrowed.qs if narrowed.is_valid() else narrowed.queryset.none()
    context = _listed(rows, request)
    context |= {"title": _("Files"), "filter_form": narrowed.form}
    return render(request, "cases/dispute_list.html", context)


def _listed(rows: QuerySet[Any], request: HttpRequest) -> dict[str, Any]:
    """Return one page of files with what a row shows."""
    user: Any = request.user
    page = page_of(rows.values_list(*COLUMNS), request.GET.get("page"))
    listed = file_rows(Sight(user), page)
    bring_parties(user, listed)
    return {
        "page": page,
        "rows": listed,
        "is_inside": user.state_actor_id is None,
        "open_file": may(user, "cases.open_dispute"),
    }


# The file ---------------------------------------------------------------------------------------


@login_required
@require_GET
def dispute_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the file: from inside whole, from outside what was shared (Rule D7)."""
    return show_file(request, open_file(request, pk))


@act_view
def dispute_open(request: HttpRequest) -> HttpResponse:
    """Open a file."""
    user: Any = request.user
    require(user, "cases.open_dispute")
    return act_page(
        request,
        form=OpenDisputeForm(posted(request), viewer=user),
        act=partial(services.open_dispute, actor=user),
        done=_url,
        said=_("The file is open. Add its parties, then its process."),
        context={
            "title": _("Open a dispute file"),
            "submit_label": _("Open the file"),
            "cancel_url": reverse("cases:dispute_list"),
            "breadcrumbs": [(_("Files"), reverse("cases:dispute_list"))],
            "lead": _(
                "A file is the record of one dispute. What need not be written is not asked."
            ),
        },
    )


def _url(dispute: Dispute) -> str:
    return reverse("cases:dispute_detail", args=[dispute.pk])


@act_view
def dispute_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what the file says."""
    dispute = open_file(request, pk)
    form = ChangeDisputeForm(
        posted(request),
        instance=dispute,
        viewer=request.user,
        initial={"version": dispute.version},
    )
    return guarded_act(
        request,
        dispute=dispute,
        action="cases.change_dispute",
        subject=dispute,
        form=form,
        act=partial(services.change_dispute, dispute=dispute),
        heading=_("Change the file"),
        submit=_("Save"),
        said=_("The file has been changed."),
    )


@act_view
def dispute_reclassify(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set the classification of the file."""
    dispute = open_file(request, pk)
    return guarded_act(
        request,
        dispute=dispute,
        action="cases.reclassify",
        subject=dispute,
        form=ReclassifyForm(posted(request), dispute=dispute, viewer=request.user),
        act=partial(services.reclassify_dispute, dispute=dispute),
        heading=_("Change the classification of the file"),
        submit=_("Change the classification"),
        said=_("The classification has been changed."),
        consequences=[
            _("Whoever lacks the clearance no longer sees the file, from this moment."),
            _("A file classified open is seen by all case officers and the registry."),
        ],
    )


@act_view
def dispute_assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the file to a desk officer."""
    dispute = open_file(request, pk)
    return guarded_act(
        request,
        dispute=dispute,
        action="cases.assign_officer",
        subject=dispute,
        form=AssignOfficerForm(posted(request), dispute=dispute, viewer=request.user),
        act=partial(services.assign_desk_officer, dispute=dispute),
        heading=_("Assign the desk officer"),
        submit=_("Assign"),
        said=_("The file has its desk officer."),
        done=reverse("cases:dispute_access", args=[dispute.pk]),
    )


@act_view
def dispute_suspend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Suspend the file."""
    dispute = open_file(request, pk)
    return guarded_act(
        request,
        dispute=dispute,
        action="cases.suspend_dispute",
        subject=dispute,
        form=ReasonedDayForm(posted(request)),
        act=partial(services.suspend_dispute, dispute=dispute),
        heading=_("Suspend the file"),
        submit=_("Suspend the file"),
        said=_("The file is suspended."),
        consequences=[
            _("Joint rounds, proposals, missions and changes of stage rest until it is resumed."),
            _("Contacts, recording what happens and every date go on; nothing ends."),
        ],
    )


@act_view
def dispute_resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Resume the suspended file."""
    dispute = open_file(request, pk)
    return guarded_act(
        request,
        dispute=dispute,
        action="cases.resume_dispute",
        subject=dispute,
        form=ReasonedDayForm(posted(request)),
        act=partial(services.resume_dispute, dispute=dispute),
        heading=_("Resume the file"),
        submit=_("Resume the file"),
        said=_("The file is active again."),
    )
