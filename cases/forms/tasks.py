"""Forms of tasks, and of handing over what somebody holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.forms.base import PartForm, ReasonForm, VersionForm, offer
from cases.models import Dispute, Task
from cases.selectors.handover import Held
from cases.selectors.people import admissible_people
from common.dates import gregorian
from common.text import isolated


class TaskForm(PartForm):
    """What is to be done, by whom and by when."""

    class Meta:
        model = Task
        fields = ("title", "due_on", "owner", "priority", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(
        self, *args: Any, viewer: Any, dispute: Dispute | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people = admissible_people(viewer)
        if dispute is not None:
            people = people.filter(clearance__gte=dispute.classification)
        offer(self, "owner", people)


class ChangeTaskForm(VersionForm, TaskForm):
    """The same for a task that stands."""


class HoldForm(ReasonForm):
    """Until when a task rests, and why."""

    until = forms.DateField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("On this day it returns by itself."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)

    field_order = ("until", "reason")


class _Chosen(forms.ModelMultipleChoiceField):  # type: ignore[type-arg] # not generic at run time
    """Things to be ticked, each in words of its own; all are ticked at first."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, held: Any, label: Any, words: Callable[[Any], str]) -> None:
        self.words = words
        count = held.count()
        super().__init__(
            queryset=held,
            required=False,
            label=_("%(what)s (%(count)s)") % {"what": label, "count": count},
            initial=[thing.pk for thing in held],
        )

    def label_from_instance(self, obj: Any) -> str:
        """Return how a thing reads."""
        return self.words(obj)


class HandOverForm(forms.Form):
    """Who receives what; a part of which nothing is held is not asked."""

    to: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("Who receives it"),
        queryset=None,
        help_text=gettext_lazy(
            "What you leave unticked stays; give it to somebody else in a second step."
        ),
    )

    def __init__(self, *args: Any, held: Held, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = admissible_people(held.viewer).exclude(pk=held.person.pk)
        offer(self, "to", people)
        for name, label, rows, words in (
            ("files", _("Files kept as desk officer"), held.files, _file),
            ("steps", _("Steps of mandate reviews"), held.steps, _step),
            ("tasks", _("Tasks"), held.tasks, _task),
            ("places", _("Places in teams"), held.places, _place),
        ):
            if rows:
                self.fields[name] = _Chosen(rows, label, words)


def _file(dispute: Dispute) -> str:
    return f"{isolated(dispute.reference)} {dispute.title}"


def _step(step: Any) -> str:
    return _("%(step)s, %(mandate)s, %(file)s") % {
        "step": step.get_kind_display(),
        "mandate": step.review.mandate,
        "file": isolated(step.review.file.reference),
    }


def _task(task: Task) -> str:
    return _("%(title)s, due on %(due)s") % {"title": task.title, "due": gregorian(task.due_on)}


def _place(place: Any) -> str:
    return _("%(function)s, %(file)s") % {
        "function": place.function,
        "file": isolated(place.dispute.reference),
    }
