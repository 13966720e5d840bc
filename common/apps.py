from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    """Technical library of the house: no domain word lives here."""

    name = "common"
    verbose_name = _("Common")
