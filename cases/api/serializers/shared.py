"""What the shapes of case work have in common: names of others, scoped keys, two sides of a thing."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework import serializers

from accounts.models import User
from cases.choices import Level
from cases.selectors.people import admissible_people
from common.api.fields import VisibleRelatedField
from common.api.shapes import Shape
from institutions.models import Actor, State

INSIDE, OUTSIDE = "inside", "outside"


# Names of others --------------------------------------------------------------------------------


class PersonSerializer(Shape, serializers.ModelSerializer[User]):
    """A person by name."""

    name = serializers.CharField(source="display_name", read_only=True)

    class Meta:
        model = User
        fields = ("id", "name")


class NamedActorSerializer(Shape, serializers.ModelSerializer[Actor]):
    """A State, organisation, movement or person, by the name in the reader's language."""

    name = serializers.CharField(source="__str__", read_only=True)

    class Meta:
        model = Actor
        fields = ("id", "kind", "code", "name")


class NamedStateSerializer(Shape, serializers.ModelSerializer[State]):
    """A State by the name in the reader's language."""

    id = serializers.UUIDField(source="pk", read_only=True)
    code = serializers.CharField(read_only=True)
    name = serializers.CharField(source="__str__", read_only=True)

    class Meta:
        model = State
        fields = ("id", "code", "name")


class NamedSerializer(Shape):
    """Anything by its key and its name in the reader's language."""

    id = serializers.UUIDField(source="pk", read_only=True)
    name = serializers.CharField(source="__str__", read_only=True)


# Input ------------------------------------------------------------------------------------------


class InputSerializer(serializers.ModelSerializer[Any]):
    """Shape of an input, its lengths and choices taken from the model.

    Rules and uniqueness are the service's affair: a validator that asks the database here would
    tell of things that the person does not see.
    """

    class Meta:
        validators: ClassVar[list[Any]] = []


class OneWorldField(VisibleRelatedField):
    """A key looked up among what the person sees of the person's own world."""

    def get_queryset(self) -> Any:
        request = self.context.get("request")
        rows = super().get_queryset()
        return rows.of_world(is_exercise=request.user.is_exercise) if request else rows


class AdmissiblePersonField(VisibleRelatedField):
    """A key looked up among those who may be taken into a team."""

    def get_queryset(self) -> Any:
        request = self.context.get("request")
        return admissible_people(request.user) if request else super().get_queryset()


def today() -> serializers.DateField:
    """Return a date that is today's where none is given."""
    return serializers.DateField(default=timezone.localdate)


def level() -> serializers.ChoiceField:
    """Return the level at which a party spoke; it may stay open."""
    return serializers.ChoiceField(choices=Level.choices, required=False, allow_blank=True)


def text(*, is_needed: bool = True, longest: int = 10_000) -> serializers.CharField:
    """Return a text of several lines."""
    return serializers.CharField(max_length=longest, required=is_needed, allow_blank=not is_needed)


class ReasonedInput(serializers.Serializer[Any]):
    """A reason."""

    reason = text()


class DayInput(serializers.Serializer[Any]):
    """A day; today where none is given."""

    on = today()


class ReasonedOnDayInput(DayInput, ReasonedInput):
    """A reason and a day."""


# Two sides --------------------------------------------------------------------------------------


class SideField(serializers.ChoiceField):
    """Says from which side the thing is shown; the value tells the two shapes apart."""

    def __init__(self, side: str) -> None:
        self.side = side
        super().__init__(
            choices=[(side, side)],
            read_only=True,
            help_text=_("From which side the thing is shown to you."),
        )

    def get_attribute(self, instance: Any) -> str:
        """Return the side, whatever the object."""
        return self.side


class TwoSidedSerializer(serializers.BaseSerializer[Any]):
    """Shows a thing by one of two shapes: whole from inside, what was shared from outside (D7).

    The view says which, by ``sees_inside(object)``; no field of the one shape can slip into the
    other.
    """

    inside: ClassVar[type[serializers.BaseSerializer[Any]]]
    outside: ClassVar[type[serializers.BaseSerializer[Any]]]

    @cached_property
    def _shapes(self) -> dict[bool, serializers.BaseSerializer[Any]]:
        return {
            True: self.inside(context=self.context),
            False: self.outside(context=self.context),
        }

    def to_representation(self, instance: Model) -> Any:
        """Return the shape for this person."""
        is_inside = self.context["view"].sees_inside(instance)
        return self._shapes[is_inside].to_representation(instance)


class TwoSidedSchema(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """How the schema tells of the two shapes."""

    target_class = "cases.api.serializers.shared.TwoSidedSerializer"
    match_subclasses = True

    def get_name(self, auto_schema: Any, direction: str) -> str:
        """Return the name of the pair."""
        return str(type(self.target).__name__.removesuffix("Serializer"))

    def map_serializer(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        """Return "one of the two", told apart by ``seen_from``."""
        shapes = {
            INSIDE: auto_schema.resolve_serializer(self.target.inside, direction).ref,
            OUTSIDE: auto_schema.resolve_serializer(self.target.outside, direction).ref,
        }
        mapping = {side: ref["$ref"] for side, ref in shapes.items()}
        return {
            "oneOf": list(shapes.values()),
            "discriminator": {"propertyName": "seen_from", "mapping": mapping},
        }
