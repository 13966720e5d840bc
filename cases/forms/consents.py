"""Forms of consent: opening the record, its next step, conditions, texts for others."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.choices import ConsentRole, ConsentState, Level
from cases.forms.base import PartForm, VersionForm, offer
from cases.forms.processes import GOVERNMENT_LEVELS, worded_choices
from cases.lifecycle import CONSENT_MOVES
from cases.models import Consent, ConsentStep, Party, Process

_MOVEMENT_LEVELS = (Level.LEADERSHIP, Level.REPRESENTATIVE)


class OpenConsentForm(forms.Form):
    """Whose consent, and to which role."""

    party: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Party"), queryset=None, empty_label=None
    )
    role = forms.ChoiceField(
        label=_("What the consent is for"), choices=ConsentRole.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, process: Process, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Party.objects.visible_to(viewer).filter(places__process=process)
        offer(self, "party", rows.select_related("actor"))


class ConsentStepForm(VersionForm, PartForm):
    """The next step: only the moves that the present state allows (Rule C1)."""

    state = forms.ChoiceField(label=_("Where it stands now"), widget=forms.RadioSelect)
    conditions = forms.CharField(
        label=_("Conditions"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For a consent on conditions: one condition on each line."),
    )

    class Meta:
        model = ConsentStep
        fields = (
            "on",
            "instrument",
            "instrument_reference",
            "level",
            "spoken_by",
            "spoken_to",
            "meeting",
            "scope",
            "note",
            "confirmation_pending",
        )
        help_texts = {
            "instrument": _("A statement to the press is neither consent nor withdrawal."),
            "instrument_reference": _("For what is written: its number and date."),
            "spoken_by": _("For an oral step: who said it. It counts once countersigned."),
            "spoken_to": _("For an oral step: to whom."),
            "meeting": _("For consent by conduct: the meeting in which the party took part."),
        }
        widgets = {
            "scope": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }

    field_order = ("state", "conditions", "on")

    def __init__(self, *args: Any, consent: Consent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moves = CONSENT_MOVES[ConsentState(consent.state)]
        state: Any = self.fields["state"]
        state.choices = worded_choices(move for move in ConsentState if move in moves)
        if len(moves) == 1:
            state.initial = state.choices[0][0]
        if ConsentState.CONDITIONAL not in moves:
            del self.fields["conditions"]
        level: Any = self.fields["level"]
        levels = GOVERNMENT_LEVELS if consent.party.is_government else _MOVEMENT_LEVELS
        level.choices = worded_choices(levels, blank=_("Not recorded"))

    def clean_conditions(self) -> list[str]:
        """Return the conditions, one a line."""
        lines = self.cleaned_data["conditions"].splitlines()
        return [line.strip() for line in lines if line.strip()]


class ReleaseForm(PartForm):
    """What others learn of a consent that is no longer in force (Rule C5)."""

    class Meta:
        model = ConsentStep
        fields = ("outward_text_en", "outward_text_fr", "outward_text_ar")
        widgets = {
            f"outward_text_{code}": forms.Textarea(attrs={"rows": 4}) for code in ("en", "fr", "ar")
        }
