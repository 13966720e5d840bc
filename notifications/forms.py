"""The shape of one's preferences: a row for each kind, two hours, and the hour of the digest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.choices import MailChoice, MailState
from notifications.kinds import NoticeKind
from notifications.models import Hours
from notifications.selectors import Choice


@dataclass(frozen=True)
class KindRow:
    """One kind with its two fields."""

    kind: NoticeKind
    shown: forms.BoundField
    mail: forms.BoundField


class PreferencesForm(forms.Form):
    """Everything a person chooses about notices and mail."""

    digest_at = forms.TimeField(
        label=_("Daily digest at"),
        help_text=_("On working days, at the time of Jeddah."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    quiet_from = forms.TimeField(
        label=_("No e-mail from"),
        required=False,
        help_text=_("Leave both empty for none. What comes meanwhile waits until the end."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    quiet_until = forms.TimeField(
        label=_("No e-mail until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(
        self, *args: Any, choices: Mapping[NoticeKind, Choice], hours: Hours, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        for name in ("digest_at", "quiet_from", "quiet_until"):
            self.initial.setdefault(name, getattr(hours, name))
        for kind, choice in choices.items():
            self._add(kind, choice)

    def _add(self, kind: NoticeKind, choice: Choice) -> None:
        offered = [
            pair
            for pair in MailChoice.choices
            if not (kind.is_required and pair[0] == MailChoice.OFF)
        ]
        self.fields[f"shown:{kind.key}"] = forms.BooleanField(
            label=_("Shown here"),
            initial=choice.is_shown,
            required=False,
            disabled=kind.is_required,
        )
        self.fields[f"mail:{kind.key}"] = forms.ChoiceField(
            label=_("By e-mail"), choices=offered, initial=choice.mail
        )

    def rows(self) -> Iterator[KindRow]:
        """Yield the kinds with their fields, by group."""
        for kind in self.choices:
            yield KindRow(kind, self[f"shown:{kind.key}"], self[f"mail:{kind.key}"])

    def hour_fields(self) -> list[forms.BoundField]:
        """Return the fields that are not of a kind."""
        return [self["digest_at"], self["quiet_from"], self["quiet_until"]]

    def clean(self) -> dict[str, Any]:
        """Return what the service takes: the choices by kind, and the hours."""
        data = super().clean() or {}
        chosen = {
            kind.key: Choice(data[f"shown:{kind.key}"], data[f"mail:{kind.key}"])
            for kind in self.choices
            if f"mail:{kind.key}" in data
        }
        hours = {name: data.get(name) for name in ("digest_at", "quiet_from", "quiet_until")}
        return {"choices": chosen, **hours}


class OutboxForm(forms.Form):
    """Narrows the outbox."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All that is in trouble")), *MailState.choices],
        required=False,
    )


class ConfirmForm(forms.Form):
    """Asks for nothing but the word."""
