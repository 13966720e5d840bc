from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """The record of every act, every refusal and every reading of a confidential thing."""

    name = "audit"
    verbose_name = _("Audit")

    def ready(self) -> None:
        from audit import policies, verbs  # noqa: F401 - policies registers itself
        from common.policy import may
        from common.web.navigation import NavigationItem, register

        verbs.register(verbs.OWN)

        def is_auditor(user: Any) -> bool:
            return bool(may(user, "audit.read_record"))

        register(
            NavigationItem(
                key="audit",
                label=_("Record of acts"),
                url_name="audit:record",
                order=900,
                is_for=is_auditor,
                group=_("Administration"),
                prefixes=("/audit/",),
            )
        )
