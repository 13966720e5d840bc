from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstitutionsConfig(AppConfig):
    """Actors, States, organs, offices, sessions, resolutions and the calendar."""

    name = "institutions"
    verbose_name = _("Institutions")
