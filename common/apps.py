from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    """Technical library of the house: no domain word lives here."""

    name = "common"
    verbose_name = _("Common")

    def ready(self) -> None:
        """Bring the policies, the page of the watch and what tidies up."""
        from common import sweeps
        from common.leftovers import LEFTOVERS
        from common.policies import WATCH_SWEEPS
        from common.web.navigation import NavigationItem, register

        sweeps.register(LEFTOVERS)

        def watches(user: Any) -> bool:
            return bool(user.has_power(WATCH_SWEEPS))

        register(
            NavigationItem(
                key="sweeps",
                label=_("What runs by the clock"),
                url_name="sweeps",
                order=920,
                is_for=watches,
                group=_("Administration"),
            )
        )
