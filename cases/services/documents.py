"""Documents of a file: filed with an audience, kept in versions, widened by an act of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from cases.models import Dispute, Document, DocumentVersion, Party
from cases.policies.filing import widens
from cases.services.agreements import require_own_parties
from cases.services.secrecy import require_classification
from common.changes import apply_changes, lock
from common.errors import Refused
from common.files import inspect, stored_content
from common.policy import require


@transaction.atomic
def file_document(
    *,
    actor: User,
    dispute: Dispute,
    file: File[Any],
    title: str,
    audience: str,
    audience_party: Party | None = None,
    classification: int | None = None,
    dated: date | None = None,
    author: str = "",
    language: str = "",
) -> Document:
    """File a document with its first version; its audience is chosen now.

    Args:
        file: the upload; its content decides what it is.
        audience: who, among those who see the file, reads it; "party" names ``audience_party``.
        classification: the file's own when omitted.
        dated: the day that the document bears.
        author: who wrote it, or where it comes from.
        language: two-letter code, where known.

    Raises:
        Refused: the upload is not accepted, a party of another file, or a classification below the
            file's or above the actor's clearance.
        NotStored: the storage did not take it.
    """
    dispute = lock(dispute)
    require(actor, "cases.file_document", dispute)
    level = dispute.classification if classification is None else classification
    require_classification(actor=actor, dispute=dispute, classification=level)
    require_own_parties(dispute, [audience_party], "audience_party")
    document = Document(
        dispute=dispute,
        title=title,
        audience=audience,
        audience_party=audience_party,
        paper_of=audience_party,
        classification=level,
        dated=dated,
        author=author,
        filed_by=actor,
    )
    version = _next_version(document, actor, file, number=1, language=language)
    with stored_content(version, file):
        document.full_clean()
        document.save()
        version.full_clean()
        version.save()
        record(
            actor=actor,
            verb="cases.document_filed",
            target=document,
            subject=dispute,
            audience=audience,
            classification=level,
            sha256=version.sha256,
        )
    return document


def _next_version(
    document: Document, actor: User, file: File[Any], *, number: int, language: str, note: str = ""
) -> DocumentVersion:
    return DocumentVersion(
        document=document,
        number=number,
        note=note,
        language=language,
        classification=document.classification,
        uploaded_by=actor,
        **inspect(file),
    )


@transaction.atomic
def add_document_version(
    *, actor: User, document: Document, file: File[Any], note: str = "", language: str = ""
) -> DocumentVersion:
    """Add a version; the former ones stay readable and unaltered.

    Args:
        note: what changed.

    Raises:
        Refused: the upload is not accepted, or is the present version again.
        NotStored: the storage did not take it.
    """
    document = lock(document)
    require(actor, "cases.change_document", document)
    last = document.versions.order_by("-number").first()
    version = _next_version(
        document,
        actor,
        file,
        number=last.number + 1 if last else 1,
        language=language or (last.language if last else ""),
        note=note,
    )
    if last is not None and last.sha256 == version.sha256:
        raise Refused(
            "same_content",
            _("This file is the same, byte for byte, as version %(number)d.")
            % {"number": last.number},
            field="file",
        )
    with stored_content(version, file):
        version.full_clean()
        version.save()
        document.version += 1
        document.save()
        record(
            actor=actor,
            verb="cases.document_version_added",
            target=version,
            subject=document.dispute,
            document=document,
            sha256=version.sha256,
        )
    return version


@transaction.atomic
def change_document(
    *, actor: User, document: Document, version: int | None = None, **values: Any
) -> Document:
    """Correct a document's title, date, or author.

    Args:
        version: the version of the entry that the person had before them.
        values: ``title``, ``dated``, ``author``.

    Raises:
        Stale: somebody else changed it meanwhile.
    """
    document = lock(document, version=version)
    require(actor, "cases.change_document", document)
    changes = apply_changes(document, values)
    document.full_clean()
    document.save()
    record(
        actor=actor,
        verb="cases.document_changed",
        target=document,
        subject=document.dispute,
        changes=changes,
    )
    return document


@transaction.atomic
def change_audience(
    *,
    actor: User,
    document: Document,
    audience: str,
    audience_party: Party | None = None,
    reason: str = "",
    version: int | None = None,
) -> Document:
    """Change who reads a document. Narrowing is free; widening needs a reason and its own right.

    A paper once kept for one party stays that party's paper: whatever its audience became since, it
    goes to others only with the consent that the process needs (Rule C4).

    Raises:
        Refused: no reason for widening, a consent is missing (by name), a party of another file.
        Stale: somebody else changed it meanwhile.
    """
    document = lock(document, version=version)
    require(actor, "cases.change_document", document)
    require_own_parties(document.dispute, [audience_party], "audience_party")
    paper_of = document.paper_of
    if widens(document, audience, audience_party):
        require(actor, "cases.widen_audience", document, audience=audience, party=audience_party)
        if not reason.strip():
            raise Refused(
                "reason_missing",
                _("Give the reason for letting more people read it."),
                field="reason",
            )
        paper_of = paper_of or audience_party
    changes = apply_changes(
        document,
        {"audience": audience, "audience_party": audience_party, "paper_of": paper_of},
    )
    document.full_clean()
    document.save()
    record(
        actor=actor,
        verb="cases.audience_changed",
        target=document,
        subject=document.dispute,
        changes=changes,
        reason=reason,
    )
    return document


@transaction.atomic
def reclassify_document(
    *,
    actor: User,
    document: Document,
    classification: int,
    reason: str,
    version: int | None = None,
) -> Document:
    """Set the classification of a document and of all its versions.

    Args:
        reason: why; always given.

    Raises:
        Refused: no reason, below the file's classification, or above the actor's clearance.
        Stale: somebody else changed it meanwhile.
    """
    document = lock(document, version=version)
    require(actor, "cases.change_document", document)
    require_classification(actor=actor, dispute=document.dispute, classification=classification)
    if not reason.strip():
        raise Refused("reason_missing", _("Give the reason."), field="reason")
    changes = apply_changes(document, {"classification": classification})
    document.full_clean()
    document.save()
    document.versions.update(classification=classification)
    record(
        actor=actor,
        verb="cases.document_reclassified",
        target=document,
        subject=document.dispute,
        changes=changes,
        reason=reason,
    )
    return document
