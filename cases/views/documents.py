"""Pages of the documents of a file, and the only door through which their content leaves."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.web import PersonRequest
from cases.forms.filing import (
    AddVersionForm,
    AudienceForm,
    ChangeDocumentForm,
    ClassificationForm,
    FileDocumentForm,
)
from cases.models import Document, DocumentVersion
from cases.services.documents import (
    add_document_version,
    change_audience,
    change_document,
    file_document,
    reclassify_document,
)
from cases.views.frame import act_context, file_context, open_file
from common.api.pagination import page_of
from common.choices import Audience
from common.files import download
from common.policy import may, require
from common.web.acts import act_page, get_visible, posted
from common.web.trace import note_reading


def _versions_seen(user: Any) -> Prefetch[Any]:
    rows = DocumentVersion.objects.visible_to(user).select_related("uploaded_by")
    return Prefetch("versions", queryset=rows)


@login_required
@require_GET
def document_list(request: PersonRequest, pk: UUID) -> HttpResponse:
    """List the documents that the person reads, each with its audience."""
    dispute = open_file(request, pk)
    rows = (
        Document.objects.visible_to(request.user)
        .filter(dispute=dispute)
        .select_related("dispute", "audience_party__actor")
        .prefetch_related(_versions_seen(request.user))
    )
    context = file_context(request, dispute, "documents")
    context |= {
        "page": page_of(rows, request.GET.get("page")),
        "file_act": may(request.user, "cases.file_document", dispute),
    }
    return render(request, "cases/document_list.html", context)


@login_required
@require_GET
def document_detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Show what stands about a document, its versions, and who reads it."""
    rows = Document.objects.select_related(  # unscoped: get_visible scopes it
        "dispute__desk_officer", "audience_party__actor", "paper_of__actor", "filed_by"
    )
    document: Document = get_visible(
        rows.prefetch_related(_versions_seen(request.user)), request.user, pk=pk
    )
    dispute = document.dispute
    context = file_context(request, dispute, "documents")
    context["breadcrumbs"].append(_crumb(document))
    context |= {
        "document": document,
        "versions": _version_rows(document, inside=context["inside"]),
        "acts": _acts_of(request.user, document) if context["inside"] else [],
    }
    note_reading(request, document)
    return render(request, "cases/document_detail.html", context)


def _version_rows(document: Document, *, inside: bool) -> list[dict[str, Any]]:
    """Return the versions as the component shows them; outside, without an officer's name (R10)."""
    return [
        {
            "number": version.number,
            "at": version.uploaded_at,
            "by": version.uploaded_by.display_name if inside else _("General Secretariat"),
            "url": reverse("cases:document_download", args=[document.pk, version.pk]),
            "is_current": position == 0,
            "note": version.note if inside else "",
            "size": version.size,
            "media_type": version.media_type,
            "digest": version.sha256,
        }
        for position, version in enumerate(document.versions.all())
    ]


def _acts_of(user: Any, document: Document) -> list[dict[str, Any]]:
    """Return what may be done; for a party's paper the verdict on showing it to all parties."""
    change = may(user, "cases.change_document", document)
    widen = may(user, "cases.widen_audience", document, audience=Audience.PARTIES)
    acts = [
        (_("Add a version"), "cases:document_version_add", change),
        (_("Correct title, date or author"), "cases:document_change", change),
        (_("Change who reads it"), "cases:document_audience", change),
        (_("Change the classification"), "cases:document_classification", change),
    ]
    if document.paper_of is not None:
        acts.append((_("Show it to the other parties"), "cases:document_audience", widen))
    return [
        {"label": label, "url": reverse(name, args=[document.pk]), "verdict": verdict}
        for label, name, verdict in acts
    ]


@login_required
@require_GET
def document_download(request: PersonRequest, pk: UUID, version_pk: UUID) -> FileResponse:
    """Hand out one version to whoever reads it, and note the reading."""
    rows = DocumentVersion.objects.select_related(  # unscoped: get_visible scopes it
        "document__dispute"
    )
    version = get_visible(rows, request.user, pk=version_pk, document_id=pk)
    note_reading(request, version)
    return download(version)


def _url(document: Document) -> str:
    return reverse("cases:document_detail", args=[document.pk])


def _crumb(document: Document) -> tuple[str, str]:
    return (_("Documents"), reverse("cases:document_list", args=[document.dispute_id]))


def _changeable(request: PersonRequest, pk: UUID) -> Document:
    rows = Document.objects.select_related(  # unscoped: get_visible scopes it
        "dispute", "audience_party__actor", "paper_of__actor"
    )
    document: Document = get_visible(rows, request.user, pk=pk)
    require(request.user, "cases.change_document", document)
    return document


def _act_context(document: Document, heading: str, submit: str, **extra: Any) -> dict[str, Any]:
    context = act_context(document.dispute, heading, submit, cancel_url=_url(document), **extra)
    context["breadcrumbs"] += [_crumb(document), (document.title, _url(document))]
    return context


@login_required
@require_http_methods(["GET", "POST"])
def document_file(request: PersonRequest, pk: UUID) -> HttpResponse:
    """File a document with its first version."""
    dispute = open_file(request, pk)
    require(request.user, "cases.file_document", dispute)
    url = reverse("cases:document_list", args=[dispute.pk])
    context = act_context(dispute, _("File a document"), _("File the document"))
    context["cancel_url"] = url
    context["breadcrumbs"].append((_("Documents"), url))
    return act_page(
        request,
        form=FileDocumentForm(
            posted(request), request.FILES or None, dispute=dispute, viewer=request.user
        ),
        act=partial(file_document, actor=request.user, dispute=dispute),
        done=_url,
        said=_("The document is filed."),
        context=context,
        subject=dispute,
    )


@login_required
@require_http_methods(["GET", "POST"])
def document_version_add(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Add the next version."""
    document = _changeable(request, pk)
    return act_page(
        request,
        form=AddVersionForm(posted(request), request.FILES or None),
        act=partial(add_document_version, actor=request.user, document=document),
        done=_url(document),
        said=_("The version is filed; the former ones stay readable."),
        context=_act_context(document, _("Add a version"), _("Add the version")),
        subject=document,
    )


@login_required
@require_http_methods(["GET", "POST"])
def document_change(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Correct what stands about a document."""
    document = _changeable(request, pk)
    return act_page(
        request,
        form=ChangeDocumentForm(
            posted(request), instance=document, initial={"version": document.version}
        ),
        act=partial(change_document, actor=request.user, document=document),
        done=_url(document),
        said=_("The document has been changed."),
        context=_act_context(document, _("Correct title, date or author"), _("Save")),
        subject=document,
    )


@login_required
@require_http_methods(["GET", "POST"])
def document_audience(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Narrow or widen who reads a document."""
    document = _changeable(request, pk)
    form = AudienceForm(
        posted(request),
        initial={
            "audience": document.audience,
            "audience_party": document.audience_party,
            "version": document.version,
        },
        dispute=document.dispute,
        viewer=request.user,
    )
    return act_page(
        request,
        form=form,
        act=partial(change_audience, actor=request.user, document=document),
        done=_url(document),
        said=_("The audience of the document has been changed."),
        context=_act_context(
            document,
            _("Change who reads it"),
            _("Change the audience"),
            lead=_("Today: %(audience)s.") % {"audience": document.audience_label},
            consequences=[
                _("Narrowing takes effect at once; what was read stays on record."),
                _("Widening lets more people read every version, and is put on record as an act."),
                _("A confidential paper of a party needs the consent that the process asks."),
            ],
        ),
        subject=document,
    )


@login_required
@require_http_methods(["GET", "POST"])
def document_classification(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Give a document and its versions another classification."""
    document = _changeable(request, pk)
    form = ClassificationForm(
        posted(request),
        initial={"classification": document.classification, "version": document.version},
        dispute=document.dispute,
        viewer=request.user,
    )
    return act_page(
        request,
        form=form,
        act=partial(reclassify_document, actor=request.user, document=document),
        done=_url(document),
        said=_("The classification of the document has been changed."),
        context=_act_context(document, _("Change the classification"), _("Save")),
        subject=document,
    )
