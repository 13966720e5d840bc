from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """The dispute file: parties, consents, mandates, agreements, documents."""

    name = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        from audit.verbs import register
        from cases import policies, registrations
        from cases.verbs import VERBS

        register(VERBS)
        policies.load()
        registrations.register()
