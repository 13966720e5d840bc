"""Fields of the house: related ones that never tell whether a hidden thing exists, and clocks."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

MOST_KEYS = 200


@extend_schema_field({"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$"})
class ClockField(serializers.TimeField):
    """A time on the clock of Jeddah, without an offset (which OpenAPI's own format asks for)."""


class ManyVisibleField(serializers.ManyRelatedField):
    """Several keys, looked up in one query; one that is hidden or absent refuses them all."""

    default_error_messages = {"too_many": _("At most %(most)s keys.") % {"most": MOST_KEYS}}

    def to_internal_value(self, data: Any) -> list[Any]:
        """Return the rows in the order of their keys, each once."""
        if not isinstance(data, list):
            self.fail("not_a_list", input_type=type(data).__name__)
        if not data and not self.allow_empty:
            self.fail("empty")
        if len(data) > MOST_KEYS:
            self.fail("too_many")
        keys = list(dict.fromkeys(self._key(item) for item in data))
        rows = {row.pk: row for row in self._field.get_queryset().filter(pk__in=keys)}
        if len(rows) < len(keys):
            self._field.fail("does_not_exist")
        return [rows[key] for key in keys]

    @property
    def _field(self) -> Any:
        return self.child_relation

    def _key(self, item: Any) -> Any:
        try:
            return self._field.get_queryset().model._meta.pk.to_python(item)
        except ValidationError:
            self._field.fail("does_not_exist")


class VisibleRelatedField(serializers.PrimaryKeyRelatedField[Any]):
    """A key that is looked up only among what the person sees; hidden and absent read alike."""

    default_error_messages = {"does_not_exist": _("There is no such object.")}

    def __init__(self, model: type[Model] | None = None, **options: Any) -> None:
        if model is not None and not options.get("read_only"):
            options["queryset"] = model._default_manager.none()
        self.related_model = model
        super().__init__(**options)

    @classmethod
    def many_init(cls, *args: Any, **kwargs: Any) -> ManyVisibleField:
        """Return the field for several keys (``many=True``)."""
        shared = {
            name: kwargs[name]
            for name in ("required", "allow_empty", "source", "help_text", "label", "default")
            if name in kwargs
        }
        return ManyVisibleField(child_relation=cls(*args, **kwargs), **shared)

    def get_queryset(self) -> Any:
        request = self.context.get("request")
        if request is None or self.related_model is None:
            return super().get_queryset()
        manager: Any = self.related_model._default_manager
        return manager.visible_to(request.user)
