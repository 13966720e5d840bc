"""Forms about accounts; each field is named as the service's argument."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import Delegation, Unit, User
from accounts.roles import CHOICES, STATE_ROLES, Newcomer
from common.choices import Classification

_GIVEN_ROLES = [pair for pair in CHOICES if pair[0] != Newcomer.code]


class VersionForm(forms.Form):
    """Carries the version of the account that the person had before them."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(VersionForm):
    """Asks why."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class _AccountFields(forms.ModelForm):  # type: ignore[type-arg] # not generic at run time
    """The fields of an account that people enter; uniqueness and rules are the service's."""

    class Meta:
        model = User
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "unit" in self.fields:
            self.fields["unit"].queryset = Unit.objects.visible_to(viewer)  # type: ignore[attr-defined]
        if "delegation" in self.fields:
            delegations = Delegation.objects.visible_to(viewer)
            self.fields["delegation"].queryset = delegations  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """Leave the model alone: the form parses, the service decides."""


class InviteForm(_AccountFields):
    """A new account."""

    class Meta:
        model = User
        fields = (
            "email",
            "full_name",
            "full_name_ar",
            "job_title",
            "role",
            "clearance",
            "unit",
            "delegation",
            "is_portal_administrator",
            "is_authorised_signatory",
            "language",
            "is_exercise",
        )

    role = forms.ChoiceField(
        label=_("Role"),
        choices=_GIVEN_ROLES,
        help_text=_("A role that sees all files or rules accounts waits for a second person."),
    )
    clearance = forms.TypedChoiceField(
        label=_("Clearance"),
        choices=Classification.choices,
        coerce=int,
        initial=Classification.OPEN,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.IS_PRODUCTION:
            del self.fields["is_exercise"]


class ChangeUserForm(VersionForm, _AccountFields):
    """Name, function, unit; for a State's user the State and its powers."""

    class Meta:
        model = User
        fields = (
            "full_name",
            "full_name_ar",
            "job_title",
            "unit",
            "delegation",
            "is_portal_administrator",
            "is_authorised_signatory",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_state = ("delegation", "is_portal_administrator", "is_authorised_signatory")
        for name in ("unit",) if self.instance.role in STATE_ROLES else of_state:
            del self.fields[name]


class ClearanceForm(ReasonForm):
    """Another clearance, and why."""

    clearance = forms.TypedChoiceField(
        label=_("Clearance"), choices=Classification.choices, coerce=int
    )
    field_order = ("clearance", "reason", "version")


class RoleForm(forms.Form):
    """Another role, and why."""

    new_role = forms.ChoiceField(label=_("New role"))
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_of_state = user.role in STATE_ROLES
        self.fields["new_role"].choices = [  # type: ignore[attr-defined]
            pair
            for pair in _GIVEN_ROLES
            if (pair[0] in STATE_ROLES) == is_of_state and pair[0] != user.role
        ]
