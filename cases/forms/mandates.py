"""Forms of mandates: the draft, the organ's decision, terms of reference."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms import choices
from cases.forms.base import PartForm, ReasonForm, VersionForm, offer, offer_in_groups
from cases.models import Dispute, Mandate, Process, TermsOfReference
from cases.services.mandates import DRAFT_FIELDS
from common.web.widgets import GroupedCheckboxes


class MandateForm(PartForm):
    """What a mandate would say."""

    class Meta:
        model = Mandate
        fields = (
            "type",
            "title_en",
            "title_fr",
            "title_ar",
            "holders",
            "processes",
            *DRAFT_FIELDS[4:],
        )
        help_texts = {
            "holders": _("Who is asked to do it: an office, a State, an envoy, a group."),
            "processes": _("None chosen: all processes of the file."),
            "is_urgent": _("The Executive Committee adopts a mandate only as urgent."),
            "starts_on": _("Empty: the day of adoption."),
            "ends_on": _("For a mandate until a date."),
            "end_session": _("The mandate moves with the session when that is moved."),
            "review_on": _("A mandate until further decision needs one."),
            "terms_waived_reason": _("Only where it goes without terms of reference: why."),
        }
        widgets = {
            "processes": forms.CheckboxSelectMultiple,
            "holders": GroupedCheckboxes,
            "end_kind": forms.RadioSelect,
            **{f"scope_{code}": forms.Textarea(attrs={"rows": 3}) for code in ("en", "fr", "ar")},
            "terms_waived_reason": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, dispute: Dispute, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        world = dispute.is_exercise
        actors = choices.actors(viewer, is_exercise=world)
        offer_in_groups(self, "holders", actors, choices.kind_of)
        offer(self, "end_session", choices.sessions(viewer, is_exercise=world))
        offer(self, "processes", Process.objects.visible_to(viewer).filter(dispute=dispute))


class ChangeMandateForm(VersionForm, MandateForm):
    """A draft changed."""


_TITLES = ("title_en", "title_fr", "title_ar")


class DecisionForm(forms.Form):
    """A resolution of a session, found in the register or entered in it from here."""

    session: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("Session"), queryset=None)
    reference = forms.CharField(
        label=_("Resolution"),
        max_length=60,
        help_text=_("In any written form: 9/52-POL, POL-9/52, 9/52-س."),
    )
    title_en = forms.CharField(
        label=_("Title of the resolution in English"),
        max_length=500,
        required=False,
        help_text=_(
            "Only where the register does not have the resolution yet: its title as the "
            "Organisation published it. It is then entered in the register."
        ),
    )
    title_fr = forms.CharField(
        label=_("Title of the resolution in French"), max_length=500, required=False
    )
    title_ar = forms.CharField(
        label=_("Title of the resolution in Arabic"), max_length=500, required=False
    )

    def __init__(self, *args: Any, dispute: Dispute, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "session", choices.sessions(viewer, is_exercise=dispute.is_exercise))


class AdoptForm(VersionForm, DecisionForm):
    """The decision that adopts: session, resolution, paragraph and date (Rule M2)."""

    paragraph = forms.CharField(label=_("Paragraph"), max_length=40)
    adopted_on = forms.DateField(label=_("Adopted on"))
    field_order = ("session", "reference", *_TITLES, "paragraph", "adopted_on")


class TerminateForm(ReasonForm, DecisionForm):
    """The decision that ends a mandate (Rule M7)."""

    terminated_on = forms.DateField(label=_("Last day"))
    field_order = ("session", "reference", *_TITLES, "terminated_on", "reason")


class ExtendForm(ReasonForm):
    """A technical extension to the close of a postponed session (Rule M4)."""

    session: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("To the close of"), queryset=None
    )
    told_on = forms.DateField(label=_("Chair told on"), initial=timezone.localdate)
    field_order = ("session", "told_on", "reason")

    def __init__(self, *args: Any, mandate: Mandate, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = choices.sessions(viewer, is_exercise=mandate.dispute.is_exercise)
        offer(self, "session", rows)


class TermsForm(PartForm):
    """A version of the terms of reference (Rule M8)."""

    class Meta:
        model = TermsOfReference
        fields = ("adopted_on", "text_en", "text_fr", "text_ar", "reason")
        help_texts = {"reason": _("Needed from the second version on.")}
        widgets = {
            **{f"text_{code}": forms.Textarea(attrs={"rows": 8}) for code in ("en", "fr", "ar")},
            "reason": forms.Textarea(attrs={"rows": 2}),
        }
