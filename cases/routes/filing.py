"""Routes of what is filed: agreements, documents, precedents, watch notes."""

from __future__ import annotations

from django.urls import path

from cases.views import agreements, documents, precedents, watch_notes

urlpatterns = [
    # Agreements
    path("files/<uuid:pk>/agreements/", agreements.agreement_list, name="agreement_list"),
    path(
        "processes/<uuid:pk>/agreements/record/",
        agreements.agreement_record,
        name="agreement_record",
    ),
    path("agreements/<uuid:pk>/", agreements.agreement_detail, name="agreement_detail"),
    path("agreements/<uuid:pk>/change/", agreements.agreement_change, name="agreement_change"),
    path("agreements/<uuid:pk>/signatories/add/", agreements.signatory_add, name="signatory_add"),
    path(
        "agreements/<uuid:pk>/signatories/<uuid:part_pk>/remove/",
        agreements.signatory_remove,
        name="signatory_remove",
    ),
    path(
        "agreements/<uuid:pk>/provisions/record/",
        agreements.provision_record,
        name="provision_record",
    ),
    path(
        "agreements/<uuid:pk>/provisions/<uuid:part_pk>/remove/",
        agreements.provision_remove,
        name="provision_remove",
    ),
    # Documents
    path("files/<uuid:pk>/documents/", documents.document_list, name="document_list"),
    path("files/<uuid:pk>/documents/file/", documents.document_file, name="document_file"),
    path("documents/<uuid:pk>/", documents.document_detail, name="document_detail"),
    path("documents/<uuid:pk>/change/", documents.document_change, name="document_change"),
    path(
        "documents/<uuid:pk>/versions/add/",
        documents.document_version_add,
        name="document_version_add",
    ),
    path(
        "documents/<uuid:pk>/versions/<uuid:version_pk>/",
        documents.document_download,
        name="document_download",
    ),
    path("documents/<uuid:pk>/audience/", documents.document_audience, name="document_audience"),
    path(
        "documents/<uuid:pk>/classification/",
        documents.document_classification,
        name="document_classification",
    ),
    # Precedents
    path("files/<uuid:pk>/precedents/", precedents.precedent_list, name="precedent_list"),
    path(
        "files/<uuid:pk>/precedents/link/<uuid:agreement_pk>/",
        precedents.precedent_link,
        name="precedent_link",
    ),
    path("precedents/<uuid:pk>/unlink/", precedents.precedent_unlink, name="precedent_unlink"),
    # Watch notes
    path("watch-notes/", watch_notes.watch_note_list, name="watch_note_list"),
    path("watch-notes/write/", watch_notes.watch_note_write, name="watch_note_write"),
    path("watch-notes/<uuid:pk>/", watch_notes.watch_note_detail, name="watch_note_detail"),
    path("watch-notes/<uuid:pk>/change/", watch_notes.watch_note_change, name="watch_note_change"),
    path("watch-notes/<uuid:pk>/end/", watch_notes.watch_note_end, name="watch_note_end"),
    path(
        "watch-notes/<uuid:pk>/open-file/",
        watch_notes.watch_note_open_file,
        name="watch_note_open_file",
    ),
]
