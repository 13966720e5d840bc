"""allauth's forms in the words of the house, and the form of an invitation."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.utils.translation import gettext_lazy as _

from accounts.models import User

_LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
}


class _HouseWords:
    """Gives the fields their words and takes away placeholders and links of the library."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = _LABELS[name]
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)
        if "password1" in self.fields:
            self.fields["password1"].help_text = password_validators_help_text_html()


class LogInForm(_HouseWords, allauth_forms.LoginForm):
    """E-mail address and password."""


class ResetPasswordForm(_HouseWords, allauth_forms.ResetPasswordForm):
    """The address to which a link to a new password is sent."""


class ResetPasswordKeyForm(_HouseWords, allauth_forms.ResetPasswordKeyForm):
    """The new password, behind the link."""


class ChangePasswordForm(_HouseWords, allauth_forms.ChangePasswordForm):
    """The present password and the new one."""


class TakeUpInvitationForm(forms.Form):
    """The password that an invited person chooses."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )
    again = forms.CharField(
        label=_("Password, once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        """Take the second entry away once it equals the first."""
        data = dict(super().clean() or {})
        again = data.pop("again", None)
        if again is not None and "password" in data and again != data["password"]:
            self.add_error("again", _("The two entries differ."))
        return data
