"""Forms about one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.tokens import TokenScope
from accounts.roles import RestClient
from accounts.services.tokens import LONGEST_DAYS


class TokenForm(forms.Form):
    """A new API token; a State's administrator may choose one of the State's systems."""

    user = forms.ModelChoiceField(label=_("Acts for"), queryset=User.objects.none(), required=False)
    name = forms.CharField(label=_("What it is for"), max_length=100)
    scope = forms.ChoiceField(label=_("What it may do"), choices=TokenScope.choices)
    days = forms.IntegerField(
        label=_("For how many days"),
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=90,
        help_text=_("At most a year."),
    )

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not viewer.is_portal_administrator:
            del self.fields["user"]
            return
        self.fields["user"].queryset = User.objects.visible_to(viewer).filter(  # type: ignore[attr-defined]
            role=RestClient.code, is_active=True
        )
        self.fields["user"].help_text = _("Leave empty for yourself.")


class FeedForm(forms.Form):
    """A new address of one's calendar feed."""

    name = forms.CharField(
        label=_("Which calendar is to read it"),
        max_length=100,
        help_text=_("For instance: calendar on my telephone."),
    )


class OwnLanguageForm(forms.Form):
    """The language of pages and mail."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("en", "English"), ("fr", "Français"), ("ar", "العربية")],
    )


class ConfirmForm(forms.Form):
    """Asks for nothing but the word."""
