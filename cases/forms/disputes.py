"""Forms of the file itself: opening, changing, officer, classification, ends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.choices import Outcome
from cases.forms import choices
from cases.forms.base import (
    DayForm,
    PartForm,
    ReasonForm,
    VersionForm,
    classification_field,
    offer,
    offer_in_groups,
)
from cases.models import Dispute
from cases.services.ends import WAYS_OUT
from common.choices import Classification
from common.web.widgets import GroupedCheckboxes

_NAMES_HINT = _("Short and neutral, as both sides could read it. One language is enough to begin.")


class _DisputeForm(PartForm):
    """What a file says."""

    class Meta:
        model = Dispute
        fields = (
            "type",
            "title_en",
            "title_fr",
            "title_ar",
            "territory_en",
            "territory_fr",
            "territory_ar",
            "states_concerned",
            "summary_en",
            "summary_fr",
            "summary_ar",
            "nature_described",
            "nature_source",
        )
        labels = {
            "nature_described": _("Nature of the dispute, as described"),
            "nature_source": _("Described so by"),
        }
        help_texts = {
            "title_en": _NAMES_HINT,
            "territory_en": _("In words; no map is drawn."),
            "nature_described": _(
                "Religious or ethnic nature is recorded only as a named source describes it."
            ),
        }
        widgets = {
            "states_concerned": GroupedCheckboxes,
            "summary_en": forms.Textarea(attrs={"rows": 5}),
            "summary_fr": forms.Textarea(attrs={"rows": 5}),
            "summary_ar": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = choices.states(viewer, is_exercise=viewer.is_exercise)
        offer_in_groups(self, "states_concerned", rows, choices.regions(timezone.localdate()))


class OpenDisputeForm(_DisputeForm):
    """A new file (Rule D1)."""

    opened_on = forms.DateField(label=_("Opened on"), initial=timezone.localdate)
    desk_officer: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Desk officer"),
        queryset=None,
        required=False,
        empty_label=_("Myself"),
    )

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, **kwargs)
        offer(self, "desk_officer", choices.officers(viewer).exclude(pk=viewer.pk))
        self.fields["classification"] = classification_field(
            Classification.OPEN, viewer.clearance, Classification.CONFIDENTIAL
        )
        self.order_fields(["type", "classification", "opened_on", "desk_officer"])


class ChangeDisputeForm(VersionForm, _DisputeForm):
    """The same for a file that is open."""


class ReclassifyForm(ReasonForm, DayForm):
    """Another classification, and why."""

    def __init__(self, *args: Any, dispute: Dispute, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["classification"] = classification_field(
            Classification.OPEN, viewer.clearance, dispute.classification
        )
        self.order_fields(["classification", "reason", "on"])


class AssignOfficerForm(DayForm):
    """Whose file it is from a day on."""

    desk_officer: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Desk officer"), queryset=None
    )
    keep_former = forms.BooleanField(
        label=_("The former desk officer keeps seeing the file"), required=False
    )
    field_order = ("desk_officer", "on", "keep_former")

    def __init__(self, *args: Any, dispute: Dispute, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = choices.officers(viewer, clearance=dispute.classification)
        offer(self, "desk_officer", rows.exclude(desk_files=dispute))


class ProposeEndForm(ReasonForm):
    """In which honourable way the file would end (Rule D4b)."""

    outcome = forms.ChoiceField(
        label=_("How the file ends"),
        choices=[(way.value, way.label) for way in WAYS_OUT],
        widget=forms.RadioSelect,
    )
    merged_into: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("The file that goes on"),
        queryset=None,
        required=False,
        help_text=_("For a merger only."),
    )
    field_order = ("outcome", "merged_into", "reason")

    def __init__(self, *args: Any, dispute: Dispute, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "merged_into", choices.other_files(viewer, dispute))

    def clean(self) -> dict[str, Any]:
        """Name no other file for an end that has none."""
        data = super().clean() or {}
        if data.get("outcome") != Outcome.MERGED:
            data["merged_into"] = None
        return data
