"""What the forms of the dispute file share: reasons, days, versions, choices of one world."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Dispute
from common.choices import Classification
from common.errors import Text


class PartForm(forms.ModelForm):  # type: ignore[type-arg] # not generic at run time
    """The fields of a part of a file, without the part's own rules.

    ``needed`` are those that must be filled though the model lets them be empty.
    """

    needed: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.needed:
            self.fields[name].required = True

    def _post_clean(self) -> None:
        """Leave the model alone: the form parses, the service decides."""


class VersionForm(forms.Form):
    """Carries the version that the person had before them."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ConfirmForm(forms.Form):
    """Asks for nothing but the word."""


class ReasonForm(forms.Form):
    """Asks why."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DayForm(forms.Form):
    """Asks when."""

    on = forms.DateField(label=_("Date"), initial=timezone.localdate)


class ReasonedDayForm(ReasonForm, DayForm):
    """Asks why and from when."""


def offer(form: forms.BaseForm, name: str, rows: Any) -> None:
    """Give a field the rows among which the person may choose."""
    field: Any = form.fields[name]
    field.queryset = rows


def offer_in_groups(
    form: forms.BaseForm, name: str, rows: Any, group_of: Callable[[Any], tuple[int, Text]]
) -> None:
    """Give a field with :class:`GroupedCheckboxes` its rows under headings.

    Args:
        group_of: the place and the words of a row's heading.
    """
    offer(form, name, rows)
    field: Any = form.fields[name]
    groups: dict[tuple[int, str], list[tuple[Any, str]]] = {}
    for row in rows:
        place, heading = group_of(row)
        choice = (row.pk, field.label_from_instance(row))
        groups.setdefault((place, str(heading)), []).append(choice)
    field.widget.choices = [(heading, groups[place, heading]) for place, heading in sorted(groups)]


def levels(lowest: int, highest: int) -> list[tuple[int, Any]]:
    """Return the classifications between two bounds, both included."""
    return [(level.value, level.label) for level in Classification if lowest <= level <= highest]


def classification_field(
    lowest: int, highest: int, initial: int | None = None
) -> forms.TypedChoiceField:
    """Return the field for a classification between two bounds.

    Args:
        lowest: that of the file; nothing in it is classified lower.
        highest: the person's clearance.
        initial: what is chosen at first.
    """
    return forms.TypedChoiceField(
        label=_("Classification"),
        choices=levels(lowest, highest),
        coerce=int,
        initial=lowest if initial is None else min(max(initial, lowest), highest),
    )


def part_classification(
    dispute: Dispute, viewer: Any, initial: int | None = None
) -> forms.TypedChoiceField:
    """Return the field for the classification of a part of a file."""
    return classification_field(dispute.classification, viewer.clearance, initial)
