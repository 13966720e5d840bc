from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Notices in the product, the outbox of e-mail, digests, and what a person wants of both."""

    name = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from audit import verbs
        from common import sweeps
        from common.web.navigation import NavigationItem, register
        from notifications import policies
        from notifications.sweeps import DELIVERY, DIGESTS
        from notifications.verbs import VERBS

        verbs.register(VERBS)
        sweeps.register(DELIVERY, DIGESTS)

        def keeps_outbox(user: Any) -> bool:
            return bool(user.has_power(policies.MANAGE))

        register(
            NavigationItem(
                key="notifications.outbox",
                label=_("Outgoing mail"),
                url_name="notifications:outbox",
                order=850,
                is_for=keeps_outbox,
                group=_("Administration"),
            )
        )
