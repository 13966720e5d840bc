"""Forms about units and delegations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import ReasonForm, VersionForm
from accounts.models import Unit, User
from accounts.roles import STAFF_ROLES
from institutions.models import State


class UnitForm(forms.ModelForm):  # type: ignore[type-arg] # not generic at run time
    """A unit with its names and its head."""

    class Meta:
        model = Unit
        fields = ("code", "name_en", "name_fr", "name_ar", "head")

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.visible_to(viewer).filter(role__in=STAFF_ROLES, is_active=True)
        self.fields["head"].queryset = staff  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """Leave the model alone: the form parses, the service decides."""


class ChangeUnitForm(VersionForm, UnitForm):
    """The same for a unit that exists."""


class AccreditationForm(forms.Form):
    """The note by which a State accredits its delegation (Rule A1)."""

    state = forms.ModelChoiceField(label=_("State"), queryset=State.objects.none())
    note_reference = forms.CharField(label=_("Reference of the note"), max_length=80)
    note_date = forms.DateField(label=_("Date of the note"), widget=forms.DateInput)
    signatory = forms.CharField(label=_("Signatory of the note"), max_length=150)

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = State.objects.visible_to(viewer).select_related("actor").by_name()
        self.fields["state"].queryset = states  # type: ignore[attr-defined]


class AcceptForm(VersionForm):
    """Acceptance asks for nothing but the word."""


class FreezeForm(ReasonForm):
    """Why the delegation's authority is contested, or no longer is."""
