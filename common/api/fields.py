"""Related fields that never tell whether a hidden thing exists."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers


class VisibleRelatedField(serializers.PrimaryKeyRelatedField[Any]):
    """A key that is looked up only among what the person sees; hidden and absent read alike."""

    default_error_messages = {"does_not_exist": _("There is no such object.")}

    def __init__(self, model: type[Model] | None = None, **options: Any) -> None:
        if model is not None and not options.get("read_only"):
            options["queryset"] = model._default_manager.none()
        self.related_model = model
        super().__init__(**options)

    def get_queryset(self) -> Any:
        request = self.context.get("request")
        if request is None or self.related_model is None:
            return super().get_queryset()
        manager: Any = self.related_model._default_manager
        return manager.visible_to(request.user)
