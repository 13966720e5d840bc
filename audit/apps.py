from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """The record of every act, every refusal and every reading of a confidential thing."""

    name = "audit"
    verbose_name = _("Audit")

    def ready(self) -> None:
        from audit import verbs

        verbs.register(verbs.OWN)
