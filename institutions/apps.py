from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstitutionsConfig(AppConfig):
    """Actors, States, organs, offices, sessions, resolutions and the calendar."""

    name = "institutions"
    verbose_name = _("Institutions")

    def ready(self) -> None:
        """Bring the app's verbs, its sources for the search and its entries of the navigation."""
        from audit import verbs
        from institutions.verbs import VERBS

        verbs.register(VERBS)
