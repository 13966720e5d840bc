"""Routes of what is filed under /api/v1/."""

from __future__ import annotations

from rest_framework.routers import BaseRouter

from cases.api import agreements, documents, notes

_KEY = "[0-9a-f-]{36}"


def register(router: BaseRouter) -> None:
    """Add agreements, documents, watch notes and precedents to the central router."""
    router.register("agreements", agreements.AgreementViewSet, basename="agreement")
    of_agreement = f"agreements/(?P<agreement_pk>{_KEY})"
    router.register(
        f"{of_agreement}/signatories", agreements.SignatoryViewSet, basename="signatory"
    )
    router.register(
        f"{of_agreement}/provisions",
        agreements.AgreementProvisionViewSet,
        basename="agreement-provision",
    )
    router.register("documents", documents.DocumentViewSet, basename="document")
    router.register(
        f"documents/(?P<document_pk>{_KEY})/versions",
        documents.DocumentVersionViewSet,
        basename="document-version",
    )
    router.register("watch-notes", notes.WatchNoteViewSet, basename="watch-note")
    router.register(
        f"disputes/(?P<dispute_pk>{_KEY})/precedents",
        notes.PrecedentViewSet,
        basename="precedent",
    )
