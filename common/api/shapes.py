"""Output serializers that read an object through plain functions, made once for the process.

A serializer of the framework builds its fields anew for every request and asks each of them for
every row. The fields of a :class:`Shape` only document it and say where a value lies; a page of
fifty rows then costs little more than the rows themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

from django.db.models import Manager
from rest_framework import serializers

Reader = Callable[["Shape", Any], Any]

#: What JSON carries as the model holds it.
_AS_HELD = frozenset(
    {
        serializers.BooleanField,
        serializers.CharField,
        serializers.ChoiceField,
        serializers.DateField,
        serializers.EmailField,
        serializers.IntegerField,
        serializers.UUIDField,
    }
)


class Shape(serializers.Serializer[Any]):
    """Mixed into a serializer that only shows; methods see ``self.context`` as ever."""

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Return the fields' values by name."""
        return {name: read(self, instance) for name, read in _readers(type(self))}

    def part(self, name: str, shape: type[Shape]) -> Shape:
        """Return the shape of a part, one for all the rows of an answer."""
        parts: dict[str, Shape] = self.__dict__.setdefault("_parts", {})
        if name not in parts:
            parts[name] = shape(context=self.context)
        return parts[name]

    def each(self, instances: Any) -> list[dict[str, Any]]:
        """Return the values of several, given as a list, a query or a manager."""
        found = instances.all() if isinstance(instances, Manager) else instances
        return [self.to_representation(instance) for instance in found]


@cache
def _readers(shape: type[Shape]) -> tuple[tuple[str, Reader], ...]:
    return tuple(
        (name, _reader(name, field))
        for name, field in shape().fields.items()
        if not field.write_only
    )


def _reader(name: str, field: Any) -> Reader:
    """Return how one field is read, the framework's own way where no shorter one is known."""
    if isinstance(field, serializers.SerializerMethodField):
        method = attrgetter(field.method_name)
        return lambda shape, instance: method(shape)(instance)
    if field.source_attrs == ["__str__"]:
        return lambda shape, instance: str(instance)
    held = attrgetter(field.source)
    if type(field) in _AS_HELD:
        return lambda shape, instance: held(instance)
    if isinstance(field, Shape):
        kind = type(field)
        return lambda shape, instance: _part(shape.part(name, kind), held(instance))
    if type(field) is serializers.PrimaryKeyRelatedField:
        held = attrgetter(f"{field.source}_id")
        return lambda shape, instance: held(instance)
    child = getattr(field, "child", None)
    if isinstance(child, Shape):
        kind = type(child)
        return lambda shape, instance: shape.part(name, kind).each(held(instance))
    return lambda shape, instance: _framework(field, instance)


def _part(shape: Shape, value: Any) -> dict[str, Any] | None:
    return None if value is None else shape.to_representation(value)


def _framework(field: Any, instance: Any) -> Any:
    value = field.get_attribute(instance)
    return None if value is None else field.to_representation(value)
