"""Forms of the register; each field is named as the service's argument."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import URLField
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from institutions.choices import ActorKind, Membership
from institutions.models import (
    Actor,
    Holiday,
    OfficeHolding,
    Organ,
    RegionalGroup,
    Reservation,
    Resolution,
    ResolutionParagraph,
    Session,
    State,
)
from institutions.services import ADDABLE_KINDS

_NAMES = ("name_en", "name_fr", "name_ar")
_TITLES = ("title_en", "title_fr", "title_ar")
_PLACE_AND_THEME = ("city_en", "city_fr", "city_ar", "country", "theme_en", "theme_fr", "theme_ar")


class RegisterForm(forms.Form):
    """Base: takes its fields from a model, and its choices from what the person sees.

    ``model`` and ``columns`` name the fields; ``labels`` and ``hints`` put them into words;
    ``needed`` are those that must be filled though the model lets them be empty.
    """

    model: ClassVar[Any]
    columns: ClassVar[tuple[str, ...]] = ()
    labels: ClassVar[dict[str, Any]] = {}
    hints: ClassVar[dict[str, Any]] = {}
    needed: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        own = self.fields
        self.fields = {
            **fields_for_model(
                self.model,
                fields=self.columns,
                labels=self.labels,
                help_texts=self.hints,
                formfield_callback=_form_field,
            ),
            **own,
        }
        for name in self.needed:
            self.fields[name].required = True
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
                field.queryset = choices_for(viewer, field.queryset.model)


def _form_field(column: Any, **options: Any) -> Any:
    """Return a column's form field; an address without a scheme is taken as https."""
    if isinstance(column, URLField):
        options["assume_scheme"] = "https"
    return column.formfield(**options)


def choices_for(viewer: Any, model: type[Any]) -> Any:
    """Return the rows of a model from which an act of the person's world may choose, in order."""
    rows = model.objects.visible_to(viewer)
    if hasattr(rows, "of_world"):
        rows = rows.of_world(is_exercise=viewer.is_exercise)
    if model is Session:
        return rows.with_names().latest_first()
    if model in (State, Organ):
        rows = rows.select_related("actor")
    return rows.by_name() if model in (State, Actor) else rows


class VersionMixin(forms.Form):
    """Carries the version that the person had before them."""

    version = forms.IntegerField(widget=forms.HiddenInput)


# Sessions ---------------------------------------------------------------------------------------

_DATES_HINT = _("Only where no days are known: what the source says, for instance “autumn 2027”.")


class SessionForm(RegisterForm):
    """A new session."""

    model = Session
    columns = (
        "organ",
        "kind",
        "number",
        "joint_with",
        "starts_on",
        "ends_on",
        "dates_as_written",
        *_PLACE_AND_THEME,
        "source",
    )
    labels: ClassVar = {
        "organ": _("Organ"),
        "joint_with": _("Joint with"),
        "country": _("Host country"),
    }
    hints: ClassVar = {"dates_as_written": _DATES_HINT}


class SessionChangeForm(VersionMixin, RegisterForm):
    """Everything of a session but its organ, its kind and its days."""

    model = Session
    columns = ("number", "joint_with", *_PLACE_AND_THEME, "source")
    labels = SessionForm.labels


class SessionMoveForm(VersionMixin, RegisterForm):
    """Other days."""

    model = Session
    columns = ("starts_on", "ends_on", "dates_as_written")
    hints = SessionForm.hints
    needed = ("starts_on", "ends_on")


class SessionHeldForm(VersionMixin, RegisterForm):
    """The days on which a session was held."""

    model = Session
    columns = ("starts_on", "ends_on")
    needed = ("starts_on", "ends_on")


class ReasonForm(VersionMixin):
    """Asks why."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


# Resolutions ------------------------------------------------------------------------------------

_REFERENCE_HINT = _("In any written form: 53/45-POL, POL-53/45, 44/44-س, 45/10-P(IS).")


class ResolutionForm(RegisterForm):
    """A resolution as the Organisation published it."""

    model = Resolution
    columns: ClassVar[tuple[str, ...]] = ("session", *_TITLES, "adopted_on", "url", "source")
    labels: ClassVar = {"session": _("Session")}
    reference = forms.CharField(label=_("Reference"), max_length=60, help_text=_REFERENCE_HINT)
    field_order = ("session", "reference")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)


class ResolutionCorrectionForm(VersionMixin, ResolutionForm):
    """A correction; the session stays."""

    columns = (*_TITLES, "adopted_on", "url", "source")


_TEXTS = ("text_en", "text_fr", "text_ar")


class ParagraphForm(RegisterForm):
    """One paragraph of a resolution, word for word."""

    model = ResolutionParagraph
    columns = ("number", *_TEXTS, "source")
    hints: ClassVar = {"number": _("As it is printed: 4, 12 bis, preamble 3.")}


class ParagraphCorrectionForm(VersionMixin, ParagraphForm):
    """A paragraph corrected against the text as adopted."""


class ReservationForm(RegisterForm):
    """A reservation or dissociation that a State put on record."""

    model = Reservation
    columns = ("state", "kind", "paragraph", *_TEXTS, "recorded_on", "source")
    hints: ClassVar = {
        "text_en": _("The State's own words, where they are known."),
        "source": _("The report or note in which it stands."),
    }


class ReservationCorrectionForm(VersionMixin, ReservationForm):
    """A correction."""


# Offices, holidays ------------------------------------------------------------------------------


class TakeUpOfficeForm(RegisterForm):
    """Who takes up an office, and when."""

    model = OfficeHolding
    columns = ("holder", "holder_name", "source")
    labels: ClassVar = {"holder": _("State or person of the register")}
    hints: ClassVar = {"holder_name": _("Where the register has no entry.")}
    on = forms.DateField(label=_("First day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holder = self.fields["holder"]
        holder.queryset = holder.queryset.filter(  # type: ignore[attr-defined]
            kind__in=(ActorKind.STATE, ActorKind.PERSON)
        )


class LeaveOfficeForm(VersionMixin):
    """When a holder left."""

    on = forms.DateField(label=_("First day on which the office is no longer held"))


class HolidayForm(RegisterForm):
    """Days off."""

    model = Holiday
    columns = ("starts_on", "ends_on", "kind", *_NAMES, "source")


class NothingForm(VersionMixin):
    """Only confirms."""


# States and actors ------------------------------------------------------------------------------


class _StateNames(forms.Form):
    official_name_en = forms.CharField(
        label=_("Official name in English"), max_length=300, required=False
    )
    official_name_fr = forms.CharField(
        label=_("Official name in French"), max_length=300, required=False
    )
    official_name_ar = forms.CharField(
        label=_("Official name in Arabic"), max_length=300, required=False
    )


class StateForm(_StateNames, RegisterForm):
    """A new State."""

    model = Actor
    columns = ("code", *_NAMES, "source")
    hints: ClassVar = {"code": _("ISO alpha-3, or a private code where ISO has none.")}
    needed = ("code",)
    joined_year = forms.IntegerField(
        label=_("Year of joining"), min_value=1900, max_value=2200, required=False
    )


class StateChangeForm(VersionMixin, _StateNames, RegisterForm):
    """Names corrected, or new ones from a day on."""

    model = Actor
    columns = _NAMES
    in_use_from = forms.DateField(
        label=_("In use from"),
        required=False,
        help_text=_(
            "For a new name: its first day; the former names stay in the register. Leave it empty "
            "to correct a mistake."
        ),
    )


class RegionalGroupForm(forms.Form):
    """To which group a State counts from a day on."""

    group = forms.ModelChoiceField(label=_("Regional group"), queryset=RegionalGroup.objects.none())
    valid_from = forms.DateField(label=_("From"))

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = choices_for(viewer, RegionalGroup)  # type: ignore[attr-defined]


class StandingForm(forms.Form):
    """Another standing from a day on."""

    status = forms.ChoiceField(label=_("Standing"), choices=Membership.choices)
    on = forms.DateField(label=_("From"))
    decided_at = forms.ModelChoiceField(
        label=_("Decided at"), queryset=Session.objects.none(), required=False
    )
    source = forms.CharField(label=_("Source"), max_length=500, required=False)

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_at"].queryset = choices_for(viewer, Session)  # type: ignore[attr-defined]


class ActorForm(RegisterForm):
    """A movement, an organisation, a community, a group or a person."""

    model = Actor
    columns = ("kind", *_NAMES, "code", "source")
    labels: ClassVar = {"code": _("Abbreviation")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, kind.label) for kind in ADDABLE_KINDS]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class ActorChangeForm(VersionMixin, RegisterForm):
    """Names, abbreviation and source corrected."""

    model = Actor
    columns = (*_NAMES, "code", "source")
    labels = ActorForm.labels
