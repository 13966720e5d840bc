"""Forms about what is filed; each field is named as the service's argument."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.choices import DisputeType, Sex
from cases.forms.base import (
    PartForm,
    ReasonForm,
    VersionForm,
    classification_field,
    offer,
    part_classification,
)
from cases.forms.choices import actors
from cases.models import (
    Agreement,
    AgreementProvision,
    Dispute,
    Document,
    Party,
    Signatory,
    WatchNote,
)
from cases.models.documents import DocumentVersion
from common.choices import Audience, Classification
from common.files import ACCEPTED
from common.i18n import LANGUAGE_CODES
from institutions.models import Actor
from library.provisions import provision_choices

_PARTY_AUDIENCES = (Audience.PARTY, Audience.PARTIES)


# Agreements -------------------------------------------------------------------------------------


class AgreementForm(PartForm):
    """An agreement as it was concluded."""

    class Meta:
        model = Agreement
        fields = (
            "title_en",
            "title_fr",
            "title_ar",
            "status",
            "stage",
            "is_final",
            "signed_earliest",
            "signed_latest",
            "signed_as_written",
            "place",
            "parties",
            "names_oic",
            "source",
            "summary",
            "classification",
        )
        help_texts = {
            "is_final": _(
                "The parties call it final. Signed, it moves the process to implementation, as a "
                "comprehensive one does; the file stays open."
            ),
            "signed_earliest": _("The day of signature, or the earliest day it can have been."),
            "signed_latest": _("Only where the day is not known: the latest it can have been."),
            "signed_as_written": _("The date as the text gives it."),
            "source": _("Where the text is published or kept."),
        }

    parties: forms.ModelMultipleChoiceField[Any] = forms.ModelMultipleChoiceField(
        label=_("Parties to the agreement"),
        queryset=Party.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, dispute: Dispute, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = Party.objects.visible_to(viewer).filter(dispute=dispute).select_related("actor")
        offer(self, "parties", parties)
        self.fields["classification"] = part_classification(dispute, viewer)


class ChangeAgreementForm(VersionForm, AgreementForm):
    """The same for an agreement on record."""


class SignatoryForm(PartForm):
    """Who stands on the agreement."""

    class Meta:
        model = Signatory
        fields = ("role", "name", "function", "party", "sex")

    signatory_actor: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("State, organisation or person of the register"),
        queryset=Actor.objects.none(),
        required=False,
        help_text=_("Where a State or a body stands on the agreement, or a person known here."),
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=Sex.choices,
        initial=Sex.UNKNOWN,
        widget=forms.RadioSelect,
        help_text=_("Kept for the shares of women; what is not known is shown as not known."),
    )

    def __init__(self, *args: Any, dispute: Dispute, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = Party.objects.visible_to(viewer).filter(dispute=dispute).select_related("actor")
        offer(self, "party", parties)
        rows = actors(viewer, is_exercise=dispute.is_exercise)
        offer(self, "signatory_actor", rows)


class ProvisionForm(PartForm):
    """A provision on the common typology."""

    class Meta:
        model = AgreementProvision
        fields = ("code", "level", "text")
        help_texts = {"text": _("The words of the agreement.")}

    code = forms.ChoiceField(label=_("Provision"), choices=provision_choices)


# Documents --------------------------------------------------------------------------------------


class UploadField(forms.FileField):
    """A file, with what is accepted said before it is chosen."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("File to upload"),
            help_text=_(
                "PDF, office documents without macros, pictures or plain text, up to 25 MB."
            ),
            widget=forms.FileInput(attrs={"accept": ",".join(ACCEPTED)}),
            max_length=200,
            allow_empty_file=True,  # the service refuses it, in its own words
            **options,
        )


class AudienceFields(forms.Form):
    """Who, among those who see the file, reads the document."""

    audience = forms.ChoiceField(
        label=_("Who reads it"), choices=Audience.choices, widget=forms.RadioSelect
    )
    audience_party: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("The party that reads it"),
        queryset=Party.objects.none(),
        required=False,
        help_text=_("Only for “Secretariat and one party”."),
    )

    def offer_audiences(self, dispute: Dispute, viewer: Any) -> None:
        """Offer the file's parties, and no party's audience where it has none."""
        parties = Party.objects.visible_to(viewer).filter(dispute=dispute).select_related("actor")
        offer(self, "audience_party", parties)
        if dispute.is_thematic:
            audience: Any = self.fields["audience"]
            audience.choices = [
                pair for pair in Audience.choices if pair[0] not in _PARTY_AUDIENCES
            ]
            del self.fields["audience_party"]


class FileDocumentForm(AudienceFields, PartForm):
    """A document with its first version."""

    class Meta:
        model = Document
        fields = ("title", "dated", "author", "classification")

    file = UploadField()
    language = forms.ChoiceField(
        label=_("Language of the document"),
        required=False,
        choices=[
            ("", _("Another, or several")),
            ("en", _("English")),
            ("fr", _("French")),
            ("ar", _("Arabic")),
        ],
    )

    field_order = (
        "file",
        "title",
        "dated",
        "author",
        "language",
        "audience",
        "audience_party",
        "classification",
    )

    def __init__(self, *args: Any, dispute: Dispute, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["classification"] = part_classification(dispute, viewer)
        self.offer_audiences(dispute, viewer)


class ChangeDocumentForm(VersionForm, PartForm):
    """What stands about a document."""

    class Meta:
        model = Document
        fields = ("title", "dated", "author")


class AddVersionForm(PartForm):
    """The next version of a document."""

    class Meta:
        model = DocumentVersion
        fields = ("note",)

    file = UploadField()
    field_order = ("file", "note")


class AudienceForm(VersionForm, AudienceFields):
    """Another audience, with the reason where more people would read the document."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Needed where more people would read it than today."),
    )

    def __init__(self, *args: Any, dispute: Dispute, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_audiences(dispute, viewer)


class ClassificationForm(VersionForm, ReasonForm):
    """Another classification, with the reason."""

    def __init__(self, *args: Any, dispute: Dispute, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["classification"] = part_classification(dispute, viewer)
        self.order_fields(["classification", "reason"])


# Precedents and watch notes ---------------------------------------------------------------------


class PrecedentForm(forms.Form):
    """Why a published agreement is kept beside the file."""

    why = forms.CharField(label=_("Why it is a precedent"), max_length=300)


class WatchNoteForm(PartForm):
    """Something to keep an eye on."""

    class Meta:
        model = WatchNote
        fields = ("title", "text", "classification")
        help_texts = {
            "title": _("For instance “Situation in the northern markets”; no State as a party.")
        }

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["classification"] = classification_field(
            Classification.OPEN, viewer.clearance, Classification.CONFIDENTIAL
        )


class ChangeWatchNoteForm(VersionForm, WatchNoteForm):
    """The same for a note that exists."""


class EndWatchNoteForm(forms.Form):
    """Why nothing has to be watched any more, and since when."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
    on = forms.DateField(label=_("Ended on"), initial=timezone.localdate)


class OpenFileForm(PartForm):
    """The least that a file opened from a watch note says; the rest is added in the file."""

    class Meta:
        model = Dispute
        fields = (*(f"title_{code}" for code in LANGUAGE_CODES), "type")

    type = forms.ChoiceField(label=_("Type"), choices=DisputeType.choices)

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["classification"] = classification_field(
            Classification.OPEN, viewer.clearance, Classification.CONFIDENTIAL
        )
