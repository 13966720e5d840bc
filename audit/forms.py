"""How an auditor narrows the record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.apps import apps
from django.utils.translation import gettext_lazy as _

from audit.models import Kind
from audit.verbs import all_verbs


class RecordFilterForm(forms.Form):
    """All fields may stay empty; dates are days in Jeddah."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    verb = forms.ChoiceField(label=_("What was done"), required=False)
    target_label = forms.ChoiceField(label=_("Kind of object"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput)
    until = forms.DateField(label=_("To (last day)"), required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("All"))]
        self.fields["kind"].choices = [*everything, *Kind.choices]  # type: ignore[attr-defined]
        self.fields["verb"].choices = [  # type: ignore[attr-defined]
            *everything,
            *sorted(all_verbs().items(), key=lambda pair: str(pair[1])),
        ]
        self.fields["target_label"].choices = [*everything, *_labels()]  # type: ignore[attr-defined]


def _labels() -> list[tuple[str, Any]]:
    """Return the kinds of object of the house's own apps."""
    houses = {verb.partition(".")[0] for verb in all_verbs()}
    models = [model for model in apps.get_models() if model._meta.app_label in houses]
    pairs = [(model._meta.label, model._meta.verbose_name) for model in models]
    return sorted(pairs, key=lambda pair: str(pair[1]))
