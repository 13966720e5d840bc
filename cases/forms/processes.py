"""Forms of processes, bases of acting and activities."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.choices import ActivityKind, BasisState, Engagement, Level, NationalRole, Stage
from cases.forms import choices
from cases.forms.base import (
    DayForm,
    PartForm,
    ReasonedDayForm,
    VersionForm,
    offer,
    part_classification,
)
from cases.lifecycle import BASIS_MOVES, ENGAGEMENT_MOVES
from cases.models import Activity, Agreement, Basis, Dispute, Party, Process
from common.choices import Classification

#: A government speaks at these levels, a movement at others.
GOVERNMENT_LEVELS = (
    Level.HEAD_OF_STATE,
    Level.MINISTER,
    Level.SENIOR_OFFICIAL,
    Level.PERMANENT_REPRESENTATIVE,
)


def worded_choices(values: Any, *, blank: Any = None) -> list[tuple[str, Any]]:
    """Return members of an enumeration as choices, in their own order."""
    pairs = [(value.value, value.label) for value in values]
    return pairs if blank is None else [("", blank), *pairs]


class ChangeProcessForm(VersionForm, PartForm):
    """A process's title and who talks in it."""

    parties: forms.ModelMultipleChoiceField[Any] = forms.ModelMultipleChoiceField(
        label=_("Who talks with whom"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Process
        fields = ("title_en", "title_fr", "title_ar")

    def __init__(self, *args: Any, dispute: Dispute, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Party.objects.visible_to(viewer).filter(dispute=dispute).select_related("actor")
        offer(self, "parties", rows)


class OpenProcessForm(ChangeProcessForm):
    """A new process at any stage (Rule D2)."""

    version = None  # type: ignore[assignment]
    opened_on = forms.DateField(label=_("Opened on"), initial=timezone.localdate)
    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices)
    reason = forms.CharField(
        label=_("Why at this stage"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    engagement = forms.ChoiceField(
        label=_("What the OIC is in it"), choices=Engagement.choices, widget=forms.RadioSelect
    )
    national_role = forms.ChoiceField(
        label=_("Role of the OIC in a national process"),
        choices=worded_choices(NationalRole, blank=_("Not a national process")),
        required=False,
    )


class StageForm(VersionForm, ReasonedDayForm):
    """To which stage, on which day and why; the present one is not offered."""

    stage = forms.ChoiceField(label=_("New stage"), widget=forms.RadioSelect)
    field_order = ("stage", "on", "reason")

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = [stage for stage in Stage if stage != process.stage]
        self.fields["stage"].choices = worded_choices(stages)  # type: ignore[attr-defined]


class EngagementForm(VersionForm, ReasonedDayForm):
    """What the OIC becomes in a process; only the moves that Rule C6 knows."""

    engagement = forms.ChoiceField(label=_("What the OIC becomes"), widget=forms.RadioSelect)
    national_role = forms.ChoiceField(
        label=_("Role of the OIC in a national process"),
        choices=worded_choices(NationalRole, blank=_("Not a national process")),
        required=False,
    )
    field_order = ("engagement", "national_role", "on", "reason")

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = process.engagement
        moves = ENGAGEMENT_MOVES[Engagement(known)] if known else frozenset(Engagement)
        field: Any = self.fields["engagement"]
        field.choices = worded_choices(kind for kind in Engagement if kind in moves)


# Bases of acting (Rule M0) ----------------------------------------------------------------------


class GoodOfficesForm(forms.Form):
    """An offer of good offices, his own or entrusted."""

    offered_on = forms.DateField(label=_("Offered on"), initial=timezone.localdate)
    holder: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Entrusted to"),
        queryset=None,
        required=False,
        empty_label=_("Nobody: the Secretary General himself"),
        help_text=_("The Member State, Chair, group or partner whom he asked."),
    )
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, dispute: Dispute, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "holder", choices.actors(viewer, is_exercise=dispute.is_exercise))
        self.fields["classification"] = part_classification(
            dispute, viewer, Classification.CONFIDENTIAL
        )


class InvitationForm(PartForm):
    """A State invited the OIC: at what level, when, for what, in what form."""

    invited_on = forms.DateField(label=_("Date"), initial=timezone.localdate)
    level = forms.ChoiceField(label=_("Level"), choices=worded_choices(GOVERNMENT_LEVELS))

    class Meta:
        model = Basis
        fields = ("inviting", "level", "scope", "form", "ends_on")
        help_texts = {
            "scope": _("What the OIC is invited to do."),
            "form": _("For instance: note, letter, joint communiqué."),
            "ends_on": _("Empty: until it is ended."),
        }
        widgets = {"scope": forms.Textarea(attrs={"rows": 3})}

    field_order = ("inviting", "invited_on", "level")
    needed = ("inviting", "scope", "form")

    def __init__(self, *args: Any, dispute: Dispute, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "inviting", choices.governments(viewer, is_exercise=dispute.is_exercise))
        self.fields["classification"] = part_classification(dispute, viewer)


class AgreementBasisForm(forms.Form):
    """An agreement of the parties that names the OIC."""

    agreement: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Agreement"),
        queryset=None,
        help_text=_("Agreements of this file that are signed and name the OIC."),
    )
    since = forms.DateField(label=_("In force since"))
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, dispute: Dispute, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Agreement.objects.visible_to(viewer).filter(process__dispute=dispute)
        offer(self, "agreement", rows.filter(names_oic=True))


class BasisStateForm(VersionForm, DayForm):
    """What became of a basis; only the moves it knows."""

    state = forms.ChoiceField(label=_("What became of it"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("state", "on", "note")

    def __init__(self, *args: Any, basis: Basis, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moves = BASIS_MOVES[BasisState(basis.state)]
        field: Any = self.fields["state"]
        field.choices = worded_choices(state for state in BasisState if state in moves)


# Activities (Rule C4) ---------------------------------------------------------------------------


class ActivityForm(PartForm):
    """What is planned; the kind is chosen before."""

    class Meta:
        model = Activity
        fields = ("planned_on", "purpose", "audience", "audience_party")
        help_texts = {
            "planned_on": _("Basis and consent must stand on this day."),
            "purpose": _("What for, in one line. No counterpart needs to be named."),
        }

    def __init__(self, *args: Any, process: Process, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dispute = process.dispute
        parties = Party.objects.visible_to(viewer).filter(dispute=dispute)
        offer(self, "audience_party", parties.select_related("actor"))
        self.fields["classification"] = part_classification(
            dispute, viewer, Classification.CONFIDENTIAL
        )


class MissionForm(ActivityForm):
    """A mission also asks for the agreement of the State visited (Rule C4)."""

    class Meta(ActivityForm.Meta):
        fields = (  # type: ignore[assignment]
            "planned_on",
            "purpose",
            "state_visited",
            "agreed_by_state_on",
            "agreed_by_state_how",
            "is_disputed_territory",
            "decided_in_person_by",
            "decided_in_person_on",
            "audience",
            "audience_party",
        )
        help_texts = {
            **ActivityForm.Meta.help_texts,
            "agreed_by_state_how": _("For instance: note of 12 October."),
            "is_disputed_territory": _(
                "Then the Secretary General's own decision is needed as well."
            ),
        }

    def __init__(self, *args: Any, process: Process, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, process=process, viewer=viewer, **kwargs)
        world = process.dispute.is_exercise
        offer(self, "state_visited", choices.states(viewer, is_exercise=world))
        offer(self, "decided_in_person_by", choices.deciders(viewer))


def activity_form_for(kind: str) -> type[ActivityForm]:
    """Return the form that asks what a kind of activity needs."""
    return MissionForm if kind == ActivityKind.MISSION else ActivityForm


class ResumeActivityForm(forms.Form):
    """On which new day."""

    planned_on = forms.DateField(label=_("New day"))
