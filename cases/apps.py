from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """The dispute file: parties, consents, mandates, agreements, documents."""

    name = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        from audit.verbs import register
        from cases import policies, registrations
        from cases.notices import reviews, tasks
        from cases.sweeps import SWEEPS
        from cases.verbs import VERBS
        from common import sweeps
        from notifications import kinds

        register(VERBS)
        kinds.register(reviews.KINDS)
        kinds.register(tasks.KINDS)
        sweeps.register(*SWEEPS)
        policies.load()
        registrations.register()
