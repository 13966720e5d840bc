"""Documents of a file, in versions, with classification and audience."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.base import (
    AddressedPart,
    DisputeChildQuerySet,
    FilePart,
    SecretPart,
    audience_is_whole,
)
from cases.models.disputes import Dispute, Party
from common.choices import Audience
from common.errors import Text
from common.files import StoredFile


class DocumentQuerySet(DisputeChildQuerySet):
    """A document's audience is chosen when it is filed."""

    has_classification = True
    has_audience = True


class Document(SecretPart, AddressedPart, FilePart):
    """A document of a dispute file; its content lies in its versions.

    ``paper_of`` remembers the first party that the document was kept for, whatever its audience
    became since: Rule C4 asks the required consent before such a paper goes to others.
    """

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=250)
    dated = models.DateField(_("date of the document"), null=True, blank=True)
    author = models.CharField(_("author or origin"), max_length=200, blank=True)
    paper_of = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("confidential paper of"),
    )
    filed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-created_at", "-id"]
        constraints = [audience_is_whole("document_audience_whole")]

    def __str__(self) -> str:
        return self.title

    @property
    def audience_label(self) -> Text:
        """Return in words who sees it, the party by its name."""
        if self.audience_party is None:
            return Audience(self.audience).label
        return _("Secretariat and %(party)s") % {"party": self.audience_party.name}

    @property
    def audit_text(self) -> str:
        """Return what the record keeps: the kind of thing, never a title."""
        return str(self.dispute.reference)


class DocumentVersionQuerySet(DisputeChildQuerySet):
    """A version is read by whoever reads its document, up to its own classification."""

    scope_path = "document__dispute"
    has_classification = True

    def audience_of(self, user: object) -> models.Q:
        return models.Q(document__in=Document.objects.visible_to(user).order_by().values("pk"))


class DocumentVersion(StoredFile):
    """One stored version of a document; never replaced."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    note = models.CharField(_("what changed"), max_length=300, blank=True)

    objects = DocumentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of a document")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_once")
        ]

    @property
    def audit_subject(self) -> Dispute:
        return self.document.dispute

    @property
    def audit_text(self) -> str:
        return f"{self.document.dispute.reference} v{self.number}"
