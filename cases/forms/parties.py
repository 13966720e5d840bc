"""Forms of parties, root causes, the team and the States notified."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms import choices
from cases.forms.base import PartForm, VersionForm, offer
from cases.models import Dispute, Party, RootCause, StateNotification, TeamMember


class ChangePartyForm(VersionForm, PartForm):
    """A party's wordings and the days it is one."""

    class Meta:
        model = Party
        fields = (
            "neutral_name_en",
            "neutral_name_fr",
            "neutral_name_ar",
            "official_wording",
            "own_wording",
            "valid_from",
            "valid_to",
        )
        help_texts = {
            "neutral_name_en": _(
                "The name under which all who see the file read of this party. Where it stays "
                "empty, the actor's own name is shown."
            ),
            "valid_from": _("Empty: from the beginning of the dispute."),
            "valid_to": _("Empty: it still is one."),
        }


class PartyForm(PartForm):
    """A party of any kind (Rule D1)."""

    party_actor: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("Who"), queryset=None)

    class Meta(ChangePartyForm.Meta):
        fields = ("kind", *ChangePartyForm.Meta.fields)  # type: ignore[assignment]

    field_order = ("party_actor", "kind")

    def __init__(self, *args: Any, dispute: Dispute, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = choices.possible_parties(viewer, is_exercise=dispute.is_exercise)
        offer(self, "party_actor", rows)


class RootCauseForm(PartForm):
    """Why the parties are at odds."""

    class Meta:
        model = RootCause
        fields = ("kind", "text_en", "text_fr", "text_ar", "source", "identified_on")
        labels = {"source": _("Who says so")}
        widgets = {
            name: forms.Textarea(attrs={"rows": 3}) for name in ("text_en", "text_fr", "text_ar")
        }


class ChangeRootCauseForm(VersionForm, RootCauseForm):
    """A root cause corrected."""


class TeamMemberForm(PartForm):
    """Who joins the team, as what, from when to when."""

    user: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Person"),
        queryset=None,
        help_text=_("Only people whose clearance reaches the file are offered."),
    )

    class Meta:
        model = TeamMember
        fields = ("function", "valid_from", "valid_to")
        help_texts = {
            "function": _("For instance: legal adviser, Special Envoy, note taker."),
            "valid_to": _("Empty: until the place is ended."),
        }

    field_order = ("user", "function")

    def __init__(self, *args: Any, dispute: Dispute, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "user", choices.people(viewer, dispute))
        self.fields["valid_from"].initial = timezone.localdate


class NotifyStateForm(PartForm):
    """Which concerned State was notified, when and how (Rule D7)."""

    state: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("State concerned"), queryset=None
    )

    class Meta:
        model = StateNotification
        fields = ("notified_on", "instrument")
        help_texts = {"instrument": _("For instance the reference of the note.")}

    field_order = ("state",)

    def __init__(self, *args: Any, dispute: Dispute, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        concerned = {state.pk for state in dispute.states_concerned.all()}
        parties = {party.actor_id for party in dispute.parties.all() if party.is_government}
        notified = {row.state_id for row in dispute.notifications.all()}
        rows = choices.states(viewer, is_exercise=dispute.is_exercise)
        offer(self, "state", rows.filter(pk__in=(concerned | parties) - notified))
        self.fields["notified_on"].initial = timezone.localdate
