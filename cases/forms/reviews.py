"""Forms of the review of a mandate: each step, and what the organ decided."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.choices import MandateEnd
from cases.forms import choices
from cases.forms.base import DayForm, PartForm, ReasonedDayForm, ReasonForm, VersionForm, offer
from cases.forms.mandates import DecisionForm
from cases.models import Dispute, MandateReview
from cases.services.reviews import DRAFT_TEXTS


def _texts(rows: int, *names: str) -> dict[str, Any]:
    return {name: forms.Textarea(attrs={"rows": rows}) for name in names}


class AssessForm(VersionForm, PartForm, DayForm):
    """The assessment with its recommendation."""

    needed = ("progress", "consent", "recommendation")

    class Meta:
        model = MandateReview
        fields = ("progress", "consent", "obstacles", "recommendation")
        help_texts = {
            "progress": _("Point by point, beside the terms of reference."),
            "consent": _("Whose consent stands, whose is missing, and what was withdrawn."),
        }
        widgets = _texts(6, "progress") | _texts(4, "consent", "obstacles")


class DraftForm(VersionForm, PartForm):
    """The draft decision in three languages."""

    class Meta:
        model = MandateReview
        fields = DRAFT_TEXTS
        help_texts = {
            "draft_en": _("Close to the agreed language beside: what changes, stands out.")
        }
        widgets = _texts(8, *DRAFT_TEXTS)


class _SessionForm(forms.Form):
    """Names a session that may decide."""

    session: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("Session"), queryset=None)

    def __init__(self, *args: Any, dispute: Dispute, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "session", choices.sessions(viewer, is_exercise=dispute.is_exercise))


class SubmitForm(_SessionForm, DayForm):
    """To which session, and when."""

    field_order = ("session", "on")


class ProposeForm(_SessionForm, DayForm):
    """What is proposed, and to which session."""

    proposal = forms.CharField(
        label=_("Proposal to the organ"), widget=forms.Textarea(attrs={"rows": 5})
    )
    field_order = ("proposal", "session", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].required = False
        self.fields["session"].help_text = _("Its days drive the steps that are left.")


class ReturnForm(ReasonedDayForm):
    """Why the assessment goes back."""

    field_order = ("reason", "on")


class _NewTerms(forms.Form):
    """New terms of reference in three languages."""

    text_en = forms.CharField(
        label=_("New terms of reference in English"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    text_fr = forms.CharField(
        label=_("New terms of reference in French"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    text_ar = forms.CharField(
        label=_("New terms of reference in Arabic"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class RenewForm(_NewTerms, DecisionForm):
    """The decision that renews: by which resolution, and how long the new mandate runs."""

    paragraph = forms.CharField(label=_("Paragraph"), max_length=40)
    adopted_on = forms.DateField(label=_("Adopted on"))
    starts_on = forms.DateField(
        label=_("First day"), required=False, help_text=_("Empty: the day of adoption.")
    )
    end_kind = forms.ChoiceField(
        label=_("Runs"), choices=MandateEnd.choices, initial=MandateEnd.SESSION
    )
    end_session: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("until the close of"), queryset=None, required=False
    )
    ends_on = forms.DateField(
        label=_("ends on"), required=False, help_text=_("For a mandate until a date.")
    )
    review_on = forms.DateField(
        label=_("review due on"),
        required=False,
        help_text=_("A mandate until further decision needs one."),
    )
    field_order = (
        "session",
        "reference",
        "paragraph",
        "adopted_on",
        "starts_on",
        "end_kind",
        "end_session",
        "ends_on",
        "review_on",
        "text_en",
        "text_fr",
        "text_ar",
    )

    def __init__(self, *args: Any, dispute: Dispute, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, dispute=dispute, viewer=viewer, **kwargs)
        offer(self, "end_session", choices.sessions(viewer, is_exercise=dispute.is_exercise))
        self.fields["text_en"].help_text = _("Empty: the present terms of reference go on.")


class AmendForm(ReasonForm, _NewTerms, DecisionForm):
    """The decision that amends the terms of reference and lets the mandate run on."""

    adopted_on = forms.DateField(label=_("Adopted on"))
    review_on = forms.DateField(
        label=_("Next review due on"),
        required=False,
        help_text=_("Needed for a mandate until further decision."),
    )
    field_order = (
        "session",
        "reference",
        "adopted_on",
        "text_en",
        "text_fr",
        "text_ar",
        "reason",
        "review_on",
    )
