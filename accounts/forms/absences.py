"""Forms about being away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import VersionForm
from accounts.models import Absence, User
from accounts.selectors import people_who_may_be_away, people_who_may_stand_in


class AbsenceForm(forms.ModelForm):  # type: ignore[type-arg] # not generic at run time
    """On which days, and who stands in."""

    class Meta:
        model = Absence
        fields: tuple[str, ...] = ("first_day", "last_day", "stand_in")

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stand_in: Any = self.fields["stand_in"]
        stand_in.queryset = people_who_may_stand_in(viewer)
        stand_in.help_text = _(
            "Receives what falls due, and has the rights of whoever is away, up to their own "
            "clearance."
        )

    def _post_clean(self) -> None:
        """Leave the model alone: the form parses, the service decides."""


class NewAbsenceForm(AbsenceForm):
    """Who is away as well; whoever may speak for nobody else is not asked."""

    class Meta(AbsenceForm.Meta):
        fields = ("user", "first_day", "last_day", "stand_in")

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, **kwargs)
        user: Any = self.fields["user"]
        user.queryset = people_who_may_be_away(viewer)
        if not user.queryset.exclude(pk=viewer.pk).exists():
            del self.fields["user"]


class ChangeAbsenceForm(VersionForm, AbsenceForm):
    """The same for an absence on record; who is away stands."""
